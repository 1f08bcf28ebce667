"""Runs of characters of a PDF page: pdfium's text with a box per character, in upright page coordinates."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import deque
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2.raw as pdfium

from nlp.law.span import Box
from nlp.reading.layout import Run
from nlp.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    import pypdfium2
    from numpy.typing import NDArray

_TAB_GAP = 1.3  # a gap of more than this many type heights parts two runs
_BACKWARD = 0.6  # a character that begins this many type heights left of the last one's end starts a new run
_ROW_OVERLAP = 0.45  # two characters of one run share at least this much of the smaller height
_RAISED_SIZE = 0.8  # a superscript is smaller than this share of its neighbour's type


class PageText:
    """The characters of one page, opened once; use as a context manager."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self._textpage = page.get_textpage()
        self._count = self._textpage.count_chars()
        self.text = _characters(self._textpage, self._count) if self._count else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._textpage.close()

    def runs(self, recode: Callable[[str, str], str] | None = None) -> tuple[tuple[Run, ...], int]:
        """The page's runs in the file's order, NFC, and the quarter turn (degrees clockwise) after which its writing stands upright.

        Positions are in points from the top left of the page as shown and then turned. `recode` gets a stretch of text
        and the name of its font, and returns the text to take instead, as long as its input.
        """
        if not self._count:
            return (), 0
        page, text = self._page, self.text
        boxes = upright(page, _boxes(self._textpage, self._count))
        turns = self._turns(boxes)
        if recode is not None:
            text = "".join(recode(stretch, font) for stretch, font in _by_font(self._textpage, text))
        width, height = page.get_width(), page.get_height()
        if turns is None:
            return tuple(_runs(text, boxes)), 0
        own, count = np.unique(turns, return_counts=True)
        turn = int(own[count.argmax()]) if count.max() > _MAIN_SHARE * count.sum() else 0
        runs: list[Run] = []
        for other in [turn, *(int(each) for each in own if each != turn)]:
            # the characters of one direction; the others are as good as absent
            part = "".join(letter if mine else "\x00" for letter, mine in zip(text, turns == other, strict=True))
            found = _runs(part, turn_boxes(boxes, other, width, height))
            runs.extend(found if other == turn else _sideways(found, other, turn, width, height))
        return tuple(runs), turn

    def _turns(self, boxes: NDArray[np.float64]) -> NDArray[np.int64] | None:
        """For each character the quarter turn (degrees clockwise) that makes it upright on the page as shown; None where all are upright."""
        if not _looks_turned(boxes[[index for index, letter in enumerate(self.text) if not letter.isspace()]]):
            return None
        angles = np.array([pdfium.FPDFText_GetCharAngle(self._textpage.raw, index) for index in range(self._count)])
        # pdfium counts clockwise: writing that climbs the page is 270 to it
        turns = (-np.rint(angles / (np.pi / 2)).astype(np.int64) % 4 * 90 - int(self._page.get_rotation())) % 360
        last = 0
        for index, letter in enumerate(self.text):  # a space has no direction of its own
            if letter.isspace():
                turns[index] = turns[last]
            else:
                last = index
        return turns if turns.any() else None


def _characters(textpage: pypdfium2.PdfTextPage, count: int) -> str:
    text = str(textpage.get_text_range())
    if len(text) == count:
        return text
    codes = [pdfium.FPDFText_GetUnicode(textpage.raw, index) for index in range(count)]
    return "".join(chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x10000 else "\ufffd" for code in codes)


@lru_cache(maxsize=4)
def _room(capacity: int) -> tuple[ctypes.Array[ctypes.Structure], list[object]]:
    """Room for boxes and a pointer to each: making the pointers costs more than asking pdfium."""
    buffer = (pdfium.FS_RECTF * capacity)()
    base, size = ctypes.addressof(buffer), ctypes.sizeof(pdfium.FS_RECTF)
    return buffer, [ctypes.cast(base + index * size, ctypes.POINTER(pdfium.FS_RECTF)) for index in range(capacity)]


_CACHED = 1 << 14  # characters: the room of a page with more is not kept


def _boxes(textpage: pypdfium2.PdfTextPage, count: int) -> NDArray[np.float64]:
    capacity = max(1 << (count - 1).bit_length(), 256)
    buffer, pointers = _room(capacity) if capacity <= _CACHED else _room.__wrapped__(capacity)
    deque(map(pdfium.FPDFText_GetLooseCharBox, repeat(textpage.raw, count), range(count), pointers), maxlen=0)
    # left, top, right, bottom with y upwards
    return np.frombuffer(memoryview(buffer), dtype=np.float32, count=4 * count).reshape(count, 4).astype(np.float64)


_MAIN_SHARE = 0.5  # of all characters: the direction of the page
_TURNED = 4  # characters that follow each other upwards, downwards or leftwards: writing of another direction


def _looks_turned(boxes: NDArray[np.float64]) -> bool:
    """Whether some visible characters do not follow each other from left to right: only then are directions asked one by one."""
    if len(boxes) < _TURNED:
        return False
    x0, top, x1, bottom = boxes.T
    width, height = np.maximum(x1 - x0, 0.1), np.maximum(bottom - top, 0.1)
    across = np.minimum(x1[1:], x1[:-1]) - np.maximum(x0[1:], x0[:-1])
    down = np.abs((top + bottom)[1:] - (top + bottom)[:-1]) / 2
    stacked = (across > 0.5 * width[1:]) & (down > 0.1 * width[1:]) & (down < 3 * width[1:] + 1)
    backward = (down < 0.5 * height[1:]) & (x1[1:] < x0[:-1] + 0.5 * width[1:]) & (x1[1:] > x0[:-1] - height[1:])
    steps = np.ones(_TURNED - 1)
    return any((np.convolve(each, steps, mode="valid") >= _TURNED - 1).any() for each in (stacked, backward))


def _sideways(runs: list[Run], own: int, turn: int, width: float, height: float) -> list[Run]:
    """Runs that were read after a turn of their own, in the page turned by `turn`: tall boxes, read as a whole."""
    found: list[Run] = []
    for run in runs:
        box = run.box
        place = np.array([[box.x0, box.top, box.x1, box.bottom]])
        size = (height, width) if own in {90, 270} else (width, height)
        back = turn_boxes(place, (turn - own) % 360, *size)[0].round(2).tolist()
        edges = np.linspace(back[0], back[2], len(run.text) + 1).round(2).tolist()
        found.append(Run(run.text, tuple(edges), Box(*back), run.size, run.order, sideways=True))
    return found


def turn_boxes(boxes: NDArray[np.float64], turn: int, width: float, height: float) -> NDArray[np.float64]:
    """(n, 4) boxes of a page of this size after a turn of 0, 90, 180 or 270 degrees clockwise."""
    if not turn:
        return boxes
    x0, y0, x1, y1 = boxes.T
    if turn == 90:
        return np.stack([height - y1, x0, height - y0, x1], axis=1)
    if turn == 180:
        return np.stack([width - x1, height - y1, width - x0, height - y0], axis=1)
    return np.stack([y0, width - x1, y1, width - x0], axis=1)


def upright(page: pypdfium2.PdfPage, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 4) boxes (x0, top, x1, bottom) of the page as shown, from user space boxes (left, top, right, bottom) with y upwards."""
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    x0, x1 = boxes[:, 0] - left, boxes[:, 2] - left
    y0, y1 = top - boxes[:, 1], top - boxes[:, 3]
    rotation = page.get_rotation() % 360
    if rotation == 90:
        x0, y0, x1, y1 = height - y1, x0, height - y0, x1
    elif rotation == 180:
        x0, y0, x1, y1 = width - x1, height - y1, width - x0, height - y0
    elif rotation == 270:
        x0, y0, x1, y1 = y0, width - x1, y1, width - x0
    return np.stack([np.minimum(x0, x1), np.minimum(y0, y1), np.maximum(x0, x1), np.maximum(y0, y1)], axis=1)


def _by_font(textpage: pypdfium2.PdfTextPage, text: str) -> list[tuple[str, str]]:
    stretches: list[tuple[str, str]] = []
    start, last = 0, None
    for index in range(len(text)):
        font = last if text[index].isspace() else _font_name(textpage, index)
        if font != last:
            if index > start:
                stretches.append((text[start:index], last or ""))
            start, last = index, font
    stretches.append((text[start:], last or ""))
    return stretches


def _font_name(textpage: pypdfium2.PdfTextPage, index: int) -> str:
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(128)
    length = pdfium.FPDFText_GetFontInfo(textpage.raw, index, buffer, 128, flags)
    return buffer.raw[: max(length - 1, 0)].decode("utf-8", "replace")


def _runs(text: str, boxes: NDArray[np.float64]) -> list[Run]:
    is_visible = np.array([not (letter.isspace() or letter in "\x00\ufffe\uffff") for letter in text], dtype=bool)
    visible = np.flatnonzero(is_visible)
    if not len(visible):
        return []
    x0, top, x1, bottom = boxes[visible].T
    height = np.maximum(bottom - top, 0.1)
    smaller = np.minimum(height[1:], height[:-1])
    larger = np.maximum(height[1:], height[:-1])
    overlap = np.minimum(bottom[1:], bottom[:-1]) - np.maximum(top[1:], top[:-1])
    gap = x0[1:] - x1[:-1]
    cut = (
        (overlap < _ROW_OVERLAP * smaller)
        | (gap > _TAB_GAP * larger)
        | (gap < -_BACKWARD * larger)
        | (smaller < _RAISED_SIZE * larger)
    )
    if _COMBINING.search(text):  # a combining mark stands back over its letter
        cut &= ~np.array([unicodedata.combining(text[index]) > 0 for index in visible[1:]], dtype=bool)
    starts = np.concatenate([[0], np.flatnonzero(cut) + 1])
    ends = np.append(starts[1:], len(visible)) - 1
    # a space begins where the character before it ends
    last = np.maximum.accumulate(np.where(is_visible, np.arange(len(text)), 0))
    lefts = np.where(is_visible, boxes[:, 0], boxes[last, 2])
    return [
        _run(text, boxes, lefts, int(visible[first]), int(visible[end]) + 1, order)
        for order, (first, end) in enumerate(zip(starts, ends, strict=True))
    ]


_COMBINING = re.compile("[\u0300-\u036f]")


_BREAK = re.compile("[\r\n\x00]")
_TOUCHING = 0.12  # of the type height: a narrower gap is no space


def _unbroken(text: str, edges: NDArray[np.float64], boxes: NDArray[np.float64]) -> tuple[str, NDArray[np.float64]]:
    """A run without the line breaks that pdfium puts into turned writing at every change of font: a space, or nothing between letters that touch."""
    kept: list[int] = []
    for index, letter in enumerate(text):
        if letter not in "\r\n\x00":
            kept.append(index)
        elif kept and letter != "\x00" and not text[kept[-1]].isspace():
            after = next((other for other in range(index, len(text)) if text[other] not in "\r\n\x00"), index)
            if boxes[after, 0] - boxes[kept[-1], 2] > _TOUCHING * (boxes[after, 3] - boxes[after, 1]):
                kept.append(index)
    return "".join(text[index] for index in kept), edges[[*kept, len(text)]]


def _run(text: str, boxes: NDArray[np.float64], lefts: NDArray[np.float64], begin: int, end: int, order: int) -> Run:
    raw = text[begin:end]
    edges = np.maximum.accumulate(np.append(lefts[begin:end], boxes[end - 1, 2]))
    if _BREAK.search(raw):
        raw, edges = _unbroken(raw, edges, boxes[begin:end])
    raw = "".join(" " if letter.isspace() else letter for letter in raw).replace("\x02", "-")
    top, bottom = float(boxes[begin, 1]), float(boxes[begin, 3])  # the type's height is the same all along
    clean = normalise(raw)
    places = edges.round(2).tolist()
    if clean.text != raw:
        places = [places[clean.offsets.to_original(index)] for index in range(len(clean.text) + 1)]
        raw = clean.text
    box = Box(places[0], round(top, 2), places[-1], round(bottom, 2))
    return Run(raw, tuple(places), box, round(bottom - top, 2), order)

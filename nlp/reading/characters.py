"""Runs of characters of a PDF page: pdfium's text with a box per character, in upright page coordinates."""

from __future__ import annotations

import ctypes
import unicodedata
from itertools import pairwise, repeat
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2.raw as pdfium

from nlp.law.span import Box
from nlp.reading.layout import Run
from nlp.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Callable

    import pypdfium2
    from numpy.typing import NDArray

_TAB_GAP = 1.3  # a gap of more than this many type heights parts two runs
_BACKWARD = 0.6  # a character that begins this many type heights left of the last one's end starts a new run
_ROW_OVERLAP = 0.45  # two characters of one run share at least this much of the smaller height
_RAISED_SIZE = 0.8  # a superscript is smaller than this share of its neighbour's type


def text_of(page: pypdfium2.PdfPage) -> str:
    """The page's characters as pdfium reads them, without positions."""
    textpage = page.get_textpage()
    try:
        return str(textpage.get_text_range()) if textpage.count_chars() else ""
    finally:
        textpage.close()


def runs_of(page: pypdfium2.PdfPage, recode: Callable[[str, str], str] | None = None) -> tuple[tuple[Run, ...], int]:
    """The page's runs in the file's order, NFC, and the quarter turn (degrees clockwise) after which its writing stands upright.

    Positions are in points from the top left of the page as shown and then turned. `recode` gets a stretch of text
    and the name of its font, and returns the text to take instead, as long as its input.
    """
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if not count:
            return (), 0
        text = _characters(textpage, count)
        turn = (_text_angle(textpage, count) - int(page.get_rotation())) % 360
        boxes = turn_boxes(upright(page, _boxes(textpage, count)), turn, page.get_width(), page.get_height())
        if recode is not None:
            text = "".join(recode(stretch, font) for stretch, font in _by_font(textpage, text))
    finally:
        textpage.close()
    return tuple(_runs(text, boxes)), turn


def _characters(textpage: pypdfium2.PdfTextPage, count: int) -> str:
    text = str(textpage.get_text_range())
    if len(text) == count:
        return text
    codes = [pdfium.FPDFText_GetUnicode(textpage.raw, index) for index in range(count)]
    return "".join(chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x10000 else "\ufffd" for code in codes)


def _boxes(textpage: pypdfium2.PdfTextPage, count: int) -> NDArray[np.float64]:
    buffer = (pdfium.FS_RECTF * count)()
    base, size = ctypes.addressof(buffer), ctypes.sizeof(pdfium.FS_RECTF)
    pointers = [ctypes.cast(base + index * size, ctypes.POINTER(pdfium.FS_RECTF)) for index in range(count)]
    list(map(pdfium.FPDFText_GetLooseCharBox, repeat(textpage.raw, count), range(count), pointers))
    # left, top, right, bottom with y upwards
    return np.frombuffer(buffer, dtype=np.float32).reshape(count, 4).astype(np.float64)


_SAMPLE = 37  # every so-many-th character tells the direction of the page's writing


def _text_angle(textpage: pypdfium2.PdfTextPage, count: int) -> int:
    """The direction of nearly all writing in degrees counter-clockwise (0, 90, 180, 270): landscape tables laid on upright pages."""
    angles = [pdfium.FPDFText_GetCharAngle(textpage.raw, index) for index in range(0, count, _SAMPLE)]
    turns = [round(angle / (np.pi / 2)) % 4 for angle in angles if angle >= 0]
    if not turns:
        return 0
    most = max(set(turns), key=turns.count)
    return most * 90 if turns.count(most) > 0.8 * len(turns) else 0


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
    visible = np.flatnonzero(
        np.array([not (letter.isspace() or letter in "\x00\ufffe\uffff") for letter in text], dtype=bool)
    )
    if not len(visible):
        return []
    x0, top, x1, bottom = boxes[visible].T
    height = np.maximum(bottom - top, 0.1)
    smaller = np.minimum(height[1:], height[:-1])
    overlap = np.minimum(bottom[1:], bottom[:-1]) - np.maximum(top[1:], top[:-1])
    gap = x0[1:] - x1[:-1]
    larger = np.maximum(height[1:], height[:-1])
    resized = (height[1:] < _RAISED_SIZE * height[:-1]) | (height[:-1] < _RAISED_SIZE * height[1:])
    cut = (
        (overlap < _ROW_OVERLAP * smaller)
        | (gap > _TAB_GAP * larger)
        | (x0[1:] < x1[:-1] - _BACKWARD * larger)
        | resized
    )
    # a combining mark stands back over its letter
    cut &= ~np.array([unicodedata.combining(text[index]) > 0 for index in visible[1:]], dtype=bool)
    starts = np.concatenate([[0], np.flatnonzero(cut) + 1, [len(visible)]])
    runs: list[Run] = []
    for order, (first, last) in enumerate(pairwise(starts)):
        piece = visible[first:last]
        runs.append(_run(text, boxes, piece, order))
    return runs


def _run(text: str, boxes: NDArray[np.float64], piece: NDArray[np.intp], order: int) -> Run:
    begin, end = int(piece[0]), int(piece[-1]) + 1
    raw = text[begin:end].replace("\r", "").replace("\n", " ").replace("\x02", "-")
    own = boxes[piece]
    top, bottom = float(np.median(own[:, 1])), float(np.median(own[:, 3]))
    if len(raw) != end - begin:  # a line break that the positions do not show
        raw = "".join(" " if letter.isspace() else letter for letter in text[begin:end])
    lefts = np.full(end - begin + 1, np.nan)
    lefts[piece - begin] = own[:, 0]
    lefts[-1] = own[:, 2].max()
    # a space begins where the character before it ends
    hidden = np.flatnonzero(np.isnan(lefts))
    hidden_set = set(hidden.tolist())
    for index in hidden:
        lefts[index] = lefts[index - 1] if index - 1 in hidden_set else boxes[begin + index - 1, 2]
    edges = np.maximum.accumulate(np.nan_to_num(lefts))
    clean = normalise(raw)
    places = edges.round(2).tolist()
    if clean.text != raw:
        places = [places[clean.offsets.to_original(index)] for index in range(len(clean.text) + 1)]
        raw = clean.text
    box = Box(places[0], round(top, 2), places[-1], round(bottom, 2))
    return Run(raw, tuple(places), box, round(bottom - top, 2), order)

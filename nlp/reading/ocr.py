"""Words of a page picture: Tesseract with Debian's Vietnamese data, ruled tables cell by cell."""

from __future__ import annotations

import re
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Semaphore
from typing import TYPE_CHECKING

import numpy as np
import tesserocr
from PIL import Image

from nlp.law.span import Box
from nlp.reading.failures import failure
from nlp.reading.grids import find_grids
from nlp.reading.layout import Rule, Run
from nlp.reading.picture import clean
from nlp.reading.spelling import corrected
from nlp.text.normalise import normalise
from nlp.text.syllables import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nlp.settings import ReadingSettings

_DATA_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_POINTS = 72.0


def data_folder() -> str:
    """The folder of Tesseract's Vietnamese data; raises ResourceError with the remedy if there is none."""
    for folder in _DATA_FOLDERS:
        if (Path(folder) / "vie.traineddata").is_file():
            return folder
    raise failure("ocr_data_missing", "tesseract")


@dataclass(frozen=True, slots=True)
class Recognised:
    """The runs and ruling lines of one page picture in points of the turned picture, and how it was turned."""

    runs: tuple[Run, ...]
    rules: tuple[Rule, ...]
    confidence: float  # mean over letters, 0..1
    turn: int = 0  # quarter turns clockwise in degrees, before `angle`
    angle: float = 0.0  # degrees clockwise about the middle


class Recogniser:
    """Tesseract engines, one a thread, kept for the pages of one file."""

    def __init__(self, settings: ReadingSettings) -> None:
        self._doubt = settings.ocr_min_confidence
        self._folder = data_folder()
        self._free: list[tesserocr.PyTessBaseAPI] = []
        workers = max(1, settings.ocr_workers)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="ocr")
        self._waiting = Semaphore(2 * workers)  # pictures are large: few may wait

    def submit(self, picture: NDArray[np.uint8], dpi: float) -> Future[Recognised]:
        """The result of `read` to come; waits while too many pictures wait already."""
        self._waiting.acquire()
        future = self._pool.submit(self.read, picture, dpi)
        future.add_done_callback(lambda _: self._waiting.release())
        return future

    def read(self, picture: NDArray[np.uint8], dpi: float) -> Recognised:
        """What stands on a page picture; a page that makes no sense is tried lying on its sides and on its head."""
        engine = self._free.pop() if self._free else self._engine()
        try:
            upright = _recognise(engine, picture, dpi, self._doubt, 0)
            if upright.confidence >= _SENSIBLE or not upright.runs:
                return upright
            others = [
                _recognise(engine, np.ascontiguousarray(np.rot90(picture, -turn // 90)), dpi, self._doubt, turn)
                for turn in (90, 270, 180)
            ]
            return max(
                [upright, *others], key=lambda page: page.confidence * sum(len(run.text) for run in page.runs) ** 0.5
            )
        finally:
            engine.Clear()
            self._free.append(engine)

    def _engine(self) -> tesserocr.PyTessBaseAPI:
        return tesserocr.PyTessBaseAPI(
            path=self._folder, lang="vie", psm=tesserocr.PSM.AUTO, oem=tesserocr.OEM.LSTM_ONLY
        )

    def close(self) -> None:
        """End the threads and the engines."""
        self._pool.shutdown(cancel_futures=True)
        for engine in self._free:
            engine.End()
        self._free.clear()


_SENSIBLE = 0.6  # mean confidence of a page that lies the right way up
_CELL_MARGIN = 2  # pixels of a cell's border that are left out


def _recognise(
    engine: tesserocr.PyTessBaseAPI, picture: NDArray[np.uint8], dpi: float, doubt: float, turn: int
) -> Recognised:
    page = clean(picture, dpi)
    scale = _POINTS / dpi
    rules = tuple(Rule(rule.x0 * scale, rule.top * scale, rule.x1 * scale, rule.bottom * scale) for rule in page.rules)
    cells = [cell.box for grid in find_grids(rules) for cell in grid.cells]
    ink = page.ink
    words: list[_Word] = []
    if cells:
        words.extend(_cell_words(engine, ink, dpi, cells))
        ink = ink.copy()
        for box in cells:
            x0, top, x1, bottom = _pixels(box, scale)
            ink[top:bottom, x0:x1] = 255
    engine.SetPageSegMode(tesserocr.PSM.AUTO)
    _show(engine, ink, dpi)
    words.extend(_words(engine, 0, 0, 0))
    runs = _runs(words, scale, doubt)
    weight = sum(len(word.text) for word in words)
    mean = sum(word.confidence * len(word.text) for word in words) / weight if weight else 0.0
    return Recognised(tuple(runs), rules, round(mean, 4), turn, page.angle)


def _pixels(box: Box, scale: float) -> tuple[int, int, int, int]:
    return (
        round(box.x0 / scale) + _CELL_MARGIN,
        round(box.top / scale) + _CELL_MARGIN,
        round(box.x1 / scale) - _CELL_MARGIN,
        round(box.bottom / scale) - _CELL_MARGIN,
    )


def _show(engine: tesserocr.PyTessBaseAPI, ink: NDArray[np.uint8], dpi: float) -> None:
    engine.SetImage(Image.fromarray(ink))
    engine.SetSourceResolution(round(dpi))


_MIN_INK = 12  # dark pixels; an emptier cell is not recognised
_PADDING = 12  # white pixels round a cell: the engine wants room at the edges


def _cell_words(
    engine: tesserocr.PyTessBaseAPI, ink: NDArray[np.uint8], dpi: float, cells: list[Box]
) -> Iterator[_Word]:
    engine.SetPageSegMode(tesserocr.PSM.SINGLE_BLOCK)
    for number, box in enumerate(cells, start=1):
        x0, top, x1, bottom = _pixels(box, _POINTS / dpi)
        piece = ink[max(top, 0) : bottom, max(x0, 0) : x1]
        if piece.size == 0 or (piece < 128).sum() < _MIN_INK:
            continue
        _show(engine, np.pad(piece, _PADDING, constant_values=255), dpi)
        yield from _words(engine, max(x0, 0) - _PADDING, max(top, 0) - _PADDING, number)


@dataclass(frozen=True, slots=True)
class _Word:
    """One recognised word, in pixels; `line` tells the words of one printed line."""

    text: str
    confidence: float
    x0: int
    top: int
    x1: int
    bottom: int
    line: tuple[int, int, int]
    line_height: float


def _words(engine: tesserocr.PyTessBaseAPI, x: int, y: int, region: int) -> Iterator[_Word]:
    engine.Recognize()
    iterator = engine.GetIterator()
    if iterator is None or iterator.Empty(tesserocr.RIL.WORD):
        return  # nothing that looks like a word
    for word in tesserocr.iterate_level(iterator, tesserocr.RIL.WORD):
        box = word.BoundingBox(tesserocr.RIL.WORD)
        line = word.BoundingBox(tesserocr.RIL.TEXTLINE)
        if box is None or line is None:
            continue
        text = normalise((word.GetUTF8Text(tesserocr.RIL.WORD) or "").strip()).text
        if text:
            height = float(word.RowAttributes()["row_height"])
            yield _Word(
                text,
                word.Confidence(tesserocr.RIL.WORD) / 100,
                box[0] + x,
                box[1] + y,
                box[2] + x,
                box[3] + y,
                (region, line[1] + y, line[0] + x),
                height,
            )


_NOISE_LINE = 0.45  # mean confidence below which a printed line is noise: seals, handwriting, dirt
_NOISE_WORD = 0.4
_LONE = 0.75  # a mark or letter alone on its line must be read this surely


def _is_noise_line(words: list[_Word]) -> bool:
    letters = sum(len(word.text) for word in words)
    mean = sum(word.confidence * len(word.text) for word in words) / letters
    if not any(letter.isalnum() for word in words for letter in word.text):
        return True
    if letters <= 2:
        return mean < _LONE
    return mean < _NOISE_LINE and sum(len(word.text) for word in words if _is_plausible(word.text)) < 0.6 * letters


# 20/2019/QĐ-UBND, 1.500.000, 83,94, 15%
_FIGURE = re.compile(r"\d[\d.,/%-]*(?:/?[A-ZĐa-z]{1,10}(?:-[A-ZĐ][\wĐ]*)*)?")


def _is_plausible(word: str) -> bool:
    core = word.strip(".,;:()[]\"'“”‘’-–/*")
    return (
        (is_syllable(core) and len(core) > 1)
        or _FIGURE.fullmatch(core) is not None
        or (core.isupper() and len(core) > 2)
    )


def _is_noise_word(word: _Word) -> bool:
    """A word that no reader would take for one: unsure, and neither a syllable nor a number nor an abbreviation."""
    return (
        word.confidence < _NOISE_WORD
        and not _is_plausible(word.text)
        and not any(letter.isdigit() for letter in word.text)
    )


_GAP = 1.3  # of the row's height: a wider gap parts two runs of a line


def _runs(words: list[_Word], scale: float, doubt: float) -> list[Run]:
    """Words of one printed line joined into runs, cut at wide gaps; all runs of a line share one top and bottom."""
    runs: list[Run] = []
    start = 0
    for end in range(1, len(words) + 1):
        if (
            end < len(words)
            and words[end].line == words[start].line
            and words[end].x0 - words[end - 1].x1 <= _GAP * words[end].line_height
        ):
            continue
        runs.extend(_readable(words[start:end], scale, doubt, len(runs)))
        start = end
    return runs


def _readable(words: list[_Word], scale: float, doubt: float, order: int) -> Iterator[Run]:
    """The run that words make, and what of them is noise as runs of its own."""
    if _is_noise_line(words):
        yield replace(_run(words, scale, doubt, order), stamped=True)
        return
    kept = [word for word in words if not _is_noise_word(word)]
    if kept:
        yield _run(kept, scale, doubt, order)
    for word in words:
        if _is_noise_word(word):
            yield replace(_run([word], scale, doubt, order), stamped=True)


def _run(words: list[_Word], scale: float, doubt: float, order: int) -> Run:
    text = ""
    texts = corrected([word.text for word in words], [word.confidence for word in words])
    edges: list[float] = []
    doubts: list[tuple[int, int]] = []
    for word, shown in zip(words, texts, strict=True):
        if text:
            text += " "
            edges.append(edges.pop())  # the space begins where the last word ends
        x0, x1 = word.x0 * scale, word.x1 * scale
        step = (x1 - x0) / len(word.text)
        begin = len(text)
        text += shown
        own = [round(x0 + step * index, 2) for index in range(len(word.text) + 1)]
        edges.extend(own)
        if word.confidence < doubt or shown != word.text:
            doubts.append((begin, len(text)))
    edges = [max(edges[: index + 1]) for index in range(len(edges))]
    top = float(np.median([word.top for word in words])) * scale
    bottom = float(np.median([word.bottom for word in words])) * scale
    size = min(words[0].line_height * scale, 1.6 * max(bottom - top, 4.0))
    middle = (top + bottom) / 2
    return Run(
        text,
        tuple(edges),
        Box(edges[0], round(middle - size / 2, 2), edges[-1], round(middle + size / 2, 2)),
        round(size, 2),
        order,
        tuple(doubts),
    )

"""Words of a page picture: Tesseract with Debian's Vietnamese data, ruled tables cell by cell."""

from __future__ import annotations

import itertools
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Semaphore
from typing import TYPE_CHECKING

import cv2
import numpy as np
import tesserocr
from PIL import Image

from nlp.reading.failures import failure
from nlp.reading.figures import mended
from nlp.reading.grids import find_grids
from nlp.reading.layout import Rule, Run
from nlp.reading.picture import clean
from nlp.reading.recount import holds_figures, recounted
from nlp.reading.reread import is_legible, left_out, place_of, reread
from nlp.reading.words import Word, runs_of_words
from nlp.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nlp.law.span import Box
    from nlp.reading.reread import Place
    from nlp.settings import ReadingSettings

_DATA_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_POINTS = 72.0


# leptonica tells of every odd box on the standard error; what matters is in our own issues
tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)


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


class _Engines:
    """One thread's engines: Vietnamese, and English for figures where its data stands beside (Debian's tesseract brings it along)."""

    def __init__(self, folder: str) -> None:
        self.text = self._engine(folder, "vie")
        self.figures = self._engine(folder, "eng") if (Path(folder) / "eng.traineddata").is_file() else None

    @staticmethod
    def _engine(folder: str, language: str) -> tesserocr.PyTessBaseAPI:
        return tesserocr.PyTessBaseAPI(path=folder, lang=language, psm=tesserocr.PSM.AUTO, oem=tesserocr.OEM.LSTM_ONLY)

    def clear(self) -> None:
        """Forget the last picture."""
        self.text.Clear()
        if self.figures is not None:
            self.figures.Clear()

    def end(self) -> None:
        """Free both."""
        self.text.End()
        if self.figures is not None:
            self.figures.End()


class Recogniser:
    """Tesseract engines, one a thread, kept for the pages of one file."""

    def __init__(self, settings: ReadingSettings) -> None:
        self._doubt = settings.ocr_min_confidence
        self._folder = data_folder()
        self._free: list[_Engines] = []
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
        engines = self._free.pop() if self._free else _Engines(self._folder)
        try:
            upright = _recognise(engines, picture, dpi, self._doubt, 0)
            if upright.confidence >= _SENSIBLE or not upright.runs:
                return upright
            others = [
                _recognise(engines, np.ascontiguousarray(np.rot90(picture, -turn // 90)), dpi, self._doubt, turn)
                for turn in (90, 270, 180)
            ]
            return max(
                [upright, *others], key=lambda page: page.confidence * sum(len(run.text) for run in page.runs) ** 0.5
            )
        finally:
            engines.clear()
            self._free.append(engines)

    def close(self) -> None:
        """End the threads and the engines."""
        self._pool.shutdown(cancel_futures=True)
        for engines in self._free:
            engines.end()
        self._free.clear()


_SENSIBLE = 0.6  # mean confidence of a page that lies the right way up
_CELL_MARGIN = 2  # pixels of a cell's border that are left out


def _recognise(engines: _Engines, picture: NDArray[np.uint8], dpi: float, doubt: float, turn: int) -> Recognised:
    page = clean(picture, dpi)
    scale = _POINTS / dpi
    rules = tuple(Rule(rule.x0 * scale, rule.top * scale, rule.x1 * scale, rule.bottom * scale) for rule in page.rules)
    cells = [cell.box for grid in find_grids(rules) for cell in grid.cells]
    ink = page.ink
    words: list[Word] = []
    engine = engines.text
    if cells:
        words.extend(_cell_words(engine, ink, dpi, cells))
        ink = ink.copy()
        for box in cells:
            x0, top, x1, bottom = _pixels(box, scale)
            ink[top:bottom, x0:x1] = 255
    engine.SetPageSegMode(tesserocr.PSM.AUTO)
    _show(engine, ink, dpi)
    words.extend(_words(engine, 0, 0, 0))
    words = reread(words, partial(_read_place, engine, page.ink, dpi))
    words.extend(_left_out(engine, page.ink, dpi, words))
    if engines.figures is not None:
        words = _recounted(engines.figures, page.ink, dpi, words)
    words = mended(words)
    runs = runs_of_words(words, scale, doubt)
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
) -> Iterator[Word]:
    engine.SetPageSegMode(tesserocr.PSM.SINGLE_BLOCK)
    for number, box in enumerate(cells, start=1):
        x0, top, x1, bottom = _pixels(box, _POINTS / dpi)
        piece = ink[max(top, 0) : bottom, max(x0, 0) : x1]
        if piece.size == 0 or (piece < 128).sum() < _MIN_INK:
            continue
        _show(engine, np.pad(piece, _PADDING, constant_values=255), dpi)
        yield from _words(engine, max(x0, 0) - _PADDING, max(top, 0) - _PADDING, number)


def _words(engine: tesserocr.PyTessBaseAPI, x: int, y: int, region: int) -> Iterator[Word]:
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
            yield Word(
                text,
                word.Confidence(tesserocr.RIL.WORD) / 100,
                box[0] + x,
                box[1] + y,
                box[2] + x,
                box[3] + y,
                (region, line[1] + y, line[0] + x),
                height,
            )


_SECOND_SIZES = (0.67, 1.0)  # of the picture: the two sizes at which figures are read again
_ABOVE = 0.3  # of the words' height: what is taken along above and below a line


def _recounted(engine: tesserocr.PyTessBaseAPI, ink: NDArray[np.uint8], dpi: float, words: list[Word]) -> list[Word]:
    found: list[Word] = []
    for _, group in itertools.groupby(words, key=lambda word: word.line):
        line = list(group)
        if holds_figures(line):
            line = recounted(line, partial(_read_again, engine, ink, dpi, line))
        found.extend(line)
    return found


def _read_again(
    engine: tesserocr.PyTessBaseAPI, ink: NDArray[np.uint8], dpi: float, line: list[Word], turn: int
) -> list[Word]:
    return _read_place(engine, ink, dpi, place_of(line), turn)


def _left_out(engine: tesserocr.PyTessBaseAPI, ink: NDArray[np.uint8], dpi: float, words: list[Word]) -> Iterator[Word]:
    for x0, top, x1, bottom in left_out(ink, words):
        found = _read_place(engine, ink, dpi, (x0, top, x1, bottom), 1)
        if is_legible(found):
            yield from (replace(word, line=(0, top, x0)) for word in found)


def _read_place(
    engine: tesserocr.PyTessBaseAPI, ink: NDArray[np.uint8], dpi: float, place: Place, turn: int
) -> list[Word]:
    """What the engine makes of one piece of a printed line, drawn alone at the `turn`-th size."""
    left, top, right, bottom = place
    margin = round(_ABOVE * (bottom - top))
    x0, y0 = max(left - _PADDING, 0), max(top - margin, 0)
    piece = ink[y0 : bottom + margin, x0 : right + _PADDING]
    if min(piece.shape) < _MIN_SIDE:
        return []
    size = _SECOND_SIZES[turn]
    drawn = cv2.resize(piece, None, fx=size, fy=size, interpolation=cv2.INTER_AREA) if size != 1 else piece
    engine.SetPageSegMode(tesserocr.PSM.SINGLE_BLOCK)
    _show(engine, np.pad(drawn, _PADDING, constant_values=255), size * dpi)
    middle = drawn.shape[0] / 2 + _PADDING

    def x(value: int) -> int:
        return round((value - _PADDING) / size) + x0

    def y(value: int) -> int:
        return round((value - _PADDING) / size) + y0

    return [
        replace(
            word,
            x0=x(word.x0),
            top=y(word.top),
            x1=x(word.x1),
            bottom=y(word.bottom),
            line_height=word.line_height / size,
        )
        for word in _words(engine, 0, 0, 0)
        if word.top <= middle <= word.bottom  # neither the line above nor the one below
    ]


_MIN_SIDE = 8  # pixels

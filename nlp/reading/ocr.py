"""Words of a page picture: rendering, cleaning and Tesseract with Debian's Vietnamese data."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Semaphore
from typing import TYPE_CHECKING

import tesserocr
from PIL import Image

from nlp.errors import ResourceError
from nlp.law.span import Box
from nlp.reading.layout import Run
from nlp.reading.picture import clean
from nlp.text.normalise import normalise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nlp.reading.layout import Rule
    from nlp.settings import ReadingSettings

Recognised = tuple[tuple["Run", ...], tuple["Rule", ...], float]  # runs, ruling lines, mean confidence

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
    raise ResourceError(
        "ocr_data_missing",
        where="tesseract",
        what="Không tìm thấy dữ liệu nhận dạng tiếng Việt (vie.traineddata).",
        remedy="Cài gói Debian tesseract-ocr-vie rồi chạy lại.",
        what_en="Tesseract's Vietnamese data (vie.traineddata) was not found.",
        remedy_en="Install the Debian package tesseract-ocr-vie and run again.",
    )


class Recogniser:
    """Tesseract engines, one a thread, kept for the pages of one file."""

    def __init__(self, settings: ReadingSettings) -> None:
        self._settings = settings
        self._folder = data_folder()
        self._free: list[tesserocr.PyTessBaseAPI] = []
        self._workers = max(1, settings.ocr_workers)
        self._pool = ThreadPoolExecutor(self._workers, thread_name_prefix="ocr")
        self._waiting = Semaphore(2 * self._workers)  # pictures are large: few may wait

    def submit(self, picture: NDArray[np.uint8], dpi: float) -> Future[Recognised]:
        """The result of `read` to come; waits while too many pictures wait already."""
        self._waiting.acquire()
        future = self._pool.submit(self.read, picture, dpi)
        future.add_done_callback(lambda _: self._waiting.release())
        return future

    def read(self, picture: NDArray[np.uint8], dpi: float) -> Recognised:
        """The runs (one a word group) and ruling lines of an RGB page picture in points, and the mean word confidence (0..1)."""
        page = clean(picture, dpi)
        engine = self._free.pop() if self._free else self._engine()
        try:
            runs = _words(engine, page.ink, dpi, self._settings.ocr_min_confidence)
        finally:
            engine.Clear()
            self._free.append(engine)
        certain = [run for run, _ in runs]
        weights = [(confidence, len(run.text)) for run, confidence in runs]
        total = sum(weight for _, weight in weights)
        mean = sum(confidence * weight for confidence, weight in weights) / total if total else 0.0
        return tuple(certain), page.rules, round(mean, 4)

    def _engine(self) -> tesserocr.PyTessBaseAPI:
        return tesserocr.PyTessBaseAPI(path=self._folder, lang="vie", psm=tesserocr.PSM.AUTO, oem=tesserocr.OEM.LSTM_ONLY)

    def close(self) -> None:
        """End the engines and the threads."""
        self._pool.shutdown(cancel_futures=True)
        for engine in self._free:
            engine.End()
        self._free.clear()


def _words(engine: tesserocr.PyTessBaseAPI, ink: NDArray[np.uint8], dpi: float, doubt: float) -> list[tuple[Run, float]]:
    scale = _POINTS / dpi
    engine.SetImage(Image.fromarray(ink))
    engine.SetSourceResolution(round(dpi))
    engine.Recognize()
    iterator = engine.GetIterator()
    if iterator is None:
        return []
    found: list[tuple[Run, float]] = []
    for order, word in enumerate(tesserocr.iterate_level(iterator, tesserocr.RIL.WORD)):
        box = word.BoundingBox(tesserocr.RIL.WORD)
        line = word.BoundingBox(tesserocr.RIL.TEXTLINE)
        if box is None or line is None:
            continue
        text = normalise((word.GetUTF8Text(tesserocr.RIL.WORD) or "").strip()).text
        if not text:
            continue
        confidence = word.Confidence(tesserocr.RIL.WORD) / 100
        x0, top, x1, bottom = (value * scale for value in box)
        step = (x1 - x0) / len(text)
        edges = tuple(round(x0 + step * index, 2) for index in range(len(text) + 1))
        # the line's height stands for the type size: a word's own box depends on its letters
        height = (line[3] - line[1]) * scale
        size = min(height, max(bottom - top, 6.0) * 1.6)
        run = Run(text, edges, Box(edges[0], round(top, 2), edges[-1], round(bottom, 2)), round(size, 2), order, ((0, len(text)),) if confidence < doubt else ())
        found.append((run, confidence))
    return found

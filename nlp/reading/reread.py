"""What recognition read unsurely or not at all: pieces of lines to be read again by themselves, and lines that it left out."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import cv2
import numpy as np

from nlp.reading.words import WIDE_GAP, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Place = tuple[int, int, int, int]  # x0, top, x1, bottom in pixels

_SURE = 0.8  # mean confidence of a piece that is believed at once
_BETTER = 0.08  # by which another reading must be surer
_LEGIBLE = 0.75  # mean confidence from which a line that was left out is taken
_INK = 128  # grey value below which a pixel is ink


def mean_confidence(words: Sequence[Word]) -> float:
    """The confidence of words weighted by their letters; 0 for none."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def reread(words: Sequence[Word], again: Callable[[Place, int], list[Word]]) -> list[Word]:
    """The words with every doubtful piece replaced by a surer reading of it; `again(place, n)` reads a place alone at the n-th size."""
    found: list[Word] = []
    for piece in _pieces(words):
        best = piece
        if mean_confidence(piece) < _SURE:
            for size in (0, 1):
                other = again(place_of(piece), size)
                if _is_better(other, best, piece):
                    best = other
        found.extend(_in_line(best, piece[0]))
    return found


def _is_better(other: Sequence[Word], best: Sequence[Word], piece: Sequence[Word]) -> bool:
    """Whether a reading replaces another: surely read, and outside tables long enough to be no stroke of a seal."""
    in_cell = piece[0].line[0] > 0
    return (
        _letters(other) >= (_letters(piece) / 2 if in_cell else _MIN_LETTERS)
        and mean_confidence(other) >= _SURE
        and mean_confidence(other) > mean_confidence(best) + _BETTER
    )


def _letters(words: Sequence[Word]) -> int:
    return sum(map(str.isalnum, "".join(word.text for word in words)))


def _in_line(words: Sequence[Word], model: Word) -> list[Word]:
    """The words as words of the model's printed line."""
    return [
        Word(word.text, word.confidence, word.x0, word.top, word.x1, word.bottom, model.line, model.line_height)
        for word in words
    ]


def _pieces(words: Sequence[Word]) -> list[list[Word]]:
    """The words of printed lines, cut at wide gaps."""
    pieces: list[list[Word]] = []
    for word in words:
        last = pieces[-1][-1] if pieces else None
        if last is not None and word.line == last.line and word.x0 - last.x1 <= WIDE_GAP * word.line_height:
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return pieces


def place_of(words: Sequence[Word]) -> Place:
    """Where words of one line stand; a single word that is read too high or too low does not count."""
    top, bottom = median(word.top for word in words), median(word.bottom for word in words)
    return min(word.x0 for word in words), round(top), max(word.x1 for word in words), round(bottom)


_LONG = 6.0  # of the words' height: the shortest stretch of ink that is looked at
_LOW, _HIGH = 0.5, 2.2  # of the words' height: how high a line is


def left_out(ink: NDArray[np.uint8], words: Sequence[Word]) -> list[Place]:
    """Stretches of ink as long and as high as a printed line on which no word stands."""
    if not words:
        return []
    height = median(word.bottom - word.top for word in words)
    free = (ink < _INK).astype(np.uint8)
    for word in words:
        free[max(word.top - 3, 0) : word.bottom + 3, max(word.x0 - 3, 0) : word.x1 + 3] = 0
    bridge = cv2.getStructuringElement(cv2.MORPH_RECT, (max(round(height), 3), 3))
    joined = cv2.morphologyEx(free, cv2.MORPH_CLOSE, bridge)
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    return [
        (x, y, x + w, y + h)
        for x, y, w, h, _ in stats[1:].tolist()
        if w >= _LONG * height and _LOW * height <= h <= _HIGH * height
    ]


def is_legible(words: Sequence[Word]) -> bool:
    """Whether what was read on a stretch that was left out is writing."""
    return _letters(words) >= _MIN_LETTERS and mean_confidence(words) >= _LEGIBLE


_MIN_LETTERS = 5

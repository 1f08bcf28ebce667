"""Recognised words: which of them are noise, and the runs that the others make."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from nlp.law.span import Box
from nlp.reading.layout import Run
from nlp.reading.spelling import corrected
from nlp.text.syllables import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word, in pixels; `line` tells the words of one printed line."""

    text: str
    confidence: float
    x0: int
    top: int
    x1: int
    bottom: int
    line: tuple[int, int, int]
    line_height: float


_NOISE_LINE = 0.45  # mean confidence below which a printed line is noise: seals, handwriting, dirt
_NOISE_WORD = 0.4
_LONE = 0.75  # a mark or letter alone on its line must be read this surely


def _is_noise_line(words: list[Word]) -> bool:
    letters = sum(len(word.text) for word in words)
    mean = sum(word.confidence * len(word.text) for word in words) / letters
    if not any(letter.isalnum() for word in words for letter in word.text):
        return True
    if letters <= 2:
        return mean < _LONE
    plausible = sum(len(word.text) for word in words if _is_plausible(word.text)) / letters
    return (mean < _NOISE_LINE and plausible < _PLAUSIBLE) or (mean < _LONE and plausible < _PLAUSIBLE / 2)


_PLAUSIBLE = 0.6  # share of letters in words that look like words


# 20/2019/QĐ-UBND, 1.500.000, 83,94, 15%
_FIGURE = re.compile(r"\d[\d.,/%-]*(?:/?[A-ZĐa-z]{1,10}(?:-[A-ZĐ][\wĐ]*)*)?")


# m², m³ and km² however their raised figure was read
_UNIT = re.compile(r"k?m[²³23?°º'’”\"*]")


def _is_plausible(word: str) -> bool:
    core = word.strip(".,;:()[]\"'“”‘’-–/*")
    return (
        (is_syllable(core) and len(core) > 1)
        or _FIGURE.fullmatch(core) is not None
        or _UNIT.match(word) is not None
        or (core.isupper() and len(core) > 2)
    )


def _is_noise_word(word: Word) -> bool:
    """A scrap of at most two letters, read unsurely; a longer one is a word that was read badly and stays in its sentence, marked."""
    if word.confidence >= _NOISE_WORD or _is_plausible(word.text) or any(letter.isdigit() for letter in word.text):
        return False
    return sum(map(str.isalpha, word.text)) <= 2


WIDE_GAP = 1.3  # of the row's height: a wider gap parts two runs of a line


def runs_of_words(words: list[Word], scale: float, doubt: float) -> list[Run]:
    """Words of one printed line joined into runs, cut at wide gaps; all runs of a line share one top and bottom."""
    runs: list[Run] = []
    start = 0
    for end in range(1, len(words) + 1):
        if (
            end < len(words)
            and words[end].line == words[start].line
            and words[end].x0 - words[end - 1].x1 <= WIDE_GAP * words[end].line_height
        ):
            continue
        runs.extend(_readable(words[start:end], scale, doubt, len(runs)))
        start = end
    return runs


def _readable(words: list[Word], scale: float, doubt: float, order: int) -> Iterator[Run]:
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


def _run(words: list[Word], scale: float, doubt: float, order: int) -> Run:
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

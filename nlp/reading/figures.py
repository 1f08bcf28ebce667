"""Figures that recognition took for letters, and document numbers that it tore apart. No figure is ever turned into another."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.reading.words import Word

# "ngày 1ó tháng Š", "khoản l Điều 8": after these words stands a number
_SLOT = re.compile(r"(?:ngày|tháng|năm|khoản|điều)", re.IGNORECASE)
# shapes of one figure; on the scans of the development set every one of them stood for this figure
_SHAPES = str.maketrans("lIiÌÍÏìíï|!][¡óòốồôõöŠŚšO", "111111111111116666666" + "555" + "0")
_FIGURE_LIKE = re.compile(r"[\dlIiÌÍÏìíï|!\]\[¡óòốồôõöŠŚšO]{1,4}")
_GUESSED = 0.5  # the confidence of a word that was mended: always marked uncertain

_OPEN_YEAR = re.compile(r"\d{1,4}/(?:19|20)\d?\d?")  # "44/201", torn before "4/NĐ-CP"
_OPEN_SYMBOL = re.compile(r"\d{1,4}/\S*[-–/]")  # "76/2014/TT-", torn before "BTC"
_REST_OF_YEAR = re.compile(r"\d{1,3}/?[A-ZĐ]{2}\S*")
_REST_OF_SYMBOL = re.compile(r"[A-ZĐ]{2,}\S*|(?:19|20)\d\d/[A-ZĐ]\S*")
_LOST_SLASH = re.compile(r"(\d{1,4}/(?:19|20)\d\d)(?=[A-ZĐ]{2,}-?)")


def mended(words: Sequence[Word]) -> list[Word]:
    """The words with letters read as figures where only a number can stand, and with torn document numbers whole."""
    found: list[Word] = []
    for word in words:
        before = found[-1] if found and found[-1].line == word.line else None
        if before is not None and _belongs(before.text, word.text):
            joined = before.text + word.text
            found[-1] = replace(
                before,
                text=joined,
                confidence=min(before.confidence, word.confidence),
                x1=word.x1,
                bottom=max(before.bottom, word.bottom),
            )
            found[-1] = _with_slash(found[-1])
            continue
        found.append(_with_slash(_as_figures(before, word)))
    return found


def _belongs(before: str, after: str) -> bool:
    if _OPEN_YEAR.fullmatch(before) and _REST_OF_YEAR.fullmatch(after):
        year = before.split("/")[1] + re.split(r"\D", after)[0]
        return len(year) == 4
    return _OPEN_SYMBOL.fullmatch(before) is not None and _REST_OF_SYMBOL.fullmatch(after) is not None


def _as_figures(before: Word | None, word: Word) -> Word:
    core = word.text.strip(".,;:()")
    if before is None or core.isdigit() or not _SLOT.fullmatch(before.text) or not _FIGURE_LIKE.fullmatch(core):
        return word
    return replace(
        word, text=word.text.replace(core, core.translate(_SHAPES)), confidence=min(word.confidence, _GUESSED)
    )


def _with_slash(word: Word) -> Word:
    text = _LOST_SLASH.sub(r"\1/", word.text)
    return word if text == word.text else replace(word, text=text, confidence=min(word.confidence, _GUESSED))

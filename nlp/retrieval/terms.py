"""Texts to lexical terms: syllables and pairs of neighbouring syllables.

Syllable pairs beat word segmentation for BM25 on Vietnamese law and cost nothing (shared measurements: recall@1 0.776 against 0.715).
"""

from __future__ import annotations

import itertools
import re
import unicodedata

# "12/2024/QĐ-UBND", "64/2025/QH15": a document number is one term besides its parts
NUMBER = re.compile(r"\b\d{1,5}(?:/\d{4})?/[A-ZĐ][\w.-]*(?:-[A-ZĐ][\w.]*)*", re.IGNORECASE)
SYLLABLE = re.compile(r"[^\W_]+")
PAIR = "_"
FOLD_D = str.maketrans("đĐ", "dD")

# the two ways to place a tone mark ("hòa", "hoà") become one: the mark on the second vowel, where no consonant follows
_OLD_STYLE = re.compile(r"([oO])([̣̀́̃̉])([aeAE])(?!\w)|([uU])([̣̀́̃̉])([yY])(?!\w)")


def fold_marks(text: str) -> str:
    """The text without any diacritics, "đ" as "d", lower case."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).translate(FOLD_D)


def has_marks(text: str) -> bool:
    """Whether any letter of the text carries a Vietnamese mark (or is "đ")."""
    return fold_marks(text) != text.lower()


def syllables(text: str) -> list[str]:
    """The lower-case words of a text, NFC, tone marks in one place, in order."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    moved = _OLD_STYLE.sub(_move_tone, decomposed)
    return SYLLABLE.findall(unicodedata.normalize("NFC", moved))


def terms(text: str) -> list[str]:
    """Syllables, pairs of neighbours ("thời_hạn") and whole document numbers, with repetition."""
    words = syllables(text)
    pairs = [f"{first}{PAIR}{second}" for first, second in itertools.pairwise(words)]
    return words + pairs + [number.lower() for number in NUMBER.findall(text)]


def _move_tone(match: re.Match[str]) -> str:
    first, tone, second = (part for part in match.groups() if part is not None)
    return first + second + tone

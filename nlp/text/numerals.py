"""Vietnamese numerals in words and digits as exact fractions."""

from __future__ import annotations

import re
from fractions import Fraction

_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỉ": 10**9, "tỷ": 10**9}
_HALF = "rưỡi"

_DIGIT_WORD = r"một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín"
SCALE_WORDS = r"nghìn|ngàn|vạn|triệu|t[ỉỷ]"
_FIVE = r"năm(?=\s+(?:mươi|trăm|nghìn|ngàn|vạn|triệu|t[ỉỷ])\b)"
_OTHER_DIGIT = r"một|mốt|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín"
_LATER = rf"(?:{_OTHER_DIGIT}|{_FIVE}|mười(?:\s+(?:{_OTHER_DIGIT}))?)"
# after a scale "một" counts what follows: "hai nghìn một lượt" is two thousand for one go (2,100 is "hai nghìn mốt")
_NO_ONE = r"(?!một(?!\s+(?:mươi|chục|trăm|nghìn|ngàn|vạn|triệu|t[ỉỷ])\b))"
# "hai mươi lăm", "một trăm linh năm", "mười". Two digits never stand side by side ("hai năm" is two years), and after "mươi" five is "lăm":
# "hai mươi năm" is twenty years. "tư" may be a syllable of "tư pháp": the caller checks the unit that follows.
NUMERAL_WORDS = (
    rf"(?:(?:mười(?:\s+(?:{_OTHER_DIGIT}))?|{_DIGIT_WORD})"
    rf"(?:\s+(?:linh|lẻ)\s+(?:{_DIGIT_WORD})|\s+(?:mươi|chục|trăm)(?:\s+{_LATER})?|\s+(?:{SCALE_WORDS})(?:\s+{_NO_ONE}{_LATER})?)*)"
)
# "4.000.000", "4 000 000" (rare), "0,5", "1.5", "05"
NUMERAL_DIGITS = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?(?:\.\d{1,2}(?!\d))?"


def parse_digits(text: str) -> Fraction:
    """The value of printed digits: "4.000.000" is four million, "0,5" and "1.5" are fractions. Raises ValueError for anything else."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    return Fraction(text.replace(",", "."))


def parse_words(text: str) -> Fraction | None:
    """The value of a folded numeral in words, None where the words do not make one.

    "hai mươi lăm" 25, "một trăm linh năm" 105, "hai triệu năm trăm nghìn" 2,500,000, "hai trăm rưỡi" 250, "hai năm" (digits side by side) None.
    As it is said, a lone digit after a scale counts tenths of it: "một tỷ hai" is 1,200,000,000, "một tỷ linh hai" is 1,000,000,002.
    """
    total, part, last_scale = 0, 0, 0
    previous = ""
    half = 0
    joined = False
    for word in text.split():
        if word == _HALF:
            half = (last_scale or (100 if "trăm" in text else 1)) // 2
            continue
        if word in _DIGITS:
            if previous in _DIGITS and word != "không" and previous != "không":
                return None
            part += _DIGITS[word]
        elif word == "mười":
            part += 10
        elif word in {"mươi", "chục"}:
            if previous not in _DIGITS:
                return None
            part += _DIGITS[previous] * 9
        elif word == "trăm":
            part = part * 100 if part else 0
        elif word in _SCALES:
            scale = _SCALES[word]
            total = (total + part) * scale if 0 < total < scale else total + part * scale
            part, last_scale = 0, scale
        elif word not in {"linh", "lẻ"}:
            return None
        previous = word
        joined = joined or word in {"linh", "lẻ"}
    if previous in _DIGITS and 0 < part < 10 and last_scale and not joined:
        part *= last_scale // 10
    return Fraction(total + part + half)


def parse_half(word: str) -> Fraction | None:
    """The value of "nửa" or "một nửa" and of simple fractions: "một phần ba", "2/3"; None for anything else."""
    if word in {"nửa", "một nửa"}:
        return Fraction(1, 2)
    slash = re.fullmatch(r"(\d{1,2})(?:/|\s+phần\s+)(\d{1,3})", word)
    if slash and int(slash.group(2)):
        return Fraction(int(slash.group(1)), int(slash.group(2)))
    spoken = re.fullmatch(rf"({_DIGIT_WORD})\s+phần\s+({_DIGIT_WORD}|mười)", word)
    if spoken:
        below = 10 if spoken.group(2) == "mười" else _DIGITS[spoken.group(2)]
        return Fraction(_DIGITS[spoken.group(1)], below)
    return None

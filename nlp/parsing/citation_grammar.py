"""The units of a citation: "các điểm b, c và d khoản 1 Điều 49", "từ Điều 8 đến Điều 23", "khoản này" (Điều 68 NĐ 78/2025/NĐ-CP)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.law.document import Level
from nlp.law.span import Span

POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order of điểm; f, j, w, z are not used (Điều 63 NĐ 78/2025)
_MAX_RANGE = 700  # the longest code has 689 articles; a longer range is a misreading
_ROMAN = r"[IVXLC]+"

# "Phần thứ nhất": the ordinals as printed in codes
_ORDINALS = {
    "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_ORDINAL = "|".join(_ORDINALS)

_ITEMS: dict[Level, str] = {
    Level.POINT: r"(?:[a-zđ]\d{0,2}(?!\w)\)?|\d{1,2}(?:\.\d{1,2})*(?!\w))",
    Level.CLAUSE: r"\d{1,3}(?:[a-zđ]\d{0,2})?(?!\w)",
    Level.ARTICLE: r"\d{1,3}(?:[a-zđ]\d{0,2})?(?!\w)",
    Level.SUBSECTION: rf"(?:\d{{1,2}}|{_ROMAN})(?!\w)",
    Level.SECTION: rf"(?:\d{{1,2}}(?:\.\d{{1,2}})*|{_ROMAN}|[A-ZĐ])(?!\w)",
    Level.CHAPTER: rf"(?:{_ROMAN}|\d{{1,2}})[a-z]?(?!\w)",
    Level.PART: rf"(?:thứ\s+(?:{_ORDINAL})|{_ROMAN}|[A-ZĐ]|\d{{1,2}})(?!\w)",
    Level.ANNEX: rf"(?:{_ROMAN}[a-z]?|\d{{1,2}}[a-zA-Z]?|[A-ZĐ])(?:[.\-]\d{{1,2}}(?:\.\d{{1,2}})?)?(?!\w)",
    Level.DASH: rf"(?:thứ\s+(?:{_ORDINAL})|\d{{1,2}})(?!\w)",
}
_WORDS: dict[Level, str] = {
    Level.POINT: r"[Đđ]iểm|ĐIỂM|[Mm]ục(?=\s+[a-zđ]\s*,?\s*[Kk]hoản)",  # older texts call a điểm "mục"
    Level.CLAUSE: r"[Kk]hoản|KHOẢN",
    Level.ARTICLE: r"[ĐÐđ]iều|ĐIỀU",
    Level.SUBSECTION: r"[Tt]iểu\s+mục",
    Level.SECTION: r"[Mm]ục|MỤC",
    Level.CHAPTER: r"[Cc]hương|CHƯƠNG",
    Level.PART: r"[Pp]hần|PHẦN",
    Level.ANNEX: r"[Pp]hụ\s+lục|PHỤ\s+LỤC",
    Level.DASH: r"gạch\s+đầu\s+dòng",
}
# A number that measures something is no unit: "khoản 5 triệu đồng", "Điều 5, 30 ngày"
_MEASURE = r"(?!\s*(?:%|/\d|\.\d|,\d\d|(?:ngày|tháng|năm|giờ|phút|tuổi|triệu|nghìn|tỷ|đồng|người|lần|m|km|ha|kg)\b))"
_JOIN = r"\s*(?:,\s*(?:và\s+|hoặc\s+)?|\s+(?:và/hoặc|và|hoặc|hay)\s+)"
_TO = r"\s*(?:\s+(?:đến|tới)\s+|\s*[-–]\s*)"


def _list(level: Level) -> str:
    item = _ITEMS[level] + _MEASURE
    name = level.value
    return (
        rf"(?:(?P<{name}_all>[Cc]ác\s+)?(?:{_WORDS[level]})\s+"
        rf"(?:(?P<{name}_this>này(?!\w))|(?:số\s+|từ\s+)?(?P<{name}_items>{item}(?:(?:{_JOIN}|{_TO}){item})*)))"
    )


_LEVELS = (
    Level.POINT, Level.CLAUSE, Level.ARTICLE, Level.SUBSECTION, Level.SECTION, Level.CHAPTER, Level.PART, Level.ANNEX, Level.DASH,
)  # fmt: skip
_UNIT = re.compile(r"(?<![\w])(?:" + "|".join(_list(level) for level in _LEVELS) + ")")
_BARE_ANNEX = re.compile(
    r"(?<!\w)(?:[Pp]hụ\s+lục|PHỤ\s+LỤC)(?=\s+(?:(?:được\s+)?ban\s+hành\s+)?kèm(?:\s+theo)?\s|"
    r"\s+(?:của\s+)?(?:Nghị\s+định|Thông\s+tư|Quyết\s+định|Nghị\s+quyết|Luật)(?:\s+(?:này|số)|\s+\d))"
)
_SPLIT = {level: re.compile(rf"({_TO})?({_ITEMS[level]})") for level in _LEVELS}


@dataclass(frozen=True, slots=True)
class Unit:
    """One printed unit or list of units of one level: "các điểm b, c" has two numbers; `this` is "khoản này".

    A bare "Phụ lục" (the only annex) has no number.
    """

    span: Span
    level: Level
    numbers: tuple[str, ...]
    this: bool = False


def find_units(text: str) -> tuple[Unit, ...]:
    """Every unit of a citation in `text`, in order; lists and inner ranges ("các khoản 1 đến 4") are expanded."""
    found = [_unit(match) for match in _UNIT.finditer(text)]
    units = [unit for unit in found if unit is not None]
    taken = {unit.span.start for unit in units}
    units.extend(
        Unit(Span(*match.span()), Level.ANNEX, ()) for match in _BARE_ANNEX.finditer(text) if match.start() not in taken
    )
    return tuple(sorted(units, key=lambda unit: unit.span))


def _unit(match: re.Match[str]) -> Unit | None:
    group = match.lastgroup or ""
    level = Level(group.split("_")[0])
    if match[f"{level.value}_this"]:
        return Unit(Span(*match.span()), level, (), this=True)
    numbers: list[str] = []
    for piece in _SPLIT[level].finditer(match[f"{level.value}_items"]):
        number = canonical(level, piece[2])
        if piece[1] and numbers:
            numbers.extend(expand(level, numbers[-1], number))
        else:
            numbers.append(number)
    return Unit(Span(*match.span()), level, tuple(dict.fromkeys(numbers)))


def canonical(level: Level, number: str) -> str:
    """The number as paths write it: "thứ nhất" -> "1"; annex separators become dots."""
    words = number.split()
    if words[0] == "thứ":
        return str(_ORDINALS[words[1]])  # as paths write "Phần thứ hai"
    if level is Level.ANNEX:
        return number.replace("-", ".")
    return number.rstrip(")")


def roman(value: int) -> str:
    """The Roman numeral of 1..399."""
    digits = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for size, letters in digits:
        while value >= size:
            written += letters
            value -= size
    return written


_ROMAN_VALUES = {roman(value): value for value in range(1, 100)}


def expand(level: Level, first: str, last: str) -> tuple[str, ...]:
    """The numbers after `first` up to and including `last`: "1", "4" -> 2, 3, 4. Only `last` when the order of the two is not clear."""
    if level is Level.POINT and len(first) == len(last) == 1 and first in POINT_LETTERS and last in POINT_LETTERS:
        low, high = POINT_LETTERS.index(first), POINT_LETTERS.index(last)
        return tuple(POINT_LETTERS[low + 1 : high + 1]) if low < high else (last,)
    if first in _ROMAN_VALUES and last in _ROMAN_VALUES:
        low, high = _ROMAN_VALUES[first], _ROMAN_VALUES[last]
        return tuple(roman(value) for value in range(low + 1, high + 1)) if low < high else (last,)
    # "từ Điều 19 đến Điều 24b": the inserted 24a is not known here, 24 and 24b are
    head, tail = re.match(r"\d+", first), re.match(r"\d+", last)
    if head is None or tail is None or not int(head[0]) < int(tail[0]) <= int(head[0]) + _MAX_RANGE:
        return (last,)
    numbers = [str(value) for value in range(int(head[0]) + 1, int(tail[0]) + 1)]
    return (*numbers, last) if tail[0] != last else tuple(numbers)

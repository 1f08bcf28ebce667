"""Whether a printed line goes on with the one before: the only place where reading joins lines."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.reading.layout import PrintedLine

# starts that open a unit of a document
UNIT_START = re.compile(
    r"(?:Điều|ĐIỀU)\s+\d+\s?[a-zđ]?\s*[.:\-–]|(?:Điều|ĐIỀU)\s+\d+[a-zđ]?$"
    r"|(?:Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|Tiểu mục|TIỂU MỤC|Phụ lục|PHỤ LỤC|Mẫu số|MẪU SỐ|Biểu số)\b(?:\s+(?:[IVXLC\d]+|thứ)|$)"
    r"|\d{1,3}[.)](?:\s|$)|\d{1,2}(?:\.\d{1,2})+\.?\s|[a-zđ]\d?\)\s|[ivx]{1,4}\)\s|[-–+•*]\s|[IVX]{1,5}\.\s"
    r"|Căn cứ\s|Theo đề nghị\s|Xét\s|QUYẾT (?:ĐỊNH|NGHỊ)|NGHỊ (?:ĐỊNH|QUYẾT)\s*:|THÔNG TƯ\s*:|Nơi nhận"
)
_ARTICLE_START = re.compile(r"(?:Điều|ĐIỀU)\s+\d+\s?[a-zđ]?\s*[.:\-–]")
# the last words before a citation that was wrapped: "quy định tại", "khoản 1", "và"
_CITES = re.compile(
    r"(?:\b(?:tại|theo|và|hoặc|của|đến|từ|các|khoản|điểm|Điều|này|với|là|trong|số|khoản \d+[a-zđ]?|điểm [a-zđ]\d?)|,)$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;:!?…]['\"”’)]*$|\./\.$")
_NUMBER_OPEN = re.compile(r"\d+/\S*[-–/]$|\b[A-ZĐ]{2,}[-–]$")
_NUMBER_REST = re.compile(r"[-–/][A-ZĐ0-9]")

_INDENT = 9.0  # points right of the margin: an indented line
_SLACK = 4.0  # points by which a full line may miss the margin


@dataclass(frozen=True, slots=True)
class Margins:
    """The left and right edge of running text on a page, the usual distance of lines, and whether units begin indented."""

    left: float
    right: float
    pitch: float
    indented_units: bool


def margins_of(pages: Sequence[Sequence[PrintedLine]]) -> list[Margins]:
    """The margins of each page from its own full lines, from pages of the same side where it has too few."""
    rights = [_edge([line.box.x1 for line in lines], last=True) for lines in pages]
    lefts = [_edge([line.box.x0 for line in lines], last=False) for lines in pages]
    found: list[Margins] = []
    indented = _units_are_indented(pages, lefts)
    pitches = [_pitch(lines) for lines in pages]
    usual = median([pitch for pitch in pitches if pitch] or [0.0])
    for index, lines in enumerate(pages):
        alike = range(index % 2, len(pages), 2)
        right = rights[index] or _median([rights[other] for other in alike]) or _median(rights)
        left = lefts[index] or _median([lefts[other] for other in alike]) or _median(lefts)
        if right is None:
            right = max((line.box.x1 for line in lines), default=0.0)
        if left is None:
            left = min((line.box.x0 for line in lines), default=0.0)
        found.append(Margins(left, right, pitches[index] or usual, indented))
    return found


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


_MIN_AT_EDGE = 4  # lines that must end (or begin) at one x before it counts as the margin


def _edge(values: list[float], *, last: bool) -> float | None:
    """The outermost x shared by several lines within a few points, None if no such."""
    ordered = sorted(values, reverse=last)
    for index, value in enumerate(ordered):
        near = sum(1 for other in ordered[index:] if abs(other - value) <= _SLACK)
        if near >= _MIN_AT_EDGE:
            return value
    return None


def _units_are_indented(pages: Sequence[Sequence[PrintedLine]], lefts: list[float | None]) -> bool:
    flags = [
        line.box.x0 > left + _INDENT
        for lines, left in zip(pages, lefts, strict=True)
        if left is not None
        for line in lines
        if line.column == 0 and UNIT_START.match(line.text)
    ]
    return len(flags) >= 5 and sum(flags) >= 0.7 * len(flags)


def _pitch(lines: Sequence[PrintedLine]) -> float:
    steps = [after.box.bottom - before.box.bottom for before, after in itertools.pairwise(lines)]
    steps = [step for step in steps if 0 < step < 40]
    return median(steps) if len(steps) >= 5 else 0.0


def joint(before: PrintedLine, after: PrintedLine, old: Margins, new: Margins) -> str:
    """What stands between two lines that follow each other in the body: " " or "" inside a paragraph, a line break otherwise."""
    if before.column != after.column or (after.starts_block and before.page == after.page):
        return "\n"
    left, right = (after.left, before.right) if before.column else (new.left, old.right)
    if not _reaches(before, after, right) or not _is_flush(before, after, left, same_page=before.page == after.page):
        return "\n"
    ended = _SENTENCE_END.search(before.text) is not None
    if UNIT_START.match(after.text):
        mid_sentence = new.indented_units and not ended and not before.column
        if _ARTICLE_START.match(after.text):
            mid_sentence = mid_sentence and _CITES.search(before.text) is not None
        if not mid_sentence:
            return "\n"
    spaced = (
        before.page == after.page and old.pitch and after.box.bottom - before.box.bottom > old.pitch + 0.35 * after.size
    )
    if spaced and (ended or after.text[:1].isupper()):
        return "\n"
    if _is_capitals(before.text) != _is_capitals(after.text) and not _NUMBER_OPEN.search(before.text):
        return "\n"
    if _NUMBER_OPEN.search(before.text) and re.match(r"[A-ZĐ0-9]", after.text):
        return ""
    if _NUMBER_REST.match(after.text) and re.search(r"\d/\S*[A-ZĐ0-9]$", before.text):
        return ""
    return " "


def _reaches(before: PrintedLine, after: PrintedLine, right: float) -> bool:
    """Whether the next line's first word would not have fitted on the line before."""
    word = after.text.split(" ", 1)[0]
    width = after.edges[len(word)] - after.edges[0] if len(after.edges) > len(word) else 0.0
    return before.box.x1 + 0.2 * before.size + width > right - _SLACK


def _is_flush(before: PrintedLine, after: PrintedLine, left: float, *, same_page: bool) -> bool:
    if after.box.x0 <= left + _INDENT:
        return True
    # a hanging paragraph: its lines stand below each other, or below the text after the marker
    if not same_page:
        return False
    hang = before.hang
    if hang is None:
        marker = re.match(r"(?:\d{1,3}[.)]|[a-zđ]\d?\)|[-–+•*])\s+", before.text)
        hang = before.edges[marker.end()] if marker is not None and len(before.edges) > marker.end() else None
    if hang is None or abs(after.box.x0 - hang) > _INDENT / 3:
        return False
    after.hang = hang
    return True


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) < _MIN_CAPITALS or sum(map(str.isdigit, text)) > len(letters):
        return False  # "140/2025/QH15;" is no heading
    return sum(map(str.isupper, letters)) > 0.9 * len(letters)


_MIN_CAPITALS = 5  # letters

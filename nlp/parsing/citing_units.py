"""The units of a text that cite: headings, captions, contract clauses and scores are none."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from nlp.law.document import Level
from nlp.parsing.citation_grammar import Unit, find_units

if TYPE_CHECKING:
    from nlp.law.document import Provision

# "Nơi nhận: - Như Điều 3;" tells to whom the document goes
_RECIPIENTS = re.compile(r"[-–:+]\s*Như\s+$")
# A heading is no citation: line start (or an opening quote), marker, stop, capital
_HEADING = re.compile(
    r"(?:^|\n|[“\"])[^\S\n]*(?:[ĐÐ]iều|ĐIỀU)\s+\d+[a-zđ]?\d*\s?(?:\[\d+\])?[.:]|(?:^|\n)[^\S\n]*[“\"]?(?:Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Phụ\s+lục|PHỤ\s+LỤC|Tiểu\s+mục)"
    r"\s+(?:thứ\s+\w+|[IVXLC]+[a-z]?|\d+[a-zA-Z]?)(?:[.\-]\d+)*[^\S\n]*(?=[.:\n]|[A-ZĐÀ-Ỹ]{2}|$)"
)
_CONTRACT = re.compile(
    r"\s*(?:của|trong|tại)?\s*(?:Hợp\s+đồng|hợp\s+đồng|Thỏa\s+thuận|Thoả\s+thuận|Biên\s+bản|Giấy|Hồ\s+sơ|hồ\s+sơ|Đơn|Phiếu|Tờ\s+khai|QCVN|TCVN|ISO)(?!\w)"
)
_NUMERIC_POINT = re.compile(r"[Đđ]iểm\s+\d")


def citing_units(text: str, provisions: tuple[Provision, ...]) -> tuple[Unit, ...]:
    """The units that cite: headings, contract clauses and scores ("điểm 5") are left out."""
    own = {_marker_start(text, provision) for provision in provisions}
    headings = [match.span() for match in _HEADING.finditer(text)]
    starts = [start for start, _ in headings]
    kept = []
    for unit in find_units(text):
        at = bisect_right(starts, unit.span.start) - 1
        in_heading = at >= 0 and unit.span.start < headings[at][1]
        if unit.level is Level.CLAUSE and any(len(number) > 2 and number.isdigit() for number in unit.numbers):
            continue  # "loại 370 khoản 371" of the state budget; no article has a hundred clauses
        if _RECIPIENTS.search(text[max(0, unit.span.start - 10) : unit.span.start]):
            continue
        if unit.span.start in own or in_heading or _CONTRACT.match(text, unit.span.end):
            continue
        if (
            unit.this
            and unit.level is Level.ARTICLE
            and text[unit.span.start] == "đ"
            and not _LOWER_THIS.search(text[max(0, unit.span.start - 40) : unit.span.start])
        ):
            continue
        if (
            unit.level is Level.POINT
            and _NUMERIC_POINT.match(text, unit.span.start)
            and not _NUMERIC_POINT_CONTEXT.match(text, unit.span.end)
        ):
            continue
        if (
            unit.level in _WORDY
            and not _WORDY_CONTEXT.match(text, unit.span.end)
            and not unit.this
            and text[unit.span.start].islower()
        ):
            continue
        kept.append(unit)
    return tuple(kept)


# "điều này" in small letters is mostly "this matter"
_LOWER_THIS = re.compile(r"(?:khoản\s+\d+[a-z]?|quy\s+định\s+(?:tại|ở|của)|của|tại)\s+$")
# "điểm 5" and "mục 3", "phần 2" are also scores and chapters of a report: they must be followed by a larger unit
_NUMERIC_POINT_CONTEXT = re.compile(
    r"\s*(?:(?:,|và|hoặc|của|tại|đến)\s*)?(?:(?:các\s+)?(?:điểm\s+\d|khoản\s+\d)|(?:tiểu\s+)?[Mm]ục\s+[\dIVX]|[Pp]hụ\s+lục|[Đđ]iều\s+\d|[Pp]hần\s+[A-Z]|này)"
)
_WORDY = (Level.SECTION, Level.PART, Level.SUBSECTION, Level.CHAPTER, Level.DASH)
_WORDY_CONTEXT = re.compile(
    r"\s*(?:(?:,|và|hoặc|của|tại|đến|thuộc)\s*)?(?:(?:các\s+)?(?:tiểu\s+)?[Mm]ục\s+[\dIVXA-Z]|[Pp]hụ\s+lục|[Đđ]iều|[Cc]hương|[Pp]hần|[Đđ]iểm\s|[Kk]hoản\s|"
    r"(?:[Bb]ộ\s+)?[Ll]uật|Nghị|Thông\s+tư|Quyết\s+định|Quy)"
)


def _marker_start(text: str, provision: Provision) -> int:
    start = provision.own.start
    while start < provision.own.end and (text[start].isspace() or text[start] in "“\"‘'"):
        start += 1
    return start

"""The quoted payloads of amending acts: "Sửa đổi, bổ sung khoản 2 Điều 5 như sau: “2. ...”" (Điều 66 to 70 Nghị định 78/2025/NĐ-CP).

Quotes are straight or curly, mixed and often unbalanced, and payloads hold quotes of their own. A payload opens with a quote at the start of a line, or
after "như sau:" inside one, and closes with a quote at the end of a line ("”.", "”;").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from nlp.law.span import Span

_OPENERS = '“"‟„«'
_CLOSERS = '”"»'
_OPENING = re.compile(
    rf"(?:^[ \t]*(?:[-–—+]\s*)?|(?:như\s+sau|sau\s+đây|thành|là)\s*:\s*)(?P<quote>[{_OPENERS}]|''|‘‘)(?=\s*\S)",
    re.MULTILINE,
)
# a closing quote at the end of its line, behind it only stops, "./." and footnote marks
_CLOSING = re.compile(
    rf"(?P<quote>[{_CLOSERS}“]|''|’’)[ \t]*(?:[.;,:]|\./\.|/\.|\[\d+\]|\d{{1,2}})*[ \t]*$", re.MULTILINE
)
# what an amending act says before a payload; without it a quoted line is a definition or a title
_CUE = re.compile(
    r"(?:như\s+sau|sau\s+đây|dưới\s+đây|nội\s+dung\s+sau|thành)\s*[:;.]?\s*$|:\s*$"
    r"|(?:sửa\s+đổi|bổ\s+sung|thay\s+thế)[^\n]{0,400}$",
    re.IGNORECASE,
)
_UNIT_START = re.compile(
    r"\s*(?:\d{1,3}[a-zđ]?[.)]|[a-zđ]\d?\)|Điều\s+\d+|ĐIỀU\s+\d+|Chương\s|CHƯƠNG\s|Mục\s|MỤC\s|Phụ lục|PHỤ LỤC|[-–+]\s)"
)
# A step of the amending act that announces its own payload: no payload reaches over it.
_HARD_STEP = re.compile(
    rf"^[ \t]*(?:\d{{1,3}}[a-zđ]?\.|[a-zđ]\d?\)|Điều\s+\d+[a-zđ]?\.|[-–])\s*(?:Sửa\s+đổi|Bổ\s+sung|Thay\s+thế)[^{_OPENERS}{_CLOSERS}]{{0,400}}?"
    rf"(?:như\s+sau|sau\s+đây)\s*:\s*\n\s*[{_OPENERS}]",
    re.MULTILINE | re.IGNORECASE,
)
# Where a payload that no quote closes must end: any next step, or the closing articles of the amending act.
_SOFT_STEP = re.compile(
    r"^[ \t]*(?:\d{1,3}[a-zđ]?\.|[a-zđ]\)|Điều\s+\d+[a-zđ]?\.|-)\s+(?:(?:Sửa\s+đổi|Bổ\s+sung|Bãi\s+bỏ|Thay(?:\s+thế)?|Bỏ)\b"
    r"|(?:Điều|Khoản|Điểm|Mục|Chương|Đoạn|Tên|Cụm\s+từ|Các)\b[^.;:\n]{0,160}\b(?:được|bị)\s+(?:sửa|bổ|thay|bãi))"
    r"|^[ \t]*Điều\s+\d+\.\s+(?:Hiệu\s+lực|Điều\s+khoản|Tổ\s+chức\s+thực\s+hiện|Trách\s+nhiệm\s+thi\s+hành|Bãi\s+bỏ|Thay)"
    r"|^[ \t]*Điều\s+\d+\.\s+(?:1\.\s+)?(?:Luật|Nghị|Thông|Quyết|Pháp)\s+\w+(?:\s+\w+)?\s+này\s+có\s+hiệu"
    r"|^[ \t]*Điều\s+\d+\.\s+(?:1\.\s+)?Luật\s+này\s+có\s+hiệu",
    re.MULTILINE | re.IGNORECASE,
)
_MAX_LINE_END_QUOTES = 300  # closing candidates looked at for one payload: keeps hostile texts linear


@dataclass(frozen=True, slots=True)
class Payload:
    """One quoted payload: `span` is its text without the quotes; `closed` is False where no closing quote was found."""

    span: Span
    closed: bool = True


def find_payloads(text: str) -> tuple[Span, ...]:
    """The spans of the quoted payloads of an amending act, without their quotes, in order and disjoint."""
    return tuple(payload.span for payload in read_payloads(text))


# "5. Khoản 1 Điều 21 được sửa đổi, bổ sung như sau:" and on the next line "1. Thu nhập ..." without a quote
_BARE = re.compile(
    r"(?:như\s+sau|sau\s+đây)\s*:[ \t]*\n[ \t]*(?P<unit>(?:Điều|ĐIỀU)\s+(?P<article>\d{1,3}[a-zđ]?)(?=[.:])"
    r"|(?P<clause>\d{1,3}[a-zđ]?)(?=\.\s)|(?P<point>[a-zđ]\d?)(?=\)))"
)
_LONGEST_STEP = 400  # characters of an amending step before its payload


def read_payloads(text: str) -> tuple[Payload, ...]:
    """The quoted payloads of `text` in order, disjoint; linear in the text.

    An opening counts when the words before it announce new text, or when the quoted text begins with a unit marker. A payload ends at the first line-end quote
    that balances its inner quotes; where none does, at the last line-end quote before the next step of the amending act; without one it ends there
    and is not `closed`. Without any quote, new text counts as payload when it begins with the very unit that its step amends.
    """
    index = _QuoteIndex.of(text)
    payloads = _quoted_payloads(text, index)
    bare = [payload for match in _BARE.finditer(text) if (payload := index.bare(text, match)) is not None]
    if not bare:
        return tuple(payloads)
    merged: list[Payload] = []
    for payload in sorted((*payloads, *bare), key=lambda payload: payload.span):
        if not merged or merged[-1].span.end <= payload.span.start:
            merged.append(payload)
    return tuple(merged)


def _quoted_payloads(text: str, index: _QuoteIndex) -> list[Payload]:
    payloads: list[Payload] = []
    free_from = 0
    for match in _OPENING.finditer(text):
        if match.start("quote") < free_from or not _announced(text, match):
            continue
        payload = index.close(match.end("quote"))
        payloads.append(payload)
        free_from = payload.span.end + 1
    return payloads


_BASIS = re.compile(
    r"\s*Căn\s+cứ\s"
)  # a footnote of a consolidated text that quotes the căn cứ lines of an amending act


def _announced(text: str, match: re.Match[str]) -> bool:
    if _BASIS.match(text, match.end("quote")):
        return False
    quote = match.start("quote")
    before = text[max(0, match.start() - 500) : match.start()].rstrip()
    if match.group().lstrip()[:1] not in _OPENERS + "'‘-–—+":
        return True  # "như sau:" stands on the same line
    if _UNIT_START.match(text, match.end("quote")):
        return bool(before) and (before[-1] in ':;.”"' or _CUE.search(before.rsplit("\n", 1)[-1]) is not None)
    line = before.rsplit("\n", 1)[-1]
    return bool(re.search(r"(?:như\s+sau|sau\s+đây)\s*:$", line)) and quote > 0 and _amends(before)


def _amends(before: str) -> bool:
    return re.search(r"sửa\s+đổi|bổ\s+sung|thay\s+thế|đính\s+chính", before, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class _QuoteIndex:
    """The positions of all quotes and steps of a text, ascending."""

    length: int
    openers: list[int]
    closers: list[int]
    straight: list[int]
    line_ends: list[int]  # quotes that end a line
    hard_steps: list[int]
    soft_steps: list[int]

    @classmethod
    def of(cls, text: str) -> _QuoteIndex:
        return cls(
            len(text),
            [match.start() for match in re.finditer("[“„«]", text)],
            [match.start() for match in re.finditer("[”»]", text)],
            [match.start() for match in re.finditer('["‟]', text)],
            [match.start("quote") for match in _CLOSING.finditer(text)],
            [match.start() for match in _HARD_STEP.finditer(text)],
            [match.start() for match in _SOFT_STEP.finditer(text)],
        )

    def close(self, start: int) -> Payload:
        """The payload whose text begins at `start`, just behind its opening quote."""
        hard = _first_from(self.hard_steps, start, self.length)
        first = bisect_left(self.line_ends, start)
        last = min(bisect_left(self.line_ends, hard), first + _MAX_LINE_END_QUOTES)
        for at in self.line_ends[first:last]:
            if self._balanced(start, at):
                return Payload(Span(start, at))
        soft = min(hard, _first_from(self.soft_steps, start, self.length))
        last = min(bisect_left(self.line_ends, soft), last)
        if first < last:
            return Payload(Span(start, self.line_ends[last - 1]))
        return Payload(Span(start, max(start, soft)), closed=False)

    def bare(self, text: str, match: re.Match[str]) -> Payload | None:
        """The unquoted payload behind "như sau:", None when the unit on the next line is not the one that the step amends."""
        at = bisect_right(self.soft_steps, match.start()) - 1
        step = self.soft_steps[at] if at >= 0 else 0
        if match.start() - step > _LONGEST_STEP or (
            at + 1 < len(self.soft_steps) and self.soft_steps[at + 1] <= match.start("unit")
        ):
            return None
        said = text[step : match.start()]
        wanted = (
            rf"Điều\s+{match['article']}\b"
            if match["article"]
            else rf"khoản\s+{match['clause']}\b"
            if match["clause"]
            else rf"điểm\s+{match['point']}\b"
        )
        if not _amends(said) or re.search(wanted, said, re.IGNORECASE) is None:
            return None
        start = match.start("unit")
        return Payload(Span(start, _first_from(self.soft_steps, start, self.length)))

    def _balanced(self, start: int, end: int) -> bool:
        """Whether the quotes strictly between can be paired, straight ones standing for either side, or more close than open."""
        depth = _count(self.openers, start, end) - _count(self.closers, start, end)
        free = _count(self.straight, start, end)
        return depth < -free or (depth <= free and (depth - free) % 2 == 0)


def _count(positions: list[int], start: int, end: int) -> int:
    return bisect_left(positions, end) - bisect_left(positions, start)


def _first_from(positions: list[int], start: int, default: int) -> int:
    at = bisect_left(positions, start)
    return positions[at] if at < len(positions) else default

"""The tree of provisions: parts, Phần, Chương, Mục, Tiểu mục, Điều, khoản, điểm, dashes, annexes and table rows.

Lines are read once for markers; among the marked lines of one level those that form a list are chosen (`sequence.choose_chain`); all others are text.
Payloads of amending acts are parsed apart and hang, `quoted`, below the provision that brings them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from nlp.law.document import Level
from nlp.law.source import FurnitureKind, ParseIssue
from nlp.law.span import Span
from nlp.parsing.annexes import table_rows
from nlp.parsing.closing import Closing, closing_pieces, closing_start
from nlp.parsing.footnotes import find_footnotes
from nlp.parsing.lines import LineReader, TextLine, body_end
from nlp.parsing.lists import UnitReader
from nlp.parsing.parts import Part, split_parts
from nlp.parsing.quotes import read_payloads
from nlp.parsing.units import Unit, deepest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.law.source import SourceText

_CONSOLIDATED = re.compile(r"VĂN BẢN HỢP NHẤT|/VBHN|được sửa đổi, bổ sung bởi:", re.IGNORECASE)
_HEAD_CHARACTERS = 6_000  # where a text tells that it is a consolidated one


@dataclass(frozen=True, slots=True)
class Tree:
    """What `build_tree` returns: top units in text order, where the header ends, the closing pieces, the payloads and what was odd."""

    units: tuple[Unit, ...]
    header_end: int
    payloads: tuple[Span, ...]
    closings: tuple[Closing, ...]
    issues: tuple[ParseIssue, ...]


def build_tree(source: SourceText) -> Tree:
    """The tree of a source text. Never fails: what cannot be placed stays text of the unit around it.

    Top units are contiguous: each ends where the next one or a closing piece begins.
    """
    return _Builder(source).build()


@dataclass(slots=True)
class _Work:
    """What the steps of one build share."""

    end: int
    lines: tuple[TextLine, ...]
    quoted: list[bool]
    closings: list[Closing] = field(default_factory=list)
    issues: list[ParseIssue] = field(default_factory=list)

    def start_of(self, index: int) -> int:
        return self.lines[index].start if index < len(self.lines) else self.end


class _Builder:
    def __init__(self, source: SourceText) -> None:
        self._source = source
        end = body_end(source)
        self._footnoted = _CONSOLIDATED.search(source.text, 0, min(end, _HEAD_CHARACTERS)) is not None
        self._notes = find_footnotes(source.text[:end]) if self._footnoted else ()
        self._cutter = LineReader(source, self._notes)
        lines = self._cutter.lines(Span(0, end))
        payloads = [payload for payload in read_payloads(source.text[:end]) if not _inside(payload.span, self._notes)]
        self._payloads = tuple(payload.span for payload in payloads)
        self._work = _Work(end, lines, _line_marks(lines, self._payloads))
        self._work.issues.extend(
            ParseIssue(
                "unbalanced_quote",
                "Không tìm thấy dấu ngoặc kép đóng của nội dung được sửa đổi, bổ sung.",
                span=Span(payload.span.start - 1, payload.span.start),
            )
            for payload in payloads
            if not payload.closed
        )

    def build(self) -> Tree:
        work = self._work
        reader = UnitReader(work.lines, work.quoted, work.end, work.issues, footnoted=self._footnoted)
        units: list[Unit] = []
        attached = 0
        for part in split_parts(work.lines, work.quoted):
            attached += part.level is Level.ATTACHED
            units.extend(self._part(reader, part, attached))
        self._close_gaps(units)
        for span in self._payloads:
            self._hang_payload(units, span)
        self._hang_rows(units)
        work.issues.sort(key=lambda issue: issue.span or Span(0, 0))
        header_end = units[0].start if units else min([work.end, *(piece.span.start for piece in work.closings)])
        notes = [Closing(FurnitureKind.FOOTNOTE, span) for span in self._notes]
        pieces = (
            *work.closings,
            *(note for note in notes if not _inside(note.span, [piece.span for piece in work.closings])),
        )
        return Tree(tuple(units), header_end, self._payloads, pieces, tuple(work.issues))

    def _part(self, reader: UnitReader, part: Part, attached: int) -> list[Unit]:
        """The units of one part, its closing cut off and remembered."""
        work = self._work
        if part.level is None:
            units = reader.units(part.first, part.last if part.signed is None else part.signed)
            self._cut_closing(units, part)
            return units
        number = str(attached) if part.level is Level.ATTACHED else part.number
        start, end = work.start_of(part.first), work.start_of(part.last)
        unit = Unit(part.level, number, start, end, part.first, part.last, part.heading)
        unit.children = reader.units(part.first + 1, part.last, from_one=True)
        if unit.level is Level.ATTACHED:
            self._cut_closing([unit], part)
        return [unit]

    def _cut_closing(self, units: list[Unit], part: Part) -> None:
        """Cut the units of a part where its closing begins: what stands behind is a signature or a list of recipients, no unit."""
        work = self._work
        first = part.first
        level = units
        while level and level[-1].level is not Level.DASH:
            first, level = level[-1].first, level[-1].children
        at = first + closing_start(work.lines[first : part.last])
        if part.signed is not None:
            at = min(at, part.signed)
        if at >= part.last:
            return
        work.closings.extend(closing_pieces(work.lines[at : part.last], work.start_of(part.last)))
        cut, level = work.lines[at].start, units
        while level:
            level[:] = [unit for unit in level if unit.start < cut]
            if level:
                level[-1].end, level[-1].last = min(level[-1].end, cut), min(level[-1].last, at)
                level = level[-1].children

    def _close_gaps(self, units: Sequence[Unit]) -> None:
        """Let each top unit reach to the next one where no closing stands between."""
        starts = [piece.span.start for piece in self._work.closings]
        for unit, following in pairwise(units):
            at = bisect_left(starts, unit.end)
            if at == len(starts) or starts[at] >= following.start:
                unit.end = following.start

    def _hang_payload(self, units: Sequence[Unit], span: Span) -> None:
        """Parse one payload and put its units, quoted, below the unit around it."""
        home = deepest(units, span.start)
        if home is None:
            return
        span = Span(span.start, min(span.end, home.end))  # an unclosed payload ends with the unit that brings it
        lines = self._cutter.lines(span)
        reader = UnitReader(lines, [False] * len(lines), span.end, self._work.issues, free=True)
        for unit in reader.units(0, len(lines)):
            for below in unit.walk():
                below.quoted = True
            home.children.append(unit)
        home.children.sort(key=lambda child: child.start)

    def _hang_rows(self, units: Sequence[Unit]) -> None:
        for table in self._source.tables:
            home = deepest(units, table.span.start)
            if home is not None and table.span.end <= home.end:
                home.children.extend(table_rows(self._source.text, table))
                home.children.sort(key=lambda child: child.start)


def _inside(span: Span, others: Sequence[Span]) -> bool:
    """Whether `span` begins inside one of the other spans, which ascend."""
    at = bisect_right(others, span.start, key=lambda other: other.start) - 1
    return at >= 0 and span.start < others[at].end


def _line_marks(lines: Sequence[TextLine], spans: Sequence[Span]) -> list[bool]:
    """For each line whether it begins inside one of the spans, or at the quote just before it."""
    starts = [line.start for line in lines]
    marks = [False] * len(lines)
    for span in spans:
        at = bisect_left(starts, max(span.start - 1, 0))
        while at < len(lines) and starts[at] < span.end:
            marks[at] = True
            at += 1
    return marks

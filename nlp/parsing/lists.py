"""Units read from lines: containers and articles, sections of texts without articles, khoản, điểm and dashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.law.document import Level
from nlp.law.source import ParseIssue
from nlp.parsing.headings import (
    DASH,
    Marker,
    article_marker,
    clause_marker,
    container_marker,
    letter_marker,
    numbered_point_marker,
    point_marker,
    roman_marker,
)
from nlp.parsing.sequence import Candidate, Order, choose_chain, order_of
from nlp.parsing.titles import article_heading, container_heading
from nlp.parsing.units import CONTAINERS, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nlp.law.span import Span
    from nlp.parsing.lines import TextLine

    Reader = Callable[[str], Marker | None]
    Head = tuple[int, Marker]  # the line of a marker, and the marker

_CLAUSE_GAP = 5  # khoản or điểm that may be missing in a row
_SECTION_GAP = 2
_RANK = {level: rank for rank, level in enumerate((*CONTAINERS, Level.ARTICLE))}
_FOOTNOTE_MARK = ".#"  # separator of "2.4 Người ...", see `clause_marker`


class UnitReader:
    """Reads the units of one run of lines, a document's body or one payload.

    `quoted` marks lines that are not its own (payloads); `end` is the text position behind the last line; `free` lets lists begin at any number (payloads,
    extracts); `footnoted` texts may carry bare footnote numbers behind markers. Odd numbering goes to `issues`.
    """

    def __init__(
        self,
        lines: Sequence[TextLine],
        quoted: Sequence[bool],
        end: int,
        issues: list[ParseIssue],
        *,
        free: bool = False,
        footnoted: bool = False,
    ) -> None:
        self._lines = lines
        self._quoted = quoted
        self._end = end
        self._issues = issues
        self._free = free
        self._footnoted = footnoted

    def units(self, first: int, last: int, *, from_one: bool = False) -> list[Unit]:
        """The units of lines `first` to `last`: by articles where there are any, else by sections, khoản, điểm or dashes.

        `from_one` (annexes, attached texts): articles count only when they begin with Điều 1; others are citations in a list.
        """
        return self._articles(first, last, from_one=from_one) or self._sections(first, last)

    # --- levels ---

    def _articles(self, first: int, last: int, *, from_one: bool) -> list[Unit]:
        """Containers and articles, nested, each article with all below it; [] without an article."""
        marked = self._marked(first, last, article_marker)
        if from_one:
            opening = next((at for at, (_, marker) in enumerate(marked) if marker.number == "1"), len(marked))
            marked = marked[opening:]
        chosen = self._choose(marked, Level.ARTICLE)
        containers = [head for head in self._marked(first, last, container_marker) if self._lines[head[0]].strength]
        if not chosen and not (self._free and containers):
            return []
        flat = self._ranges(sorted([*containers, *chosen], key=lambda head: head[0]), last)
        for unit, marker in flat:
            if unit.level is Level.ARTICLE:
                self._fill_article(unit, marker)
            else:
                unit.heading = container_heading(marker.rest, self._lines[unit.first + 1 : unit.last])
        return _nest([unit for unit, _ in flat])

    def _fill_article(self, unit: Unit, marker: Marker) -> None:
        inner = clause_marker(marker.rest)
        if inner is not None and inner.number == "1" and marker.rest[:1] == "1":
            line = self._lines[unit.first]  # "Điều 5. 1. Người ...": the first khoản shares the article's line
            opening = line.start + line.text.index(marker.rest, len(marker.number))
            unit.children = self._clauses(unit.first, unit.last, (opening, inner))
            return
        below = slice(unit.first + 1, unit.last)
        unit.heading = article_heading(marker.rest, self._lines[below], self._quoted[below])
        unit.children = self._clauses(unit.first + 1, unit.last)

    def _sections(self, first: int, last: int) -> list[Unit]:
        """The units of a text without articles: "A.", "I.", "1.", "a)", each level restarting below the one above."""
        return self._descend(first, last, (letter_marker, roman_marker))

    def _descend(self, first: int, last: int, readers: tuple[Reader, ...]) -> list[Unit]:
        if not readers:
            return self._clauses(first, last, restarts=True)
        chosen = self._choose(self._marked(first, last, readers[0]), Level.SECTION, largest_gap=_SECTION_GAP)
        if len(chosen) < 2 and not self._free:
            return self._descend(first, last, readers[1:])
        if not chosen:
            return self._descend(first, last, readers[1:])
        units = self._descend(first, chosen[0][0], readers[1:])
        for unit, marker in self._ranges(chosen, last):
            unit.heading = article_heading(marker.rest, self._lines[unit.first + 1 : unit.last])
            unit.children = self._descend(unit.first + 1, unit.last, readers[1:])
            units.append(unit)
        return units

    def _clauses(
        self, first: int, last: int, opening: tuple[int, Marker] | None = None, *, restarts: bool = False
    ) -> list[Unit]:
        """The khoản, or the điểm or dashes where there are none. `opening`: the text position and marker of a khoản on line `first` itself."""
        marked = self._marked(first, last, self._clause_marker)
        if opening is not None:
            marked = [(first, opening[1]), *marked]
        if marked and not restarts:
            style = marked[0][1].separator
            marked = [head for head in marked if head[1].separator in (style, ".", _FOOTNOTE_MARK)]
        chosen = self._choose(marked, Level.CLAUSE, restarts=restarts, largest_gap=_CLAUSE_GAP)
        if not chosen or (restarts and len(chosen) < 2 and not self._free):
            return self._points(first, last)
        units = self._points(first, chosen[0][0])
        for unit, marker in self._ranges(chosen, last):
            if opening is not None and unit.first == first:
                unit.start = opening[0]
            if restarts and not self._free and not marker.rest.endswith("."):
                unit.heading = article_heading(marker.rest, self._lines[unit.first + 1 : unit.last])
            unit.children = self._points(unit.first + 1, unit.last)
            units.append(unit)
        return units

    def _clause_marker(self, text: str) -> Marker | None:
        marker = clause_marker(text)
        return None if marker is not None and marker.separator == _FOOTNOTE_MARK and not self._footnoted else marker

    def _points(self, first: int, last: int) -> list[Unit]:
        """The điểm, lettered or decimal ("1.1."), or the dashes where there are none."""
        decimal = self._marked(first, last, numbered_point_marker)
        if decimal:
            depth = decimal[0][1].number.count(".")
            level = [head for head in decimal if head[1].number.count(".") == depth]
            chosen = self._choose(level, Level.POINT, largest_gap=_SECTION_GAP)
            if len(chosen) > 1:
                return self._with_below(first, chosen, last, self._lettered)
        return self._lettered(first, last)

    def _lettered(self, first: int, last: int) -> list[Unit]:
        marked = self._marked(first, last, point_marker)
        if marked:
            style = marked[0][1].separator
            marked = [head for head in marked if head[1].separator in (style, ")")]
        chosen = self._choose(marked, Level.POINT, largest_gap=_CLAUSE_GAP)
        return self._with_below(first, chosen, last, self._dashes) if chosen else self._dashes(first, last)

    def _with_below(
        self, first: int, chosen: list[Head], last: int, below: Callable[[int, int], list[Unit]]
    ) -> list[Unit]:
        units = self._dashes(first, chosen[0][0])
        for unit, _ in self._ranges(chosen, last):
            unit.children = below(unit.first + 1, unit.last)
            units.append(unit)
        return units

    def _dashes(self, first: int, last: int) -> list[Unit]:
        """Dashes, numbered by position; those with another mark than the first lie below the dash before them."""
        found = [
            (index, match["mark"][0])
            for index in range(first, last)
            if self._own(index) and self._lines[index].strength and (match := DASH.match(self._lines[index].text))
        ]
        if not found:
            return []
        tops = [at for at, (_, mark) in enumerate(found) if mark == found[0][1]]
        units: list[Unit] = []
        for number, at in enumerate(tops, start=1):
            stop = tops[number] if number < len(tops) else len(found)
            unit = self._dash(number, found[at][0], found[stop][0] if stop < len(found) else last)
            inner = [index for index, _ in found[at + 1 : stop]]
            for place, index in enumerate(inner, start=1):
                unit.children.append(self._dash(place, index, inner[place] if place < len(inner) else unit.last))
            units.append(unit)
        return units

    def _dash(self, number: int, first: int, last: int) -> Unit:
        return Unit(Level.DASH, str(number), self._lines[first].start, self._start_of(last), first, last)

    # --- choosing ---

    def _own(self, index: int) -> bool:
        return not (self._quoted[index] or self._lines[index].table)

    def _marked(self, first: int, last: int, reader: Reader) -> list[Head]:
        return [
            (index, marker)
            for index in range(first, last)
            if self._own(index) and (marker := reader(self._lines[index].text)) is not None
        ]

    def _choose(
        self, marked: Sequence[Head], level: Level, *, restarts: bool = False, largest_gap: int = 30
    ) -> list[Head]:
        """The marked lines that form a list; gaps become issues."""
        placed = [(index, marker, order) for index, marker in marked if (order := order_of(marker.number)) is not None]
        candidates = [Candidate(index, order, self._strength(index, marker)) for index, marker, order in placed]
        chosen: list[Head] = []
        last: Order = (0, 0)
        for link in choose_chain(candidates, free_start=self._free, restarts=restarts, largest_gap=largest_gap):
            index, marker, order = placed[link.index]
            if link.gap and not self._free:
                self._issues.append(_gap_issue(level, last, marker, self._lines[index].span))
            last = order
            chosen.append((index, marker))
        return chosen

    def _strength(self, index: int, marker: Marker) -> int:
        """How sure a unit starts here; "Điều 5." alone on its line needs a paragraph behind it, else it is the end of a citation."""
        strength = self._lines[index].strength
        if marker.level is Level.ARTICLE and not marker.rest:
            follower = self._lines[index + 1].text[:1] if index + 1 < len(self._lines) else ""
            return strength if strength == 2 and (follower.isupper() or follower.isdigit()) else 0
        if marker.level is Level.ARTICLE and marker.rest[0].islower():
            return min(strength, 1) if strength == 2 else 0
        return strength

    def _ranges(self, heads: Sequence[Head], last: int) -> list[tuple[Unit, Marker]]:
        """One unit for each head, from its line to the next head's or `last`."""
        stops = [*(index for index, _ in heads[1:]), last]
        return [
            (Unit(marker.level, marker.number, self._lines[index].start, self._start_of(stop), index, stop), marker)
            for (index, marker), stop in zip(heads, stops, strict=True)
        ]

    def _start_of(self, index: int) -> int:
        return self._lines[index].start if index < len(self._lines) else self._end


def _nest(flat: Sequence[Unit]) -> list[Unit]:
    """Containers and articles in text order as a forest; each container reaches to the next unit that is not below it."""
    roots: list[Unit] = []
    stack: list[Unit] = []
    for unit in flat:
        while stack and _RANK[stack[-1].level] >= _RANK[unit.level]:
            stack.pop()
        (stack[-1].children if stack else roots).append(unit)
        for above in stack:
            above.end, above.last = unit.end, unit.last
        stack.append(unit)
    return roots


_UNIT_NAMES = {Level.ARTICLE: "Điều", Level.CLAUSE: "khoản", Level.POINT: "điểm", Level.SECTION: "Mục"}


def _gap_issue(level: Level, last: Order, marker: Marker, span: Span) -> ParseIssue:
    before = "đầu danh sách" if last == (0, 0) else f"vị trí thứ {last[0]}"
    note = f"Đánh số không liên tục: {_UNIT_NAMES[level]} {marker.number} đứng ngay sau {before}."
    return ParseIssue("numbering_gap", note, span=span)

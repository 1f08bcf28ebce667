"""Footnotes of a page and their marks in the text: a mark is lifted out, so that "Mẫu số 15" with footnote 25 is not "Mẫu số 1525"."""

from __future__ import annotations

import re
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from nlp.law.source import FurnitureKind
from nlp.law.span import Box
from nlp.reading.layout import GridTable, PageLayout, PrintedLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SMALLER = 0.95  # footnotes are set smaller than this share of the text
_LOWER_PART = 0.3  # of the page height: no footnote begins higher
_SEPARATOR = (60.0, 260.0)  # points: the length of the line above footnotes
_MARK = re.compile(r"\[?(\d{1,3}|\*{1,3})\]?")
# a raised figure after a unit is a power: m², km², m³
_POWER = re.compile(r"(?:\b(?:m|km|cm|dm|mm|hm)|\d)$")


def mark_footnotes(layouts: Sequence[PageLayout]) -> None:
    """Mark footnote lines and lift their marks out of the text, in place."""
    usual = median([line.size for layout in layouts for line in _lines(layout)] or [0.0])
    numbers: set[str] = set()
    for layout in layouts:
        numbers |= _mark_page(layout, usual)
    if not numbers:
        return
    for layout in layouts:
        layout.items = list(_lifted(layout, numbers))


def _lines(layout: PageLayout) -> list[PrintedLine]:
    return [item for item in layout.items if isinstance(item, PrintedLine) and item.furniture is None]


def _mark_page(layout: PageLayout, usual: float) -> set[str]:
    """The numbers of the footnotes that begin on this page; their lines, and those of one that goes on, are marked."""
    height = layout.content.height
    lines = [line for line in _lines(layout) if line.column == 0]
    start = next(
        (
            index
            for index, line in enumerate(lines)
            if line.box.top > _LOWER_PART * height
            and _begins(line)
            and all(other.size <= _SMALLER * usual or _begins(other) for other in lines[index:])
        ),
        None,
    )
    rule = _separator(layout)
    if rule is not None:
        below = next((index for index, line in enumerate(lines) if line.box.top >= rule - 2), None)
        if (
            below is not None
            and all(line.size <= _SMALLER * usual for line in lines[below:])
            and (start is None or below < start)
        ):
            start = below
    if start is None:
        return set()
    numbers: set[str] = set()
    for line in lines[start:]:
        line.furniture = FurnitureKind.FOOTNOTE
        if _begins(line):
            numbers.add(_number(line))
    return numbers


def _begins(line: PrintedLine) -> bool:
    return (
        bool(line.raised)
        and line.raised[0][0] == 0
        and _MARK.fullmatch(line.text[: line.raised[0][1]].strip()) is not None
    )


def _number(line: PrintedLine) -> str:
    match = _MARK.fullmatch(line.text[: line.raised[0][1]].strip())
    assert match is not None
    return match.group(1)


def _separator(layout: PageLayout) -> float | None:
    """The height of the short line above the footnotes, None if the page has none."""
    height = layout.content.height
    found = [
        rule.top
        for rule in layout.content.rules
        if rule.horizontal
        and _SEPARATOR[0] <= rule.x1 - rule.x0 <= _SEPARATOR[1]
        and rule.top > _LOWER_PART * height
        and rule.x0 < 0.25 * layout.content.width
    ]
    return max(found) if found else None


def _lifted(layout: PageLayout, numbers: set[str]) -> Iterator[PrintedLine | GridTable]:
    for item in layout.items:
        if isinstance(item, GridTable):
            marks: list[PrintedLine] = []
            cells = tuple(
                replace(cell, lines=tuple(_without(line, numbers, marks) for line in cell.lines)) for cell in item.cells
            )
            yield replace(item, cells=cells)
            yield from marks
        elif item.furniture is None and item.raised:
            marks = []
            yield _without(item, numbers, marks)
            yield from marks
        else:
            yield item


def _without(line: PrintedLine, numbers: set[str], marks: list[PrintedLine]) -> PrintedLine:
    """The line without its footnote marks, which are put into `marks` as furniture lines."""
    text, edges = line.text, list(line.edges)
    for start, end in reversed(line.raised):
        piece = text[start:end]
        match = _MARK.fullmatch(piece.strip())
        if (
            match is None
            or match.group(1) not in numbers
            or (start and _POWER.search(text[:start]) and not re.search(r"\d$", text[:start]))
        ):
            continue
        box = Box(edges[start], line.box.top, edges[end], line.box.bottom)
        marks.append(
            PrintedLine(
                piece,
                tuple(edges[start : end + 1]),
                box,
                line.size,
                line.page,
                line.left,
                line.right,
                furniture=FurnitureKind.FOOTNOTE,
            )
        )
        text = text[:start] + text[end:]
        edges = edges[:start] + edges[end:]
    if len(text) == len(line.text):
        return line
    doubts = tuple((a, b) for a, b in line.uncertain if b <= len(text))
    return replace(line, text=text, edges=tuple(edges), uncertain=doubts, raised=())

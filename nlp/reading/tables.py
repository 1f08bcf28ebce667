"""Ruled tables as rows of text: pages of one table put together, repeated heads set apart, rows cut by a page break made whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from nlp.law.source import TableCell
from nlp.law.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.reading.assemble import TextBuilder
    from nlp.reading.layout import GridTable, PageContent, PrintedLine

CELL_BREAK = " | "
_SAME_BORDER = 4.0  # points by which the column borders of two pages may differ


class _Placed(NamedTuple):
    """A printed line and the page it stands on."""

    line: PrintedLine
    page: PageContent


@dataclass(slots=True)
class _Cell:
    """One cell of a row; `covers` is false for the place that a merged cell from above keeps."""

    column: int
    row_span: int
    column_span: int
    lines: list[_Placed] = field(default_factory=list)
    covers: bool = True

    @property
    def text(self) -> str:
        return " ".join(placed.line.text for placed in self.lines)


@dataclass(slots=True)
class OpenTable:
    """A table that may go on over the page: gathered page by page, then written as one."""

    heads: dict[int, list[PrintedLine]] = field(
        default_factory=dict
    )  # repeated head rows by page, of all tables so far
    _last: GridTable | None = None
    _rows: list[list[_Cell]] = field(default_factory=list)

    def continues(self, table: GridTable) -> bool:
        """Whether `table` stands on the next page under the same column borders."""
        if self._last is None or table.page != self._last.page + 1 or len(table.columns) != len(self._last.columns):
            return False
        shift = table.columns[0] - self._last.columns[0]
        return all(abs(a - b - shift) <= _SAME_BORDER for a, b in zip(table.columns, self._last.columns, strict=True))

    def take(self, table: GridTable, page: PageContent) -> None:
        """Gather the rows of one page's table."""
        own = _rows_of(table, page)
        if self._last is not None:
            repeated = 0
            while repeated < min(len(own), len(self._rows), _MAX_HEAD) and _texts(own[repeated]) == _texts(
                self._rows[repeated]
            ):
                repeated += 1
            for row in own[:repeated]:
                self.heads.setdefault(table.page, []).extend(placed.line for cell in row for placed in cell.lines)
            own = own[repeated:]
            if own and self._rows and _is_rest(self._rows[-1], own[0]):
                for cell, rest in zip(self._rows[-1], own[0], strict=True):
                    cell.lines.extend(rest.lines)
                own = own[1:]
        self._rows.extend(own)
        self._last = table

    def write(self, builder: TextBuilder, starts: dict[int, int]) -> None:
        """Put the table, if there is one, into the text: a line for each row, cells parted by " | "; `starts` learns where pages begin."""
        rows: list[Span] = []
        cells: list[TableCell] = []
        if self._rows:
            builder.end_line()
        for number, row in enumerate(self._rows):
            start = builder.length
            starts.setdefault(next(placed.page.number for cell in row for placed in cell.lines), start)
            for place, cell in enumerate(row):
                if place:
                    builder.add(CELL_BREAK)
                begin = builder.length
                for index, placed in enumerate(cell.lines):
                    if index:
                        builder.add(_joint(cell.lines[index - 1].line.text, placed.line.text))
                    builder.add_line(placed.line, placed.page)
                if cell.covers:
                    span = Span(begin, builder.length)
                    cells.append(TableCell(number, cell.column, span, cell.row_span, cell.column_span))
            rows.append(Span(start, builder.length))
            builder.add("\n")
        if rows:
            first = next(placed.page.number for cell in self._rows[0] for placed in cell.lines)
            builder.add_table(rows, cells, first, header_rows([_texts(row) for row in self._rows]))


def _rows_of(table: GridTable, page: PageContent) -> list[list[_Cell]]:
    """The rows that hold any text."""
    by_row: dict[int, list[_Cell]] = {}
    for own in table.cells:
        lines = [_Placed(line, page) for line in own.lines]
        by_row.setdefault(own.row, []).append(_Cell(own.column, own.row_span, own.column_span, lines))
        for row in range(own.row + 1, own.row + own.row_span):
            # its place stays empty in the rows below
            by_row.setdefault(row, []).append(_Cell(own.column, 1, own.column_span, covers=False))
    rows = [sorted(by_row[row], key=lambda cell: cell.column) for row in sorted(by_row)]
    return [row for row in rows if any(cell.lines for cell in row)]


def _texts(row: Sequence[_Cell]) -> list[str]:
    return [cell.text for cell in row]


_OPEN_END = re.compile(r"[,:/–-]$")
_OPEN_LIST = re.compile(r"[,:;/–-]$")
_OWN_FIGURE = re.compile(r"[\d.,%\s]*\d[\d.,%\s]*")


def _is_rest(before: list[_Cell], row: list[_Cell]) -> bool:
    """Whether the first row of a page is the rest of the row that the page break cut.

    Its number is missing, nothing in it stands where the row before is empty, no cell is a figure of its own, and a sentence goes on.
    """
    if [(cell.column, cell.column_span) for cell in before] != [(cell.column, cell.column_span) for cell in row]:
        return False
    if row[0].lines or not before[0].lines or not all(cell.covers for cell in (*before, *row)):
        return False
    filled = [(old, new) for old, new in zip(before, row, strict=True) if new.lines]
    open_end = _OPEN_END if len(filled) > 1 else _OPEN_LIST
    return all(old.lines and not _OWN_FIGURE.fullmatch(new.text) for old, new in filled) and any(
        new.text[0].islower() or open_end.search(old.text) for old, new in filled
    )


def _joint(before: str, after: str) -> str:
    if re.search(r"\d/\S*[-–/]$|\b[A-ZĐ]{2,}[-–]$", before) and re.match(r"[A-ZĐ0-9]", after):
        return ""
    return " "


_MAX_HEAD = 5  # rows
_COLUMN_NUMBER = re.compile(r"\(?[\dA-Z]{1,2}(?:\s*=.*)?\)?")
_ROW_NUMBER = re.compile(r"(?:\d{1,4}(?:\.\d+)*|[IVXA-D]{1,4})[.)]?")


def header_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many leading rows name the columns: up to a row of column numbers "1 | 2 | 3", or up to the first numbered row."""
    for index, row in enumerate(rows[:_MAX_HEAD]):
        filled = [value for value in row if value]
        if len(filled) > 1 and all(_COLUMN_NUMBER.fullmatch(value) for value in filled):
            return index + 1
        if filled and _ROW_NUMBER.fullmatch(filled[0]):
            return index
    return 1 if len(rows) > 1 and all(rows[0]) else 0

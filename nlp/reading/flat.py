"""Texts without layout (Word, HTML, plain text): paragraphs and tables one after the other, closing blocks told by their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.law.source import FurnitureKind, TableCell
from nlp.law.span import Box, Span
from nlp.reading.closing import mark_closing
from nlp.reading.layout import PrintedLine
from nlp.reading.tables import CELL_BREAK, header_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nlp.reading.assemble import TextBuilder

_NOWHERE = Box(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class FlatCell:
    """One cell of a table: its text on one line, its column from 0, and how many rows and columns it covers."""

    text: str
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A table as rows of cells."""

    rows: tuple[tuple[FlatCell, ...], ...]


Block = PrintedLine | FlatTable


def paragraph(text: str, column: int = 0) -> PrintedLine:
    """A paragraph as a line without a place; `column` 1 and 2 are the sides of a letterhead or signature block."""
    return PrintedLine(text.strip(), (), _NOWHERE, 0.0, 1, 0.0, 0.0, column)


def add_blocks(builder: TextBuilder, blocks: Sequence[Block]) -> None:
    """The document put into `builder`: body first, then the closing blocks as furniture of page 1."""
    _mark(blocks)
    pieces: list[tuple[FurnitureKind, list[str]]] = []
    for block in blocks:
        if isinstance(block, FlatTable):
            _add_table(builder, block)
        elif block.furniture is None:
            builder.add(block.text + "\n")
        elif pieces and pieces[-1][0] is block.furniture:
            pieces[-1][1].append(block.text)
        else:
            pieces.append((block.furniture, [block.text]))
    for kind, own in pieces:
        builder.add_furniture(kind, 1, list(own))


def _mark(blocks: Iterable[Block]) -> None:
    flow: list[PrintedLine] = []
    for block in blocks:
        if isinstance(block, FlatTable):
            mark_closing(flow)
            flow = []
        elif block.text:
            flow.append(block)
    mark_closing(flow)


def _add_table(builder: TextBuilder, table: FlatTable) -> None:
    builder.end_line()
    rows: list[Span] = []
    cells: list[TableCell] = []
    texts: list[list[str]] = []
    for row in table.rows:
        start = builder.length
        for place, cell in enumerate(row):
            if place:
                builder.add(CELL_BREAK)
            span = builder.add(cell.text)
            cells.append(TableCell(len(rows), cell.column, span, cell.row_span, cell.column_span))
        rows.append(Span(start, builder.length))
        texts.append([cell.text.strip() for cell in row])
        builder.add("\n")
    if rows:
        builder.add_table(rows, cells, 1, header_rows(texts))

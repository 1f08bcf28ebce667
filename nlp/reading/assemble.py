"""The text of a document from its pages: body in reading order, then the furniture, with every line's place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.law.source import Furniture, FurnitureKind, Line, Page, ParseIssue, SourceText, Table, TableCell
from nlp.law.span import Span
from nlp.reading.layout import GridCell, GridTable, PageContent, PageLayout, PrintedLine
from nlp.reading.paragraphs import joint, margins_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CELL_BREAK = " | "


@dataclass(slots=True)
class TextBuilder:
    """A text that grows piece by piece and remembers where each piece lies."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    lines: list[Line] = field(default_factory=list)
    uncertain: list[Span] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)

    def add(self, text: str) -> Span:
        """The span of `text`, put at the end."""
        self.parts.append(text)
        span = Span(self.length, self.length + len(text))
        self.length = span.end
        return span

    def add_line(self, line: PrintedLine, page: PageContent) -> Span:
        """The span of a printed line, put at the end with its place on the page as shown, and its doubts."""
        span = self.add(line.text)
        if page.turn:
            self.lines.append(Line(span, line.page, page.shown(line.box)))
        elif page.angle:
            box = page.shown(line.box)
            shift = (box.x0 + box.x1 - line.box.x0 - line.box.x1) / 2
            self.lines.append(Line(span, line.page, box, tuple(round(edge + shift, 2) for edge in line.edges)))
        else:
            self.lines.append(Line(span, line.page, line.box, line.edges))
        self.uncertain.extend(Span(span.start + a, span.start + b) for a, b in line.uncertain if a < b)
        return span

    def end_line(self) -> None:
        """A line break, unless the text is empty or ends with one."""
        if self.length and not self.parts[-1].endswith("\n"):
            self.add("\n")

    def add_furniture(
        self, kind: FurnitureKind, page: int, lines: Sequence[PrintedLine | str], content: PageContent | None = None
    ) -> None:
        """One furniture piece of several lines at the end of the text; `content` is the page of printed lines."""
        self.end_line()
        start = self.length
        for index, line in enumerate(lines):
            if index:
                self.add("\n")
            if content is not None and isinstance(line, PrintedLine):
                self.add_line(line, content)
            else:
                self.add(line if isinstance(line, str) else line.text)
        self.furniture.append(Furniture(kind, Span(start, self.length), page))

    def add_table(self, rows: Sequence[Span], cells: Sequence[TableCell], page: int, head: int) -> None:
        """A table whose rows and cells are already in the text."""
        self.tables.append(Table(Span(rows[0].start, rows[-1].end), page, tuple(rows), tuple(cells), head))

    def source(
        self, name: str, media_type: str, sha256: str, pages: Iterable[Page] = (), issues: Iterable[ParseIssue] = ()
    ) -> SourceText:
        """The finished text; it ends with a line break unless it is empty."""
        self.end_line()
        return SourceText(
            name, media_type, sha256, "".join(self.parts), tuple(pages), tuple(self.lines), tuple(self.furniture), tuple(self.tables),
            tuple(self.uncertain), tuple(issues),
        )  # fmt: skip


def assemble(layouts: Sequence[PageLayout], builder: TextBuilder) -> list[Page]:
    """The pages, their text put into `builder`: all bodies first, then all furniture in page order."""
    bodies = [
        [item for item in layout.items if isinstance(item, GridTable) or item.furniture is None] for layout in layouts
    ]
    margins = margins_of(
        [[item for item in body if isinstance(item, PrintedLine) and not item.column] for body in bodies]
    )
    starts: list[tuple[int, int]] = []
    before: PrintedLine | None = None
    old = margins[0] if margins else None
    open_table: _OpenTable | None = None
    for layout, body, own in zip(layouts, bodies, margins, strict=True):
        start: int | None = None
        for item in body:
            if isinstance(item, GridTable):
                builder.end_line()
                begins = builder.length
                if open_table is None or not open_table.continues(item):
                    _close(open_table, builder)
                    open_table = _OpenTable(item, builder.length)
                open_table.add(item, builder, layout.content)
                before = None
            else:
                _close(open_table, builder)
                open_table = None
                if before is not None and old is not None:
                    builder.add(joint(before, item, old, own))
                begins = builder.add_line(item, layout.content).start
                before, old = item, own
            start = begins if start is None else start
        starts.append((builder.length if start is None else start, builder.length))
    _close(open_table, builder)
    builder.end_line()
    _add_furniture(layouts, builder)
    return [
        Page(
            layout.content.number, Span(start, end), layout.content.layer, *layout.content.shown_size(),
            layout.content.rotation, layout.content.confidence, layout.content.reason,
        )
        for layout, (start, end) in zip(layouts, starts, strict=True)
    ]  # fmt: skip


def _add_furniture(layouts: Sequence[PageLayout], builder: TextBuilder) -> None:
    for layout in layouts:
        piece: list[PrintedLine] = []
        for item in layout.items:
            if isinstance(item, GridTable) or item.furniture is None:
                continue
            if piece and item.furniture is not piece[-1].furniture:
                _flush(piece, builder, layout.content)
                piece = []
            piece.append(item)
        _flush(piece, builder, layout.content)


def _flush(piece: list[PrintedLine], builder: TextBuilder, page: PageContent) -> None:
    if piece and piece[0].furniture is not None:
        builder.add_furniture(piece[0].furniture, piece[0].page, piece, page)


@dataclass(slots=True)
class _OpenTable:
    """A table that may go on over the page."""

    last: GridTable
    start: int
    rows: list[Span] = field(default_factory=list)
    cells: list[TableCell] = field(default_factory=list)
    first_page: int = 0
    texts: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.first_page = self.last.page

    def continues(self, table: GridTable) -> bool:
        """Whether `table` stands on the next page under the same column borders."""
        if table.page != self.last.page + 1 or len(table.columns) != len(self.last.columns):
            return False
        shift = table.columns[0] - self.last.columns[0]
        return all(abs(a - b - shift) <= 4 for a, b in zip(table.columns, self.last.columns, strict=True))

    def add(self, table: GridTable, builder: TextBuilder, page: PageContent) -> None:
        """The rows of one page's table, one line of text each, cells parted by " | "."""
        by_row: dict[int, list[tuple[int, GridCell | None]]] = {}
        for own in table.cells:
            by_row.setdefault(own.row, []).append((own.column, own))
            for row in range(own.row + 1, own.row + own.row_span):
                by_row.setdefault(row, []).append((own.column, None))  # its place stays empty in the rows below
        for row in range(table.rows):
            members = sorted(by_row.get(row, []), key=lambda member: member[0])
            if not any(cell is not None and cell.lines for _, cell in members):
                continue
            builder.end_line()
            start = builder.length
            self.texts.append([" ".join(line.text for line in cell.lines) if cell else "" for _, cell in members])
            for place, (_, cell) in enumerate(members):
                if place:
                    builder.add(CELL_BREAK)
                if cell is None:
                    continue
                begin = builder.length
                for number, line in enumerate(cell.lines):
                    if number:
                        builder.add(_cell_joint(cell.lines[number - 1].text, line.text))
                    builder.add_line(line, page)
                self.cells.append(
                    TableCell(len(self.rows), cell.column, Span(begin, builder.length), cell.row_span, cell.column_span)
                )
            self.rows.append(Span(start, builder.length))
            builder.add("\n")
        self.last = table


def _cell_joint(before: str, after: str) -> str:
    if re.search(r"\d/\S*[-–/]$|\b[A-ZĐ]{2,}[-–]$", before) and re.match(r"[A-ZĐ0-9]", after):
        return ""
    return " "


def _close(table: _OpenTable | None, builder: TextBuilder) -> None:
    if table is not None and table.rows:
        builder.add_table(table.rows, table.cells, table.first_page, header_rows(table.texts))


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

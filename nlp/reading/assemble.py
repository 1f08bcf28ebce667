"""The text of a document from its pages: body in reading order, then the furniture, with every line's place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.law.source import Furniture, FurnitureKind, Line, Page, ParseIssue, SourceText, Table, TableCell
from nlp.law.span import Span
from nlp.reading.layout import GridTable, PageContent, PageLayout, PrintedLine
from nlp.reading.paragraphs import joint, margins_of
from nlp.reading.tables import OpenTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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
    starts: dict[int, int] = {}  # where the text of a page begins, by its number
    before: PrintedLine | None = None
    old = margins[0] if margins else None
    table = OpenTable()
    for layout, body, own in zip(layouts, bodies, margins, strict=True):
        for item in body:
            if isinstance(item, GridTable):
                if not table.continues(item):
                    table.write(builder, starts)
                    table = OpenTable(heads=table.heads)
                table.take(item, layout.content)
                before = None
            else:
                table.write(builder, starts)
                table = OpenTable(heads=table.heads)
                if before is not None and old is not None:
                    builder.add(joint(before, item, old, own))
                span = builder.add_line(item, layout.content)
                starts.setdefault(layout.content.number, span.start)
                before, old = item, own
    table.write(builder, starts)
    builder.end_line()
    body_end = builder.length
    _add_furniture(layouts, table.heads, builder)
    pages: list[Page] = []
    end = body_end
    for layout in reversed(layouts):
        start = starts.get(layout.content.number, end)
        content = layout.content
        width, height = content.shown_size()
        pages.append(
            Page(content.number, Span(start, end), content.layer, width, height, content.rotation, content.confidence, content.reason)
        )  # fmt: skip
        end = start
    return pages[::-1]


def _add_furniture(layouts: Sequence[PageLayout], heads: dict[int, list[PrintedLine]], builder: TextBuilder) -> None:
    for layout in layouts:
        if repeated := heads.get(layout.content.number):
            builder.add_furniture(FurnitureKind.RUNNING_HEAD, layout.content.number, repeated, layout.content)
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

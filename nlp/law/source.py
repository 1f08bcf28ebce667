"""The text of a file as reading leaves it, with its pages, lines, tables and furniture."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum

from nlp.law.span import Box, PageRef, Span


class TextLayer(StrEnum):
    """Where the text of a page came from."""

    TEXT = "text"  # the file's own characters
    OCR = "ocr"  # recognised from the page image


class FurnitureKind(StrEnum):
    """What stands on a page beside the provisions: kept and marked, never part of a provision."""

    RUNNING_HEAD = "running_head"
    PAGE_NUMBER = "page_number"
    FOOTNOTE = "footnote"
    SIGNATURE = "signature"  # TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / (name)
    RECIPIENTS = "recipients"  # Nơi nhận
    DIGITAL_SIGNATURE = "digital_signature"  # Ký bởi / Thời gian ký overlays
    STAMP = "stamp"  # HỎA TỐC, ĐẾN Số ... Ngày ...
    OTHER = "other"


class Severity(StrEnum):
    """How much a reader should worry about a `ParseIssue`."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ParseIssue:
    """Something in the input that was odd, lost or repaired, with its place. Malformed law is an issue, never an exception.

    `code` is a stable snake_case word ("numbering_gap", "unbalanced_quote", "ocr_low_confidence"); `note` is a Vietnamese sentence.
    """

    code: str
    note: str
    severity: Severity = Severity.WARNING
    span: Span | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its span in the text and its box; `edges` are the x positions between characters (len(span) + 1), if known."""

    span: Span
    page: int
    box: Box
    edges: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `number` counts from 1, `span` covers its body lines, `confidence` (0..1) is the mean word confidence of OCR, 1 for text.

    `reason` says in one English word group why the layer was chosen ("born_digital", "image_only", "thin_wrapper", "lying_text_layer").
    """

    number: int
    span: Span
    layer: TextLayer = TextLayer.TEXT
    width: float = 0.0
    height: float = 0.0
    rotation: int = 0
    confidence: float = 1.0
    reason: str = "born_digital"


@dataclass(frozen=True, slots=True)
class Furniture:
    """A marked piece of text that belongs to the page, not to the law."""

    kind: FurnitureKind
    span: Span
    page: int


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: `span` over the text, `row` and `column` from 0, and how many of each it covers."""

    row: int
    column: int
    span: Span
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the text: `span` covers all its rows; each row is one line of text, cells separated by " | ".

    `header_rows` counts the leading rows that name the columns. A table that goes on over pages is one table.
    """

    span: Span
    page: int
    rows: tuple[Span, ...]
    cells: tuple[TableCell, ...]
    header_rows: int = 0


@dataclass(frozen=True, slots=True)
class SourceText:
    """What reading returns: the text in reading order and everything known about where it stands.

    Guarantees:
    1. `text` is NFC; first the body in reading order, then every furniture piece (so a paragraph over a page break is one run).
    2. Paragraphs end with a newline; wrapped lines of one paragraph are joined with one space where the layout shows it, otherwise a newline remains.
    3. `furniture` spans are disjoint; a body position belongs to at most one page span.
    4. `lines` is in text order; empty for formats without layout.
    5. `uncertain` are spans of words that OCR read with low confidence.
    """

    name: str  # file name as shown to the reader
    media_type: str  # "application/pdf"
    sha256: str  # of the file's bytes
    text: str
    pages: tuple[Page, ...] = ()
    lines: tuple[Line, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    tables: tuple[Table, ...] = ()
    uncertain: tuple[Span, ...] = ()
    issues: tuple[ParseIssue, ...] = ()

    def page_of(self, position: int) -> int | None:
        """The number of the page on which a text position stands, None where the format has no pages."""
        for piece in self.furniture:
            if piece.span.start <= position < piece.span.end:
                return piece.page
        index = bisect_right([page.span.start for page in self.pages], position) - 1
        # a page without body text has an empty span at the same start as its successor: the last one wins
        return self.pages[index].number if index >= 0 else None

    def boxes(self, span: Span) -> tuple[PageRef, ...]:
        """The places of a span, one per printed line, in text order; without layout one `PageRef` per page and no box."""
        if not self.lines:
            page = self.page_of(span.start)
            return () if page is None else (PageRef(page),)
        first = bisect_left([line.span.end for line in self.lines], span.start + 1)
        found: list[PageRef] = []
        for line in self.lines[first:]:
            if line.span.start >= span.end:
                break
            left = max(span.start, line.span.start) - line.span.start
            right = min(span.end, line.span.end) - line.span.start
            box = line.box
            if line.edges:
                box = Box(line.edges[left], box.top, line.edges[right], box.bottom)
            found.append(PageRef(line.page, box))
        return tuple(found)

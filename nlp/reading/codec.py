"""SourceText as JSON and back: what crosses the sandbox's pipe and lies in the cache; no code travels with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nlp.law.source import (
    Furniture,
    FurnitureKind,
    Line,
    Page,
    ParseIssue,
    Severity,
    SourceText,
    Table,
    TableCell,
    TextLayer,
)
from nlp.law.span import Box, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

FORM = 1  # raise when the form changes: cached texts of another form are read anew


def dump(source: SourceText) -> bytes:
    """The text as compact JSON."""
    value = {
        "form": FORM,
        "name": source.name,
        "media_type": source.media_type,
        "sha256": source.sha256,
        "text": source.text,
        "pages": [
            [page.number, *_ends(page.span), page.layer.value, page.width, page.height, page.rotation, page.confidence, page.reason]
            for page in source.pages
        ],
        "lines": [[*_ends(line.span), line.page, line.box.x0, line.box.top, line.box.x1, line.box.bottom, line.edges] for line in source.lines],
        "furniture": [[piece.kind.value, *_ends(piece.span), piece.page] for piece in source.furniture],
        "tables": [
            [*_ends(table.span), table.page, [_ends(row) for row in table.rows],
             [[cell.row, cell.column, *_ends(cell.span), cell.row_span, cell.column_span] for cell in table.cells], table.header_rows]
            for table in source.tables
        ],
        "uncertain": [_ends(span) for span in source.uncertain],
        "issues": [[issue.code, issue.note, issue.severity.value, _ends(issue.span) if issue.span else None, issue.page] for issue in source.issues],
    }  # fmt: skip
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _ends(span: Span) -> list[int]:
    return [span.start, span.end]


def load(data: bytes) -> SourceText:
    """The text that `dump` wrote; raises ValueError for anything else."""
    try:
        return _source(json.loads(data))
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError(f"not a stored source text: {error}") from error


def _source(value: dict[str, Any]) -> SourceText:
    if value["form"] != FORM:
        raise ValueError(f"a source text of form {value['form']}, not {FORM}")
    return SourceText(
        str(value["name"]),
        str(value["media_type"]),
        str(value["sha256"]),
        str(value["text"]),
        tuple(
            Page(n, Span(a, b), TextLayer(layer), width, height, rotation, confidence, reason)
            for n, a, b, layer, width, height, rotation, confidence, reason in value["pages"]
        ),
        tuple(
            Line(Span(a, b), page, Box(x0, top, x1, bottom), tuple(edges))
            for a, b, page, x0, top, x1, bottom, edges in value["lines"]
        ),
        tuple(Furniture(FurnitureKind(kind), Span(a, b), page) for kind, a, b, page in value["furniture"]),
        tuple(
            Table(
                Span(a, b),
                page,
                _spans(rows),
                tuple(TableCell(r, c, Span(x, y), rs, cs) for r, c, x, y, rs, cs in cells),
                head,
            )
            for a, b, page, rows, cells, head in value["tables"]
        ),
        _spans(value["uncertain"]),
        tuple(
            ParseIssue(code, note, Severity(severity), Span(*span) if span else None, page)
            for code, note, severity, span, page in value["issues"]
        ),
    )


def _spans(pairs: Iterable[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(a, b) for a, b in pairs)

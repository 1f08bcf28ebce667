"""The citations and the amendments of a document as CSV, one row each."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from nlp.law.identifiers import citation
from nlp.law.rank import kind_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nlp.law.document import DocumentMention, NormativeDocument

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins like this


def references_csv(document: NormativeDocument) -> str:
    """One row per cited unit: where it stands, what it cites, the words."""
    head = ("source", "source_citation", "target", "document", "path", "citation", "quoted", "start", "end", "words")
    rows = (
        (
            item.source or "",
            citation(item.source) if item.source else "",
            item.document.target.value,
            mention_words(item.document),
            item.path or "",
            citation(item.path) if item.path else "",
            "1" if item.quoted else "0",
            str(item.span.start),
            str(item.span.end),
            item.span.of(document.text),
        )
        for item in document.references
    )
    return _table(head, rows)


def amendments_csv(document: NormativeDocument) -> str:
    """One row per operation on one unit."""
    head = ("source", "operation", "document", "path", "citation", "after", "old", "new", "payload", "start", "end")
    rows = (
        (
            item.source or "",
            item.operation.value,
            mention_words(item.document),
            item.path or "",
            citation(item.path) if item.path else "",
            item.after or "",
            item.old,
            item.new,
            item.payload.of(document.text) if item.payload else "",
            str(item.span.start),
            str(item.span.end),
        )
        for item in document.amendments
    )
    return _table(head, rows)


def mention_words(mention: DocumentMention) -> str:
    """A document in words: "Nghị định số 34/2016/NĐ-CP", "Luật Đất đai ngày 18/01/2024"."""
    words = [kind_name(mention.kind) if mention.kind else "", mention.name]
    if mention.number:
        words.append(f"số {mention.number}")
    if mention.date:
        words.append(f"ngày {mention.date:%d/%m/%Y}")
    elif mention.year and not mention.number:
        words.append(f"năm {mention.year}")
    return " ".join(word for word in words if word)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
    return buffer.getvalue()


def _cell(text: str) -> str:
    flat = re.sub(r"\s+", " ", text).strip()
    return f"'{flat}" if flat.startswith(_FORMULA) else flat

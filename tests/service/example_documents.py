"""Kept documents of our own writing, small enough to read."""

from __future__ import annotations

import datetime as dt

from nlp.analyser.corpus import CorpusProvision
from nlp.analyser.facts import side_from_facts
from nlp.law.span import Box, PageRef, Span
from service.store.records import FileRecord, NewDocument

NOW = dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC)


def unit(text: str, path: str, file: str, issuer: str, external_id: str | None = None) -> CorpusProvision:
    side = side_from_facts(
        text,
        number="12/2024/QĐ-UBND",
        kind="Quyết định",
        issuer=issuer,
        issued=dt.date(2024, 5, 20),
        path=path,
        heading="Diện tích tối thiểu",
        title="Quy định diện tích tối thiểu tách thửa",
    )
    return CorpusProvision(
        id=f"{side.document}#{path}",
        side=side,
        file=file,
        external_id=external_id,
        span=Span(10, 10 + len(text)),
        page=2,
        boxes=(PageRef(2, Box(85.0, 100.5, 510.25, 113.75)), PageRef(3)),
        uncertain=True,
    )


def document(
    file: str, texts: tuple[str, ...], issuer: str = "Ủy ban nhân dân tỉnh Thái Bình", ids: tuple[str, ...] = ()
) -> NewDocument:
    units = tuple(
        unit(text, f"main/art_{number}", file, issuer, ids[number - 1] if ids else None)
        for number, text in enumerate(texts, start=1)
    )
    return NewDocument(
        key=units[0].side.document,
        number="12/2024/QĐ-UBND",
        kind="decision",
        issuer=issuer,
        territory="tỉnh Thái Bình",
        title="Quy định diện tích tối thiểu tách thửa",
        issued=dt.date(2024, 5, 20),
        effective=dt.date(2024, 6, 1),
        expires=None,
        provisions=units,
    )


def record(origin: str, content: str = "a", name: str = "") -> FileRecord:
    return FileRecord(
        origin=origin,
        name=name or origin.rpartition("/")[2],
        sha256=content * 64,
        media_type="application/pdf",
        size=10,
        pages=3,
        pages_unread=1,
    )

"""A parsed document as JSON, the form `rasoat/document/1`: a contract, described by schemas/document-1.json and changed only with a new number."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias

from nlp.law.identifiers import citation
from nlp.law.rank import Normativity, kind_name

if TYPE_CHECKING:
    import datetime as dt

    from nlp.law.document import Amendment, DocumentMention, LegalBasis, NormativeDocument, Provision, Reference
    from nlp.law.source import Furniture, ParseIssue, SourceText
    from nlp.law.span import PageRef, Span

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

SCHEMA = "rasoat/document/1"
_NORMATIVE = {Normativity.NORMATIVE: True, Normativity.ADMINISTRATIVE: False, Normativity.UNKNOWN: None}


def document_schema() -> str:
    """The JSON Schema of the form, as text."""
    return files("nlp.exchange").joinpath("schemas/document-1.json").read_text(encoding="utf-8")


def document_text(document: NormativeDocument) -> str:
    """The form as indented JSON text, Vietnamese letters unescaped, ending with a newline."""
    return json.dumps(document_json(document), ensure_ascii=False, indent=1) + "\n"


def document_json(document: NormativeDocument) -> dict[str, Json]:
    """The form of a document. Spans are [start, end) over `text`, counted in Unicode characters; dates are ISO 8601; unknown values are null or ""."""
    source = document.source
    return {
        "schema": SCHEMA,
        "file": {"name": source.name, "media_type": source.media_type, "sha256": source.sha256},
        "document": _identity(document),
        "text": source.text,
        "pages": [
            {"page": page.number, "span": _span(page.span), "source": page.layer.value, "confidence": page.confidence}
            for page in source.pages
        ],
        "provisions": [_provision(source, unit) for unit in document.provisions],
        "references": [_reference(reference) for reference in document.references],
        "amendments": [_amendment(amendment) for amendment in document.amendments],
        "furniture": [_furniture(piece) for piece in source.furniture],
        "issues": [_issue(source, issue) for issue in document.issues],
    }


def _identity(document: NormativeDocument) -> dict[str, Json]:
    header = document.header
    return {
        "key": str(document.key),
        "number": str(header.number) if header.number else None,
        "kind": header.kind.value,
        "kind_name": kind_name(header.kind),
        "issuer": header.issuer.name if header.issuer else None,
        "issuer_id": header.issuer.id if header.issuer else None,
        "issuer_text": header.issuer_text,
        "place": header.place,
        "issued": _date(header.issued),
        "effective": _date(header.effective),
        "expires": _date(header.expires),
        "territory": header.territory.name if header.territory else None,
        "title": header.title,
        "normative": _NORMATIVE[header.normativity],
        "rank": header.rank,
        "signer_role": header.signer_role,
        "consolidates": [_mention(mention) for mention in header.consolidates],
        "legal_bases": [_basis(basis) for basis in document.legal_bases],
    }


def _provision(source: SourceText, unit: Provision) -> dict[str, Json]:
    return {
        "id": str(unit.id),
        "path": unit.path,
        "parent": unit.parent,
        "level": unit.level.name.lower(),
        "number": unit.number,
        "citation": citation(unit.path),
        "heading": unit.heading,
        "span": _span(unit.span),
        "own": _span(unit.own),
        "quoted": unit.quoted,
        "page": source.page_of(unit.span.start),
        "boxes": [_box(place) for place in source.boxes(unit.own) if place.box is not None],
    }


def _mention(mention: DocumentMention) -> dict[str, Json]:
    return {
        "target": mention.target.value,
        "kind": mention.kind.value if mention.kind else None,
        "number": str(mention.number) if mention.number else None,
        "name": mention.name,
        "year": mention.year,
        "date": _date(mention.date),
        "issuer": mention.issuer,
    }


def _basis(basis: LegalBasis) -> dict[str, Json]:
    return {"span": _span(basis.span), "documents": [_mention(mention) for mention in basis.documents]}


def _reference(reference: Reference) -> dict[str, Json]:
    return {
        "span": _span(reference.span),
        "source": reference.source,
        "document": _mention(reference.document),
        "path": reference.path,
        "citation": citation(reference.path) if reference.path else "",
        "quoted": reference.quoted,
    }


def _amendment(amendment: Amendment) -> dict[str, Json]:
    return {
        "operation": amendment.operation.value,
        "span": _span(amendment.span),
        "source": amendment.source,
        "document": _mention(amendment.document),
        "path": amendment.path,
        "citation": citation(amendment.path) if amendment.path else "",
        "payload": _span(amendment.payload) if amendment.payload else None,
        "after": amendment.after,
        "old": amendment.old,
        "new": amendment.new,
    }


def _furniture(piece: Furniture) -> dict[str, Json]:
    return {"kind": piece.kind.value, "span": _span(piece.span), "page": piece.page}


def _issue(source: SourceText, issue: ParseIssue) -> dict[str, Json]:
    page = issue.page
    if page is None and issue.span is not None:
        page = source.page_of(issue.span.start)
    return {
        "code": issue.code,
        "note": issue.note,
        "severity": issue.severity.value,
        "span": _span(issue.span) if issue.span else None,
        "page": page,
    }


def _span(span: Span) -> list[Json]:
    return [span.start, span.end]


def _box(place: PageRef) -> dict[str, Json]:
    assert place.box is not None
    box = place.box
    return {"page": place.page, "box": [round(edge, 2) for edge in (box.x0, box.top, box.x1, box.bottom)]}


def _date(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None

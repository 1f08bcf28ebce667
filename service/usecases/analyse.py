"""A file of law as the store keeps it: read, parsed, cut into comparable units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.analyser.corpus import comparable
from nlp.law.rank import Kind
from nlp.parsing import parse
from service.store.records import NewDocument
from service.usecases.ingest import ParsedFile

if TYPE_CHECKING:
    from nlp.law.document import NormativeDocument
    from nlp.law.source import SourceText


def parsed_file(source: SourceText, name: str) -> ParsedFile:
    """The document of a read file with its units; pages that gave no text are counted, never passed over."""
    document = parse(source)
    return ParsedFile(
        media_type=source.media_type,
        documents=(kept_form(document, name),),
        pages=len(source.pages),
        pages_unread=unread_pages(source),
        sha256=source.sha256,
    )


def kept_form(document: NormativeDocument, name: str) -> NewDocument:
    """A parsed document with the facts that are searched for."""
    header = document.header
    return NewDocument(
        key=str(document.key),
        number=str(header.number) if header.number else "",
        kind="" if header.kind is Kind.UNKNOWN else header.kind.value,
        issuer=header.issuer.name if header.issuer else header.issuer_text,
        territory=header.territory.name if header.territory else "",
        title=header.title,
        issued=header.issued,
        effective=header.effective,
        expires=header.expires,
        provisions=comparable(document, name),
        body=document,
    )


def unread_pages(source: SourceText) -> int:
    """How many pages gave no text, neither in their body nor as furniture; blank pages are among them."""
    furnished = {piece.page for piece in source.furniture if len(piece.span)}
    return sum(1 for page in source.pages if not len(page.span) and page.number not in furnished)

"""Resolved connections between documents and provisions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from nlp.law.document import DocumentMention, Operation
    from nlp.law.identifiers import ProvisionId
    from nlp.law.span import Span


class LinkKind(StrEnum):
    """Why one provision points to another."""

    CITES = "cites"
    LEGAL_BASIS = "legal_basis"
    AMENDS = "amends"  # with `operation`


class Resolution(StrEnum):
    """How far a citation could be followed. Nothing is guessed: several candidates stay ambiguous."""

    RESOLVED = "resolved"
    DOCUMENT_ONLY = (
        "document_only"  # the document is known, the cited unit does not exist in its text: a broken reference
    )
    AMBIGUOUS = "ambiguous"
    NOT_IN_CORPUS = "not_in_corpus"
    GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class Link:
    """One edge: from a span of a provision to its target; `candidates` are document keys or provision ids as strings, best first."""

    kind: LinkKind
    source_document: str
    source_path: str | None
    span: Span
    mention: DocumentMention
    path: str | None
    resolution: Resolution
    target: ProvisionId | None = None
    candidates: tuple[str, ...] = ()
    operation: Operation | None = None
    effective: dt.date | None = None

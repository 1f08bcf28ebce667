"""A document as it stands on a day: its facts, its status, its text with the changes carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.analyser.corpus import document_citation
from nlp.analyser.linked import LinkedCorpus, link_corpus
from nlp.errors import NotFoundError
from nlp.law.identifiers import citation
from nlp.law.rank import Kind
from nlp.law.validity import STATUS_NAMES, Validity
from nlp.links import PieceKind, consolidate, diff_texts

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from nlp.law.document import NormativeDocument
    from nlp.law.territory import Gazetteer
    from nlp.links import Change, ConsolidatedText, UnitDiff
    from service.store.records import KeptDocument
    from service.store.store import Store


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """One unit: how it is cited, its words on the day, and who changed it ("Quyết định số ... (01/01/2025)")."""

    path: str
    citation: str
    text: str
    changed_by: tuple[str, ...] = ()
    repealed: bool = False


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document on a day. `open` are changes that act on it but could not be carried out, each with its reason; `differences` since another day."""

    document: KeptDocument
    status: str
    units: tuple[ShownUnit, ...]
    open: tuple[str, ...] = ()
    ended_by: str = ""
    differences: tuple[UnitDiff, ...] = ()


def show_documents(
    store: Store, gazetteer: Gazetteer, number: str, as_of: dt.date, since: dt.date | None = None
) -> tuple[ShownDocument, ...]:
    """Every current document with this number (issuers may share one) on a day; with `since` also the differences from that day.

    Raises NotFoundError when the workspace has none.
    """
    wanted = store.find_documents(number)
    if not wanted:
        raise NotFoundError(
            "no_such_document",
            where=number,
            what="Không gian làm việc không có văn bản mang số, ký hiệu này.",
            remedy="Kiểm tra lại số, ký hiệu, hoặc nạp văn bản trước.",
            what_en="The workspace has no document with this number.",
            remedy_en="Check the number, or ingest the document first.",
        )
    bodies = {document.file: body for document, body in store.bodies()}
    by_key = {str(body.key): body for body in bodies.values()}
    units = [each.unit for each in store.all_provisions()] if any(not each.has_body for each in wanted) else []
    linked = link_corpus(bodies, units, frozenset(), as_of, gazetteer)
    return tuple(
        _shown(each, bodies[each.file], by_key, linked, as_of, since)
        if each.has_body
        else ShownDocument(each, _status(each, linked, as_of), _listed(store, each))
        for each in wanted
    )


def _shown(
    kept: KeptDocument,
    body: NormativeDocument,
    bodies: Mapping[str, NormativeDocument],
    linked: LinkedCorpus,
    as_of: dt.date,
    since: dt.date | None,
) -> ShownDocument:
    changes = linked.changes.of(str(body.key))
    text = consolidate(body, changes, bodies, as_of)
    before = consolidate(body, changes, bodies, since) if since is not None else None
    return ShownDocument(
        document=kept,
        status=_status(kept, linked, as_of),
        units=_units(text, bodies),
        open=tuple(f"{_named(change, bodies)}: {reason}" for change, reason in text.open),
        ended_by=_named(text.ended, bodies) if text.ended else "",
        differences=diff_texts(before, text) if before is not None else (),
    )


def _units(text: ConsolidatedText, bodies: Mapping[str, NormativeDocument]) -> tuple[ShownUnit, ...]:
    return tuple(
        ShownUnit(
            path=unit.path,
            citation=citation(unit.path),
            text=unit.text,
            changed_by=tuple(dict.fromkeys(_named(change, bodies) for change in unit.changes)),
            repealed=unit.repealed,
        )
        for unit in text.units
    )


def _listed(store: Store, kept: KeptDocument) -> tuple[ShownUnit, ...]:
    units = (each.unit.side for each in store.all_provisions() if each.document_id == kept.id)
    return tuple(ShownUnit(side.path, side.citation or side.path, side.text) for side in units)


def _status(kept: KeptDocument, linked: LinkedCorpus, as_of: dt.date) -> str:
    life = linked.lives.get(kept.key, Validity(kept.issued, kept.effective, kept.expires))
    return STATUS_NAMES[life.status(as_of)]


def _named(change: Change, bodies: Mapping[str, NormativeDocument]) -> str:
    source = bodies.get(change.by)
    if source is None:
        name = change.by
    else:
        number = str(source.header.number) if source.header.number else ""
        name = document_citation(source.header.kind or Kind.UNKNOWN, number, source.header.title)
    day = change.on
    return f"{name} ({day:%d/%m/%Y})" if day else name


def shown_json(shown: ShownDocument) -> dict[str, object]:
    """The document for machines."""
    document = shown.document
    return {
        "key": document.key,
        "number": document.number,
        "kind": document.kind,
        "issuer": document.issuer,
        "issued": document.issued.isoformat() if document.issued else None,
        "effective": document.effective.isoformat() if document.effective else None,
        "territory": document.territory,
        "title": document.title,
        "file": document.file,
        "status": shown.status,
        "ended_by": shown.ended_by or None,
        "units": [
            {
                "path": unit.path,
                "citation": unit.citation,
                "text": unit.text,
                "changed_by": list(unit.changed_by),
                "repealed": unit.repealed,
            }
            for unit in shown.units
        ],
        "differences": [
            {"path": each.path, "pieces": [{"kind": piece.kind.value, "text": piece.text} for piece in each.pieces]}
            for each in shown.differences
        ],
        "open": list(shown.open),
    }


def difference_text(difference: UnitDiff) -> str:
    """The words of a unit with what went in [-...-] and what came in {+...+}."""
    marks = {PieceKind.SAME: "{}", PieceKind.DELETED: "[-{}-]", PieceKind.INSERTED: "{{+{}+}}"}
    return "".join(marks[piece.kind].format(piece.text) for piece in difference.pieces)

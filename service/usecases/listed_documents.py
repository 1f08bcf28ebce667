"""Records of provision lists to documents: the facts of each line in the grammar of the law, nothing guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.analyser.corpus import CorpusProvision
from nlp.analyser.facts import document_key, side_from_facts
from nlp.law.identifiers import parse_citation_path
from nlp.law.rank import Kind
from nlp.progress import OnProgress, Progress, silent
from service.store.records import NewDocument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.law.finding import Side
    from nlp.law.territory import Gazetteer
    from service.usecases.provision_list import ProvisionRecord

_REPORT_EVERY = 1_000  # records


def listed_documents(
    records: Sequence[ProvisionRecord], name: str, gazetteer: Gazetteer, on_progress: OnProgress = silent
) -> tuple[NewDocument, ...]:
    """One document per (issuer, kind, number, date) of the records, in order of first appearance, provisions in the order of the list.

    Two documents with the same number of different issuers are different; records without a number form one document named after the list.
    """
    unnumbered = str(document_key(None, Kind.UNKNOWN, name, None))
    groups: dict[str, list[tuple[ProvisionRecord, Side]]] = {}
    for done, record in enumerate(records):
        if done % _REPORT_EVERY == 0:
            on_progress(Progress("parse", done, len(records), name))
        side = side_of(record, gazetteer)
        groups.setdefault(side.document or unnumbered, []).append((record, side))
    return tuple(_document(key, members, name) for key, members in groups.items())


def side_of(record: ProvisionRecord, gazetteer: Gazetteer) -> Side:
    """The side of one record; a path as lawyers write it ("khoản 3 Điều 6") becomes ours ("art_6/cl_3") where it names a unit."""
    return side_from_facts(
        record.text,
        number=record.number,
        kind=record.kind,
        issuer=record.issuer,
        issued=record.issued,
        effective=record.effective,
        territory=record.territory,
        path=(parse_citation_path(record.path) or record.path) if record.path else "",
        heading=record.heading,
        title=record.title,
        gazetteer=gazetteer,
    )


def _document(key: str, members: list[tuple[ProvisionRecord, Side]], name: str) -> NewDocument:
    first, side = members[0]
    return NewDocument(
        key=key,
        number=side.number,
        kind="" if side.kind is None else side.kind.value,
        issuer=side.issuer.name if side.issuer else first.issuer,
        territory=side.territory.name if side.territory else first.territory,
        title=next((record.title for record, _ in members if record.title), ""),
        issued=side.issued,
        effective=next((record.effective for record, _ in members if record.effective), None),
        expires=None,
        provisions=tuple(
            CorpusProvision(f"{key}#{each.path or record.id}", each, name, external_id=record.id)
            for record, each in members
        ),
    )

"""Records of provision lists to documents and sides: the facts of each line in the grammar of the law, nothing guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.law.finding import Side
from nlp.law.identifiers import DocumentKey, DocumentNumber, citation, parse_citation_path
from nlp.law.issuers import parse_issuer
from nlp.law.rank import Kind, kind_from_name, kind_from_symbol, kind_name, legal_rank
from nlp.progress import OnProgress, Progress, silent
from service.store.records import NewDocument, NewProvision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.law.territory import Gazetteer
    from service.usecases.provision_list import ProvisionRecord

_UNSAFE = re.compile(r"[:#|\s]+")  # what a field of a document key cannot hold
_REPORT_EVERY = 1_000  # records


def listed_documents(
    records: Sequence[ProvisionRecord], name: str, gazetteer: Gazetteer, on_progress: OnProgress = silent
) -> tuple[NewDocument, ...]:
    """One document per (issuer, kind, number, date) of the records, in order of first appearance, provisions in the order of the list.

    Two documents with the same number of different issuers are different; records without a number form one document named after the list.
    """
    groups: dict[DocumentKey, list[tuple[ProvisionRecord, Side]]] = {}
    for done, record in enumerate(records):
        if done % _REPORT_EVERY == 0:
            on_progress(Progress("parse", done, len(records), name))
        key, side = side_of_record(record, gazetteer, name)
        groups.setdefault(key, []).append((record, side))
    return tuple(_document(str(key), members) for key, members in groups.items())


def side_of_record(record: ProvisionRecord, gazetteer: Gazetteer, name: str = "") -> tuple[DocumentKey, Side]:
    """The document key and the side of one record; facts that cannot be read stay unknown."""
    number = _number(record.number)
    symbol = number.symbol if number else ""
    kind = kind_from_name(record.kind) if record.kind else Kind.UNKNOWN
    if kind is Kind.UNKNOWN and symbol:
        kind = kind_from_symbol(symbol)
    territory = gazetteer.parse(record.territory, record.issued) if record.territory else None
    issuer = parse_issuer(record.issuer, symbol, record.issued, territory)
    if territory is None and issuer is not None:
        territory = issuer.territory
    shown = str(number) if number else record.number
    key = DocumentKey(
        issuer=_UNSAFE.sub("-", issuer.id) if issuer else "",
        kind="" if kind is Kind.UNKNOWN else kind.value,
        number=_UNSAFE.sub("-", shown) if shown else "~" + _UNSAFE.sub("-", name),
        date=record.issued.isoformat() if record.issued else "",
    )
    unit = _unit(record.path)
    document = f"{kind_name(kind)} số {shown}" if shown else record.title
    side = Side(
        text=record.text,
        document=str(key),
        number=shown,
        kind=None if kind is Kind.UNKNOWN else kind,
        issuer=issuer,
        rank=legal_rank(kind, issuer, record.issued),
        issued=record.issued,
        effective=record.effective,
        territory=territory,
        path=record.path,
        citation=f"{unit} {document}".strip(),
        heading=record.heading,
        title=record.title,
        context="\n".join(part for part in (record.title, record.heading) if part),
    )
    return key, side


def _number(text: str) -> DocumentNumber | None:
    try:
        return DocumentNumber.parse(text)
    except ValueError:
        return None


def _unit(path: str) -> str:
    relative = parse_citation_path(path) if path else None
    return citation(relative) if relative else path


def _document(key: str, members: list[tuple[ProvisionRecord, Side]]) -> NewDocument:
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
        provisions=tuple(NewProvision(each, external_id=record.id) for record, each in members),
    )

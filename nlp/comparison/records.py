"""Pairs as the exchange files write them: one JSON object a line, `a` and `b` with number, issuer, issued, territory, path, text (all but text optional)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nlp.errors import InputError
from nlp.law.finding import ConflictType, ProvisionPair, Relation, Side
from nlp.law.identifiers import DocumentNumber
from nlp.law.issuers import parse_issuer
from nlp.law.rank import kind_from_symbol, legal_rank
from nlp.law.territory import parse_territory

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """A pair with its label: relation, type (of contradictions), trap, and the quoted evidence of each side ("" when none is given)."""

    id: str
    pair: ProvisionPair
    relation: Relation
    conflict_type: ConflictType | None
    trap: str
    group: str  # pairs of one group never stand on both sides of a split: B's document
    evidence_a: str = ""
    evidence_b: str = ""


def read_side(record: Mapping[str, object], where: str) -> Side:
    """One side of a record; raises InputError when it has no text. Unreadable dates, numbers and places count as unknown."""
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InputError(
            "pair_without_text", where=where, what="Thiếu trường “text”.", remedy="Ghi nội dung quy định vào trường “text” của cả hai bên.",
            what_en="The field “text” is missing.", remedy_en="Give the provision's words in “text” on both sides.",
        )  # fmt: skip
    number = _word(record, "number")
    issued, effective, expires = (_date(_word(record, name)) for name in ("issued", "effective", "expires"))
    try:
        symbol = DocumentNumber.parse(number).symbol if number else ""
    except ValueError:
        symbol = ""
    area = parse_territory(_word(record, "territory"), issued) if record.get("territory") else None
    issuer = parse_issuer(_word(record, "issuer"), symbol, issued, area)
    kind = kind_from_symbol(symbol) if symbol else None
    return Side(
        text=text,
        number=number,
        kind=kind,
        issuer=issuer,
        rank=legal_rank(kind, issuer, issued) if kind is not None else None,
        issued=issued,
        effective=effective,
        expires=expires,
        territory=area or (issuer.territory if issuer is not None else None),
        path=_word(record, "path"),
        heading=_word(record, "heading"),
        citation=_citation(_word(record, "path"), number),
    )


def read_pair(record: Mapping[str, object], where: str = "") -> ProvisionPair:
    """The pair of a record; raises InputError naming `where` and the side that cannot be used."""
    sides: list[Side] = []
    for name in ("a", "b"):
        side = record.get(name)
        if not isinstance(side, dict):
            raise InputError(
                "pair_without_side", where=f"{where} {name}".strip(), what=f"Thiếu bên “{name}”.", remedy="Mỗi dòng cần hai bên “a” và “b”.",
                what_en=f"Side “{name}” is missing.", remedy_en="Each line needs the sides “a” and “b”.",
            )  # fmt: skip
        sides.append(read_side(side, f"{where} {name}".strip()))
    return ProvisionPair(sides[0], sides[1])


def read_labelled(record: Mapping[str, object], where: str = "") -> LabelledPair:
    """A labelled pair of the development sets."""
    kind = record.get("conflict_type")
    evidence = record.get("evidence")
    quotes = evidence if isinstance(evidence, dict) else {}
    pair = read_pair(record, where)
    return LabelledPair(
        str(record.get("id", "")),
        pair,
        Relation(str(record["relation"])),
        ConflictType(str(kind)) if kind else None,
        str(record.get("trap") or ""),
        pair.b.number or str(record.get("group") or record.get("id")),
        str(quotes.get("a") or ""),
        str(quotes.get("b") or ""),
    )


def _word(record: Mapping[str, object], name: str) -> str:
    value = record.get(name)
    return value.strip() if isinstance(value, str) else ""


@lru_cache(maxsize=4_096)
def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _citation(path: str, number: str) -> str:
    document = f"văn bản số {number}" if number else ""
    return " ".join(part for part in (path, document) if part)

"""Loose facts about a provision, as provision lists and pair files give them, turned into a `Side`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.law.finding import Side
from nlp.law.identifiers import DocumentKey, DocumentNumber
from nlp.law.issuers import Issuer, issuer_from_symbol, parse_issuer
from nlp.law.rank import Kind, kind_from_name, kind_from_symbol, legal_rank
from nlp.law.territory import NATION, Gazetteer, Territory, TerritoryLevel, national_gazetteer

if TYPE_CHECKING:
    import datetime as dt


def side_from_facts(
    text: str,
    *,
    number: str = "",
    kind: str = "",
    issuer: str = "",
    issued: dt.date | None = None,
    effective: dt.date | None = None,
    territory: str = "",
    path: str = "",
    heading: str = "",
    title: str = "",
    gazetteer: Gazetteer | None = None,
) -> Side:
    """A side made from whatever is known; what is not known stays None, nothing is guessed beyond what number and issuer tell.

    `number`, `kind`, `issuer` and `territory` are as printed ("12/2024/QĐ-UBND", "Quyết định", "Ủy ban nhân dân tỉnh Thái Bình").
    """
    places = gazetteer or national_gazetteer()
    parsed = parse_number(number)
    symbol = parsed.symbol if parsed else ""
    day = issued or effective
    area = places.parse(territory, day) if territory else None
    body = parse_issuer(issuer, symbol, day, area) if issuer else issuer_from_symbol(symbol, area, day)
    form = _kind(kind, symbol, text_of_title=title)
    if area is None:
        area = _territory_of(body)
    return Side(
        text=text,
        document=str(document_key(body, form, number, issued)) if number else "",
        number=str(parsed) if parsed else number.strip(),
        kind=form,
        issuer=body,
        rank=legal_rank(form, body, issued),
        issued=issued,
        effective=effective,
        territory=area,
        path=path,
        heading=heading,
        title=title,
        context=". ".join(part for part in (title, heading) if part),
    )


def parse_number(text: str) -> DocumentNumber | None:
    """The document number in a metadata field, None when it is not one."""
    try:
        return DocumentNumber.parse(text)
    except ValueError:
        return None


def document_key(issuer: Issuer | None, kind: Kind, number: str, issued: dt.date | None) -> DocumentKey:
    """The key of a document known by its metadata."""
    parsed = parse_number(number)
    printed = (
        str(parsed) if parsed else "~" + "-".join(number.replace(":", "-").replace("#", "-").replace("|", "-").split())
    )
    return DocumentKey(issuer.id if issuer else "", kind.value, printed, issued.isoformat() if issued else "")


def _kind(name: str, symbol: str, text_of_title: str) -> Kind:
    for found in (kind_from_name(name), kind_from_symbol(symbol), kind_from_name(text_of_title)):
        if found is not Kind.UNKNOWN:
            return found
    return Kind.UNKNOWN


def _territory_of(issuer: Issuer | None) -> Territory | None:
    if issuer is None:
        return None
    if issuer.local:
        known = issuer.territory
        return known if known is not None and known.level is not TerritoryLevel.NATION else None
    return NATION

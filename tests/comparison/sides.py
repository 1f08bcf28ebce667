"""Sides of pairs for tests, from the facts a report would print."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from nlp.law.finding import ProvisionPair, Side
from nlp.law.issuers import parse_issuer
from nlp.law.rank import Kind, kind_from_name, legal_rank
from nlp.law.territory import NATION, parse_territory

if TYPE_CHECKING:
    from nlp.law.territory import Territory


def side(
    kind: str = "",
    number: str = "",
    issuer: str = "",
    issued: str = "",
    *,
    effective: str = "",
    expires: str = "",
    path: str = "main/art_5",
    text: str = "Thời hạn giải quyết là 15 ngày.",
    title: str = "",
    document: str = "",
) -> Side:
    """The side of a document; "" is not known."""
    day = _day(issued)
    body = parse_issuer(issuer, number.rsplit("/", 1)[-1], day) if issuer else None
    form = kind_from_name(kind) if kind else None
    area: Territory | None = None
    if body is not None:
        area = body.territory or parse_territory(issuer, day) if body.local else NATION
    return Side(
        text,
        document=document,
        number=number,
        kind=form,
        issuer=body,
        rank=legal_rank(form or Kind.UNKNOWN, body, day),
        issued=day,
        effective=_day(effective),
        expires=_day(expires),
        territory=area,
        path=path,
        title=title,
    )


def pair(a: Side, b: Side) -> ProvisionPair:
    """The pair of two sides."""
    return ProvisionPair(a, b)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None

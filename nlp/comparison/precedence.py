"""Who prevails under the law, or nobody: Điều 58 Luật 64/2025/QH15 and its predecessors. There is no lex specialis rule, and none is invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from nlp.law.finding import Prevailing
from nlp.law.issuers import Body, successors
from nlp.law.rank import RankOrder, compare_rank, legal_rank
from nlp.law.territory import TerritoryRelation, relate

if TYPE_CHECKING:
    from nlp.law.finding import Side
    from nlp.law.issuers import Issuer


class Force(StrEnum):
    """How the legal force of the side to be handled stands to the other."""

    LOWER = "lower"
    EQUAL = "equal"
    UNKNOWN = "unknown"


class IssuerRelation(StrEnum):
    """Whether both documents come from one body."""

    SAME = "same"
    OTHER = "other"
    SUCCESSOR = "successor"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """How two documents stand to each other in law.

    `prevailing` is None where the law gives no rule or the facts are missing; `weak` is the side to be handled (A when open).
    `basis` is "before" when the strong side was adopted before the weak one, "after" when later, "" when not known;
    `dated` is true when both days of issue are known and differ.
    """

    prevailing: Prevailing | None
    weak: Prevailing
    force: Force
    issuer: IssuerRelation
    basis: str
    dated: bool
    judged_on: dt.date | None


def rank_of(side: Side) -> int | None:
    """The legal rank of a side: as given, else by its kind and issuer, None when the facts do not tell."""
    if side.rank is not None or side.kind is None:
        return side.rank
    return legal_rank(side.kind, side.issuer, side.issued)


def stand(a: Side, b: Side) -> Standing:
    """Who prevails: the higher force, else with one issuer the later day of issue (not of effect), else nobody."""
    order = compare_rank(rank_of(a), rank_of(b))
    issuer = _issuers(a.issuer, b.issuer, a.issued or b.issued)
    dated = a.issued is not None and b.issued is not None and a.issued != b.issued
    prevailing: Prevailing | None = None
    if order is RankOrder.HIGHER:
        prevailing = Prevailing.A
    elif order is RankOrder.LOWER:
        prevailing = Prevailing.B
    elif order is RankOrder.EQUAL and issuer is IssuerRelation.SAME and a.issued and b.issued and dated:
        prevailing = Prevailing.A if a.issued > b.issued else Prevailing.B
    force = {RankOrder.EQUAL: Force.EQUAL, RankOrder.UNKNOWN: Force.UNKNOWN}.get(order, Force.LOWER)
    weak = Prevailing.B if prevailing is Prevailing.A else Prevailing.A
    weaker, stronger = (b, a) if weak is Prevailing.B else (a, b)
    basis = ""
    if weaker.issued is not None and stronger.issued is not None:
        basis = "before" if stronger.issued <= weaker.issued and _in_time(stronger, weaker) else "after"
    return Standing(prevailing, weak, force, issuer, basis, dated, a.issued or b.issued)


def _in_time(strong: Side, weak: Side) -> bool:
    """Điều 6 NĐ 79/2025: in force when the weak text was issued, or adopted before it and effective before or together with it."""
    if strong.expires is not None and weak.issued is not None and strong.expires <= weak.issued:
        return False
    if strong.effective is None or weak.issued is None or strong.effective <= weak.issued:
        return True
    return weak.effective is None or strong.effective <= weak.effective


def _issuers(a: Issuer | None, b: Issuer | None, on: dt.date | None) -> IssuerRelation:
    if a is None or b is None:
        return IssuerRelation.UNKNOWN
    if a.id == b.id:
        vague = a.body is Body.OTHER or a.id in {"bo", "ubnd", "hdnd", "chu-tich-ubnd"}
        return IssuerRelation.UNKNOWN if vague else IssuerRelation.SAME
    if on is not None and (b.id in successors(a, dt.date.max) or a.id in successors(b, dt.date.max)):
        return IssuerRelation.SUCCESSOR
    if a.local and b.local and a.body is b.body and a.level is b.level and a.territory and b.territory:
        area = relate(a.territory, b.territory, dt.date.max)
        if area in {TerritoryRelation.CONTAINS, TerritoryRelation.WITHIN, TerritoryRelation.SAME}:
            return IssuerRelation.SUCCESSOR
    return IssuerRelation.OTHER

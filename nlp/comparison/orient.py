"""Which side of a pair is read as the one to be handled, so that the order in which a pair is given never changes the judgement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nlp.law.rank import RankOrder, compare_rank, legal_rank

if TYPE_CHECKING:
    from nlp.law.finding import ProvisionPair, Side


@dataclass(frozen=True, slots=True)
class Oriented:
    """The pair with the weaker or newer side first. `swapped`: whether that turned it; `certain` is false where rank and dates do not tell."""

    pair: ProvisionPair
    swapped: bool
    certain: bool


def orient(pair: ProvisionPair) -> Oriented:
    """The pair as read: the side of lower force first, else the later issued one, else (uncertain) the order of the texts."""
    order = compare_rank(_rank(pair.a), _rank(pair.b))
    a, b = pair.a.issued, pair.b.issued
    if order in {RankOrder.HIGHER, RankOrder.LOWER}:
        return _turn(pair, swapped=order is RankOrder.HIGHER, certain=True)
    if a is not None and b is not None and a != b:
        return _turn(pair, swapped=a < b, certain=True)
    return _turn(pair, swapped=pair.a.text > pair.b.text, certain=False)


def equals(pair: ProvisionPair) -> bool:
    """Whether both sides are known to have the same force: neither may use room that the other leaves it."""
    return compare_rank(_rank(pair.a), _rank(pair.b)) is RankOrder.EQUAL


def turned(pair: ProvisionPair) -> ProvisionPair:
    """The same pair given the other way round."""
    return replace(pair, a=pair.b, b=pair.a, a_is_basis_of_b=pair.b_is_basis_of_a, b_is_basis_of_a=pair.a_is_basis_of_b)


def _turn(pair: ProvisionPair, *, swapped: bool, certain: bool) -> Oriented:
    return Oriented(turned(pair) if swapped else pair, swapped, certain)


def _rank(side: Side) -> int | None:
    if side.rank is not None or side.kind is None:
        return side.rank
    return legal_rank(side.kind, side.issuer, side.issued)

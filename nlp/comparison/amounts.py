"""Which quantities of A answer which of B, and how they stand: equal, inside a range, longer, shorter, of another kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from nlp.law.norm import Comparator, Dimension

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nlp.comparison.align import Alignment
    from nlp.law.norm import Quantity

WINDOW_BEFORE = 60  # characters of context that say what a number measures
WINDOW_AFTER = 45
MIN_CONTEXT = 0.35  # share of common context from which two numbers measure the same thing (tuned on training folds)
TIME = frozenset({Dimension.DURATION, Dimension.CALENDAR_MONTHS, Dimension.WORKING_DAYS})
_DAYS_PER_MONTH = 30
_UPPER = frozenset({Comparator.AT_MOST, Comparator.LESS})
_LOWER = frozenset({Comparator.AT_LEAST, Comparator.MORE})


class Standing(StrEnum):
    """How a quantity of A stands to the quantity of B that measures the same thing."""

    EQUAL = "equal"
    SAME_AMOUNT = "same_amount"  # printed in another unit or in words
    INSIDE = "inside"  # A's value obeys B's bound or range
    ABOVE = "above"  # A's value is larger
    BELOW = "below"
    OTHER_KIND = "other_kind"  # "ngày" against "ngày làm việc"
    OTHER_BOUND = "other_bound"  # the same value, but "ít nhất" against "không quá"


@dataclass(frozen=True, slots=True)
class AmountMatch:
    """One quantity of each side that measure the same thing; `context` in 0..1 says how surely."""

    a: Quantity
    b: Quantity
    standing: Standing
    context: float


@dataclass(frozen=True, slots=True)
class Amounts:
    """All matched quantities, and those of each side that nothing answers."""

    matches: tuple[AmountMatch, ...]
    only_a: tuple[Quantity, ...]
    only_b: tuple[Quantity, ...]


def match_amounts(alignment: Alignment) -> Amounts:
    """The matched quantities of two aligned texts, each used once, surest context first; equal values win ties."""
    ours, theirs = alignment.a.quantities, alignment.b.quantities
    scored: list[tuple[float, int, int, Standing, float]] = []
    for i, mine in enumerate(ours):
        for j, other in enumerate(theirs):
            if not comparable(mine, other):
                continue
            standing = stand(mine, other)
            context = _context(alignment, mine, other)
            bonus = 0.25 if standing in {Standing.EQUAL, Standing.SAME_AMOUNT} else 0.0
            scored.append((context + bonus, i, j, standing, context))
    scored.sort(key=lambda row: (-row[0], row[1], row[2]))
    used_a: set[int] = set()
    used_b: set[int] = set()
    found: list[AmountMatch] = []
    for _, i, j, standing, context in scored:
        if i in used_a or j in used_b:
            continue
        used_a.add(i)
        used_b.add(j)
        found.append(AmountMatch(ours[i], theirs[j], standing, context))
    return Amounts(
        tuple(sorted(found, key=lambda match: match.a.span)),
        tuple(q for i, q in enumerate(ours) if i not in used_a),
        tuple(q for j, q in enumerate(theirs) if j not in used_b),
    )


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities measure in the same kind of unit: all time limits do, counts only of the same things, dates only alike in form."""
    if a.dimension in TIME and b.dimension in TIME:
        return True
    if a.dimension is not b.dimension or a.dimension is Dimension.OTHER:
        return False
    if a.dimension is Dimension.DATE:
        return a.unit == b.unit
    if a.dimension is Dimension.COUNT:
        return a.unit.split()[:1] == b.unit.split()[:1]
    return True


def stand(a: Quantity, b: Quantity) -> Standing:
    """How `a` stands to `b`; months against days count thirty days a month, and within a tenth they are the same amount."""
    if a.dimension in TIME and a.dimension is not b.dimension:
        if Dimension.WORKING_DAYS in {a.dimension, b.dimension}:
            return Standing.INSIDE if _surely_shorter(a, b) else Standing.OTHER_KIND
        mine, other = _hours(a), _hours(b)
        if abs(mine - other) * 10 <= other:
            return Standing.SAME_AMOUNT
        return _against(mine, mine, other, None, b.comparator)
    if a.value == b.value and a.upper == b.upper:
        if (a.comparator in _UPPER and b.comparator in _LOWER) or (a.comparator in _LOWER and b.comparator in _UPPER):
            return Standing.OTHER_BOUND
        return Standing.EQUAL if a.unit == b.unit else Standing.SAME_AMOUNT
    return _against(a.value, a.upper if a.upper is not None else a.value, b.value, b.upper, b.comparator)


def _against(
    low: Fraction, high: Fraction, bound: Fraction, upper: Fraction | None, comparator: Comparator
) -> Standing:
    if upper is not None:
        if bound <= low and high <= upper:
            return Standing.INSIDE
        return Standing.ABOVE if high > upper else Standing.BELOW
    if (comparator in _UPPER and high <= bound) or (comparator in _LOWER and low >= bound):
        return Standing.INSIDE
    return Standing.ABOVE if high > bound or low > bound else Standing.BELOW


def _surely_shorter(a: Quantity, b: Quantity) -> bool:
    """Whether A's limit ends within B's upper limit whatever the calendar: ten days lie within fifteen working days, ten against ten differ."""
    if b.comparator not in _UPPER:
        return False
    if b.dimension is Dimension.WORKING_DAYS:
        return _hours(a) < b.value * 24
    return a.value * _HOURS_PER_WORKING_DAY + _WEEKEND_HOURS <= _hours(b)


# five working days take a week; a limit may begin right before a weekend
_HOURS_PER_WORKING_DAY = Fraction(24 * 7, 5)
_WEEKEND_HOURS = 48


def _hours(quantity: Quantity) -> Fraction:
    return quantity.value * (24 * _DAYS_PER_MONTH if quantity.dimension is Dimension.CALENDAR_MONTHS else 1)


def _context(alignment: Alignment, a: Quantity, b: Quantity) -> float:
    """The share of the words round each number that stand round the other one, mean of both directions, 0..1."""
    window_a = alignment.a.words_in(max(0, a.span.start - WINDOW_BEFORE), a.span.end + WINDOW_AFTER)
    window_b = alignment.b.words_in(max(0, b.span.start - WINDOW_BEFORE), b.span.end + WINDOW_AFTER)
    forward = _inside(alignment.a.weight[window_a], alignment.a_best[window_a], alignment.a_arg[window_a], window_b)
    backward = _inside(alignment.b.weight[window_b], alignment.b_best[window_b], alignment.b_arg[window_b], window_a)
    return (forward + backward) / 2


def _inside(weight: NDArray[np.float32], best: NDArray[np.float32], arg: NDArray[np.int64], window: slice) -> float:
    total = float(weight.sum())
    if not total:
        return 0.0
    near = (arg >= window.start - 4) & (arg < window.stop + 4)
    return float((weight * best * (0.3 + 0.7 * near)).sum() / total)

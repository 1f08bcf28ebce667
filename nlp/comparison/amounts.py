"""Which quantities of A answer which of B, and how they stand: equal, inside a range, longer, shorter, of another kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from nlp.law.norm import Comparator, Dimension
from nlp.text.segment import folded_pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from nlp.comparison.align import Alignment
    from nlp.comparison.facts import Facts
    from nlp.law.norm import Quantity

WORDS_BEFORE, WORDS_AFTER = 10, 7  # words of context that say what a number measures
TELLING = 0.3  # share of common context from which two numbers measure the same thing (tuned on training folds)
TIME = frozenset({Dimension.DURATION, Dimension.CALENDAR_MONTHS, Dimension.WORKING_DAYS})
EQUAL_BONUS = 0.4  # an equal value says that two numbers answer each other where the words round them fit both
_DAYS_PER_MONTH = 30
_UPPER = frozenset({Comparator.AT_MOST, Comparator.LESS})
_LOWER = frozenset({Comparator.AT_LEAST, Comparator.MORE})


class Standing(StrEnum):
    """How a quantity of A stands to the quantity of B that measures the same thing."""

    EQUAL = "equal"
    SAME_AMOUNT = "same_amount"  # of things named otherwise, or days against months within a tenth
    INSIDE = "inside"  # A's value obeys B's bound or range
    ABOVE = "above"  # A's value is larger
    BELOW = "below"
    OTHER_KIND = "other_kind"  # "ngày" against "ngày làm việc"
    OTHER_BOUND = "other_bound"  # the same value, but "ít nhất" against "không quá"


DIFFERENT = frozenset({Standing.ABOVE, Standing.BELOW, Standing.OTHER_KIND, Standing.OTHER_BOUND})


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


def match_amounts(alignment: Alignment, *, peers: bool = False) -> Amounts:
    """The matched quantities of two aligned texts, each used once, surest context first; equal values win ties.

    `peers`: neither text is below the other, so that neither may use room that the other leaves.
    """
    ours, theirs = alignment.a.quantities, alignment.b.quantities
    scored: list[tuple[float, int, int, Standing, float]] = []
    for i, mine in enumerate(ours):
        for j, other in enumerate(theirs):
            if not comparable(mine, other):
                continue
            standing = stand(mine, other)
            if standing is Standing.INSIDE and not obeys(alignment, mine, other, peers=peers):
                standing = Standing.ABOVE if _size(mine) > _size(other) else Standing.BELOW
            context = _context(alignment, mine, other)
            bonus = EQUAL_BONUS if standing in {Standing.EQUAL, Standing.SAME_AMOUNT} else 0.0
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


def surest(amounts: Amounts, wanted: Callable[[AmountMatch], bool]) -> AmountMatch | None:
    """The wanted match with the most common context, None where no such context is enough to say that both measure the same."""
    found = [match for match in amounts.matches if match.context >= TELLING and wanted(match)]
    return max(found, key=lambda match: match.context, default=None)


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
        return Standing.EQUAL if _thing(a) == _thing(b) else Standing.SAME_AMOUNT
    if a.dimension is Dimension.DATE and b.comparator not in _UPPER:  # "áp dụng từ năm 2022" leaves no room for 2023
        return Standing.ABOVE if a.value > b.value else Standing.BELOW
    return _against(a.value, a.upper if a.upper is not None else a.value, b.value, b.upper, b.comparator)


def _thing(quantity: Quantity) -> str:
    """What an exact amount counts or is counted per: "bộ", "/hộ"; the unit itself makes no difference, 12 months are a year."""
    if quantity.dimension is Dimension.COUNT:
        return quantity.unit
    return quantity.unit.partition("/")[2]


def obeys(alignment: Alignment, a: Quantity, b: Quantity, *, peers: bool) -> bool:
    """Whether the `a` that lies inside `b` uses room that `b` leaves.

    It does not where both only say from which amount something else begins ("quá hai năm" against "quá 12 tháng"), where equals bound the same
    amount differently, and where a time that citizens have is cut ("30 ngày" to register a birth against "60 ngày").
    """
    alike = a.comparator is b.comparator and b.upper is None
    if alike and (peers or (_threshold(alignment.a.folded, a) and _threshold(alignment.b.folded, b))):
        return False
    return not (b.dimension in TIME and b.comparator in _UPPER and citizens_time(alignment.b, b))


_FROM_HERE = folded_pattern(r"(?<!\w)(?:từ|từ đủ|từ trên)\s+$")
_UP_FROM_HERE = folded_pattern(r"[^,;.\n]{0,30}?trở (?:lên|xuống|đi)")


def _threshold(folded: str, quantity: Quantity) -> bool:
    """Whether a bound opens a class or a case instead of limiting what is allowed."""
    if quantity.comparator in {Comparator.MORE, Comparator.LESS}:
        return True
    before, after = folded[max(0, quantity.span.start - 10) : quantity.span.start], folded[quantity.span.end :]
    return bool(_FROM_HERE.search(before) or _UP_FROM_HERE.match(after))


_DUTY = folded_pattern(r"(?<!\w)(?:có trách nhiệm|phải|có nghĩa vụ|có quyền|được quyền)(?!\w)")
_CITIZEN = folded_pattern(
    r"(?<!\w)(?:cá nhân|công dân|hộ gia đình|hộ kinh doanh|chủ hộ|doanh nghiệp|hợp tác xã|chủ đầu tư|nhà đầu tư|chủ (?:xe|tàu|cơ sở|rừng|nhà|dự án|"
    r"nguồn thải|phương tiện|vật nuôi)|cha|mẹ|vợ|chồng|thân nhân|học sinh|sinh viên|thương nhân|nhà thầu|"
    r"người (?!có thẩm quyền|giải quyết|đứng đầu|ra quyết định|được giao|tiếp công dân)[^\W\d_]+)(?!\w)"
)
_OFFICE = folded_pattern(
    r"(?<!\w)(?:cơ quan|công chức|cán bộ|viên chức|hội đồng|ban quản lý|bộ phận|thủ trưởng|người có thẩm quyền|người giải quyết|toà án|kho bạc)(?!\w)"
)


def citizens_time(facts: Facts, limit: Quantity) -> bool:
    """Whether a time limit is one that citizens or businesses have, not one that an office must keep; False where its sentence does not tell."""
    sentence = facts.sentence_at(limit.span.start)
    if sentence is None:
        return False
    duties = [duty.start() for duty in _DUTY.finditer(facts.folded, sentence.start, sentence.end)]
    if not duties:
        return False
    duty = min(duties, key=lambda place: abs(place - limit.span.start))
    clause = max(facts.folded.rfind(mark, sentence.start, duty) for mark in (";", ":"))
    begin = max(sentence.start, clause + 1)
    citizens = [match.start() for match in _CITIZEN.finditer(facts.folded, begin, duty)]
    offices = [match.start() for match in _OFFICE.finditer(facts.folded, begin, duty)]
    offices += [match.span.start for match in facts.bodies if begin <= match.span.start < duty]
    return bool(citizens) and max(citizens) > max(offices, default=-1)


def _size(quantity: Quantity) -> Fraction:
    top = quantity.upper if quantity.upper is not None else quantity.value
    if quantity.dimension is Dimension.WORKING_DAYS:
        return quantity.value * 24
    return _hours(quantity) if quantity.dimension in TIME else top


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
    """Whether A's limit ends within B's upper limit whatever the calendar: ten days lie within ten working days."""
    if b.comparator not in _UPPER:
        return False
    if b.dimension is Dimension.WORKING_DAYS:
        return _hours(a) <= b.value * 24
    return a.value * _HOURS_PER_WORKING_DAY + _WEEKEND_HOURS <= _hours(b)


# five working days take a week; a limit may begin right before a weekend
_HOURS_PER_WORKING_DAY = Fraction(24 * 7, 5)
_WEEKEND_HOURS = 48


def _hours(quantity: Quantity) -> Fraction:
    return quantity.value * (24 * _DAYS_PER_MONTH if quantity.dimension is Dimension.CALENDAR_MONTHS else 1)


def _context(alignment: Alignment, a: Quantity, b: Quantity) -> float:
    """The share of the words round each number that stand round the other one, mean of both directions, 0..1."""
    window_a, window_b = _window(alignment.a, a), _window(alignment.b, b)
    forward = _inside(alignment.a.weight[window_a], alignment.a_best[window_a], alignment.a_arg[window_a], window_b)
    backward = _inside(alignment.b.weight[window_b], alignment.b_best[window_b], alignment.b_arg[window_b], window_a)
    return (forward + backward) / 2


def _window(facts: Facts, quantity: Quantity) -> slice:
    """The words round a quantity: counted in words, so that the way in which the number is printed changes nothing."""
    own = facts.words_in(quantity.span.start, quantity.span.end)
    return slice(max(0, own.start - WORDS_BEFORE), min(len(facts.words), own.stop + WORDS_AFTER))


def _inside(weight: NDArray[np.float32], best: NDArray[np.float32], arg: NDArray[np.int64], window: slice) -> float:
    total = float(weight.sum())
    if not total:
        return 0.0
    near = (arg >= window.start - 4) & (arg < window.stop + 4)
    return float((weight * best * (0.3 + 0.7 * near)).sum() / total)

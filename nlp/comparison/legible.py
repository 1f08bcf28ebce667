"""The two texts of a pair as the pair reader is given them: amounts in one form, no numbering, of long texts the sentences that answer the other side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.comparison.canonical import canonical
from nlp.comparison.orient import orient
from nlp.comparison.view import see
from nlp.law.norm import Dimension
from nlp.text.normalise import one_spelling

if TYPE_CHECKING:
    from fractions import Fraction

    import numpy as np
    from numpy.typing import NDArray

    from nlp.comparison.facts import Facts
    from nlp.comparison.view import View
    from nlp.comparison.wordspace import WordSpace
    from nlp.law.finding import ProvisionPair
    from nlp.law.norm import Quantity
    from nlp.law.span import Span

READ_CHARACTERS = 520  # of each side; about the tokens that the reader takes (`tokens.MAX_TOKENS`)
JOINT = "; "  # sentences come without the mark they end in
MAX_DECIMALS = 1_000_000  # a value with more decimals than this keeps its printed form
# the units an amount is told in, largest first, with their size in the dimension's base unit
_UNITS: dict[Dimension, tuple[tuple[int, str], ...]] = {
    Dimension.MONEY: ((1_000_000, "triệu đồng"), (1, "đồng")),
    Dimension.AREA: ((10_000, "ha"), (1, "m2")),
    Dimension.LENGTH: ((1_000, "km"), (1, "m")),
    Dimension.MASS: ((1_000, "tấn"), (1, "kg")),
    Dimension.VOLUME: ((1, "lít"),),
    Dimension.DURATION: ((24, "ngày"), (1, "giờ")),
    Dimension.CALENDAR_MONTHS: ((12, "năm"), (1, "tháng")),
    Dimension.WORKING_DAYS: ((1, "ngày làm việc"),),
    Dimension.AGE: ((1, "tuổi"),),
    Dimension.PERCENT: ((1, "%"),),
}
_WHOLE_ONLY = frozenset({Dimension.DURATION, Dimension.CALENDAR_MONTHS})  # 18 months are not "1,5 năm"


def legible(view: View) -> tuple[str, str]:
    """The texts of A and B for the pair reader; what changes nothing in law (numbering, spelling, units, numerals) changes nothing here."""
    return _told(view.a, view.alignment.a_sentence), _told(view.b, view.alignment.b_sentence)


def legible_pair(pair: ProvisionPair, space: WordSpace) -> tuple[str, str]:
    """The same of a pair that was not looked at yet: its canonical texts, the side to be handled first."""
    return legible(see(orient(canonical(pair).pair).pair, space))


def _told(facts: Facts, answered: NDArray[np.float32]) -> str:
    texts = [_with_amounts(facts, span) for span in facts.sentences]
    if sum(map(len, texts)) <= READ_CHARACTERS:
        return JOINT.join(texts)
    kept: set[int] = set()
    room = READ_CHARACTERS
    for index in sorted(range(len(texts)), key=lambda i: (-float(answered[i]), i)):
        if room <= 0:
            break
        kept.add(index)
        room -= len(texts[index])
    return JOINT.join(texts[index] for index in sorted(kept))


def _with_amounts(facts: Facts, sentence: Span) -> str:
    parts: list[str] = []
    at = sentence.start
    for quantity in facts.quantities:
        if quantity.span.start < at or quantity.span.end > sentence.end:
            continue
        parts += [
            facts.text[at : quantity.span.start],
            amount(quantity) or facts.text[quantity.span.start : quantity.span.end],
        ]
        at = quantity.span.end
    parts.append(facts.text[at : sentence.end])
    return one_spelling(" ".join("".join(parts).split()))


def amount(quantity: Quantity) -> str:
    """The amount in its one form: "02 (hai) ngày" is "2 ngày", 5.000.000 đồng "5 triệu đồng"; empty where only the print will do (dates, ratios)."""
    form = (1, "") if quantity.dimension is Dimension.COUNT else _fitting(quantity)
    if form is None:
        return ""
    size, unit = form
    numbers = [_number(value / size) for value in _values(quantity)]
    if not all(numbers):
        return ""
    _, slash, per = quantity.unit.partition("/")  # "đồng/m2/tháng": the price of something
    return " đến ".join(numbers) + (f" {unit}" if len(unit) > 1 else unit) + slash + per


def _fitting(quantity: Quantity) -> tuple[int, str] | None:
    """The largest unit that the amount fills, and where parts of a unit are unusual, fills without rest."""
    for size, unit in _UNITS.get(quantity.dimension, ()):
        values = _values(quantity)
        whole = all((value / size).denominator == 1 for value in values)
        if size == 1 or (values[-1] >= size and (whole or quantity.dimension not in _WHOLE_ONLY)):
            return size, unit
    return None


def _values(quantity: Quantity) -> list[Fraction]:
    return [value for value in (quantity.value, quantity.upper) if value is not None]


def _number(value: Fraction) -> str:
    """With a decimal comma and no points: "1,5"; empty where it has too many decimals."""
    scaled = value * MAX_DECIMALS
    if scaled.denominator != 1:
        return ""
    whole, rest = divmod(int(scaled), MAX_DECIMALS)
    return f"{whole},{rest:06}".rstrip("0") if rest else str(whole)

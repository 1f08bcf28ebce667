"""What the edits are made of: a changed text, replacement in place, figures in a clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.law.norm import Comparator, Dimension
from nlp.text.numbers import find_quantities
from nlp.text.numerals import NUMERAL_WORDS, parse_digits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from nlp.law.finding import ConflictType
    from nlp.law.norm import Quantity

_NUMERAL = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
IN_WORDS = re.compile(
    rf"\s*\(\s*{NUMERAL_WORDS}\s*\)", re.IGNORECASE
)  # "05 (năm) ngày": the words would betray a changed figure
TIME = frozenset({Dimension.DURATION, Dimension.WORKING_DAYS, Dimension.CALENDAR_MONTHS})
MEASURED = TIME | {
    Dimension.MONEY, Dimension.PERCENT, Dimension.AREA, Dimension.LENGTH, Dimension.MASS, Dimension.AGE, Dimension.COUNT, Dimension.RATIO,
}  # fmt: skip
_UP, _DOWN = (1.5, 2, 3, 4), (0.25, 0.5, 0.6, 0.75)


@dataclass(frozen=True, slots=True)
class Edit:
    """A changed text; `before` and `after` are the words that differ."""

    text: str
    before: str
    after: str
    conflict_type: ConflictType | None = None


def put(text: str, start: int, end: int, new: str, kind: ConflictType | None = None) -> Edit | None:
    """`text` with [start, end) replaced, capital first letter kept; None where that changes nothing."""
    old = text[start:end]
    if old[:1].isupper() and new[:1].islower():
        new = new[:1].upper() + new[1:]
    changed = text[:start] + new + text[end:]
    return None if changed == text else Edit(changed, old, new, kind)


def occurrences(text: str, form: str) -> list[re.Match[str]]:
    """Where a form stands in a text as whole syllables, in any case."""
    return list(re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE))


def swap(text: str, rng: Random, table: Sequence[tuple[str, str]], kind: ConflictType | None = None) -> Edit | None:
    """One occurrence of a first form replaced by its second."""
    found = [(match, new) for old, new in table for match in occurrences(text, old)]
    if not found:
        return None
    match, new = rng.choice(found)
    return put(text, match.start(), match.end(), new, kind)


def printed(value: float, like: str) -> str:
    """A figure in the style of another: thousands with points, a leading zero where the model has one."""
    if value < 1 or (value != int(value) and value < 20):
        return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")
    whole = round(value)
    if whole >= 10_000 or "." in like:
        return f"{whole:,}".replace(",", ".")
    return f"{whole:02d}" if like.startswith("0") or (len(like) == 2 and whole < 10) else str(whole)


def figures_of(text: str, dimensions: frozenset[Dimension]) -> list[tuple[Quantity, re.Match[str]]]:
    """The quantities of some dimensions that are printed in digits, each with its last figure."""
    found = []
    for quantity in find_quantities(text):
        if quantity.dimension in dimensions:
            figures = list(_NUMERAL.finditer(text, quantity.span.start, quantity.span.end))
            found += [(quantity, figures[-1])] if figures else []
    return found


def other_value(quantity: Quantity, figure: str, rng: Random) -> str | None:
    """A figure that breaks the bound: above a maximum, below a minimum, any other for an exact one."""
    value = float(parse_digits(figure))
    up = quantity.comparator in {Comparator.AT_MOST, Comparator.LESS, Comparator.RANGE}
    down = quantity.comparator in {Comparator.AT_LEAST, Comparator.MORE}
    factor = rng.choice(_UP if up else _DOWN if down else (*_UP, *_DOWN))
    new = value * factor
    if quantity.dimension is Dimension.PERCENT and quantity.comparator is not Comparator.MORE:
        new = min(new, 100)
    if quantity.dimension in {*TIME, Dimension.COUNT, Dimension.AGE} and float(value).is_integer():
        new = max(1, round(new))
    return None if value in {new, 0} else printed(new, figure)


def points_of(text: str) -> list[re.Match[str]]:
    """The marks of the listed points of a clause: "a) ", "- " at line starts."""
    return list(re.finditer(r"(?m)^(?:[a-zđ]\)|-) (?=\S)", text))

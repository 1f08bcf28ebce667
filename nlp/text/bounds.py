"""Bounds that stand in the lead of a list: "... không thấp hơn:", "Mức giá tối đa ... như sau:" bind every amount of the items below."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nlp.law.norm import Comparator, Dimension, Quantity
from nlp.text.segment import folded_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

_UPPER = re.compile(
    r"(?<!\w)(?:tối đa|không quá|không vượt quá|không được vượt quá|không cao hơn|không lớn hơn|nhiều nhất|cao nhất)(?!\w)"
)
_LOWER = re.compile(
    r"(?<!\w)(?:tối thiểu|ít nhất|không thấp hơn|không dưới|không nhỏ hơn|không ít hơn|thấp nhất)(?!\w)"
)
# "Các mức chi quy định tại điểm đ và điểm e nêu trên là mức tối đa": what it closes is bound by it
_CLOSING = folded_pattern(
    r"(?<!\w)mức(?:\s+[^\W\d_]+){0,3}?\s+(?:(?:được\s+)?quy định|nêu trên|trên đây|trên|này)(?:[^.;\n]{0,120}?\s)?là\s+"
    r"(?:các\s+)?mức(?:\s+[^\W\d_]+){0,2}?\s+(?:(?P<upper>tối đa|cao nhất|trần)|(?P<lower>tối thiểu|thấp nhất|sàn))(?!\w)"
)
_ITEM = re.compile(r"\s*(?:[a-zđ]\d?\)|[-–+•]|\d{1,2}[.)])\s")
_BOUNDED = frozenset(Dimension) - {Dimension.DATE, Dimension.OTHER}


def inherit_bounds(folded: str, quantities: Iterable[Quantity]) -> list[Quantity]:
    """The quantities, those without a comparator of their own bound by the lead of the list they stand in. `folded` is the text folded.

    A lead is a line that ends with a colon; the last bound word in it counts ("diện tích tối thiểu do tỉnh quy định nhưng không quá:" is an upper
    bound). It holds for the items right below and ends at the first line that is none.
    """
    spans: list[tuple[int, int, Comparator]] = []
    bound: Comparator | None = None
    start = 0
    for line in folded.splitlines(keepends=True):
        end = start + len(line)
        if bound is not None and _ITEM.match(line):
            spans.append((start, end, bound))
        else:
            bound = _bound_of(line) if line.rstrip().endswith(":") else None
        start = end
    spans += [
        (0, closing.start(), Comparator.AT_MOST if closing["upper"] else Comparator.AT_LEAST)
        for closing in _CLOSING.finditer(folded)
    ]
    return [_bound(quantity, spans) for quantity in quantities]


def _bound_of(line: str) -> Comparator | None:
    found = [(match.start(), Comparator.AT_MOST) for match in _UPPER.finditer(line)]
    found += [(match.start(), Comparator.AT_LEAST) for match in _LOWER.finditer(line)]
    return max(found)[1] if found else None


def _bound(quantity: Quantity, spans: list[tuple[int, int, Comparator]]) -> Quantity:
    if quantity.comparator is not Comparator.EXACT or quantity.dimension not in _BOUNDED:
        return quantity
    for start, end, comparator in spans:
        if start <= quantity.span.start < end:
            return replace(quantity, comparator=comparator)
    return quantity

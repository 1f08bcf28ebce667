"""The two rules never bind at one time.

Fires: "áp dụng từ năm 2017 đến hết ngày 31 tháng 12 năm 2020" against "áp dụng từ ngày 01 tháng 01 năm 2021".
Silent: two open-ended rules.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from nlp.comparison.view import Hit, View
from nlp.law.norm import Dimension
from nlp.law.span import Span
from nlp.text.segment import folded_pattern

if TYPE_CHECKING:
    from nlp.comparison.facts import Facts

CODE = "disjoint_time"
SENTENCE = "Hai quy định áp dụng trong hai khoảng thời gian khác nhau: {a} so với {b}."
SENTENCE_EN = "The two rules apply in different periods: {a} against {b}."
GROUND = "khoản 2 Điều 58 Luật số 64/2025/QH15"


def check(view: View) -> Hit | None:
    """The hit when one side's printed end (or its document's expiry) lies before the other side's printed start."""
    for mine, other, swapped in ((view.a, view.b, False), (view.b, view.a, True)):
        ends = _dates(mine, ("đến hết", "đến ngày", "đến năm", "hết ngày", "đến", "trước ngày"), last=True)
        starts = _dates(other, ("từ ngày", "kể từ", "từ năm", "từ tháng", "từ", "sau ngày", "bắt đầu"), last=False)
        for end, end_span in ends:
            for start, start_span in starts:
                if end <= start and start - end < 3_660:
                    spans = ((start_span,), (end_span,)) if swapped else ((end_span,), (start_span,))
                    return Hit(CODE, 0.8, *spans)
    periods = _apart(_periods(view.a), _periods(view.b))
    if periods is not None:
        return Hit(CODE, 0.8, (periods[0],), (periods[1],))
    a, b = view.pair.a, view.pair.b
    if (a.expires and b.effective and a.expires <= b.effective) or (
        b.expires and a.effective and b.expires <= a.effective
    ):
        return Hit(CODE, 1.0)
    return None


# "giai đoạn 2016 - 2020", "năm học 2021-2022", "nhiệm kỳ 2021 đến 2026"
_PERIOD = folded_pattern(
    r"(?<!\w)(?:giai đoạn|thời kỳ|nhiệm kỳ|năm học|các năm|từ năm)\s+(?P<first>(?:19|20)\d{2})\s*(?:-|đến năm|đến|tới)\s*(?P<last>(?:19|20)\d{2})(?!\d)"
)


def _periods(facts: Facts) -> list[tuple[int, int, Span]]:
    return [
        (int(match["first"]), int(match["last"]), Span(match.start(), match.end()))
        for match in _PERIOD.finditer(facts.folded)
    ]


def _apart(ours: list[tuple[int, int, Span]], theirs: list[tuple[int, int, Span]]) -> tuple[Span, Span] | None:
    """The first named periods of both where no period of one shares a year with one of the other."""
    if not ours or not theirs or any(a[0] < b[1] and b[0] < a[1] for a in ours for b in theirs):
        return None
    return ours[0][2], theirs[0][2]


def _dates(facts: Facts, words: tuple[str, ...], *, last: bool) -> list[tuple[int, Span]]:
    found: list[tuple[int, Span]] = []
    for quantity in facts.quantities:
        if quantity.dimension is not Dimension.DATE or quantity.unit in {"ngày/tháng", "ngày hằng tháng"}:
            continue
        before = facts.folded[max(0, quantity.span.start - 16) : quantity.span.start].rstrip()
        heads = (*words, *(word.rsplit(" ", 1)[0] for word in words if " " in word))
        if not before.endswith(heads):
            continue
        value = int(quantity.value)
        if quantity.unit == "năm" and 1900 < value < 2100:
            value = (dt.date(value, 12, 31) if last else dt.date(value, 1, 1)).toordinal()
        elif quantity.unit == "tháng/năm":
            value = dt.date((value - 1) // 12, (value - 1) % 12 + 1, 1).toordinal()
        found.append((value, quantity.span))
    return found

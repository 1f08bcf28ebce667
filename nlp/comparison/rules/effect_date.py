"""The same rule takes effect, ends or is due on another date.

Fires: "áp dụng từ ngày 01 tháng 7 năm 2020" against "có hiệu lực thi hành từ ngày 01 tháng 01 năm 2021".
Silent: "từ 01/01/2021" against "từ ngày 01 tháng 01 năm 2021".
"""

from __future__ import annotations

from nlp.comparison.amounts import DIFFERENT, TELLING
from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType
from nlp.law.norm import Dimension
from nlp.text.segment import folded_pattern

CODE = "effect_date"
SENTENCE = "Mốc ngày của cùng một quy định khác nhau: {a} so với {b}."
SENTENCE_EN = "Different dates for the same rule: {a} against {b}."
GROUND = "khoản 3, khoản 4 Điều 58 Luật số 64/2025/QH15; Điều 53 Luật số 64/2025/QH15"
_OF_A_YEAR = frozenset({"ngày/tháng/năm", "tháng/năm"})
_FORCE = folded_pattern(r"hiệu lực|áp dụng|thực hiện từ|kể từ|đến hết|trước ngày|từ ngày|hết ngày|bắt đầu|chậm nhất")


def check(view: View) -> Hit | None:
    """The hit on two matched dates that differ, each near words of force or due date."""
    for match in view.amounts.matches:
        if match.a.dimension is not Dimension.DATE or match.a.unit not in _OF_A_YEAR or match.context < TELLING:
            continue
        if match.standing not in DIFFERENT:
            continue
        if _FORCE.search(view.a.folded[max(0, match.a.span.start - 50) : match.a.span.start + 5]) and _FORCE.search(
            view.b.folded[max(0, match.b.span.start - 50) : match.b.span.start + 5]
        ):
            return Hit(CODE, min(1.0, match.context), (match.a.span,), (match.b.span,), ConflictType.EFFECT_DATE)
    return None

"""The same thing measured by another number.

Fires: "mức hỗ trợ 5.000.000 đồng/hộ" against "mức hỗ trợ 3.000.000 đồng/hộ"; "chứng chỉ có giá trị 60 tháng" against "10 năm".
Silent: "mức hỗ trợ năm triệu đồng một hộ" against "mức hỗ trợ 5.000.000 đồng/hộ" (the same amount); time limits (rule "deadline") and dates.
"""

from __future__ import annotations

from nlp.comparison.amounts import DIFFERENT, surest
from nlp.comparison.rules.deadline import is_deadline
from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType
from nlp.law.norm import Dimension

CODE = "number"
SENTENCE = "Cùng một nội dung nhưng con số khác nhau: {a} so với {b}."
SENTENCE_EN = "The same matter with different numbers: {a} against {b}."
GROUND = "khoản 3, khoản 4 Điều 58 Luật số 64/2025/QH15"


def check(view: View) -> Hit | None:
    """The hit on the surest pair of numbers (no time limits, no dates) that differ and do not fit B's bound."""
    best = surest(
        view.amounts,
        lambda match: (
            match.standing in DIFFERENT and match.a.dimension is not Dimension.DATE and not is_deadline(view, match)
        ),
    )
    if best is None:
        return None
    return Hit(CODE, min(1.0, best.context), (best.a.span,), (best.b.span,), ConflictType.NUMBER)

"""A's number stays inside what B allows.

Fires: "giấy phép có giá trị 20 ngày" against "có giá trị không quá 30 ngày"; "5.000 đồng" against "từ 3.000 đồng đến 6.000 đồng".
Silent: "40 ngày" against "không quá 30 ngày".
"""

from __future__ import annotations

from nlp.comparison.amounts import Standing
from nlp.comparison.view import Hit, View

CODE = "delegated_range"
SENTENCE = "Con số của một bên nằm trong giới hạn bên kia cho phép: {a} trong {b}."
SENTENCE_EN = "One side's number stays inside the other's limit: {a} within {b}."
GROUND = "khoản 3 Điều 58 Luật số 64/2025/QH15: quy định trong giới hạn được giao không khác văn bản cấp trên"
_AGAINST = frozenset({Standing.ABOVE, Standing.BELOW, Standing.OTHER_KIND})
MIN_CONTEXT = 0.25


def check(view: View) -> Hit | None:
    """The hit on a number of A inside B's bound, where no better matched number breaks one."""
    inside = [m for m in view.amounts.matches if m.standing is Standing.INSIDE and m.context >= MIN_CONTEXT]
    best = max(inside, key=lambda match: match.context, default=None)
    if best is None:
        return None
    worst = max((m.context for m in view.amounts.matches if m.standing in _AGAINST), default=0.0)
    if worst >= best.context:
        return None
    return Hit(CODE, min(1.0, best.context), (best.a.span,), (best.b.span,))

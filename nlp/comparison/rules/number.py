"""The same thing measured by another number.

Fires: "mức hỗ trợ 5.000.000 đồng/hộ" against "mức hỗ trợ 3.000.000 đồng/hộ".
Silent: "mức hỗ trợ năm triệu đồng một hộ" against "mức hỗ trợ 5.000.000 đồng/hộ" (the same amount).
"""

from __future__ import annotations

from nlp.comparison.amounts import TIME, Standing
from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType
from nlp.law.norm import Dimension

CODE = "number"
SENTENCE = "Cùng một nội dung nhưng con số khác nhau: {a} so với {b}."
SENTENCE_EN = "The same matter with different numbers: {a} against {b}."
MIN_CONTEXT = 0.3
_DIFFERENT = frozenset({Standing.ABOVE, Standing.BELOW, Standing.OTHER_BOUND})


def check(view: View) -> Hit | None:
    """The hit on the surest pair of numbers (no time limits, no dates) that differ and do not fit B's bound."""
    found = [
        match
        for match in view.amounts.matches
        if match.standing in _DIFFERENT and match.a.dimension not in TIME and match.a.dimension is not Dimension.DATE
    ]
    best = max(found, key=lambda match: match.context, default=None)
    if best is None or best.context < MIN_CONTEXT:
        return None
    return Hit(CODE, min(1.0, best.context), (best.a.span,), (best.b.span,), ConflictType.NUMBER)

"""Another time limit for the same step.

Fires: "trong thời hạn 30 ngày kể từ ngày nhận đủ hồ sơ" against "trong thời hạn 15 ngày kể từ ngày nhận đủ hồ sơ"; "10 ngày làm việc" against "10 ngày".
Silent: "trong thời hạn mười lăm ngày" against "trong thời hạn 15 ngày"; a shorter local limit inside "không quá 15 ngày".
"""

from __future__ import annotations

from nlp.comparison.amounts import TIME, Standing
from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType

CODE = "deadline"
SENTENCE = "Thời hạn của cùng một việc khác nhau: {a} so với {b}."
SENTENCE_EN = "Different time limits for the same step: {a} against {b}."
MIN_CONTEXT = 0.3
_DIFFERENT = frozenset({Standing.ABOVE, Standing.BELOW, Standing.OTHER_KIND, Standing.OTHER_BOUND})


def check(view: View) -> Hit | None:
    """The hit on the surest pair of time limits that differ and do not fit B's bound."""
    found = [match for match in view.amounts.matches if match.standing in _DIFFERENT and match.a.dimension in TIME]
    best = max(found, key=lambda match: match.context, default=None)
    if best is None or best.context < MIN_CONTEXT:
        return None
    return Hit(CODE, min(1.0, best.context), (best.a.span,), (best.b.span,), ConflictType.DEADLINE)

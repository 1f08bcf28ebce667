"""Another time limit for the same step.

Fires: "trong thời hạn 30 ngày kể từ ngày nhận đủ hồ sơ" against "trong thời hạn 15 ngày kể từ ngày nhận đủ hồ sơ"; "10 ngày làm việc" against "10 ngày";
"báo cáo trước ngày 15 tháng 12" against "báo cáo trước ngày 15 tháng 11".
Silent: "trong thời hạn mười lăm ngày" against "trong thời hạn 15 ngày"; a shorter local limit of an office inside "không quá 15 ngày".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.comparison.amounts import DIFFERENT, TIME, surest
from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType
from nlp.law.norm import Dimension
from nlp.text.segment import folded_pattern

if TYPE_CHECKING:
    from nlp.comparison.amounts import AmountMatch
    from nlp.comparison.facts import Facts
    from nlp.law.norm import Quantity

CODE = "deadline"
SENTENCE = "Thời hạn của cùng một việc khác nhau: {a} so với {b}."
SENTENCE_EN = "Different time limits for the same step: {a} against {b}."
GROUND = "khoản 3, khoản 4 Điều 58 Luật số 64/2025/QH15; Điều 147, Điều 148 Bộ luật Dân sự số 91/2015/QH13 (cách tính thời hạn)"
_RECURRING = frozenset({"ngày/tháng", "ngày hằng tháng"})


def check(view: View) -> Hit | None:
    """The hit on the surest pair of time limits that differ and do not fit B's bound."""
    best = surest(view.amounts, lambda match: match.standing in DIFFERENT and is_deadline(view, match))
    if best is None:
        return None
    return Hit(CODE, min(1.0, best.context), (best.a.span,), (best.b.span,), ConflictType.DEADLINE)


def is_deadline(view: View, match: AmountMatch) -> bool:
    """Whether matched times are limits for doing something: one is printed as a limit, or both are days of the year."""
    if match.a.dimension is Dimension.DATE:
        return match.a.unit in _RECURRING
    return match.a.dimension in TIME and (_limits(view.a, match.a) or _limits(view.b, match.b))


# "thời hạn giải quyết là 10 ngày" limits an act, "thời hạn của giấy phép là 10 năm" measures a right
_TIME_FOR = folded_pattern(
    r"thời (?:hạn|gian)\s+(?:để\s+)?(?:giải quyết|xem xét|thẩm định|trả|nộp|gửi|báo cáo|cấp|xử lý|phê duyệt|công nhận|hoàn thành|thông báo|"
    r"tiếp nhận|kiểm tra|thực hiện thủ tục|lập|trình|ban hành|quyết định)(?!\w)[^.;\n]{0,80}$"
)


def _limits(facts: Facts, quantity: Quantity) -> bool:
    if any(limit.quantity.span == quantity.span for limit in facts.deadlines):
        return True
    return bool(_TIME_FOR.search(facts.folded, max(0, quantity.span.start - 110), quantity.span.start))

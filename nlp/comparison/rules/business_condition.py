"""A local text or circular sets a condition for doing business.

Fires: a decision of a province that says "cơ sở kinh doanh karaoke phải có vốn từ 2 tỷ đồng mới được cấp giấy phép".
Silent: the same words in a decree; a province's decision on who keeps the register of businesses.
"""

from __future__ import annotations

from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType
from nlp.law.rank import Kind
from nlp.text.segment import folded_pattern

CODE = "business_condition"
SENTENCE = "Văn bản không được quy định điều kiện kinh doanh nhưng đặt thêm điều kiện: {a}."
SENTENCE_EN = "A text that may not set conditions for doing business adds one: {a}."
GROUND = "khoản 3 Điều 7 Luật Đầu tư số 61/2020/QH14"
_BUSINESS = folded_pattern(
    r"(?<!\w)(?:kinh doanh|doanh nghiệp|thương nhân|cơ sở (?:sản xuất|bán|dịch vụ|karaoke|lưu trú)|hành nghề|nhà đầu tư|đại lý|cửa hàng|nhà thầu|"
    r"hợp tác xã)(?!\w)"
)
_CONDITION = folded_pattern(
    r"(?<!\w)(?:mới được|thì mới|chỉ (?:được )?[^,;.\n]{0,70} (?:khi|nếu)|với điều kiện|phải có (?:vốn|ký quỹ|giấy|chứng chỉ|văn bản|xác nhận|ít nhất|"
    r"tối thiểu|hộ khẩu|diện tích|kho|xe)|phải (?:nộp thêm|có thêm|ký quỹ|đáp ứng thêm)|không (?:có|đủ) [^,;.\n]{0,50} thì không)(?!\w)"
)
_FORBIDDEN = frozenset({Kind.DECISION, Kind.RESOLUTION, Kind.CIRCULAR, Kind.JOINT_CIRCULAR, Kind.DIRECTIVE})
MAX_KNOWN = 0.55  # share of the condition's words in B from which it is B's own
MIN_BASE = 0.3  # share of A that must speak of B's matter


def check(view: View) -> Hit | None:
    """The hit on a condition for businesses in an A below a decree that B does not know."""
    a, b = view.pair.a, view.pair.b
    if (
        a.kind not in _FORBIDDEN
        or (a.rank is not None and b.rank is not None and b.rank > a.rank)
        or view.alignment.a_cover < MIN_BASE
    ):
        return None
    for match in _CONDITION.finditer(view.a.folded):
        sentence = view.sentence_of_a(match.start())
        if not _BUSINESS.search(view.a.folded, sentence.start, sentence.end):
            continue
        span = view.span(match.start(), view.clause_end(match.end(), 70))
        before = view.span(max(sentence.start, match.start() - 60), match.end())
        known = min(view.coverage(span), view.coverage(before))
        if known <= MAX_KNOWN:
            return Hit(CODE, 1.0 - known, (span,), (view.partner_sentence(match.start()),), ConflictType.CONDITION)
    return None

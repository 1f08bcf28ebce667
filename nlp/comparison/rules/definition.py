"""One term, two meanings.

Fires: "Trẻ em là người dưới 18 tuổi" against "Trẻ em là người dưới 16 tuổi".
Silent: "Trẻ em là người dưới 16 tuổi" against "Trẻ em được hiểu là người chưa đủ 16 tuổi".
"""

from __future__ import annotations

from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType
from nlp.law.span import Span
from nlp.text.segment import folded_pattern

CODE = "definition"
SENTENCE = "Cùng một thuật ngữ được giải thích khác nhau: {a} so với {b}."
SENTENCE_EN = "The same term is defined differently: {a} against {b}."
GROUND = "khoản 3, khoản 4 Điều 58 Luật số 64/2025/QH15"
# "Đỗ xe là trạng thái ...", "Hộ nghèo được hiểu là hộ ..."; the term is short and opens its sentence
_DEFINES = folded_pattern(
    r"^(?P<term>[^,;:.()]{2,70}?)\s+(?:(?:được\s+(?:hiểu|coi|xem)\s+)?là\s+(?:việc|quá trình|hoạt động|tổ chức|"
    r"cá nhân|người|văn bản|khoản|số|những|các|hành vi|trạng thái|loại|hộ|khu|đất|tài sản|tập hợp|phương|công|nơi|"
    r"sản phẩm|hình thức|cơ|doanh|giấy|mức|tình trạng|hệ thống|hàng|đơn vị|thời|xe|phần|một))(?!\w)"
)
MIN_TERM, MAX_BODY = 0.75, 0.9


def check(view: View) -> Hit | None:
    """The hit on a term that both define, where the explanations share too little or their numbers differ."""
    for sentence in view.a.sentences:
        mine = _DEFINES.match(view.a.folded[sentence.start : sentence.end])
        if not mine:
            continue
        for other_sentence in view.b.sentences:
            other = _DEFINES.match(view.b.folded[other_sentence.start : other_sentence.end])
            if not other:
                continue
            term = Span(sentence.start, sentence.start + mine.end("term"))
            term_b = Span(other_sentence.start, other_sentence.start + other.end("term"))
            if min(view.coverage_in(term, term_b), view.coverage_in(term_b, term, reverse=True)) < MIN_TERM:
                continue
            body = min(view.coverage(sentence), view.coverage_b(other_sentence))
            if body < MAX_BODY:
                return Hit(CODE, min(1.0, 1.3 - body), (sentence,), (other_sentence,), ConflictType.DEFINITION)
    return None

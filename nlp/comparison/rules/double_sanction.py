"""A punishes once more what B already punishes.

Fires: "đổ phế thải ra lòng đường: ngoài mức phạt theo Nghị định còn bị tịch thu xe" against "đổ phế thải ra lòng đường bị phạt tiền ...".
Silent: the same form of sanction on both sides (rule "sanction" compares its measure); another breach.
"""

from __future__ import annotations

from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType
from nlp.law.rank import Kind
from nlp.text.segment import folded_pattern

CODE = "double_sanction"
SENTENCE = "Một hành vi bị xử lý hai lần: {a}, trong khi đã có chế tài {b}."
SENTENCE_EN = "One act is sanctioned twice: {a}, though it already meets {b}."
GROUND = "điểm d khoản 1 Điều 3 Luật Xử lý vi phạm hành chính số 15/2012/QH13 (một hành vi chỉ bị xử phạt một lần)"
# what punishes; "phạt" names the fine, the others come on top or in its place
_FORMS = folded_pattern(
    r"(?<!\w)(?:phạt tiền|phạt cảnh cáo|tịch thu|tước quyền|thu hồi giấy phép|đình chỉ hoạt động|trục xuất|cắt (?:điện|nước|hỗ trợ|suất)|"
    r"nộp phạt|nộp thêm|đóng thêm|truy thu thêm|nêu tên|bêu tên|hạ (?:bậc|thi đua)|không được xét|cấm [^,;.\n]{3,30} trong (?:thời hạn|thời gian|vòng))(?!\w)"
)
_MORE = folded_pattern(
    r"(?<!\w)(?:ngoài (?:việc|mức|hình thức)|còn (?:bị|phải)|đồng thời (?:bị|phải)|và bị|thêm|lần nữa|tiếp tục bị)(?!\w)"
)
_MAY_SANCTION = frozenset({Kind.LAW, Kind.CODE, Kind.ORDINANCE, Kind.DECREE})
MIN_ACT = 0.5  # share of A's sentence, the sanction left out, that stands in B's sanctioned sentence


def check(view: View) -> Hit | None:
    """The hit on a form of sanction that A adds for an act whose sanction B sets; B's own supplements are none."""
    theirs = list(_FORMS.finditer(view.b.folded))
    if not theirs or view.pair.a.kind in _MAY_SANCTION:
        return None
    forms = {match.group() for match in theirs}
    for match in _FORMS.finditer(view.a.folded):
        if match.group() in forms:
            continue
        sentence = view.sentence_of_a(match.start())
        if not _MORE.search(view.a.folded, sentence.start, sentence.end):
            continue
        sanction = view.span(match.start(), view.clause_end(match.end(), 60))
        answers = [
            (view.coverage_in(sentence, view.sentence_of_b(other.start()), without=sanction), other) for other in theirs
        ]
        act, other = max(answers, key=lambda row: (row[0], -row[1].start()))
        if act >= MIN_ACT:
            place = view.span_b(other.start(), min(other.end() + 50, view.sentence_of_b(other.start()).end))
            return Hit(CODE, min(1.0, act), (sanction,), (place,), ConflictType.SANCTION)
    return None

"""Another order or another step of the same procedure.

Fires: "niêm yết sau khi phê duyệt phương án" against "niêm yết trước khi phê duyệt phương án"; "cấp ngay không qua thẩm định" against "thẩm định rồi cấp".
Silent: "trước khi trình, cơ quan lấy ý kiến" against "lấy ý kiến trước khi trình".
"""

from __future__ import annotations

from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType
from nlp.text.segment import folded_pattern

CODE = "procedure"
SENTENCE = "Trình tự, bước thực hiện khác nhau: {a} so với {b}."
SENTENCE_EN = "A different order or step: {a} against {b}."
GROUND = "khoản 3, khoản 4 Điều 58 Luật số 64/2025/QH15"
_ORDER = folded_pattern(r"(?<!\w)(?P<w>trước khi|sau khi|rồi mới|mới|đồng thời|cùng lúc)(?!\w)")
_SKIPS = folded_pattern(
    r"(?<!\w)(?:không qua|không cần qua|khỏi|bỏ qua|không chờ|không đợi|không cần chờ|không phải chờ|không tổ chức|"
    r"không thông qua|không lấy ý kiến|không niêm yết|không thẩm định|"
    r"không thành lập|không họp|ngay từ lần|gộp|thay cho|thay vì|không trình|không thông báo|không lập)(?!\w)"
)
_OPPOSITE = {
    "trước khi": {"sau khi", "rồi mới"},
    "sau khi": {"trước khi"},
    "rồi mới": {"trước khi"},
    "đồng thời": set(),
    "cùng lúc": {"trước khi", "sau khi"},
    "mới": {"trước khi"},
}
REACH = 60


def check(view: View) -> Hit | None:
    """The hit on a skipped step that B has, or on "trước khi" against "sau khi" with the same object."""
    for match in _SKIPS.finditer(view.a.folded):
        end = view.clause_end(match.end(), REACH)
        cover = view.coverage(view.span(match.end(), end))
        answer = view.answers(match.end(), end)
        if cover >= 0.5 and answer is not None and not _SKIPS.search(view.b.folded):
            return Hit(CODE, min(1.0, cover), (view.span(match.start(), end),), (answer,), ConflictType.PROCEDURE)
    theirs = [
        (other["w"], view.span_b(other.start(), min(other.end() + REACH, len(view.b.text))))
        for other in _ORDER.finditer(view.b.folded)
    ]
    for match in _ORDER.finditer(view.a.folded):
        span = view.span(match.start(), view.clause_end(match.end(), REACH))
        for word, other_span in theirs:
            if word in _OPPOSITE[match["w"]] and view.coverage_in(span, other_span) >= 0.6:
                return Hit(
                    CODE, min(1.0, view.coverage_in(span, other_span)), (span,), (other_span,), ConflictType.PROCEDURE
                )
    return None

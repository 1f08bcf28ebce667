"""A demands what B does not: a further condition, paper or step whose lack has consequences.

Fires: "...; phải có thêm giấy xác nhận của hàng xóm. Thiếu giấy này thì không tiếp nhận hồ sơ" against a list of papers without it.
Silent: "...; Sở gửi tin nhắn nhắc người dân trước 05 ngày" (service of the office, no burden).
"""

from __future__ import annotations

import re

from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType
from nlp.text.segment import folded_pattern

CODE = "condition_added"
SENTENCE = "Một bên đặt thêm điều kiện, giấy tờ hoặc bước mà bên kia không có: {a}."
SENTENCE_EN = "One side adds a condition, paper or step that the other lacks: {a}."
_DEMAND = folded_pattern(
    r"(?<!\w)(?:phải có|phải nộp|phải kèm|phải là|phải được|còn phải|cũng phải|phải thêm|thêm|chỉ|mới được|thì mới|"
    r"mới|bắt buộc|với điều kiện|đủ điều kiện khi|"
    r"thiếu|không có .{0,40} thì không|nếu không .{0,40} không|chưa .{0,30} thì không|không tiếp nhận|"
    r"không được xét|bị trả lại|không cấp|bị từ chối|loại khỏi|nộp kèm|và có|và phải|từ .{0,25} trở lên)(?!\w)"
)
MAX_COVER = 0.55  # a demand is new when less than this share of its words stands in B
MIN_BASE = 0.45  # the rest of A must speak of B's matter
REACH = 70


def check(view: View) -> Hit | None:
    """The hit on the demand of A that B knows least, where the rest of A is about B's matter."""
    if view.alignment.a_cover < MIN_BASE and max(view.alignment.a_sentence, default=0.0) < MIN_BASE + 0.15:
        return None
    best: Hit | None = None
    for match in _DEMAND.finditer(view.a.folded):
        sentence = view.sentence_of_a(match.start())
        end = min(sentence.end, match.end() + REACH)
        cut = re.search(r"[;.\n]", view.a.folded[match.end() : end])
        span = view.span(match.start(), match.end() + cut.start() if cut else end)
        new = 1.0 - view.coverage(span)
        if len(span) > 12 and new >= 1 - MAX_COVER and (best is None or new > best.strength):
            best = Hit(CODE, min(1.0, new), (span,), (view.partner_sentence(match.start()),), ConflictType.CONDITION)
    return best

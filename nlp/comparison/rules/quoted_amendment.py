"""A amends B: it replaces B's words on purpose.

Fires: "Sửa đổi khoản 1 Điều 10 Nghị quyết số 73/2021/NQ-HĐND như sau: “1. ...”" against that very clause.
Silent: "Hồ sơ sửa đổi, bổ sung giấy phép gồm:" (amending a permit, not a text).
"""

from __future__ import annotations

import re

from nlp.comparison.view import Hit, View
from nlp.law.span import Span
from nlp.text.segment import fold, folded_pattern

CODE = "quoted_amendment"
SENTENCE = "Một bên là quy định sửa đổi, thay thế chính bên kia: {a}."
SENTENCE_EN = "One side amends or replaces the other on purpose: {a}."
GROUND = "Điều 8 Luật số 64/2025/QH15 (sửa đổi, bổ sung, thay thế, bãi bỏ)"
_AMENDS = folded_pattern(
    r"(?:sửa đổi(?:, bổ sung)?|bổ sung|thay thế)\s[^.;\n]{0,60}?(?:khoản|điều|điểm|mục|phụ lục|nghị quyết|"
    r"quyết định|nghị định|thông tư)[^.;\n]{0,160}?như sau"
    r"|(?:bãi bỏ|thay thế)\s(?:(?!theo|quy định tại)[^.;\n]){0,40}?(?:khoản|điều|điểm|nghị quyết|quyết định|nghị định|thông tư)\s+(?:số\s+)?\d"
    r"|thay(?: thế)? cụm từ"
)

_NUMBER = re.compile(r"\d{1,4}[a-zđ]?/(?:\d{4}/)?[a-zđ][\w-]*")
TARGET_REACH = 60  # characters after the formula in which its target's number stands


def check(view: View) -> Hit | None:
    """The hit on an amending formula in either text, full strength when it names the other document's number."""
    for facts, other, side in ((view.a, view.pair.b, 0), (view.b, view.pair.a, 1)):
        for match in _AMENDS.finditer(facts.folded):
            number = fold(other.number)
            targets = _NUMBER.findall(facts.folded, match.start(), match.end() + TARGET_REACH)
            if number and targets and number not in targets:
                continue  # it amends or replaces a third text
            span = (Span(match.start(), match.end()),)
            named = bool(number) and number in facts.folded
            return Hit(CODE, 1.0 if named else 0.7, *((span, ()) if side == 0 else ((), span)))
    return None

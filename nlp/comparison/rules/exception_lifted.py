"""A takes in what B leaves out.

Fires: "..., kể cả hướng dẫn viên du lịch" against "..., trừ trường hợp nhân viên là hướng dẫn viên du lịch".
Silent: "trừ hướng dẫn viên du lịch" against "không áp dụng đối với hướng dẫn viên du lịch" (both leave out).
"""

from __future__ import annotations

from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType
from nlp.law.span import Span
from nlp.text.segment import folded_pattern

CODE = "exception_lifted"
SENTENCE = "Một bên áp dụng cho cả trường hợp mà bên kia loại trừ: {a} so với {b}."
SENTENCE_EN = "One side takes in the case that the other leaves out: {a} against {b}."
GROUND = "khoản 3, khoản 4 Điều 58 Luật số 64/2025/QH15"
_IN = folded_pattern(
    r"(?<!\w)(?:kể cả|bao gồm cả|gồm cả|ngay cả|cả (?:trường hợp|đối với|khi)|không phân biệt|không trừ|không loại trừ)(?!\w)"
)
_OUT = folded_pattern(
    r"(?<!\w)(?:trừ|ngoại trừ|không (?:bao gồm|kể|áp dụng (?:đối với|cho)|tính)|nhưng không|mà không)(?!\w)"
)
REACH = 90  # characters of the case after these words
MIN_CASE = 0.6  # share of A's case that stands in B's


def check(view: View) -> Hit | None:
    """The hit on the case that A takes in and B leaves out in so many words, or the other way round."""
    ways = ((_IN, _OUT), (_OUT, _IN))
    best: Hit | None = None
    for mine_words, other_words in ways:
        theirs = [_case(view.b.folded, match.end()) for match in other_words.finditer(view.b.folded)]
        same = [_case(view.b.folded, match.end()) for match in mine_words.finditer(view.b.folded)]
        for match in mine_words.finditer(view.a.folded):
            case = _case(view.a.folded, match.end())
            cover = max((view.coverage_in(case, other), other) for other in theirs) if theirs else (0.0, case)
            alike = max((view.coverage_in(case, other) for other in same), default=0.0)
            if cover[0] >= MIN_CASE and cover[0] > alike and (best is None or cover[0] > best.strength):
                place = view.span(match.start(), case.end)
                best = Hit(
                    CODE, min(1.0, cover[0]), (place,), (view.span_b(cover[1].start, cover[1].end),), ConflictType.SCOPE
                )
    return best


_END = folded_pattern(r"[;.\n]|,\s")


def _case(folded: str, start: int) -> Span:
    stop = _END.search(folded, start + 4)
    return Span(start, min(stop.start() if stop else len(folded), start + REACH))

"""Another sanction, or a second one, for the same breach.

Fires: "phạt tiền từ 1.000.000 đồng đến 2.000.000 đồng" against "phạt tiền từ 5.000.000 đồng đến 10.000.000 đồng" for the same act.
Silent: the same frame printed in words.
"""

from __future__ import annotations

from nlp.comparison.amounts import Standing
from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType

CODE = "sanction"
SENTENCE = "Chế tài cho cùng một vi phạm khác nhau: {a} so với {b}."
SENTENCE_EN = "Different sanctions for the same breach: {a} against {b}."
GROUND = "khoản 3, khoản 4 Điều 58 Luật số 64/2025/QH15; Luật Xử lý vi phạm hành chính số 15/2012/QH13"
_DIFFERENT = frozenset({Standing.ABOVE, Standing.BELOW, Standing.INSIDE, Standing.OTHER_BOUND, Standing.OTHER_KIND})
MIN_COVER = 0.4


def check(view: View) -> Hit | None:
    """The hit on differing amounts or forms of sanction where A's sentence answers B's."""
    ours, theirs = view.a.phrases_of("sanction"), view.b.phrases_of("sanction")
    if not ours or not theirs:
        return None
    for match in view.amounts.matches:
        sentence_a, sentence_b = view.sentence_of_a(match.a.span.start), view.sentence_of_b(match.b.span.start)
        near = any(sentence_a.contains(p.span) for p in ours) and any(sentence_b.contains(p.span) for p in theirs)
        if near and match.standing in _DIFFERENT and match.context >= 0.3:
            return Hit(CODE, min(1.0, match.context), (match.a.span,), (match.b.span,), ConflictType.SANCTION)
    forms_a, forms_b = {p.form for p in ours}, {p.form for p in theirs}
    new = [p for p in ours if p.form not in forms_b]
    cover = max((view.coverage(view.sentence_of_a(p.span.start)) for p in new), default=0.0)
    if new and forms_b - forms_a and cover >= MIN_COVER:
        place = new[0].span
        return Hit(
            CODE,
            0.7 * cover,
            (view.span(place.start, view.clause_end(place.end, 60)),),
            (theirs[0].span,),
            ConflictType.SANCTION,
        )
    return None

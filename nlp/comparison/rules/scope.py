"""A draws the circle of persons or cases wider or narrower than B.

Fires: "mọi hộ đều phải nộp, kể cả hộ nghèo" against "hộ nghèo được miễn"; "chỉ áp dụng đối với cán bộ" against "người nào có hành vi".
Silent: "tất cả các hộ thuộc khoản 1" against "các hộ quy định tại khoản 1" without exception.
"""

from __future__ import annotations

from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType

CODE = "scope"
SENTENCE = "Phạm vi đối tượng hoặc trường hợp áp dụng khác nhau: {a} so với {b}."
SENTENCE_EN = "Different scope of persons or cases: {a} against {b}."
GROUND = "khoản 3, khoản 4 Điều 58 Luật số 64/2025/QH15"
REACH = 70
_NARROW = frozenset({"chỉ", "chỉ được", "chỉ áp dụng", "chỉ có", "chỉ cho phép"})


def check(view: View) -> Hit | None:
    """The hit on a universal or narrowing phrase of A without a like in B, in a sentence that answers B."""
    theirs = {phrase.form for phrase in view.b.phrases_of("universal")}
    phrases = [phrase.span for phrase in view.a.phrases_of("universal") if phrase.form not in theirs]
    if not any(cue.form in _NARROW for cue in view.b.cues):
        phrases += [cue.span for cue in view.a.cues if cue.form in _NARROW]
    best: Hit | None = None
    for place in phrases:
        sentence = view.sentence_of_a(place.start)
        cover = view.coverage(sentence)
        span = view.span(place.start, view.clause_end(place.end, REACH))
        exception = view.b.phrases_of("exception")
        other = view.sentence_of_b(exception[0].span.start) if exception else view.partner_sentence(place.start)
        strength = cover * (1.0 if exception else 0.8)
        if cover >= 0.4 and (best is None or strength > best.strength):
            best = Hit(CODE, min(1.0, strength), (span,), (other,), ConflictType.SCOPE)
    return best

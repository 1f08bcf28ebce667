"""A fills in what B leaves to it: details, forms, internal steps.

Fires: "Di chuyển trong xã: 4.000.000 đồng/hộ" against "Ủy ban nhân dân cấp tỉnh quy định mức bồi thường";
"phòng chuyên môn ghi vào sổ theo dõi" beside B's limit.
Silent: a local text that changes B's own number.
"""

from __future__ import annotations

from nlp.comparison.view import Hit, View

CODE = "implementing_detail"
SENTENCE = "Một bên chỉ quy định chi tiết, tổ chức thực hiện điều bên kia giao hoặc để ngỏ: {a}."
SENTENCE_EN = "One side only fills in or carries out what the other leaves open: {a}."
GROUND = "khoản 2 Điều 53 Luật số 64/2025/QH15 (văn bản quy định chi tiết)"


def check(view: View) -> Hit | None:
    """The hit on a delegation in B that A (lower or local) uses, or on A's internal steps; numbers that conflict with B's weaken it."""
    delegation = view.b.phrases_of("delegation")
    internal = [p for p in view.a.phrases_of("internal") if p.form not in {q.form for q in view.b.phrases}]
    if not delegation and len(internal) < 2:
        return None
    strength = (0.7 if delegation else 0.0) + min(0.5, 0.15 * len(internal))
    place = internal[0].span if internal else (view.a.sentences[0] if view.a.sentences else view.span(0, 1))
    other = (view.sentence_of_b(delegation[0].span.start),) if delegation else ()
    return Hit(CODE, min(1.0, strength), (view.sentence_of_a(place.start),), other)

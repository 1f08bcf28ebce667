"""A frees from what B demands.

Fires: "bản sao không cần chứng thực" against "bản sao phải được chứng thực".
Silent: "không phải nộp lại giấy tờ đã có" against a text that asks for other papers.
"""

from __future__ import annotations

from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType
from nlp.law.norm import Modality

CODE = "exempts"
SENTENCE = "Một bên miễn, bỏ điều mà bên kia bắt buộc: {a} so với {b}."
SENTENCE_EN = "One side frees from what the other demands: {a} against {b}."
GROUND = "khoản 3, khoản 4 Điều 58 Luật số 64/2025/QH15"
REACH = 60
MIN_COVER = 0.45
CERTAIN = 0.85
_FREES = frozenset({Modality.EXEMPTION, Modality.PROHIBITION})


def check(view: View) -> Hit | None:
    """The hit on the exemption or denial of A whose object stands in B and is not freed there."""
    freed_b = {cue.form for cue in view.b.cues if cue.modality in _FREES}
    best: Hit | None = None
    for cue in view.a.cues:
        if cue.modality is not Modality.EXEMPTION or cue.form in freed_b:
            continue
        end = view.clause_end(cue.span.end, REACH)
        span = view.span(cue.span.start, end)
        cover = view.coverage(view.span(cue.span.end, end))
        answer = view.answers(cue.span.end, end)
        if answer is None and cover > CERTAIN:  # a single word that B has
            answer = view.partner_sentence(cue.span.start)
        if cover >= MIN_COVER and answer is not None and (best is None or cover > best.strength):
            best = Hit(CODE, min(1.0, cover), (span,), (answer,), ConflictType.MODALITY)
    return best

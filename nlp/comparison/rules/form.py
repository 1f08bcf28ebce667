"""An administrative document that contains rules, or rules on what a higher body reserved.

Fires: a document numbered "3010/QĐ-UBND" (no year: administrative) that says "người dân phải nộp ...", which "Luật" regulates.
Silent: "12/2024/QĐ-UBND" with the same words: the number shows a normative document (Điều 7 khoản 3 Luật 64/2025/QH15).
"""

from __future__ import annotations

import re

from nlp.comparison.view import Hit, View
from nlp.law.norm import Modality

CODE = "form"
SENTENCE = "Văn bản có số, ký hiệu của văn bản hành chính nhưng chứa quy phạm: {a}."
SENTENCE_EN = "A document numbered as administrative contains rules: {a}."
GROUND = "khoản 3 Điều 7 Luật số 64/2025/QH15 (số, ký hiệu); Điều 6 Nghị định số 79/2025/NĐ-CP"
_ADMINISTRATIVE = re.compile(r"^\s*\d+[a-zA-Z]?\s*/\s*(?:QĐ|NQ|KH|TB|CV|CT|HD|BC)(?:-|$)")
_RULES = frozenset({Modality.OBLIGATION, Modality.PROHIBITION, Modality.RESTRICTION})


def check(view: View) -> Hit | None:
    """The hit on the first command of an A whose number carries no year, where it speaks of B's matter."""
    if not _ADMINISTRATIVE.match(view.pair.a.number):
        return None
    cue = next((cue for cue in view.a.cues if cue.modality in _RULES), None)
    if cue is None or view.alignment.a_cover < 0.4:
        return None
    return Hit(CODE, view.alignment.a_cover, (view.sentence_of_a(cue.span.start),), ())

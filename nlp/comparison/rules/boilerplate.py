"""Closing formulas that every document repeats.

Fires: "Quyết định này có hiệu lực thi hành kể từ ngày ký. Chánh Văn phòng ... chịu trách nhiệm thi hành" on both sides.
Silent: a rule of substance that mentions the day of effect.
"""

from __future__ import annotations

from nlp.comparison.view import Hit, View

CODE = "boilerplate"
SENTENCE = "Hai bên chỉ là điều khoản thi hành theo mẫu: {a}."
SENTENCE_EN = "Both are closing formulas: {a}."
GROUND = "Điều 53 Luật số 64/2025/QH15 (điều khoản thi hành)"


def check(view: View) -> Hit | None:
    """The hit when both texts hold a closing formula and little else."""
    ours, theirs = view.a.phrases_of("boilerplate"), view.b.phrases_of("boilerplate")
    if not ours or not theirs or max(len(view.a.sentences), len(view.b.sentences)) > 4:
        return None
    return Hit(CODE, 0.8, (ours[0].span,), (theirs[0].span,))

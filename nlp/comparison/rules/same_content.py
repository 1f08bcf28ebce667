"""Both say the same, perhaps in other words, units or order.

Fires: "lập hai bộ hồ sơ" against "Hồ sơ được lập thành 02 bộ"; "nửa ngày" against "12 giờ".
Silent: the same sentence with one number changed.
"""

from __future__ import annotations

from nlp.comparison.amounts import Standing
from nlp.comparison.view import Hit, View

CODE = "same_content"
SENTENCE = "Hai bên có nội dung như nhau: {a} so với {b}."
SENTENCE_EN = "Both have the same content: {a} against {b}."
GROUND = "khoản 2 Điều 7 Luật số 64/2025/QH15 (không quy định lại); không phải mâu thuẫn"
_SAME = frozenset({Standing.EQUAL, Standing.SAME_AMOUNT})
MIN_COVER = 0.62


def check(view: View) -> Hit | None:
    """The hit when most content of each text stands in the other, every number is answered by an equal one, and polarity agrees."""
    alignment, amounts = view.alignment, view.amounts
    if min(alignment.a_cover, alignment.b_cover) < MIN_COVER or any(m.standing not in _SAME for m in amounts.matches):
        return None
    if amounts.only_a and amounts.only_b:
        return None
    if int(view.a_denied.any()) != int(view.b_denied.any()):
        return None
    strength = (alignment.a_cover + alignment.b_cover) / 2
    return Hit(CODE, strength, view.a.sentences[:1], view.b.sentences[:1])

"""Another body decides, approves, grants or receives.

Fires: "Giám đốc Sở Y tế quyết định thu hồi số đăng ký" against "Bộ Y tế xem xét, quyết định thu hồi số đăng ký".
Silent: "Sở Y tế báo cáo để Bộ Y tế quyết định thu hồi" against "Bộ Y tế quyết định thu hồi" (the deciding body is the same).
"""

from __future__ import annotations

from nlp.comparison.view import Decider, Hit, View
from nlp.law.finding import ConflictType

CODE = "authority"
SENTENCE = "Thẩm quyền khác nhau cho cùng một việc: {a} so với {b}."
SENTENCE_EN = "Different competent bodies for the same act: {a} against {b}."
# "ủy ban nhân dân" without level, a board or an office named only by its head may be any of the others
_VAGUE = frozenset({"ubnd", "hdnd", "hoi_dong", "hieu_truong"})
MIN_COVER = 0.35


def check(view: View) -> Hit | None:
    """The hit on the first act that a body of A does while B gives the same act to another body and A's text does not name that one."""
    named = {match.body.id for match in view.a.bodies}
    best: Hit | None = None
    for mine in view.a_deciders:
        rivals = [other for other in view.b_deciders if other.verb == mine.verb]
        if not rivals or any(_same(mine, other) for other in rivals):
            continue
        other = min(rivals, key=lambda rival: (rival.match.body.id in named, rival.span.start))
        after = view.coverage(view.sentence_of_a(mine.span.end))
        strength = (
            after * (0.5 if other.match.body.id in named else 1.0) * (0.6 if other.match.body.id in _VAGUE else 1.0)
        )
        if after >= MIN_COVER and (best is None or strength > best.strength):
            best = Hit(CODE, min(1.0, strength), (mine.span,), (other.span,), ConflictType.AUTHORITY)
    return best


def _same(mine: Decider, other: Decider) -> bool:
    a, b = mine.match.body.id, other.match.body.id
    heads = {"ct_ubnd_tinh": "ubnd_tinh", "ct_ubnd_huyen": "ubnd_huyen", "ct_ubnd_xa": "ubnd_xa"}
    return heads.get(a, a) == heads.get(b, b) or (a in _VAGUE and a[:4] in b) or (b in _VAGUE and b[:4] in a)

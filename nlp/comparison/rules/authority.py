"""Another body decides, approves, grants or receives.

Fires: "Giám đốc Sở Y tế quyết định thu hồi số đăng ký" against "Bộ Y tế xem xét, quyết định thu hồi số đăng ký".
Silent: "Sở Y tế báo cáo để Bộ Y tế quyết định thu hồi" against "Bộ Y tế quyết định thu hồi" (the deciding body is the same); a commune that decides
from July 2025 what an older text gave to the district (districts were abolished).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType

if TYPE_CHECKING:
    from nlp.comparison.deciding import Decider

CODE = "authority"
SENTENCE = "Thẩm quyền khác nhau cho cùng một việc: {a} so với {b}."
SENTENCE_EN = "Different competent bodies for the same act: {a} against {b}."
GROUND = "khoản 3, khoản 4 Điều 58 Luật số 64/2025/QH15; Điều 6 Nghị định số 79/2025/NĐ-CP (thẩm quyền); Luật số 72/2025/QH15 (bỏ cấp huyện từ 01/7/2025)"
# "ủy ban nhân dân" without level, a board or an office named only by its head may be any of the others
_VAGUE = frozenset({"ubnd", "hdnd", "hoi_dong", "hieu_truong"})
MIN_ACT = 0.45  # share of A's sentence that stands in the sentence of B's decider
_HEADS = {"ct_ubnd_tinh": "ubnd_tinh", "ct_ubnd_huyen": "ubnd_huyen", "ct_ubnd_xa": "ubnd_xa", "bo_truong": "bo"}
NO_DISTRICTS = dt.date(2025, 7, 1)  # Luật 72/2025/QH15: provinces and communes only
MERGED_MINISTRIES = dt.date(2025, 3, 1)  # Nghị quyết 176/2025/QH15
_DISTRICT = frozenset({"district", "district_department"})
_SUCCESSORS = {
    "kế hoạch và đầu tư": "tài chính",
    "giao thông vận tải": "xây dựng",
    "tài nguyên và môi trường": "nông nghiệp và môi trường",
    "nông nghiệp và phát triển nông thôn": "nông nghiệp và môi trường",
    "lao động - thương binh và xã hội": "nội vụ",
    "thông tin và truyền thông": "khoa học và công nghệ",
}


def check(view: View) -> Hit | None:
    """The hit on the surest act that a body of A does while the sentence of B that answers it gives the act to another body."""
    named = {match.body.id for match in view.a.bodies}
    best: Hit | None = None
    for mine in view.a_deciders:
        rivals = [other for other in view.b_deciders if _one_act(mine, other)]
        if not rivals:
            continue
        scored = [(_likeness(view, mine, other), _same(view, mine, other), other) for other in rivals]
        act, same, other = max(scored, key=lambda row: (row[0], row[1]))
        if same or act < MIN_ACT:
            continue
        strength = act * (0.5 if other.match.body.id in named else 1.0)
        strength *= 0.6 if mine.match.body.id in _VAGUE or other.match.body.id in _VAGUE else 1.0
        if best is None or strength > best.strength:
            best = Hit(CODE, min(1.0, strength), (mine.span,), (other.span,), ConflictType.AUTHORITY)
    return best


def _likeness(view: View, mine: Decider, other: Decider) -> float:
    """How much of A's act, the names of the bodies left out, stands in B's, 0..1; half of it also the other way round."""
    forward = view.coverage_in(mine.act, other.act, without=mine.span)
    return (2 * forward + view.coverage_in(other.act, mine.act, reverse=True, without=other.span)) / 3


def _one_act(mine: Decider, other: Decider) -> bool:
    if mine.special and other.special:
        return bool(mine.special & other.special)
    return bool(mine.verbs & other.verbs) or (mine.general and other.general)


def _same(view: View, mine: Decider, other: Decider) -> bool:
    """Whether two names may mean one body: head and body, a vague name and a precise one, a field and none, and what came in its place in 2025."""
    a, b = _HEADS.get(mine.match.body.id, mine.match.body.id), _HEADS.get(other.match.body.id, other.match.body.id)
    if a == b:
        fields = {mine.match.field, other.match.field} - {""}
        return len(fields) < 2 or (_since(view, MERGED_MINISTRIES) and len({_SUCCESSORS.get(f, f) for f in fields}) < 2)
    if (a in _VAGUE and a[:4] in b) or (b in _VAGUE and b[:4] in a):
        return True
    levels = {mine.match.body.level, other.match.body.level}
    return bool(levels & _DISTRICT) and not levels <= _DISTRICT and _since(view, NO_DISTRICTS)


def _since(view: View, day: dt.date) -> bool:
    """Whether one of the texts is of that day or later and the other older: what changed hands that day is no contradiction."""
    days = [side.issued for side in (view.pair.a, view.pair.b)]
    return any(d is not None and d >= day for d in days) and any(d is not None and d < day for d in days)

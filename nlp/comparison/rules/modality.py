"""Opposite commands over the same act.

Fires: "Cơ quan được cho mượn hội trường ngoài giờ" against "Không được cho mượn hội trường"; "không phải công chứng" against "phải được công chứng";
an act allowed against a list of prohibited acts that holds it.
Silent: "Không được cho mượn hội trường" against "Nghiêm cấm cho mượn hội trường" (both deny).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType
from nlp.law.norm import Modality

if TYPE_CHECKING:
    from nlp.comparison.commands import Command

CODE = "modality"
SENTENCE = "Cùng một hành vi nhưng mệnh lệnh trái nhau: {a} so với {b}."
SENTENCE_EN = "Opposite commands over the same act: {a} against {b}."
GROUND = "khoản 3, khoản 4 Điều 58 Luật số 64/2025/QH15"
MIN_ACT = 0.5  # share of A's act that stands in the act of B's command
SHORT = 0.8  # worth of B's act standing in A's: A may say more
LEAD = 0.1  # by how much the opposite command must answer better than one of the same force
_MUST, _MUST_NOT = Modality.OBLIGATION, Modality.PROHIBITION
_MAY, _NEED_NOT, _ONLY = Modality.PERMISSION, Modality.EXEMPTION, Modality.RESTRICTION
_OPPOSITE = {
    _MAY: frozenset({_MUST_NOT}),
    _MUST: frozenset({_MUST_NOT, _NEED_NOT}),
    _MUST_NOT: frozenset({_MAY, _MUST}),
    _NEED_NOT: frozenset({_MUST}),
    _ONLY: frozenset({_MUST_NOT}),
}


def check(view: View) -> Hit | None:
    """The hit on the act of A that a command of B governs with the opposite force, and none with the same force as well."""
    best: Hit | None = None
    for mine in view.a_commands:
        opposite = _best(view, mine, _OPPOSITE.get(mine.modality, frozenset()))
        if opposite is None:
            continue
        score, other = opposite
        alike = _best(view, mine, frozenset({mine.modality}))
        if score < MIN_ACT or (alike is not None and alike[0] + LEAD > score):
            continue
        if best is None or score > best.strength:
            place_a, place_b = (
                view.span(mine.cue.start, mine.act.end),
                view.span_b(other.cue.start, min(other.act.end, other.cue.start + 200)),
            )
            best = Hit(CODE, min(1.0, score), (place_a,), (place_b,), ConflictType.MODALITY)
    return best


def _best(view: View, mine: Command, forces: frozenset[Modality]) -> tuple[float, Command] | None:
    """The command of B with one of these forces whose act holds most of A's act, and how much, 0..1."""
    found: tuple[float, Command] | None = None
    for other in view.b_commands:
        if other.modality not in forces:
            continue
        score = max(view.coverage_in(mine.act, other.act), SHORT * view.coverage_in(other.act, mine.act, reverse=True))
        if found is None or score > found[0]:
            found = (score, other)
    return found

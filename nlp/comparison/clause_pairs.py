"""Clauses of A beside the clauses of B that answer them: what is new, what is dropped, and how answered clauses differ in command, amounts and bodies."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nlp.law.norm import Modality
from nlp.text.segment import folded_pattern

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nlp.comparison.facts import Facts
    from nlp.comparison.view import View

MIN_WORDS = 3  # content words of a clause; shorter ones are joined with the next
NEW, ANSWERED = (
    0.45,
    0.65,
)  # share of a clause's content in its best partner: below the first it is new, from the second answered
MASS = 30.0  # idf mass of about five content words: keeps sums near one
_MARK = re.compile(r"[;.,:\n]")
_FORBIDS = frozenset({Modality.PROHIBITION})
_ALLOWS = frozenset({Modality.PERMISSION, Modality.EXEMPTION})
_KINDS = (
    ("duty", frozenset({Modality.OBLIGATION})),
    ("forbids", _FORBIDS),
    ("allows", _ALLOWS),
    ("only", frozenset({Modality.RESTRICTION})),
)
_EXCEPTION = folded_pattern(r"(?<!\w)(?:trừ|ngoại trừ|riêng|không bao gồm|không áp dụng|miễn|không kể|ngoài)(?!\w)")
_EVERY = folded_pattern(
    r"(?<!\w)(?:mọi|tất cả|bất kỳ|bất cứ|bất kể|đều|toàn bộ|chỉ|duy nhất|luôn|không phân biệt|kể cả)(?!\w)"
)
_DENIES = folded_pattern(r"(?<!\w)(?:không|chưa|cấm|nghiêm cấm|miễn|khỏi|bị|từ chối|trả lại)(?!\w)")
_PATTERNS = (("exception", _EXCEPTION), ("every", _EVERY), ("denies", _DENIES))


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of one text as runs of words: `starts` are indexes of first words, `mass` their content weight, `marks` what stands in each."""

    starts: NDArray[np.int64]
    mass: NDArray[np.float32]
    marks: NDArray[np.bool_]  # clauses x MARKS


MARKS = (*(name for name, _ in _KINDS), *(name for name, _ in _PATTERNS), "amount", "body")


def read_clauses(facts: Facts) -> Clauses:
    """The clauses of an analysed text; a text of one clause has one, a text without words none."""
    places = np.array([word.start for word in facts.words])
    if not len(places):
        empty = np.zeros(0)
        return Clauses(empty.astype(np.int64), empty.astype(np.float32), np.zeros((0, len(MARKS)), dtype=np.bool_))
    inside = [quantity.span for quantity in facts.quantities]
    stops = [m.start() for m in _MARK.finditer(facts.text) if not any(s.start <= m.start() < s.end for s in inside)]
    firsts = np.unique(np.searchsorted(places, stops))
    content = np.concatenate([[0], np.cumsum(facts.weight > 0)])
    starts = [0]
    for first in firsts:
        if first < len(places) and content[first] - content[starts[-1]] >= MIN_WORDS:
            starts.append(int(first))
    if len(starts) > 1 and content[-1] - content[starts[-1]] < MIN_WORDS:
        starts.pop()
    index = np.array(starts, dtype=np.int64)
    mass = np.maximum(np.add.reduceat(facts.weight, index), 1e-6).astype(np.float32)
    return Clauses(index, mass, _marks(facts, [int(places[start]) for start in starts]))


def _marks(facts: Facts, places: list[int]) -> NDArray[np.bool_]:
    marks = np.zeros((len(places), len(MARKS)), dtype=np.bool_)

    def put(name: str, position: int) -> None:
        marks[max(bisect_right(places, position) - 1, 0), MARKS.index(name)] = True

    for cue in facts.cues:
        for name, kinds in _KINDS:
            if cue.modality in kinds:
                put(name, cue.span.start)
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(facts.folded):
            put(name, match.start())
    for quantity in facts.quantities:
        put("amount", quantity.span.start)
    for body in facts.bodies:
        put("body", body.span.start)
    return marks


def clause_features(view: View) -> dict[str, float]:
    """Numbers of new, dropped and answered clauses, and of the marks in which answered clauses differ; all near 0..1."""
    a, b = read_clauses(view.a), read_clauses(view.b)
    if not len(a.starts) or not len(b.starts):
        return {}
    similar = view.alignment.similar
    cover_a = _cover(similar, view.a.weight, a, b)
    cover_b = _cover(similar.T, view.b.weight, b, a).T
    both = 2 * cover_a * cover_b / np.maximum(cover_a + cover_b, 1e-6)
    found = {"count_a": float(len(a.starts)), "count_b": float(len(b.starts)), "best": float(both.max())}
    for side, mine, cover in (("a", a, cover_a.max(1)), ("b", b, cover_b.max(0))):
        new, answered = cover < NEW, cover >= ANSWERED
        total = float(mine.mass.sum())
        found |= {
            f"new_share_{side}": float(mine.mass[new].sum()) / total,
            f"new_mass_{side}": float(mine.mass[new].sum()) / MASS,
            f"answered_share_{side}": float(mine.mass[answered].sum()) / total,
            f"least_{side}": float(cover.min()),
            f"last_{side}": float(cover[-1]),
            f"spread_{side}": float(cover.max() - cover.min()),
        }
        found |= {
            f"new_{mark}_{side}": float((mine.mass * (1 - cover) * mine.marks[:, at])[new].sum()) / MASS
            for at, mark in enumerate(MARKS)
        }
    partner, strength = both.argmax(1), both.max(1)
    mine, theirs = a.marks, b.marks[partner]
    for at, mark in enumerate(MARKS):
        found[f"gains_{mark}"] = float((strength * (mine[:, at] & ~theirs[:, at])).max())
        found[f"loses_{mark}"] = float((strength * (~mine[:, at] & theirs[:, at])).max())
        found[f"keeps_{mark}"] = float((strength * (mine[:, at] & theirs[:, at])).max())
    exceptions = b.marks[:, MARKS.index("exception")]
    found["exception_answered"] = float((cover_b.max(0) * exceptions).max())
    return found


def _cover(
    similar: NDArray[np.float32], weight: NDArray[np.float32], mine: Clauses, other: Clauses
) -> NDArray[np.float32]:
    """The share of each of my clauses' content that stands in each clause of the other side (mine x other)."""
    best = np.maximum.reduceat(similar, other.starts, axis=1)
    sums = np.add.reduceat(best * weight[:, None], mine.starts, axis=0)
    return np.asarray(sums / mine.mass[:, None], dtype=np.float32)

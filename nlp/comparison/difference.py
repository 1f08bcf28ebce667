"""The difference of two texts word by word: what is replaced by what, what is put in, what is left out, and of which kind that is."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import numpy as np

from nlp.law.norm import Modality

if TYPE_CHECKING:
    from nlp.comparison.facts import Facts
    from nlp.comparison.view import View

MASS = 30.0  # idf mass of about five content words: keeps sums near one
RARE = 5.0  # idf from which a word names a thing
OPENING = 0.25  # share of a text that counts as its opening
_DENYING = frozenset({Modality.PROHIBITION, Modality.EXEMPTION})
KINDS = ("amount", "body", "command", "denial", "content")


def difference_features(view: View) -> dict[str, float]:
    """Numbers of the difference from B to A; words that only moved count as no difference."""
    a, b = view.a, view.b
    ours, theirs = [word.form for word in a.words], [word.form for word in b.words]
    if not ours or not theirs:
        return {}
    matcher = SequenceMatcher(None, theirs, ours, autojunk=False)
    new_a = _new(a, set(theirs))
    new_b = _new(b, set(ours))
    kinds_a, kinds_b = _kinds(a, new_a), _kinds(b, new_b)
    found = dict.fromkeys(
        [f"{change}_{kind}" for change in ("swap", "put", "left") for kind in KINDS]
        + ["swaps", "swap_both", "swap_opening", "swap_rare", "swap_mixed", "longest", "kept_a", "kept_b"],
        0.0,
    )
    pairs: Counter[tuple[str, str]] = Counter()
    kept = 0
    for tag, b1, b2, a1, a2 in matcher.get_opcodes():
        if tag == "equal":
            kept += a2 - a1
            found["longest"] = max(found["longest"], (a2 - a1) / min(len(ours), len(theirs)))
            continue
        mine, other = kinds_a[:, a1:a2].sum(1), kinds_b[:, b1:b2].sum(1)
        if mine.any() and other.any():
            found["swaps"] += 1
            for at, kind in enumerate(KINDS):
                found[f"swap_{kind}"] += float(min(mine[at], other[at]))
                found[f"put_{kind}"] += float(max(0.0, mine[at] - other[at]))
                found[f"left_{kind}"] += float(max(0.0, other[at] - mine[at]))
            content = float(min(mine[-1], other[-1]))
            found["swap_both"] = max(found["swap_both"], content)
            if a1 < OPENING * len(ours) and b1 < OPENING * len(theirs):
                found["swap_opening"] += content
            rare_a = [ours[i] for i in range(a1, a2) if new_a[i] >= RARE]
            rare_b = [theirs[j] for j in range(b1, b2) if new_b[j] >= RARE]
            found["swap_rare"] += float(bool(rare_a) and bool(rare_b))
            pairs.update({(x, y) for x in rare_a for y in rare_b})
        else:
            for at, kind in enumerate(KINDS):
                found[f"put_{kind}"] += float(mine[at])
                found[f"left_{kind}"] += float(other[at])
    found["kept_a"], found["kept_b"] = kept / len(ours), kept / len(theirs)
    found["swap_again"] = float(max(pairs.values(), default=0))
    fresh_a, fresh_b = (
        Counter(f for f, w in zip(ours, new_a, strict=True) if w),
        Counter(f for f, w in zip(theirs, new_b, strict=True) if w),
    )
    # a word that one text repeats and the other never says is its subject
    found["subject_a"] = float(max(fresh_a.values(), default=0))
    found["subject_b"] = float(max(fresh_b.values(), default=0))
    return found


def _new(facts: Facts, known: set[str]) -> np.ndarray:
    """The content weight of the words that the other text lacks, 0 for the others."""
    return np.array(
        [0.0 if word.form in known else w for word, w in zip(facts.words, facts.weight, strict=True)], dtype=np.float32
    )


def _kinds(facts: Facts, new: np.ndarray) -> np.ndarray:
    """Kinds x words: amounts, bodies, commands, denials as counts at their first word, content as weight of new words over MASS."""
    table = np.zeros((len(KINDS), len(facts.words)), dtype=np.float32)
    table[-1] = new / MASS
    starts = [word.start for word in facts.words]

    def put(kind: str, position: int) -> None:
        index = int(np.searchsorted(starts, position, side="right")) - 1
        table[KINDS.index(kind), max(index, 0)] = 1.0

    for quantity in facts.quantities:
        put("amount", quantity.span.start)
    for body in facts.bodies:
        put("body", body.span.start)
    for cue in facts.cues:
        put("denial" if cue.modality in _DENYING else "command", cue.span.start)
    return table

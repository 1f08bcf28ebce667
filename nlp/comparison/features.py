"""Named numbers of a pair for the scorer: likeness, amounts, polarity, wording, authorities, setting, and the strengths of the rules."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np

from nlp.comparison.align import MATCHED
from nlp.comparison.amounts import TIME, Standing
from nlp.comparison.difference import difference_features
from nlp.comparison.facts import FUNCTION_WORDS
from nlp.comparison.rules import RULES
from nlp.law.issuers import Body
from nlp.law.norm import Comparator, Modality
from nlp.law.territory import TerritoryLevel, TerritoryRelation
from nlp.text.segment import fold, folded_pattern

if TYPE_CHECKING:
    from nlp.comparison.facts import Facts
    from nlp.comparison.view import Hit, View

RARE = 5.0  # idf from which a word names a thing
OPENING, CLOSING = 6, 8  # content words at either end
MASS = 30.0  # idf mass of about five content words: keeps sums near one
_PHRASES = (
    "saving", "follows_law", "out_of_scope", "delegation", "exception", "condition", "universal", "amends", "boilerplate",
    "sanction", "definition", "dossier", "internal", "free", "addition",
)  # fmt: skip
UNRANKED = 15  # a place after the last rank of Điều 4: documents whose rank is not known
# how a text names the body that may issue what it delegates
_NAMED_AS = {
    Body.PEOPLE_COUNCIL: frozenset({"hdnd_tinh", "hdnd"}),
    Body.PEOPLE_COMMITTEE: frozenset({"ubnd_tinh", "ubnd", "ct_ubnd_tinh"}),
    Body.MINISTRY: frozenset({"bo", "bo_truong"}),
    Body.GOVERNMENT: frozenset({"chinh_phu"}),
}
_DELEGATES = frozenset(
    fold(verb) for verb in ("quy định", "quyết định", "ban hành", "ấn định", "phân cấp", "giao", "công bố")
)
_NEGATIONS = folded_pattern(r"(?<!\w)(?:không|chưa|chẳng|cấm|nghiêm cấm|miễn|khỏi|bỏ qua)(?!\w)")
_UPPER = frozenset({Comparator.AT_MOST, Comparator.LESS, Comparator.RANGE})
_LOWER = frozenset({Comparator.AT_LEAST, Comparator.MORE, Comparator.RANGE})
_CONFLICT = frozenset({Standing.ABOVE, Standing.BELOW, Standing.OTHER_KIND, Standing.OTHER_BOUND})
_SAME = frozenset({Standing.EQUAL, Standing.SAME_AMOUNT})

# which group a feature is shown under, by the part of its name before "."
GROUPS = ("likeness", "amounts", "polarity", "phrases", "bodies", "setting", "difference", "rule", "wording")


def features(view: View, hits: tuple[Hit, ...]) -> dict[str, float]:
    """All features of a pair by name; the same pair always gives the same names."""
    found: dict[str, float] = {}
    for group, values in (
        ("likeness", {**_likeness(view), **_sentences(view)}),
        ("amounts", _amounts(view)),
        ("polarity", _polarity(view)),
        ("phrases", _phrases(view)),
        ("bodies", _bodies(view)),
        ("setting", _setting(view)),
        ("difference", difference_features(view)),
        ("rule", _rules(hits)),
    ):
        found.update({f"{group}.{name}": float(value) for name, value in values.items()})
    return found


def edits(view: View) -> frozenset[str]:
    """The words of each side that the other lacks ("+w" in A, "-w" in B), and the word pairs in which one is ("+w_v", "-w_v")."""
    ours, theirs = ([word.form for word in facts.words] for facts in (view.a, view.b))
    return frozenset(_one_sided("+", ours, set(theirs)) | _one_sided("-", theirs, set(ours)))


def _one_sided(sign: str, forms: list[str], known: set[str]) -> set[str]:
    new = [form not in known for form in forms]
    found = {f"{sign}{form}" for form, fresh in zip(forms, new, strict=True) if fresh and not form[0].isdigit()}
    for index, form in enumerate(forms[:-1]):
        if (new[index] or new[index + 1]) and not form[0].isdigit():
            found.add(f"{sign}{form}_{forms[index + 1]}")
    return found


def _share(weight: np.ndarray, best: np.ndarray, empty: float = 0.0) -> float:
    total = float(weight.sum())
    return float((weight * best).sum()) / total if total else empty


def _likeness(view: View) -> dict[str, float]:
    a, b, al = view.a, view.b, view.alignment
    known_a, known_b = {w.form for w in a.words}, {w.form for w in b.words}
    in_b = np.array([w.form in known_b for w in a.words], dtype=np.float32)
    in_a = np.array([w.form in known_a for w in b.words], dtype=np.float32)
    rare_a, rare_b = a.weight * (a.weight > RARE), b.weight * (b.weight > RARE)
    open_a, open_b = np.flatnonzero(a.weight)[:OPENING], np.flatnonzero(b.weight)[:OPENING]
    close_a = np.flatnonzero(a.weight)[-CLOSING:]
    found = {
        "cover_a": al.a_cover,
        "cover_b": al.b_cover,
        "cover_min": min(al.a_cover, al.b_cover),
        "cover_max": max(al.a_cover, al.b_cover),
        "cover_gap": al.a_cover - al.b_cover,
        "length": math.log((1 + len(a.words)) / (1 + len(b.words))),
        "length_a": math.log(1 + len(a.words)),
        "length_b": math.log(1 + len(b.words)),
        "exact_a": _share(a.weight, in_b),
        "exact_b": _share(b.weight, in_a),
        "rare_a": _share(rare_a, al.a_best, 0.8),
        "rare_b": _share(rare_b, al.b_best, 0.8),
        "new_a": float((a.weight * (al.a_best < MATCHED)).sum()) / MASS,
        "new_b": float((b.weight * (al.b_best < MATCHED)).sum()) / MASS,
        "open_a": _share(a.weight[open_a], al.a_best[open_a], 0.5),
        "open_b": _share(b.weight[open_b], al.b_best[open_b], 0.5),
        "close_a": _share(a.weight[close_a], al.a_best[close_a], 0.5),
    }
    for size in (2, 3):
        ours, theirs = _grams(a, size), _grams(b, size)
        common = len(ours & theirs)
        found[f"grams{size}_a"] = common / max(1, len(ours))
        found[f"grams{size}_b"] = common / max(1, len(theirs))
    return found


def _grams(facts: Facts, size: int) -> set[tuple[str, ...]]:
    content = [word.form for word in facts.words if word.form not in FUNCTION_WORDS]
    return {tuple(content[i : i + size]) for i in range(len(content) - size + 1)}


def _sentences(view: View) -> dict[str, float]:
    a, al = view.a, view.alignment
    ours, theirs = al.a_sentence, al.b_sentence
    if not len(a.words) or not len(view.b.words):
        return {"sentences_a": len(ours), "sentences_b": len(theirs)}
    mass = np.bincount(a.sentence_of, weights=a.weight, minlength=len(ours))
    f1 = 2 * al.grid * al.grid_b / np.maximum(al.grid + al.grid_b, 1e-6)
    return {
        "sentences_a": len(ours),
        "sentences_b": len(theirs),
        "sentence_min_a": ours.min(),
        "sentence_max_a": ours.max(),
        "sentence_min_b": theirs.min(),
        "sentence_max_b": theirs.max(),
        "sentence_first_a": ours[0],
        "sentence_last_a": ours[-1],
        "new_sentences": mass[ours < 0.5].sum() / max(1e-6, mass.sum()),
        "grid_max_a": al.grid.max(),
        "grid_max_b": al.grid_b.max(),
        "grid_max": f1.max(),
        "grid_mean_a": al.grid.max(1).mean(),
        "grid_mean_b": al.grid_b.max(0).mean(),
    }


def _amounts(view: View) -> dict[str, float]:
    amounts = view.amounts
    found: dict[str, float] = {}
    for standing in Standing:
        contexts = [match.context for match in amounts.matches if match.standing is standing]
        found[standing.value] = sum(contexts)
        found[f"{standing.value}_max"] = max(contexts, default=0.0)
    conflicts = [match for match in amounts.matches if match.standing in _CONFLICT]
    hard = [
        match
        for match in conflicts
        if (match.standing is Standing.ABOVE and match.b.comparator in _UPPER)
        or (match.standing is Standing.BELOW and match.b.comparator in _LOWER)
    ]
    same = sum(match.standing in _SAME for match in amounts.matches)
    quantities_a, quantities_b = len(view.a.quantities), len(view.b.quantities)
    return {
        **found,
        "conflict": max((match.context for match in conflicts), default=0.0),
        "conflict_time": max((match.context for match in conflicts if match.a.dimension in TIME), default=0.0),
        "conflict_hard": max((match.context for match in hard), default=0.0),
        "conflicts": len(conflicts),
        "only_a": len(amounts.only_a),
        "only_b": len(amounts.only_b),
        "only_a_time": sum(quantity.dimension in TIME for quantity in amounts.only_a),
        "only_b_time": sum(quantity.dimension in TIME for quantity in amounts.only_b),
        "same_share_a": same / quantities_a if quantities_a else -0.5,
        "same_share_b": same / quantities_b if quantities_b else -0.5,
    }


def _polarity(view: View) -> dict[str, float]:
    a, b, al = view.a, view.b, view.alignment
    found = dict.fromkeys(("opposite", "opposite_mass", "denied_a", "denied_b", "opposite_b"), 0.0)
    if len(a.words) and len(b.words):
        matched = (al.a_best >= MATCHED) & (a.weight > 0)
        answer = view.b_denied[al.a_arg]
        opposite = matched & (view.a_denied != answer)
        back = (al.b_best >= MATCHED) & (b.weight > 0)
        back_opposite = back & (view.b_denied != view.a_denied[al.b_arg])
        found = {
            "opposite": float(a.weight[opposite].sum()) / max(1e-6, float(a.weight[matched].sum())),
            "opposite_mass": float(a.weight[opposite].sum()) / MASS,
            "denied_a": float(a.weight[matched & view.a_denied & ~answer].sum()) / MASS,
            "denied_b": float(a.weight[matched & ~view.a_denied & answer].sum()) / MASS,
            "opposite_b": float(b.weight[back_opposite].sum()) / max(1e-6, float(b.weight[back].sum())),
        }
    ours, theirs = len(_NEGATIONS.findall(a.folded)), len(_NEGATIONS.findall(b.folded))
    found |= {"negations_a": ours, "negations_b": theirs, "negations_gap": ours - theirs}
    for modality in Modality:
        mine = sum(cue.modality is modality for cue in a.cues)
        other = sum(cue.modality is modality for cue in b.cues)
        found[f"{modality.value}_a"] = mine
        found[f"{modality.value}_gap"] = (mine > 0) - (other > 0)
    return found


def _phrases(view: View) -> dict[str, float]:
    found: dict[str, float] = {}
    for group in _PHRASES:
        ours = {phrase.form for phrase in view.a.phrases_of(group)}
        theirs = {phrase.form for phrase in view.b.phrases_of(group)}
        found |= {f"{group}_a": len(ours), f"{group}_b": len(theirs)}
        found |= {f"{group}_new": len(ours - theirs), f"{group}_lost": len(theirs - ours)}
    return found


def _bodies(view: View) -> dict[str, float]:
    ids_a, ids_b = ({match.body.id for match in facts.bodies} for facts in (view.a, view.b))
    forms_a, forms_b = ({match.form for match in facts.bodies} for facts in (view.a, view.b))
    agree, conflict = 0.0, 0.0
    for mine in view.a_deciders:
        for other in view.b_deciders:
            if not mine.verbs & other.verbs:
                continue
            if mine.match.body.id == other.match.body.id:
                agree = 1.0
            else:
                conflict = max(conflict, 1 + abs(mine.match.body.tier - other.match.body.tier) / 10)
    return {
        "common": len(ids_a & ids_b),
        "new": len(ids_a - ids_b),
        "lost": len(ids_b - ids_a),
        "forms_new": len(forms_a - forms_b),
        "forms_lost": len(forms_b - forms_a),
        "decider_conflict": conflict * (0.3 if agree else 1.0),
        "decider_agree": agree,
        "decider_lost": len({d.match.body.id for d in view.b_deciders} - ids_a),
        "decider_new": len({d.match.body.id for d in view.a_deciders} - ids_b),
    }


def _setting(view: View) -> dict[str, float]:
    a, b = view.pair.a, view.pair.b
    local_a, local_b = (
        side.territory is not None and side.territory.level is not TerritoryLevel.NATION for side in (a, b)
    )
    found = {f"area_{relation.value}": view.territory is relation for relation in TerritoryRelation}
    return {
        **found,
        "local_a": local_a,
        "local_b": local_b,
        "same_document": bool(a.number) and a.number == b.number,
        "names_b": bool(b.number) and b.number in a.text,
        "rank_a": (a.rank or UNRANKED) / UNRANKED,
        "rank_b": (b.rank or UNRANKED) / UNRANKED,
        "rank_gap": ((a.rank or UNRANKED) - (b.rank or UNRANKED)) / UNRANKED,
        "same_issuer": a.issuer is not None and b.issuer is not None and a.issuer.id == b.issuer.id,
        "delegated": _delegated(view),
        "older_a": a.issued is not None and b.issued is not None and a.issued < b.issued,
        "articles_in_a": len(re.findall(r"điều \d+", view.a.folded)),
        "quotes": 'như sau: "' in view.a.folded or 'như sau:\n"' in view.a.folded,
    }


def _delegated(view: View) -> float:
    """Whether B leaves a matter to the body that issued A ("do Hội đồng nhân dân cấp tỉnh quyết định"): 1, or 0.5 where B only names it."""
    issuer = view.pair.a.issuer
    if issuer is None or issuer.body not in _NAMED_AS:
        return 0.0
    names = _NAMED_AS[issuer.body]
    if any(decider.verbs & _DELEGATES and decider.match.body.id in names for decider in view.b_deciders):
        return 1.0
    return 0.5 if any(match.body.id in names for match in view.b.bodies) else 0.0


def _rules(hits: tuple[Hit, ...]) -> dict[str, float]:
    strength = {hit.rule: hit.strength for hit in hits}
    return {rule.code: strength.get(rule.code, 0.0) for rule in RULES}

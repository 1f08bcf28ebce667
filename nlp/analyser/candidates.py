"""Which pairs of provisions are worth judging, and why the others are not: blocking with an account."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.law.territory import TerritoryRelation, relate

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from nlp.analyser.corpus import CorpusProvision
    from nlp.retrieval.vectors import Ranking
    from nlp.settings import RetrievalSettings


# How much shared words count beside the cosine when counterparts are ranked; cosines of one topic lie within 0.1 of each other.
LEXICAL_SHARE = 0.5
# One side may have a still nearer counterpart: a table row and the clause that it repeats answer the same rule.
SECOND_BEST = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair to be judged: positions in the corpus, `left < right`; `cosine` and `lexical` (BM25 relative to the text itself, 0..1) where known."""

    left: int
    right: int
    cosine: float | None
    lexical: float | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """The pairs to be judged, ordered by position, what was left out by reason, and how many pairs fell beyond the limit of neighbours."""

    pairs: tuple[Candidate, ...]
    skipped: Mapping[str, int]
    truncated: int


def not_compared(unit: CorpusProvision, settings: RetrievalSettings) -> str:
    """Why a unit is never compared ("amending", "too_short"), "" when it is."""
    if unit.skip:
        return unit.skip
    return "too_short" if len(unit.side.text.split()) < settings.min_syllables else ""


def choose(
    units: Sequence[CorpusProvision],
    rankings: Iterable[tuple[int, Ranking, Ranking]],
    as_of: dt.date,
    settings: RetrievalSettings,
    cited: Mapping[int, frozenset[int]] | None = None,
) -> Candidates:
    """The pairs among `rankings`: (position, dense neighbours, lexical neighbours), keys are positions.

    The two rankings are fused by reciprocal ranks after pairs that cannot conflict were taken out, so a text's places among its `neighbours`
    are not used up by other provinces' copies. A pair of which one cites the other (`cited`, both ways) is judged however near it is: who wrote the
    citation said that both are about one matter.
    """
    linked = {} if cited is None else cited
    found: dict[tuple[int, int], tuple[float | None, float | None]] = {}
    skipped: Counter[str] = Counter()
    seen: set[tuple[int, int]] = set()
    truncated = 0
    for position, dense, lexical in rankings:
        scores: dict[int, float] = {}
        cosines = dict(zip(dense.keys.tolist(), dense.scores.tolist(), strict=True))
        own = max(
            (s for k, s in zip(lexical.keys.tolist(), lexical.scores.tolist(), strict=True) if k == position),
            default=0.0,
        )
        words = {
            k: min(s / own, 1.0) if own else 0.0
            for k, s in zip(lexical.keys.tolist(), lexical.scores.tolist(), strict=True)
        }
        for ranked, weight in ((cosines, settings.dense_weight), (words, settings.lexical_weight)):
            rank = 0
            for other in ranked:
                pair = (min(position, other), max(position, other))
                reason = "" if other == position else cannot_conflict(units[position], units[other], as_of)
                if other == position or reason:
                    if reason and pair not in seen:
                        skipped[reason] += 1
                        seen.add(pair)
                    continue
                rank += 1
                scores[other] = scores.get(other, 0.0) + weight / (settings.rrf_k + rank)
        best = sorted(scores, key=lambda other: (-scores[other], other))
        kept = dict.fromkeys([*best[: settings.neighbours], *(o for o in best if o in linked.get(position, ()))])
        truncated += len(best) - len(kept)
        for other in kept:
            pair = (min(position, other), max(position, other))
            before = found.get(pair, (None, None))
            found[pair] = (_known(before[0], cosines.get(other)), _known(before[1], words.get(other)))
    pairs = [Candidate(left, right, *found[left, right]) for left, right in sorted(found)]
    counterparts = _counterparts(units, pairs, settings, linked)
    skipped["no_counterpart"] += len(pairs) - len(counterparts)
    return Candidates(tuple(counterparts), skipped, truncated)


def _counterparts(
    units: Sequence[CorpusProvision],
    pairs: Sequence[Candidate],
    settings: RetrievalSettings,
    cited: Mapping[int, frozenset[int]],
) -> list[Candidate]:
    """The pairs that are about the same matter: each is (nearly) the other's nearest in the other's document, and they share enough words, or cited.

    Neighbours in one document are many, counterparts few: a rule of a province answers one rule of the decree, not all that speak of land. Without
    this alignment a judge of pairs, trained on pairs about one matter, is asked about pairs it was never made for.
    """
    nearest: dict[tuple[int, str], list[tuple[float, int]]] = {}
    for pair in pairs:
        likeness = (pair.cosine or 0.0) + LEXICAL_SHARE * (pair.lexical or 0.0)
        for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
            nearest.setdefault((one, units[other].side.document or units[other].file), []).append((-likeness, other))
    for row in nearest.values():
        row.sort()

    def place(one: int, other: int) -> int:
        row = nearest[one, units[other].side.document or units[other].file]
        return next(rank for rank, (_, candidate) in enumerate(row, start=1) if candidate == other)

    def same_matter(pair: Candidate) -> bool:
        places = sorted((place(pair.left, pair.right), place(pair.right, pair.left)))
        return (pair.lexical or 0.0) >= settings.min_shared_words and places[0] == 1 and places[1] <= SECOND_BEST

    return [pair for pair in pairs if pair.right in cited.get(pair.left, ()) or same_matter(pair)]


def _known(before: float | None, now: float | None) -> float | None:
    return now if before is None else before if now is None else max(before, now)


def cannot_conflict(a: CorpusProvision, b: CorpusProvision, as_of: dt.date) -> str:
    """Why two units cannot conflict whatever they say, "" when they can: other places, or pieces of one list."""
    same_document = bool(a.side.document) and a.side.document == b.side.document
    if same_document and _article(a.side.path) == _article(b.side.path):
        return "same_article"
    if not same_document and relate(a.side.territory, b.side.territory, as_of) is TerritoryRelation.DISJOINT:
        return "disjoint_territory"
    ours, theirs = _addressees(a.side.text), _addressees(b.side.text)
    return "different_addressee" if ours and theirs and not ours & theirs else ""


# Persons and organisations are never each other: sanctions and duties are set for each apart (Điều 4 Luật Xử lý vi phạm hành chính).
_ADDRESSEE = re.compile(
    r"đối với (?:các |mọi )?(cá nhân|tổ chức)\b(?!,? (?:và |hoặc )?(?:các )?(?:cá nhân|tổ chức))", re.IGNORECASE
)


def _addressees(text: str) -> frozenset[str]:
    return frozenset(match[1].lower() for match in _ADDRESSEE.finditer(text))


def _article(path: str) -> str:
    """The article (or the table) that a path lies in."""
    head, separator, _ = path.partition("/cl_")
    return head if separator else path.partition("/pt_")[0].partition("/row_")[0]

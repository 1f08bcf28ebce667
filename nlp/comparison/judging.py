"""The judgement of a pair: rules, score, precedence, handling, explanation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nlp.comparison.explain import explain, sentence
from nlp.comparison.features import GROUPS, edits, features
from nlp.comparison.precedence import decide
from nlp.comparison.rules import BY_CODE, check_all
from nlp.comparison.scoring import RELATIONS, WORDING, Model, Score
from nlp.comparison.view import View, see
from nlp.comparison.wordspace import WordSpace
from nlp.errors import Language, ResourceError
from nlp.law.finding import Judgement, ProvisionPair, Relation, Signal
from nlp.law.territory import TerritoryRelation
from nlp.settings import ComparisonSettings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nlp.comparison.view import Hit
    from nlp.law.finding import ConflictType
    from nlp.law.span import Span

MODEL_FOLDER = Path(__file__).resolve().parents[2] / "models" / "pair-scorer"
_APART = frozenset({TerritoryRelation.DISJOINT, TerritoryRelation.MERGED})
_GROUP_NOTES = {
    "likeness": ("Mức độ giống nhau của nội dung.", "How alike the contents are."),
    "amounts": ("Các con số, thời hạn được so khớp.", "The matched numbers and time limits."),
    "polarity": ("Từ chỉ mệnh lệnh và phủ định.", "Words of command and denial."),
    "phrases": (
        "Cụm từ dẫn chiếu, loại trừ, điều kiện, giao quy định.",
        "Phrases of reference, exception, condition, delegation.",
    ),
    "bodies": ("Cơ quan, người có thẩm quyền được nêu.", "The authorities named."),
    "setting": ("Địa bàn, ngày ban hành, loại văn bản.", "Area, day of issue, kind of document."),
    "wording": ("Từ ngữ chỉ có ở một bên: {detail}.", "Words on one side only: {detail}."),
}


@dataclass(frozen=True)
class Scorer:
    """The word space and the fitted model that judging needs; loaded once."""

    space: WordSpace
    model: Model

    @classmethod
    def load(cls, folder: Path) -> Scorer:
        """The scorer of a model folder; raises ResourceError where a file is missing."""
        try:
            return cls(WordSpace.load(folder), Model.load(folder))
        except FileNotFoundError as error:
            raise ResourceError(
                "pair_scorer_missing",
                where=str(error.filename),
                what="Không có mô hình so sánh cặp quy định.",
                remedy="Chạy lại bước cài đặt hoặc huấn luyện: python -m nlp.training.pairs.",
                what_en="The pair scorer is missing.",
                remedy_en="Install again or train it: python -m nlp.training.pairs.",
            ) from error


@lru_cache(maxsize=2)
def shipped_scorer(folder: Path = MODEL_FOLDER) -> Scorer:
    """The scorer in `models/pair-scorer` of this project."""
    return Scorer.load(folder)


def judge(
    pair: ProvisionPair,
    settings: ComparisonSettings | None = None,
    *,
    scorer: Scorer | None = None,
    language: Language = Language.VI,
) -> Judgement:
    """What comparison says of one pair; the same pair and scorer always give the same judgement.

    Pairs in areas that never meet are no contradiction: that probability goes to "consistent" (and handling says what the new unit should do).
    Evidence and signal spans are over the texts of the two sides. Raises ResourceError when the shipped model is missing.
    """
    scorer = scorer or shipped_scorer()
    settings = settings or ComparisonSettings()
    view = see(pair, scorer.space)
    hits = check_all(view)
    words = edits(view)
    score = scorer.model.score(features(view, hits), words)
    probabilities = _probabilities(score, view)
    relation = max(probabilities, key=lambda item: (item[1], -RELATIONS.index(item[0])))[0]
    chance = dict(probabilities)
    found = (
        Relation.CONTRADICTION
        if view.territory is TerritoryRelation.MERGED and score.probabilities[0] >= 0.5
        else relation
    )
    conflict_type = _conflict_type(hits, score) if found is Relation.CONTRADICTION else None
    evidence = _evidence(view, hits, found)
    ruling = decide(pair, found)
    signals = _signals(view, hits, score, scorer.model, words, language)
    reason = _reason(hits, found, pair, language)
    abstained = relation is not Relation.CONTRADICTION and scorer.model.threshold <= chance[Relation.CONTRADICTION]
    notes = (reason,) if reason else ()
    told = Relation.DIVERGENT if found is not relation else found  # areas of one merged unit: no contradiction in law
    text = explain(pair, told, conflict_type, *evidence, notes, ruling, abstained=abstained, language=language)
    return Judgement(
        relation, conflict_type if relation is Relation.CONTRADICTION else None, probabilities, *evidence, signals,
        ruling.prevailing, ruling.handling, ruling.handling_text_en if language is Language.EN else ruling.handling_text,
        ruling.grounds, text, abstained,
    )  # fmt: skip


def judge_all(
    pairs: Iterable[ProvisionPair], settings: ComparisonSettings | None = None, *, scorer: Scorer | None = None
) -> tuple[Judgement, ...]:
    """The judgements of many pairs in their order; texts that come again are read once."""
    scorer = scorer or shipped_scorer()
    return tuple(judge(pair, settings, scorer=scorer) for pair in pairs)


def _probabilities(score: Score, view: View) -> tuple[tuple[Relation, float], ...]:
    shares = [float(share) for share in score.probabilities]
    if view.territory in _APART:
        shares[RELATIONS.index(Relation.CONSISTENT)] += shares[0]
        shares[0] = 0.0
    total = sum(shares)
    return tuple((relation, share / total) for relation, share in zip(RELATIONS, shares, strict=True))


def _conflict_type(hits: tuple[Hit, ...], score: Score) -> ConflictType:
    """The fitted type: the rules' strengths are among its features."""
    del hits
    return score.conflict_type


def _evidence(view: View, hits: tuple[Hit, ...], relation: Relation) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The words the judgement rests on: of the clearest rule that speaks for it, else the best aligned sentences."""
    wanted = [
        hit
        for hit in hits
        if hit.a and hit.b and BY_CODE[hit.rule].exonerates is (relation is not Relation.CONTRADICTION)
    ]
    best = max(wanted, key=lambda hit: hit.strength, default=None)
    if best is not None:
        return best.a, best.b
    grid = view.alignment.grid + view.alignment.grid_b
    if not view.a.sentences or not view.b.sentences:
        return (), ()
    i, j = np.unravel_index(int(grid.argmax()), grid.shape)
    return (view.a.sentences[int(i)],), (view.b.sentences[int(j)],)


def _reason(hits: tuple[Hit, ...], relation: Relation, pair: ProvisionPair, language: Language) -> str:
    accusing = relation is Relation.CONTRADICTION
    fitting = [hit for hit in hits if BY_CODE[hit.rule].exonerates is not accusing]
    best = max(fitting, key=lambda hit: hit.strength, default=None)
    return sentence(best, pair.a.text, pair.b.text, language) if best is not None else ""


def _signals(
    view: View, hits: tuple[Hit, ...], score: Score, model: Model, words: frozenset[str], language: Language
) -> tuple[Signal, ...]:
    """One signal per rule that fired and per group of other features, heaviest first.

    A weight is what it adds to the score of contradiction over the mean of the other relations.
    """
    margin = score.parts[0] - score.parts[1:].mean(0)
    fired = {hit.rule: hit for hit in hits}
    sums: dict[str, float] = {}
    for name, weight in zip(model.names, margin, strict=True):
        group = WORDING if name.startswith(WORDING) else name.split(".", 1)[0]
        rule = name.split(".", 1)[1] if group == "rule" else ""
        key = rule if rule in fired else ("likeness" if group == "rule" else group)
        sums[key] = sums.get(key, 0.0) + float(weight)
    signals: list[Signal] = []
    for key, weight in sums.items():
        hit = fired.get(key)
        if hit is not None:
            note = sentence(hit, view.a.text, view.b.text, language)
            signals.append(Signal(key, round(weight, 3), note, hit.a, hit.b, hit.conflict_type))
        else:
            detail = ", ".join(f"“{edit[1:].replace('_', ' ')}”" for edit in model.telling_edits(words)) or "-"
            note = _GROUP_NOTES[key][language is Language.EN].replace("{detail}", detail)
            signals.append(Signal(key, round(weight, 3), note))
    return tuple(sorted(signals, key=lambda signal: (-abs(signal.weight), signal.rule)))


assert set(_GROUP_NOTES) | {"rule"} == set(GROUPS), "every feature group has a note"

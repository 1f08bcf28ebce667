"""The judgement of a pair: rules, score, precedence, handling, explanation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from nlp.comparison.canonical import as_printed, canonical
from nlp.comparison.explain import explain, sentence
from nlp.comparison.features import GROUPS, edits, features
from nlp.comparison.legible import legible
from nlp.comparison.orient import orient, turned
from nlp.comparison.precedence import decide
from nlp.comparison.rules import BY_CODE, check_all
from nlp.comparison.scoring import RELATIONS, WORDING, Model, Score
from nlp.comparison.tokens import PairReader
from nlp.comparison.view import View, see
from nlp.comparison.wordspace import WordSpace
from nlp.errors import Language, ResourceError
from nlp.law.finding import Judgement, ProvisionPair, Relation, Signal
from nlp.law.territory import TerritoryRelation
from nlp.shipped import models_folder
from nlp.text.normalise import one_spelling

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from nlp.comparison.facts import Facts
    from nlp.comparison.view import Hit
    from nlp.law.finding import ConflictType
    from nlp.law.span import Span
    from nlp.settings import ComparisonSettings

SCORER, READER = "pair-scorer", "pair-reader"  # folders under models/
_APART = frozenset({TerritoryRelation.DISJOINT, TerritoryRelation.MERGED})
MIN_COMMON = 2  # content words that both sides must share before one can contradict the other
CLAIMED = 0.5  # a contradiction (or divergent rules of two areas of one merged unit) is told only where it is more likely than all else together
SHORT, WIDEST = 25, 90  # characters: evidence below the first is widened by at most the second on each side
# which rules explain which relation
_FITTING = {
    Relation.DUPLICATE: frozenset({"same_content"}),
    Relation.OVERLAP: frozenset({"same_content", "implementing_detail", "condition_added"}),
    Relation.UNRELATED: frozenset({"different_subject"}),
    Relation.CONSISTENT: frozenset(
        {
            "saving_clause", "delegated_range", "implementing_detail", "different_subject", "disjoint_territory",
            "disjoint_time", "quoted_amendment", "same_content", "boilerplate",
        }
    ),
}  # fmt: skip
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
    "difference": ("Từ ngữ bị thay, thêm, bớt.", "Words replaced, added, left out."),
    "wording": ("Từ ngữ chỉ có ở một bên: {detail}.", "Words on one side only: {detail}."),
}
READING = "reading"  # the signal of the pair reader
_READING_NOTE = (
    "Mô hình đọc hai quy định cạnh nhau (một tín hiệu, không đủ để kết luận).",
    "The model that reads both provisions side by side (one signal, never enough alone).",
)


@dataclass(frozen=True)
class Scorer:
    """The word space, the fitted model and the pair reader that judging needs; loaded once. Without a reader features and rules judge alone."""

    space: WordSpace
    model: Model
    reader: PairReader | None = None

    def score(self, view: View, hits: tuple[Hit, ...], words: frozenset[str]) -> Score:
        """The score of a pair; one whose texts have nothing in common is not worth reading."""
        worth = self.reader is not None and view.alignment.common >= MIN_COMMON
        read = self.reader.scores([legible(view)])[0] if self.reader is not None and worth else None
        return self.model.score(features(view, hits), words, read)

    @classmethod
    def load(cls, folder: Path, reader: Path | None = None) -> Scorer:
        """The scorer of a model folder and the reader of another; raises ResourceError where a file is missing."""
        try:
            return cls(WordSpace.load(folder), Model.load(folder), PairReader.load(reader) if reader else None)
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
def shipped_scorer(folder: Path | None = None) -> Scorer:
    """The shipped scorer with its reader, or the scorer of a folder alone."""
    if folder is not None:
        return Scorer.load(folder)
    return Scorer.load(models_folder() / SCORER, models_folder() / READER)


def judge(
    pair: ProvisionPair,
    settings: ComparisonSettings | None = None,
    *,
    scorer: Scorer | None = None,
    language: Language = Language.VI,
) -> Judgement:
    """What comparison says of one pair; the same pair and scorer always give the same judgement.

    The order of the sides changes nothing but which letter is which: rank and dates decide the reading order, and where they do not tell, both
    readings are averaged.

    Pairs in areas that never meet are no contradiction: that probability goes to "consistent" (and handling says what the new unit should do).
    Evidence and signal spans are over the texts of the two sides. Raises ResourceError when the shipped model is missing.
    """
    del settings  # thresholds of reporting belong to the analyser; judging has none but the fitted one
    scorer = scorer or shipped_scorer()
    printed = canonical(pair)
    pair = printed.pair
    oriented = orient(pair)
    view = see(oriented.pair, scorer.space)
    hits = check_all(view)
    words = edits(view)
    score = scorer.score(view, hits, words)
    shares = score.probabilities
    if not oriented.certain:
        shares = np.asarray((shares + _shares(turned(oriented.pair), scorer)) / 2, np.float32)
    probabilities = _probabilities(shares, view)
    relation = _likeliest(probabilities)
    diverges = view.territory is TerritoryRelation.MERGED and float(shares[0]) >= CLAIMED
    found = Relation.CONTRADICTION if diverges else relation
    conflict_type = score.conflict_type if found is Relation.CONTRADICTION else None
    leading = _leading(hits, found, conflict_type)
    evidence = _evidence(view, leading)
    ruling = decide(pair, found)
    abstained = (
        found is not Relation.CONTRADICTION and scorer.model.threshold <= dict(probabilities)[Relation.CONTRADICTION]
    )
    notes: tuple[str, ...] = ()
    if leading is not None:
        notes = (sentence(leading, view.a.text, view.b.text, language, swapped=oriented.swapped),)
    signals = _signals(view, hits, score, scorer.model, words, language, swapped=oriented.swapped)
    if oriented.swapped:
        evidence = (evidence[1], evidence[0])
        signals = tuple(replace(signal, a=signal.b, b=signal.a) for signal in signals)
    told = Relation.DIVERGENT if diverges else found  # areas of one merged unit: no contradiction in law
    text = explain(pair, told, conflict_type, *evidence, notes, ruling, abstained=abstained, language=language)
    judged = Judgement(
        relation, conflict_type if relation is Relation.CONTRADICTION else None, probabilities, *evidence, signals,
        ruling.prevailing, ruling.handling, ruling.handling_text_en if language is Language.EN else ruling.handling_text,
        ruling.grounds, text, abstained,
    )  # fmt: skip
    return as_printed(judged, printed)


def judge_all(
    pairs: Iterable[ProvisionPair], settings: ComparisonSettings | None = None, *, scorer: Scorer | None = None
) -> tuple[Judgement, ...]:
    """The judgements of many pairs in their order; texts that come again are read once."""
    scorer = scorer or shipped_scorer()
    return tuple(judge(pair, settings, scorer=scorer) for pair in pairs)


def _shares(pair: ProvisionPair, scorer: Scorer) -> NDArray[np.float32]:
    view = see(pair, scorer.space)
    return scorer.score(view, check_all(view), edits(view)).probabilities


def _probabilities(shares: NDArray[np.float32], view: View) -> tuple[tuple[Relation, float], ...]:
    values = [float(share) for share in shares]
    if view.territory in _APART:
        values[RELATIONS.index(Relation.CONSISTENT)] += values[0]
        values[0] = 0.0
    if view.alignment.common < MIN_COMMON:  # no alignment, no contradiction
        values[RELATIONS.index(Relation.UNRELATED)] += values[0]
        values[0] = 0.0
    total = sum(values)
    return tuple((relation, value / total) for relation, value in zip(RELATIONS, values, strict=True))


def _likeliest(probabilities: tuple[tuple[Relation, float], ...]) -> Relation:
    """The relation to tell; a contradiction that is not claimed leaves the likeliest of the others (and the pair to a reviewer)."""
    open_ = [item for item in probabilities if item[0] is not Relation.CONTRADICTION or item[1] >= CLAIMED]
    return max(open_, key=lambda item: (item[1], -RELATIONS.index(item[0])))[0]


def _leading(hits: tuple[Hit, ...], relation: Relation, conflict_type: ConflictType | None) -> Hit | None:
    """The hit that tells why: for a contradiction the clearest accusing one, of its type where there is one; else the clearest of the rules that fit."""
    if relation is Relation.CONTRADICTION:
        fitting = [hit for hit in hits if not BY_CODE[hit.rule].exonerates]
        fitting = [hit for hit in fitting if hit.conflict_type is conflict_type] or fitting
    else:
        fitting = [hit for hit in hits if hit.rule in _FITTING.get(relation, frozenset())]
    return max(fitting, key=lambda hit: hit.strength, default=None)


def _evidence(view: View, leading: Hit | None) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The words the judgement rests on: of the leading rule, numbers with their clause, else the best aligned sentences."""
    if not view.a.sentences or not view.b.sentences:
        return (), ()
    if leading is not None and leading.a and leading.b:
        return (
            tuple(_readable(span, view.a, view.sentence_of_a(span.start)) for span in leading.a),
            tuple(_readable(span, view.b, view.sentence_of_b(span.start)) for span in leading.b),
        )
    grid = view.alignment.grid + view.alignment.grid_b
    i, j = np.unravel_index(int(grid.argmax()), grid.shape)
    return (view.a.sentences[int(i)],), (view.b.sentences[int(j)],)


def _readable(span: Span, facts: Facts, sentence_span: Span) -> Span:
    """A short span widened to the clause around it, inside its sentence: a bare number tells a reader nothing."""
    if len(span) >= SHORT:
        return span
    text = facts.text
    start = max(
        sentence_span.start, text.rfind(",", sentence_span.start, max(sentence_span.start, span.start - 12)) + 1
    )
    comma = text.find(",", span.end + 1, sentence_span.end)
    end = comma if comma > 0 else sentence_span.end
    start, end = max(start, span.start - WIDEST), min(max(end, span.end), span.end + WIDEST)
    while start > sentence_span.start and text[start - 1].isalnum():
        start -= 1
    while end < sentence_span.end and text[end].isalnum():
        end += 1
    piece = text[start:end]
    return type(span)(start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip())))


def _signals(
    view: View,
    hits: tuple[Hit, ...],
    score: Score,
    model: Model,
    words: frozenset[str],
    language: Language,
    *,
    swapped: bool,
) -> tuple[Signal, ...]:
    """One signal per rule that fired, per group of other features and of the pair reader, heaviest first.

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
            note = sentence(hit, view.a.text, view.b.text, language, swapped=swapped)
            signals.append(Signal(key, round(weight, 3), note, hit.a, hit.b, hit.conflict_type))
        else:
            detail = (
                ", ".join(f"“{one_spelling(edit[1:].replace('_', ' '))}”" for edit in model.telling_edits(words)) or "-"
            )
            note = _GROUP_NOTES[key][language is Language.EN].replace("{detail}", detail)
            signals.append(Signal(key, round(weight, 3), note))
    if score.reading is not None:
        weight = float(score.reading[0] - score.reading[1:].mean())
        signals.append(Signal(READING, round(weight, 3), _READING_NOTE[language is Language.EN]))
    return tuple(sorted(signals, key=lambda signal: (-abs(signal.weight), signal.rule)))


assert set(_GROUP_NOTES) | {"rule"} == set(GROUPS), "every feature group has a note"

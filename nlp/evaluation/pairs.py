"""Quality of judging on labelled pairs: what `rasoat eval pairs` prints."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nlp.comparison import judge
from nlp.comparison.records import LabelledPair, read_labelled
from nlp.errors import InputError
from nlp.law.finding import Judgement, Relation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

RELATIONS = (Relation.CONTRADICTION, Relation.DUPLICATE, Relation.OVERLAP, Relation.CONSISTENT, Relation.UNRELATED)
BOOTSTRAPS = 1_000
PRECISION_GOAL = 0.9
BINS = 10
WORST = 10


@dataclass(frozen=True, slots=True)
class Share:
    """A counted share: `hits` of `total`."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """The share, 0 when nothing was counted."""
        return self.hits / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class RelationScore:
    """Precision and recall of one relation."""

    relation: Relation
    precision: Share
    recall: Share

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision.total + self.recall.total
        return 2 * self.recall.hits / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Bin:
    """One row of the reliability table: pairs whose probability of contradiction lies in [low, low + 0.1)."""

    low: float
    pairs: int
    mean: float
    observed: float


@dataclass(frozen=True, slots=True)
class PairError:
    """A pair that was judged wrong, with the probability of the wrong relation and its heaviest signals."""

    id: str
    label: Relation
    judged: Relation
    probability: float
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairReport:
    """Everything measured on one file. Intervals are 95 % bootstrap percentiles over pairs (seed 0)."""

    pairs: int
    macro_f1: float
    macro_interval: tuple[float, float]
    contradiction_f1: float
    contradiction_interval: tuple[float, float]
    relations: tuple[RelationScore, ...]
    types: tuple[tuple[str, Share, Share], ...]  # type, found as contradiction, and also with the right type
    recall_at_precision: float
    threshold_at_precision: float | None  # probability that reaches PRECISION_GOAL, None when none does
    brier: float
    reliability: tuple[Bin, ...]
    traps: tuple[tuple[str, Share], ...]  # trap of a pair that is no contradiction, how often it was called one
    abstained: int
    worst: tuple[PairError, ...]


def read_labelled_lines(lines: Iterable[str], name: str) -> tuple[LabelledPair, ...]:
    """The labelled pairs of a JSONL file, in order; raises InputError naming file and line for a line that is none."""
    found: list[LabelledPair] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            found.append(read_labelled(record, f"{name}:{number}"))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                "bad_labelled_pair",
                where=f"{name}:{number}",
                what=f"Không đọc được cặp có nhãn ({error}).",
                remedy="Mỗi dòng cần a, b và relation là một trong năm quan hệ.",
                what_en=f"Not a labelled pair ({error}).",
                remedy_en="Each line needs a, b and relation, one of the five relations.",
            ) from error
    return tuple(found)


def evaluate(pairs: tuple[LabelledPair, ...], judged: Callable[[LabelledPair], Judgement] | None = None) -> PairReport:
    """The report on labelled pairs; `judged` replaces the shipped judge (baselines, ablations)."""
    verdicts = [(judged or _shipped)(pair) for pair in pairs]
    labels = np.array([RELATIONS.index(pair.relation) for pair in pairs])
    guesses = np.array([_five(verdict.relation) for verdict in verdicts])
    chance = np.array([verdict.probability(Relation.CONTRADICTION) for verdict in verdicts])
    truth = labels == 0
    macro, contradiction = macro_f1(labels, guesses), f1_of(labels, guesses, 0)
    recall, threshold = recall_at(truth, chance, PRECISION_GOAL)
    return PairReport(
        len(pairs),
        macro,
        _interval(lambda rows: macro_f1(labels[rows], guesses[rows]), len(pairs)),
        contradiction,
        _interval(lambda rows: f1_of(labels[rows], guesses[rows], 0), len(pairs)),
        tuple(_relation(labels, guesses, index) for index in range(len(RELATIONS))),
        _types(pairs, verdicts),
        recall,
        threshold,
        float(((chance - truth) ** 2).mean()),
        _bins(truth, chance),
        _traps(pairs, guesses),
        sum(verdict.abstained for verdict in verdicts),
        _worst(pairs, verdicts),
    )


def _shipped(pair: LabelledPair) -> Judgement:
    return judge(pair.pair)


def _five(relation: Relation) -> int:
    return RELATIONS.index(relation if relation in RELATIONS else Relation.CONSISTENT)


def f1_of(labels: NDArray[np.int64], guesses: NDArray[np.int64], label: int) -> float:
    """F1 of one label, 0 where it neither occurs nor is guessed."""
    hits = int(((labels == label) & (guesses == label)).sum())
    both = int((labels == label).sum() + (guesses == label).sum())
    return 2 * hits / both if both else 0.0


def macro_f1(labels: NDArray[np.int64], guesses: NDArray[np.int64]) -> float:
    """The mean F1 over the five relations."""
    return float(np.mean([f1_of(labels, guesses, label) for label in range(len(RELATIONS))]))


def recall_at(truth: NDArray[np.bool_], chance: NDArray[np.float64], precision: float) -> tuple[float, float | None]:
    """The largest recall among thresholds whose precision is at least `precision`, and that threshold; (0, None) where there is none."""
    best: tuple[float, float | None] = (0.0, None)
    for threshold in sorted(set(chance.tolist()), reverse=True):
        taken = chance >= threshold
        hits = int((taken & truth).sum())
        if hits / int(taken.sum()) >= precision and hits / max(1, int(truth.sum())) > best[0]:
            best = (hits / max(1, int(truth.sum())), threshold)
    return best


def _interval(measure: Callable[[NDArray[np.int64]], float], count: int) -> tuple[float, float]:
    draws = np.random.default_rng(0)
    values = [measure(draws.integers(0, count, count)) for _ in range(BOOTSTRAPS)]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def _relation(labels: NDArray[np.int64], guesses: NDArray[np.int64], index: int) -> RelationScore:
    hits = int(((labels == index) & (guesses == index)).sum())
    return RelationScore(
        RELATIONS[index], Share(hits, int((guesses == index).sum())), Share(hits, int((labels == index).sum()))
    )


def _types(pairs: tuple[LabelledPair, ...], verdicts: list[Judgement]) -> tuple[tuple[str, Share, Share], ...]:
    rows: list[tuple[str, Share, Share]] = []
    for kind in sorted({pair.conflict_type for pair in pairs if pair.conflict_type is not None}):
        chosen = [v for p, v in zip(pairs, verdicts, strict=True) if p.conflict_type is kind]
        found = [verdict for verdict in chosen if verdict.relation is Relation.CONTRADICTION]
        right = sum(verdict.conflict_type is kind for verdict in found)
        rows.append((str(kind), Share(len(found), len(chosen)), Share(right, len(found))))
    return tuple(rows)


def _bins(truth: NDArray[np.bool_], chance: NDArray[np.float64]) -> tuple[Bin, ...]:
    index = np.minimum((chance * BINS).astype(int), BINS - 1)
    return tuple(
        Bin(i / BINS, int(rows.sum()), float(chance[rows].mean()), float(truth[rows].mean()))
        for i in range(BINS)
        if (rows := index == i).any()
    )


def _traps(pairs: tuple[LabelledPair, ...], guesses: NDArray[np.int64]) -> tuple[tuple[str, Share], ...]:
    names = sorted({pair.trap for pair in pairs if pair.trap and pair.relation is not Relation.CONTRADICTION})
    rows = [(name, [g for p, g in zip(pairs, guesses, strict=True) if _trapped(p, name)]) for name in names]
    return tuple((name, Share(sum(g == 0 for g in chosen), len(chosen))) for name, chosen in rows)


def _trapped(pair: LabelledPair, name: str) -> bool:
    return pair.trap == name and pair.relation is not Relation.CONTRADICTION


def _worst(pairs: tuple[LabelledPair, ...], verdicts: list[Judgement]) -> tuple[PairError, ...]:
    wrong = [
        PairError(
            pair.id,
            pair.relation,
            verdict.relation,
            verdict.probability(verdict.relation),
            tuple(f"{signal.rule} {signal.weight:+.2f}" for signal in verdict.signals[:4]),
        )
        for pair, verdict in zip(pairs, verdicts, strict=True)
        if verdict.relation is not pair.relation
    ]
    return tuple(sorted(wrong, key=lambda error: (-error.probability, error.id))[:WORST])


def render(report: PairReport) -> str:
    """The report as plain text tables, in English column names (measures have no Vietnamese ones in use)."""
    low, high = report.macro_interval
    lower, upper = report.contradiction_interval
    reached = report.threshold_at_precision
    at = f" (threshold {reached:.2f})" if reached is not None else ""
    trapped = [share for _, share in report.traps]
    alarms = Share(sum(share.hits for share in trapped), sum(share.total for share in trapped))
    lines = [
        f"pairs {report.pairs}",
        f"macro-F1 {report.macro_f1:.3f} [{low:.3f}, {high:.3f}]",
        f"contradiction F1 {report.contradiction_f1:.3f} [{lower:.3f}, {upper:.3f}]",
        f"recall at precision {PRECISION_GOAL}: {report.recall_at_precision:.3f}{at}",
        f"Brier {report.brier:.3f}; abstained {report.abstained}; false alarms on traps {alarms.hits} of {alarms.total}",
        "",
        "relation         precision          recall             F1",
    ]
    lines += [
        f"{row.relation:<16} {_share(row.precision):<18} {_share(row.recall):<18} {row.f1:.3f}"
        for row in report.relations
    ]
    lines += ["", "type             found              type right"]
    lines += [f"{name:<16} {_share(found):<18} {_share(right)}" for name, found, right in report.types]
    lines += ["", "P(contradiction)  pairs  mean   observed"]
    lines += [
        f"{row.low:.1f}-{row.low + 0.1:.1f} {row.pairs:>14}  {row.mean:.3f}  {row.observed:.3f}"
        for row in report.reliability
    ]
    lines += ["", "trap                 called a contradiction"]
    lines += [f"{name:<20} {_share(share)}" for name, share in report.traps]
    lines += ["", "worst errors"]
    lines += [
        f"{error.id}: {error.label} judged {error.judged} ({error.probability:.2f}): {'; '.join(error.signals)}"
        for error in report.worst
    ]
    return "\n".join(lines)


def _share(share: Share) -> str:
    return f"{share.value:.3f} ({share.hits}/{share.total})"

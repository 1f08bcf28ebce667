"""Fit the scorer of pairs: `python -m nlp.training.pairs TRAIN CONTRAST WRITTEN --out models/pair-scorer [--reader SCORES.json]`.

WRITTEN are the pairs of corpora/contrast, joined with the packs by `nlp.training.contrast`; SCORES are the pair reader's out-of-fold scores
(`nlp.training.cross_encoder --oof`).

A word model over one-sided words is stacked into a linear model and boosted trees; both are sums of contributions. Calibration (mix, temperature,
class bias, abstention threshold) is fitted on out-of-fold scores, folds by B's document, so that no document is on both sides of a split.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import GroupKFold

from nlp.comparison.features import edits, features
from nlp.comparison.judging import CLAIMED
from nlp.comparison.orient import orient
from nlp.comparison.records import LabelledPair, read_labelled
from nlp.comparison.rules import check_all
from nlp.comparison.scoring import RELATIONS, WORDING, Calibration, Linear, Model, Trees
from nlp.comparison.view import see
from nlp.comparison.wordspace import WordSpace
from nlp.law.finding import ConflictType, Relation
from nlp.training.harmless import COPY, with_harmless

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class FitSettings:
    """Choices of the fit; tuned by grouped cross-validation on training files only."""

    folds: int = 5
    inner_folds: int = 4
    min_edit_count: int = 4
    word_c: float = 0.15
    linear_c: float = 0.02
    trees: int = 110
    bags: int = 2
    rate: float = 0.1
    bins: int = 32
    leaves: int = 10
    leaf_rows: int = 20
    feature_share: float = 0.3
    l2: float = 5.0
    # by position: the first file is nearest to real use, the second are contrast sets whose wording gives labels away, the third are our own
    # and the fourth natural pairs, of which hardly one is a contradiction
    file_weights: tuple[float, ...] = (4.0, 0.5, 1.0, 0.5)
    harmless_share: float = 0.4  # of the pairs come again with a harmless sentence (`nlp.training.harmless`)
    harmless_weight: float = 0.5  # of such a copy, times its pair's
    abstain_share: float = 0.35  # probability of contradiction from which another relation is not certain
    seed: int = 0


@dataclass(frozen=True)
class Table:
    """The training table: features (rows x names), edit words, labels, groups and weights."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    x: NDArray[np.float64]
    edits: tuple[frozenset[str], ...]
    y: NDArray[np.int64]
    groups: tuple[str, ...]
    weight: NDArray[np.float64]
    first: NDArray[np.bool_]
    types: tuple[ConflictType | None, ...]


def read_table(files: tuple[Path, ...], space: WordSpace, settings: FitSettings) -> Table:
    """The table of labelled files, in file order, weighted by `file_weights`; a file past the last weight counts as the last.

    Behind them stand copies of some pairs with a harmless sentence; they are never measured (`first` is false).
    """
    pairs: list[LabelledPair] = []
    source: list[int] = []
    weights = settings.file_weights
    weight: list[float] = []
    for position, file in enumerate(files):
        for line in file.read_text(encoding="utf-8").splitlines():
            pairs.append(read_labelled(json.loads(line), file.name))
            source.append(position)
            weight.append(weights[min(position, len(weights) - 1)])
    known = {pair.id: value for pair, value in zip(pairs, weight, strict=True)}
    copies = with_harmless(pairs, Random(settings.seed), settings.harmless_share)
    pairs += copies
    source += [len(files)] * len(copies)
    weight += [settings.harmless_weight * known[copy.id.removesuffix(COPY)] for copy in copies]
    values: list[dict[str, float]] = []
    words: list[frozenset[str]] = []
    for pair in pairs:
        view = see(orient(pair.pair).pair, space)
        values.append(features(view, check_all(view)))
        words.append(edits(view))
    names = tuple(sorted(set().union(*values)))
    x = np.array([[row.get(name, 0.0) for name in names] for row in values], dtype=np.float32).astype(np.float64)
    return Table(
        tuple(pair.id for pair in pairs), names, x, tuple(words), np.array([RELATIONS.index(pair.relation) for pair in pairs]),
        tuple(pair.group for pair in pairs), np.array(weight), np.array(source) == 0,
        tuple(pair.conflict_type for pair in pairs),
    )  # fmt: skip


@dataclass(frozen=True)
class Fitted:
    """The parts fitted on some rows."""

    words: dict[str, int]
    word_model: LogisticRegression
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    linear: LogisticRegression
    trees: tuple[HistGradientBoostingClassifier, ...]  # one per seed, averaged

    def wording(self, table: Table, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """The word model's five scores for rows of a table."""
        return np.asarray(self.word_model.decision_function(_matrix(table, rows, self.words)))

    def scores(self, table: Table, rows: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Raw class scores of the linear model and of the trees."""
        x = np.hstack([table.x[rows], self.wording(table, rows).astype(np.float32).astype(np.float64)])
        linear = self.linear.decision_function((x - self.mean) / self.scale)
        return np.asarray(linear), np.mean([trees.decision_function(x) for trees in self.trees], axis=0)


def _matrix(table: Table, rows: NDArray[np.int64], words: dict[str, int]) -> csr_matrix:
    cells = [(i, words[edit]) for i, row in enumerate(rows) for edit in table.edits[row] if edit in words]
    shape = (len(rows), len(words))
    index = np.array(cells, dtype=np.int64).reshape(-1, 2)
    return csr_matrix((np.ones(len(index)), (index[:, 0], index[:, 1])), shape=shape)


def fit_rows(table: Table, rows: NDArray[np.int64], settings: FitSettings) -> Fitted:
    """The models of some rows; the word scores that the others see are out-of-fold."""
    counts = Counter(edit for row in rows for edit in table.edits[row])
    words = {edit: i for i, edit in enumerate(sorted(e for e, n in counts.items() if n >= settings.min_edit_count))}
    y, weight = table.y[rows], table.weight[rows]
    groups = np.array(table.groups)[rows]
    matrix = _matrix(table, rows, words)

    def word_model(chosen: NDArray[np.int64]) -> LogisticRegression:
        model = LogisticRegression(C=settings.word_c, max_iter=400)
        return model.fit(matrix[chosen], y[chosen], sample_weight=weight[chosen])

    inner = np.zeros((len(rows), len(RELATIONS)))
    for train, test in GroupKFold(settings.inner_folds).split(rows, y, groups):
        inner[test] = word_model(train).decision_function(matrix[test])
    x = np.hstack([table.x[rows], inner.astype(np.float32).astype(np.float64)])
    mean, scale = x.mean(0), x.std(0)
    scale[scale < 1e-6] = 1.0
    mean, scale = (v.astype(np.float32).astype(np.float64) for v in (mean, scale))
    linear = LogisticRegression(C=settings.linear_c, max_iter=800).fit((x - mean) / scale, y, sample_weight=weight)
    trees = tuple(_boost(settings, bag).fit(x, y, weight) for bag in range(settings.bags))
    return Fitted(words, word_model(np.arange(len(rows))), mean, scale, linear, trees)


def _boost(settings: FitSettings, bag: int) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=settings.trees, learning_rate=settings.rate, max_leaf_nodes=settings.leaves, min_samples_leaf=settings.leaf_rows,
        l2_regularization=settings.l2, max_features=settings.feature_share, max_bins=settings.bins, early_stopping=False, random_state=settings.seed + bag,
    )  # fmt: skip


def out_of_fold(table: Table, settings: FitSettings) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Out-of-fold scores of the linear model and the trees for every row."""
    linear = np.zeros((len(table.y), len(RELATIONS)))
    trees = np.zeros_like(linear)
    folds = GroupKFold(settings.folds, shuffle=True, random_state=settings.seed + 1)
    for train, test in folds.split(table.x, table.y, np.array(table.groups)):
        linear[test], trees[test] = fit_rows(table, train, settings).scores(table, test)
    return linear, trees


def calibrate(
    table: Table, linear: NDArray[np.float64], trees: NDArray[np.float64], read: NDArray[np.float64] | None = None
) -> Calibration:
    """The calibration with the least log loss on the rows of the first file, with or without the pair reader's out-of-fold scores."""
    rows, y = np.flatnonzero(table.first), table.y[table.first]
    free = 2 if read is None else 3

    def unpack(values: NDArray[np.float64]) -> Calibration:
        weight = 0.0 if read is None else float(np.exp(values[2]))
        mix, temperature = float(1 / (1 + np.exp(-values[0]))), float(np.exp(values[1]))
        return Calibration(mix, temperature, np.append(values[free:], 0.0), weight)

    def loss(values: NDArray[np.float64]) -> float:
        chance = unpack(values).probabilities(linear[rows], trees[rows], None if read is None else read[rows])
        return float(-np.log(np.maximum(chance[np.arange(len(y)), y], 1e-9)).mean() + 1e-3 * (values**2).sum())

    return unpack(minimize(loss, np.zeros(free + len(RELATIONS) - 1), method="Powell").x)


def export(fitted: Fitted, alone: Calibration, joint: Calibration, table: Table, settings: FitSettings) -> Model:
    """The fitted parts as the model that comparison loads."""
    names = (*table.names, *(f"{WORDING}{i}" for i in range(len(RELATIONS))))
    types, type_linear = _types(fitted, table, settings)
    return Model(
        names, fitted.words, fitted.word_model.coef_.T.astype(np.float32), fitted.word_model.intercept_.astype(np.float32),
        Linear(
            *(np.asarray(values, np.float32) for values in (fitted.mean, fitted.scale, fitted.linear.coef_, fitted.linear.intercept_))
        ),
        flatten(fitted.trees), alone, joint, types, type_linear,
        settings.abstain_share,
    )  # fmt: skip


def _types(fitted: Fitted, table: Table, settings: FitSettings) -> tuple[tuple[ConflictType, ...], Linear]:
    del settings
    rows = np.array([i for i, kind in enumerate(table.types) if kind is not None and table.y[i] == 0])
    x = np.hstack([table.x[rows], fitted.wording(table, rows)])
    types = tuple(kind for kind in ConflictType if any(table.types[i] is kind for i in rows))
    y = np.array([types.index(kind) for i in rows if (kind := table.types[i]) is not None])
    model = LogisticRegression(C=0.03, max_iter=600).fit(
        (x - fitted.mean) / fitted.scale, y, sample_weight=table.weight[rows]
    )
    mean, scale = fitted.mean.astype(np.float32), fitted.scale.astype(np.float32)
    return types, Linear(mean, scale, model.coef_.astype(np.float32), model.intercept_.astype(np.float32))


def flatten(models: tuple[HistGradientBoostingClassifier, ...]) -> Trees:
    """The averaged boosted trees as flat arrays; inner nodes keep their own value, so a path's steps add up to its leaf."""
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right: list[int] = []
    value: list[float] = []
    roots: list[list[int]] = [[] for _ in RELATIONS]
    for stage in (stage for model in models for stage in model._predictors):  # noqa: SLF001  (no public access to the trees)
        for position, predictor in enumerate(stage):
            base = len(feature)
            roots[position].append(base)
            for node in predictor.nodes:
                feature.append(-1 if node["is_leaf"] else int(node["feature_idx"]))
                threshold.append(float(node["num_threshold"]))
                left.append(base + int(node["left"]))
                right.append(base + int(node["right"]))
                value.append(float(node["value"]) / len(models))
    start = np.mean([np.asarray(model._baseline_prediction).ravel() for model in models], axis=0)  # noqa: SLF001
    return Trees(
        np.array(feature, np.int16), np.array(threshold, np.float32), np.array(left, np.int32), np.array(right, np.int32),
        np.array(value, np.float32), np.array(roots, np.int32), start.astype(np.float32),
    )  # fmt: skip


def summary(table: Table, chance: NDArray[np.float64]) -> dict[str, float]:
    """Out-of-fold numbers on the first file, a contradiction called only where it is claimed: macro-F1, F1 of contradiction, share right and more."""
    rows = table.first
    open_ = chance[rows].copy()
    open_[open_[:, 0] < CLAIMED, 0] = 0.0
    guess, y = open_.argmax(1), table.y[rows]

    def f1(label: int) -> float:
        hit = int(((guess == label) & (y == label)).sum())
        return 2 * hit / max(1, int((guess == label).sum() + (y == label).sum()))

    scores = [f1(label) for label in range(len(RELATIONS))]
    precision, recall, _ = precision_recall_curve(y == 0, chance[rows][:, 0])
    return {
        "macro_f1": float(np.mean(scores)),
        "contradiction_f1": scores[RELATIONS.index(Relation.CONTRADICTION)],
        "accuracy": float((guess == y).mean()),
        "recall_at_precision_0.9": float(recall[precision >= 0.9].max(initial=0.0)),
        "log_loss": float(-np.log(np.maximum(chance[rows][np.arange(len(y)), y], 1e-9)).mean()),
    }


def reader_scores(table: Table, file: Path) -> NDArray[np.float64]:
    """The pair reader's out-of-fold scores for the rows of a table (`nlp.training.cross_encoder --oof`); 0 for pairs that are not in the file."""
    scores = json.loads(file.read_text(encoding="utf-8"))
    return np.array([scores.get(name, [0.0] * len(RELATIONS)) for name in table.ids], dtype=np.float64)


def fit_scorer(
    files: tuple[Path, ...], reader: Path | None, out: Path, settings: FitSettings
) -> dict[str, dict[str, float]]:
    """Fit on the files, write the model into `out`; what comes back are the out-of-fold numbers without and with the reader."""
    table = read_table(files, WordSpace.load(out), settings)
    linear, trees = out_of_fold(table, settings)
    alone = joint = calibrate(table, linear, trees)
    told = {"alone": summary(table, alone.probabilities(linear, trees)) | {"rows": float(len(table.y))}}
    if reader is not None:
        read = reader_scores(table, reader)
        joint = calibrate(table, linear, trees, read)
        told["joint"] = summary(table, joint.probabilities(linear, trees, read)) | {"reading": joint.reading}
    export(fit_rows(table, np.arange(len(table.y)), settings), alone, joint, table, settings).save(out)
    return told


def main(arguments: list[str]) -> int:
    """Fit, write, print."""
    parser = argparse.ArgumentParser(prog="python -m nlp.training.pairs")
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--reader", type=Path, help="out-of-fold scores of the pair reader")
    options = parser.parse_args(arguments)
    for name, numbers in fit_scorer(tuple(options.files), options.reader, options.out, FitSettings()).items():
        sys.stdout.write(f"{name}: {json.dumps({key: round(value, 4) for key, value in numbers.items()})}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

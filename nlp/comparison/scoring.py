"""The fitted scorer: five relation scores as sums of contributions, so that every probability can be taken apart again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nlp.law.finding import ConflictType, Relation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

RELATIONS = (Relation.CONTRADICTION, Relation.DUPLICATE, Relation.OVERLAP, Relation.CONSISTENT, Relation.UNRELATED)
MODEL_FILE, TABLES_FILE = "scorer.json", "scorer.npz"
WORDING = "wording"  # prefix of the five scores of the word model among the features


@dataclass(frozen=True)
class Linear:
    """A multinomial linear model on standardised features: `coefficients` (classes x features)."""

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    coefficients: NDArray[np.float32]
    intercept: NDArray[np.float32]

    def parts(self, row: NDArray[np.float32]) -> NDArray[np.float32]:
        """The addition of each feature to each class score (classes x features)."""
        parts: NDArray[np.float32] = self.coefficients * ((row - self.mean) / self.scale)
        return parts


@dataclass(frozen=True)
class Trees:
    """Boosted trees as flat arrays: node `i` sends a row left when `row[feature[i]] <= threshold[i]`; `feature` is -1 at leaves.

    `roots[c]` are the first nodes of class c's trees; `value` is the node's own prediction, so a path adds up to its leaf.
    """

    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    roots: NDArray[np.int32]  # classes x trees
    baseline: NDArray[np.float32]

    def parts(self, row: NDArray[np.float32], features: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The addition of each feature to each class score, and the start of each class (its baseline and the roots' values)."""
        classes, count = self.roots.shape
        nodes = self.roots.ravel().copy()
        owner = np.repeat(np.arange(classes), count)
        start = self.baseline + np.bincount(owner, weights=self.value[nodes], minlength=classes)
        parts = np.zeros(classes * features)
        while True:
            at = self.feature[nodes]
            inner = at >= 0
            if not inner.any():
                break
            nodes, owner, at = nodes[inner], owner[inner], at[inner]
            following = np.where(row[at] <= self.threshold[nodes], self.left[nodes], self.right[nodes])
            parts += np.bincount(
                owner * features + at, weights=self.value[following] - self.value[nodes], minlength=classes * features
            )
            nodes = following
        return parts.reshape(classes, features).astype(np.float32), start.astype(np.float32)


@dataclass(frozen=True)
class Calibration:
    """How raw scores become probabilities: softmax(temperature * (mix * trees + (1 - mix) * linear) + reading * reader's scores + bias)."""

    mix: float  # weight of the trees, 1 - mix of the linear model
    temperature: float
    bias: NDArray[np.float64]
    reading: float = 0.0  # weight of the pair reader's scores

    def probabilities(
        self, linear: NDArray[np.float64], trees: NDArray[np.float64], read: NDArray[np.float64] | None = None
    ) -> NDArray[np.float64]:
        """Rows of five probabilities."""
        scores = self.temperature * (self.mix * trees + (1 - self.mix) * linear) + self.bias
        if read is not None:
            scores = scores + self.reading * read
        raised = np.exp(scores - scores.max(1, keepdims=True))
        return np.asarray(raised / raised.sum(1, keepdims=True))

    def fields(self) -> dict[str, object]:
        """As stored."""
        return {
            "mix": self.mix,
            "temperature": self.temperature,
            "reading": self.reading,
            "bias": [round(float(b), 6) for b in self.bias],
        }

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Calibration:
        """Out of its stored form."""
        return cls(
            float(fields["mix"]),
            float(fields["temperature"]),
            np.array(fields["bias"], np.float64),
            float(fields["reading"]),
        )


@dataclass(frozen=True)
class Score:
    """The scores of one pair: probabilities in the order of `RELATIONS`, what each feature added to each class score (5 x n), the most probable type.

    `reading` is what the pair reader added to each class score, None where it did not read.
    """

    probabilities: NDArray[np.float32]
    parts: NDArray[np.float32]
    conflict_type: ConflictType
    reading: NDArray[np.float32] | None = None


@dataclass(frozen=True)
class Model:
    """The scorer as stored: feature names, word model, linear model, trees, calibration and type model."""

    names: tuple[str, ...]
    words: dict[str, int]  # edit word -> row of `word_scores`
    word_scores: NDArray[np.float32]  # edit words x 5
    word_bias: NDArray[np.float32]
    linear: Linear
    trees: Trees
    alone: Calibration
    joint: Calibration  # with the pair reader's scores
    types: tuple[ConflictType, ...]
    type_linear: Linear
    threshold: float  # probability of contradiction below which a pair is "cần chuyên viên xem xét"

    def wording(self, edits: frozenset[str]) -> NDArray[np.float32]:
        """The five scores of the words that stand on one side only."""
        rows = [self.words[edit] for edit in edits if edit in self.words]
        return np.asarray(self.word_bias + self.word_scores[rows].sum(0), dtype=np.float32)

    def telling_edits(self, edits: frozenset[str], limit: int = 3) -> tuple[str, ...]:
        """The edit words that speak loudest for a contradiction, best first; amounts are left to the rules that read them."""
        known = [edit for edit in edits if edit in self.words and not any(letter.isdigit() for letter in edit)]
        return tuple(sorted(known, key=lambda e: (-float(self.word_scores[self.words[e], 0]), e))[:limit])

    def score(self, values: dict[str, float], edits: frozenset[str], read: NDArray[np.float32] | None = None) -> Score:
        """The score of one pair's features and, where given, the pair reader's five scores; a feature the pair lacks counts as 0."""
        wording = self.wording(edits)
        row = np.array(
            [
                wording[int(name[len(WORDING) :])] if name.startswith(WORDING) else values.get(name, 0.0)
                for name in self.names
            ],
            dtype=np.float32,
        )
        linear = self.linear.parts(row)
        trees, start = self.trees.parts(row, len(self.names))
        by = self.alone if read is None else self.joint
        reading = None if read is None else np.asarray(by.reading * read, np.float32)
        parts = ((1 - by.mix) * linear + by.mix * trees) * by.temperature
        base = ((1 - by.mix) * self.linear.intercept + by.mix * start) * by.temperature + by.bias
        total = parts.sum(1) + base + (0.0 if reading is None else reading)
        kind = self.type_linear.parts(row).sum(1) + self.type_linear.intercept
        return Score(
            _softmax(np.asarray(total, np.float32)),
            np.asarray(parts, np.float32),
            self.types[int(kind.argmax())],
            reading,
        )

    @classmethod
    def load(cls, folder: Path) -> Model:
        """The model of a folder; raises FileNotFoundError where there is none."""
        fields = json.loads((folder / MODEL_FILE).read_text(encoding="utf-8"))
        with np.load(folder / TABLES_FILE, allow_pickle=False) as tables:
            t = {name: tables[name] for name in tables.files}
        return cls(
            tuple(fields["names"]),
            {word: row for row, word in enumerate(fields["words"])},
            t["word_scores"],
            t["word_bias"],
            Linear(t["mean"], t["scale"], t["coefficients"], t["intercept"]),
            Trees(t["feature"], t["threshold"], t["left"], t["right"], t["value"], t["roots"], t["baseline"]),
            Calibration.of(fields["alone"]),
            Calibration.of(fields["joint"]),
            tuple(ConflictType(name) for name in fields["types"]),
            Linear(t["mean"], t["scale"], t["type_coefficients"], t["type_intercept"]),
            float(fields["threshold"]),
        )

    def save(self, folder: Path) -> None:
        """Write `scorer.json` (names and numbers) and `scorer.npz` (tables)."""
        folder.mkdir(parents=True, exist_ok=True)
        fields = {
            "schema": "rasoat/pair-scorer/2",
            "names": list(self.names),
            "words": sorted(self.words, key=self.words.__getitem__),
            "alone": self.alone.fields(),
            "joint": self.joint.fields(),
            "types": [str(name) for name in self.types],
            "threshold": self.threshold,
        }
        (folder / MODEL_FILE).write_text(json.dumps(fields, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        np.savez_compressed(
            folder / TABLES_FILE,
            word_scores=self.word_scores,
            word_bias=self.word_bias,
            mean=self.linear.mean,
            scale=self.linear.scale,
            coefficients=self.linear.coefficients,
            intercept=self.linear.intercept,
            feature=self.trees.feature,
            threshold=self.trees.threshold,
            left=self.trees.left,
            right=self.trees.right,
            value=self.trees.value,
            roots=self.trees.roots,
            baseline=self.trees.baseline,
            type_coefficients=self.type_linear.coefficients,
            type_intercept=self.type_linear.intercept,
        )


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    raised = np.exp(scores - scores.max())
    shares: NDArray[np.float32] = (raised / raised.sum()).astype(np.float32)
    return shares

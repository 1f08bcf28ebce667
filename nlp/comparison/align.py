"""Which words and sentences of A answer which of B: the ground on which conflict is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nlp.comparison.facts import Facts
    from nlp.comparison.wordspace import WordSpace

SYNONYM_FLOOR = 0.45  # cosine of word vectors below which two words are strangers (tuned on training folds)
MATCHED = 0.6  # similarity from which a word counts as present in the other text
NEAR = 4  # words to either side that tell which of several equal words answers
NEAR_WEIGHT = (
    0.04  # what each matched neighbour adds to that choice: five of them outweigh a synonym against the word itself
)


@dataclass(frozen=True)
class Alignment:
    """How two texts answer each other; all similarities are in 0..1.

    `a_best`/`b_best`: for each word its best similarity in the other text (n words), `a_arg`/`b_arg` where;
    `grid[i, j]`: share of the content of sentence i of A that stands in sentence j of B, and `grid_b[i, j]` the other way round;
    `a_cover`/`b_cover`: share of each text's content found in the other; `a_sentence`/`b_sentence`: the same per sentence.
    """

    a: Facts
    b: Facts
    similar: NDArray[np.float32]  # word of A x word of B
    a_best: NDArray[np.float32]
    b_best: NDArray[np.float32]
    a_arg: NDArray[np.int64]
    b_arg: NDArray[np.int64]
    grid: NDArray[np.float32]
    grid_b: NDArray[np.float32]
    a_sentence: NDArray[np.float32]
    b_sentence: NDArray[np.float32]
    a_cover: float
    b_cover: float

    @property
    def common(self) -> int:
        """How many content words of A stand in B: below two there is nothing that the texts could disagree on."""
        return int(((self.a_best >= MATCHED) & (self.a.weight > 0)).sum())

    def partner(self, sentence: int) -> int:
        """The sentence of B that answers a sentence of A best; ties go to the first."""
        return int(np.argmax(self.grid[sentence] + self.grid_b[sentence]))


def align(a: Facts, b: Facts, space: WordSpace) -> Alignment:
    """The alignment of two analysed texts by weighted soft word matching; texts without words align with nothing."""
    similar = _similarity(a, b, space)
    if not similar.size:
        grid = np.zeros((len(a.sentences), len(b.sentences)), dtype=np.float32)
        return Alignment(
            a,
            b,
            similar,
            np.zeros(len(a.words), dtype=np.float32),
            np.zeros(len(b.words), dtype=np.float32),
            np.zeros(len(a.words), dtype=np.int64),
            np.zeros(len(b.words), dtype=np.int64),
            grid,
            grid,
            np.zeros(len(a.sentences), dtype=np.float32),
            np.zeros(len(b.sentences), dtype=np.float32),
            0.0,
            0.0,
        )
    a_best, b_best = similar.max(1), similar.max(0)
    placed = similar + NEAR_WEIGHT * _neighbours(similar, a, b) * (similar > 0)
    a_sum = _per_sentence(a.weight, a)
    b_sum = _per_sentence(b.weight, b)
    over_b = _segment_max(similar, b.sentence_of, len(b.sentences), axis=1)
    over_a = _segment_max(similar, a.sentence_of, len(a.sentences), axis=0)
    grid = np.stack([_per_sentence(a.weight * over_b[:, j], a) for j in range(over_b.shape[1])], 1) / a_sum[:, None]
    grid_b = np.stack([_per_sentence(b.weight * over_a[i], b) for i in range(over_a.shape[0])], 0) / b_sum[None, :]
    return Alignment(
        a,
        b,
        similar,
        a_best,
        b_best,
        placed.argmax(1),
        placed.argmax(0),
        grid,
        grid_b,
        _per_sentence(a.weight * a_best, a) / a_sum,
        _per_sentence(b.weight * b_best, b) / b_sum,
        _share(a.weight, a_best),
        _share(b.weight, b_best),
    )


def _similarity(a: Facts, b: Facts, space: WordSpace) -> NDArray[np.float32]:
    vectors_a, vectors_b = space.vectors[a.rows], space.vectors[b.rows]
    similar: NDArray[np.float32] = vectors_a @ vectors_b.T
    similar = np.where(similar < SYNONYM_FLOOR, 0.0, similar * 0.9).astype(np.float32)
    similar[a.rows < 0] = 0.0
    similar[:, b.rows < 0] = 0.0
    known = (a.rows[:, None] == b.rows[None, :]) & (a.rows[:, None] >= 0)
    similar[known] = 1.0
    strangers: dict[str, list[int]] = {}
    for j, word in enumerate(b.words):
        if word.row < 0:
            strangers.setdefault(word.form, []).append(j)
    for i, word in enumerate(a.words):
        if word.row < 0 and word.form in strangers:
            similar[i, strangers[word.form]] = 1.0
    return similar


def _neighbours(similar: NDArray[np.float32], a: Facts, b: Facts) -> NDArray[np.float32]:
    """How many pairs of matched content words lie round each pair of words, at most one for each neighbour on the side that has fewer."""
    hit = ((similar >= MATCHED) & (a.weight > 0)[:, None] & (b.weight > 0)[None, :]).astype(np.float32)
    sums = np.pad(hit.cumsum(0).cumsum(1), ((NEAR + 1, NEAR), (NEAR + 1, NEAR)), mode="edge")
    sums[: NEAR + 1], sums[:, : NEAR + 1] = 0.0, 0.0
    size = 2 * NEAR + 1
    box = sums[size:, size:] - sums[:-size, size:] - sums[size:, :-size] + sums[:-size, :-size]
    return np.asarray(np.minimum(box, size), dtype=np.float32)


def _segment_max(
    similar: NDArray[np.float32], segment: NDArray[np.int32], count: int, axis: int
) -> NDArray[np.float32]:
    shape = (similar.shape[0], count) if axis == 1 else (count, similar.shape[1])
    found = np.zeros(shape, dtype=np.float32)
    for index in range(count):
        chosen = similar[:, segment == index] if axis == 1 else similar[segment == index]
        if chosen.shape[axis]:
            if axis == 1:
                found[:, index] = chosen.max(1)
            else:
                found[index] = chosen.max(0)
    return found


def _per_sentence(values: NDArray[np.float32], facts: Facts) -> NDArray[np.float32]:
    sums = np.bincount(facts.sentence_of, weights=values, minlength=len(facts.sentences))
    return np.maximum(sums, 1e-6).astype(np.float32)


def _share(weight: NDArray[np.float32], best: NDArray[np.float32]) -> float:
    total = float(weight.sum())
    return float((weight * best).sum() / total) if total else 0.0

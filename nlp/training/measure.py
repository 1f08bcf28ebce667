"""How good a ranking is: recall, reciprocal rank, nDCG, and how sure a mean of them is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from nlp.retrieval.vectors import FloatArray

RESAMPLES = 1_000
SEED = 20_261_123
QUERY_BLOCK = 256


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over queries with its 95 % bootstrap interval (percentiles of 1,000 resamples of the queries)."""

    mean: float
    low: float
    high: float
    queries: int

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def estimate(values: Sequence[float]) -> Estimate:
    """The mean of one value a query; seeded, so the same values give the same interval."""
    sample = np.asarray(values, dtype=np.float64)
    if not len(sample):
        return Estimate(0.0, 0.0, 0.0, 0)
    draws = np.random.default_rng(SEED).integers(0, len(sample), (RESAMPLES, len(sample)))
    low, high = np.percentile(sample[draws].mean(axis=1), [2.5, 97.5])
    return Estimate(float(sample.mean()), float(low), float(high), len(sample))


def recall_at(ranked: Sequence[int], relevant: Collection[int], k: int) -> float:
    """The share of `relevant` among the first k of `ranked`; `relevant` is not empty."""
    return len(set(ranked[:k]) & set(relevant)) / len(relevant)


def reciprocal_rank(ranked: Sequence[int], relevant: Collection[int]) -> float:
    """1 / rank of the first relevant one, 0 where none is ranked."""
    return next((1 / rank for rank, key in enumerate(ranked, start=1) if key in relevant), 0.0)


def ndcg_at(ranked: Sequence[int], relevant: Collection[int], k: int) -> float:
    """Discounted gain of the first k against the best possible order, all relevant ones weighing the same."""
    gain = sum(1 / np.log2(rank + 1) for rank, key in enumerate(ranked[:k], start=1) if key in relevant)
    best = sum(1 / np.log2(rank + 1) for rank in range(1, min(k, len(relevant)) + 1))
    return float(gain / best)


def recall_of_vectors(
    vectors: FloatArray, relevant: Mapping[int, Collection[int]], depths: Sequence[int]
) -> dict[int, Estimate]:
    """Recall at each depth for the queries (rows) in `relevant` against all other rows by cosine."""
    found: dict[int, list[float]] = {depth: [] for depth in depths}
    queries = sorted(relevant)
    deepest = min(max(depths), len(vectors) - 1)
    for start in range(0, len(queries), QUERY_BLOCK):
        block = queries[start : start + QUERY_BLOCK]
        scores = vectors[block] @ vectors.T
        scores[np.arange(len(block)), block] = -2  # below any cosine: the query itself comes last
        for query, row in zip(block, scores, strict=True):
            near = np.argpartition(-row, deepest - 1)[:deepest]
            ranked = near[np.lexsort((near, -row[near]))].tolist()
            for depth in depths:
                found[depth].append(recall_at(ranked, relevant[query], depth))
    return {depth: estimate(values) for depth, values in found.items()}

"""Several rankings made one: weighted reciprocal ranks."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from nlp.retrieval.vectors import IntArray, Ranking, top_ranking

if TYPE_CHECKING:
    from collections.abc import Sequence

RRF_K = 10  # 1 / (RRF_K + rank), rank from 1


def fuse(rankings: Sequence[tuple[Ranking, float]], k: int, *, rrf_k: int = RRF_K) -> Ranking:
    """The k best keys of (ranking, weight) pairs; the score of a key is the sum of weight / (rrf_k + its rank). Ties break by key.

    Ranks only: cosines and BM25 scores have no common scale (Cormack et al., 2009, "Reciprocal rank fusion").
    """
    scores: defaultdict[int, float] = defaultdict(float)
    for ranking, weight in rankings:
        for rank, key in enumerate(ranking.keys.tolist(), start=1):
            scores[key] += weight / (rrf_k + rank)
    keys: IntArray = np.fromiter(scores.keys(), dtype=np.int64, count=len(scores))
    return top_ranking(keys, np.fromiter(scores.values(), dtype=np.float32, count=len(scores)), k)

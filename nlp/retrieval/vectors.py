"""Shapes of arrays that the room passes around."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]


def unit_rows(vectors: FloatArray) -> FloatArray:
    """The rows scaled to length 1, float32, contiguous; a zero row stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Keys best first and their scores: int64 (n,), float32 (n,)."""

    keys: IntArray
    scores: FloatArray


def top_ranking(keys: IntArray, scores: FloatArray, k: int) -> Ranking:
    """The k keys of the highest scores, best first; equal scores are ordered by key, at the cut too."""
    if len(keys) > k > 0:
        bound = np.partition(scores, len(scores) - k)[len(scores) - k]
        kept = np.flatnonzero(scores >= bound)
        keys, scores = keys[kept], scores[kept]
    order = np.lexsort((keys, -scores))[:k]
    return Ranking(np.asarray(keys[order], dtype=np.int64), np.asarray(scores[order], dtype=np.float32))

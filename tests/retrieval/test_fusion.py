from __future__ import annotations

import numpy as np
import pytest

from nlp.retrieval.fusion import fuse
from nlp.retrieval.vectors import Ranking


def ranking(*keys: int) -> Ranking:
    return Ranking(np.array(keys, dtype=np.int64), np.ones(len(keys), dtype=np.float32))


def test_scores_are_weighted_reciprocal_ranks() -> None:
    fused = fuse([(ranking(1, 2), 1.0), (ranking(2, 3), 2.0)], 3, rrf_k=10)
    assert fused.keys.tolist() == [2, 3, 1]
    assert fused.scores == pytest.approx([1 / 12 + 2 / 11, 2 / 12, 1 / 11])


def test_ties_break_by_key_and_weight_0_ranks_last() -> None:
    assert fuse([(ranking(8), 1.0), (ranking(4), 1.0)], 2).keys.tolist() == [4, 8]
    assert fuse([(ranking(9), 0.0), (ranking(4), 1.0)], 2).keys.tolist() == [4, 9]
    assert fuse([], 5).keys.tolist() == []

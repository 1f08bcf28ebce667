from __future__ import annotations

import numpy as np
import pytest

from nlp.retrieval.vectors import unit_rows
from nlp.training.measure import estimate, ndcg_at, recall_at, recall_of_vectors, reciprocal_rank


def test_values_by_hand() -> None:
    ranked = [5, 3, 9, 1]
    assert recall_at(ranked, {3, 1, 8}, 2) == pytest.approx(1 / 3)
    assert recall_at(ranked, {3, 1, 8}, 4) == pytest.approx(2 / 3)
    assert reciprocal_rank(ranked, {9, 1}) == pytest.approx(1 / 3)
    assert reciprocal_rank(ranked, {7}) == 0
    # relevant at ranks 2 and 4 of 4: (1/log2 3 + 1/log2 5) / (1 + 1/log2 3)
    assert ndcg_at(ranked, {3, 1}, 4) == pytest.approx((0.63093 + 0.43068) / 1.63093, abs=1e-4)
    assert ndcg_at([1, 2], {1, 2}, 10) == pytest.approx(1.0)


def test_interval_holds_the_mean_and_narrows() -> None:
    few, many = estimate([0.0, 1.0] * 10), estimate([0.0, 1.0] * 1_000)
    assert few.mean == many.mean == 0.5
    assert few.low < many.low < 0.5 < many.high < few.high
    assert many.high - many.low == pytest.approx(2 * 1.96 * 0.5 / 2_000**0.5, rel=0.15)
    assert str(many).startswith("0.500 [")
    assert estimate([]).queries == 0


def test_recall_of_vectors_leaves_the_query_out() -> None:
    rows = unit_rows(np.array([[1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9]], dtype=np.float32))
    got = recall_of_vectors(rows, {0: [1], 2: [0, 3]}, (1, 2))
    assert got[1].mean == pytest.approx((1 + 0.5) / 2)
    assert got[2].mean == pytest.approx((1 + 0.5) / 2)

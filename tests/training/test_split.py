from __future__ import annotations

from collections import Counter

import pytest

from nlp.training.split import Fold, fold_of


@pytest.mark.parametrize(
    ("number", "fold"),
    # fixed for good: changing the rule would let old test documents into training
    [
        ("12/2011/NĐ-CP", Fold.TUNE),
        ("31/2024/QH15", Fold.TEST),
        ("91/2015/QH13", Fold.TRAIN),
        ("15/2020/NĐ-CP", Fold.TRAIN),
    ],
)
def test_fold_is_fixed(number: str, fold: Fold) -> None:
    assert fold_of(number) is fold
    assert fold_of(f" {number.lower()} ") is fold


def test_shares() -> None:
    counts = Counter(fold_of(f"{number}/2020/TT-BTC") for number in range(10_000))
    assert counts[Fold.TEST] == pytest.approx(1_200, rel=0.1)
    assert counts[Fold.TUNE] == pytest.approx(800, rel=0.15)

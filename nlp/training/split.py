"""Which documents are trained on, tuned on and held out: decided by the document's number alone, so that no list has to be kept."""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256

TEST_PERCENT = 12
TUNE_PERCENT = 8


class Fold(StrEnum):
    """What a document may be used for: weights, settings such as fusion weights, or measuring only."""

    TRAIN = "train"
    TUNE = "tune"
    TEST = "test"


def fold_of(number: str) -> Fold:
    """The fold of the document `number` ("12/2011/NĐ-CP"): about 80 % train, 8 % tune, 12 % test; the same on every machine."""
    bucket = int(sha256(number.strip().upper().encode()).hexdigest()[:8], 16) % 100
    if bucket < TEST_PERCENT:
        return Fold.TEST
    return Fold.TUNE if bucket < TEST_PERCENT + TUNE_PERCENT else Fold.TRAIN

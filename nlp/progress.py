"""Progress as a value: long work calls back, only the delivery floor draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is: `done` of `total` units (total 0 when unknown); `detail` names the thing at work, for a reader."""

    stage: str  # stable word: "read", "parse", "encode", "index", "candidates", "compare", "report", "train"
    done: int
    total: int
    detail: str = ""


OnProgress = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """Nothing: the callback of callers that show no progress."""

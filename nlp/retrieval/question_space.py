"""Where a typed question is compared with provisions: the shipped encoder's space before it was adapted to pairs of provisions.

The adaptation is a linear map after pooling, so it can be undone on the vectors that the index holds. It finds related provisions better and answers
questions worse than the start encoder: nDCG@10 of the cosine alone 0.765 against 0.785 on our own questions, 0.789 against 0.816 on headings, 0.914
against 0.927 on written pairs (`python -m tests.benchmark.retrieval_questions`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from nlp.retrieval.vectors import unit_rows
from nlp.shipped import models_folder

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.retrieval.vectors import FloatArray

MAP_FILE = "questions.npz"
# The start space is more crowded: a difference of cosines there says three times as much (0.058 / 0.019, standard deviations over a pool).
SPREAD = 3.0


@dataclass(frozen=True, slots=True)
class QuestionSpace:
    """`back` (dim, dim): rows @ back.T, scaled to length 1, are the rows before the adaptation."""

    back: FloatArray

    def cosines(self, question: FloatArray, rows: FloatArray) -> FloatArray:
        """The cosine (n,) of a question (dim,) with each row (n, dim), times SPREAD: to be weighed like one of the adapted space."""
        there = unit_rows(rows @ self.back.T)
        return np.asarray(SPREAD * (there @ unit_rows(question[None] @ self.back.T)[0]), dtype=np.float32)

    def save(self, folder: Path, fingerprint: str) -> None:
        """Write the map for the encoder `fingerprint`; single precision, for the inverse is large in directions that the adaptation left out."""
        np.savez_compressed(folder / MAP_FILE, back=self.back.astype(np.float32), encoder=np.array(fingerprint))

    @classmethod
    def load(cls, fingerprint: str, models: Path | None = None) -> Self | None:
        """The map shipped beside the encoder of that fingerprint, None where there is none for it."""
        name = fingerprint.rpartition("-")[0]
        place = (models_folder() if models is None else models) / name / MAP_FILE
        if not name or not place.is_file():
            return None
        with np.load(place) as arrays:
            return cls(arrays["back"]) if str(arrays["encoder"]) == fingerprint else None

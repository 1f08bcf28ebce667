"""The field of law ("lĩnh vực") of a provision: one of the topics ("đề mục") of the official codification, from its vector.

Weights are a small linear classifier in `models/field-classifier` (nlp.training.fields); they fit one encoder, whose fingerprint they carry.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from nlp.retrieval.dense import index_mismatch
from nlp.shipped import models_folder

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.retrieval.vectors import FloatArray

FOLDER, WEIGHTS_FILE, ABOUT_FILE = "field-classifier", "weights.npz", "fields.json"


@dataclass(frozen=True, slots=True)
class Field:
    """A topic of the codification: `code` "11.1", `name` "Đất đai", with the probability that the provision belongs to it."""

    code: str
    name: str
    probability: float


@dataclass(frozen=True, slots=True)
class FieldClassifier:
    """Multinomial logistic regression on unit vectors. `names`: code and name of each topic, in the order of the rows of `weights`."""

    names: tuple[tuple[str, str], ...]
    weights: FloatArray
    bias: FloatArray

    def predict(self, vectors: FloatArray, k: int = 3) -> list[tuple[Field, ...]]:
        """The k likeliest fields of each row (n, dim), likeliest first; probabilities over all topics sum to 1."""
        scores = vectors @ self.weights.T + self.bias
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = scores / scores.sum(axis=1, keepdims=True)
        best = np.argsort(-shares, axis=1, kind="stable")[:, :k]
        return [
            tuple(self._field(topic, float(row[topic])) for topic in chosen)
            for row, chosen in zip(shares, best.tolist(), strict=True)
        ]

    def _field(self, topic: int, probability: float) -> Field:
        code, name = self.names[topic]
        return Field(code, name, probability)

    def save(self, folder: Path, fingerprint: str) -> None:
        """Write the classifier for the encoder `fingerprint`; half precision, which changes no first choice in a hundred."""
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(folder / WEIGHTS_FILE, weights=self.weights.astype(np.float16), bias=self.bias)
        about = {"encoder": fingerprint, "fields": dict(self.names)}
        (folder / ABOUT_FILE).write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, fingerprint: str, folder: Path | None = None) -> Self:
        """The shipped classifier. Raises StateError where it was trained on the vectors of another encoder."""
        place = models_folder() / FOLDER if folder is None else folder
        about = json.loads((place / ABOUT_FILE).read_text(encoding="utf-8"))
        if about["encoder"] != fingerprint:
            raise index_mismatch(str(about["encoder"]), fingerprint)
        with np.load(place / WEIGHTS_FILE) as arrays:
            return cls(
                tuple((str(code), str(name)) for code, name in about["fields"].items()),
                arrays["weights"].astype(np.float32),
                arrays["bias"].astype(np.float32),
            )

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nlp.errors import StateError
from nlp.retrieval.encoders import load_encoder
from nlp.retrieval.fields import FieldClassifier
from nlp.retrieval.units import unit_text
from nlp.training.codification import CodifiedProvision
from nlp.training.fields import train_fields

if TYPE_CHECKING:
    from pathlib import Path


def test_probabilities_by_hand(tmp_path: Path) -> None:
    made = FieldClassifier(
        (("1", "Đất đai"), ("2", "Thuế")), np.array([[1, 0], [0, 1]], np.float32), np.array([0, 1], np.float32)
    )
    ((first, second),) = made.predict(np.array([[1, 0]], np.float32))
    assert (first.code, first.name) == ("1", "Đất đai")
    assert first.probability == second.probability == pytest.approx(0.5)  # a tie keeps the order of the topics
    made.save(tmp_path, "model-a")
    loaded = FieldClassifier.load("model-a", tmp_path)
    assert loaded.predict(np.array([[0, 1]], np.float32)) == made.predict(np.array([[0, 1]], np.float32))
    with pytest.raises(StateError, match="model-a"):
        FieldClassifier.load("model-b", tmp_path)


def test_training_separates_topics() -> None:
    random = np.random.default_rng(4)
    centres = random.normal(size=(3, 12))
    provisions = [
        CodifiedProvision(str(row), f"{row}/2020/TT-BTC", "1", "", "", "x", str(row % 3), f"chủ đề {row % 3}")
        for row in range(600)
    ]
    vectors = np.array([centres[row % 3] + 0.3 * random.normal(size=12) for row in range(600)], dtype=np.float32)
    report = train_fields(provisions, vectors)
    assert report.first.mean > 0.95
    assert report.first_three.mean == 1.0
    assert dict(report.classifier.names)["2"] == "chủ đề 2"


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        (
            "Luật Bảo hiểm y tế",
            "Người tham gia bảo hiểm y tế được quỹ bảo hiểm y tế thanh toán chi phí khám bệnh, chữa bệnh.",
            "Bảo hiểm y tế",
        ),
        (
            "Luật Giao thông đường bộ",
            "Người lái xe phải có giấy phép lái xe phù hợp với loại xe được phép điều khiển.",
            "Giao thông đường bộ",
        ),
    ],
)
def test_shipped_classifier_knows_plain_cases(title: str, text: str, name: str) -> None:
    encoder = load_encoder(threads=1)
    vectors = encoder.encode_passages([unit_text(text, title=title)])
    (chosen,) = FieldClassifier.load(encoder.fingerprint).predict(vectors)
    assert name in {field.name for field in chosen}

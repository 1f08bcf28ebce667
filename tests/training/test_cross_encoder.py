"""The pair reader: what is trained in torch is what numpy and onnxruntime compute, and training learns what can be learned."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra train is not installed")
pytest.importorskip("onnx", reason="the extra train is not installed")

import torch

from nlp.comparison.tokens import PairReader, join, token_reader
from nlp.errors import ResourceError
from nlp.training import cross_encoder
from nlp.training.cross_encoder import Example, ReaderSettings, fit, scores_of, write_lower, write_upper
from tests.training.tiny import SHAPE, checkpoint, tokenizer_json

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = ReaderSettings(lower_layers=1, width=16, epochs=12, batch=8, rate=1e-3, folds=2)
PAIRS = (
    ("Hộ nghèo được vay tối đa 50 triệu đồng.", "Hộ nghèo được vay tối đa 50 triệu đồng, thời hạn 5 năm."),
    ("Chủ cơ sở phải báo cáo.", "Cơ quan cấp phép trả lời trong thời hạn 10 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ."),
    ("Cấm đốt rơm rạ.", "Được đốt rơm rạ."),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("reader")
    write_lower(made, checkpoint(), tokenizer_json(), SETTINGS)
    return made


def examples(folder: Path, count: int) -> list[Example]:
    """Pairs of one rule: those whose A says "không" are contradictions, the others duplicates."""
    reader, found = token_reader(folder, threads=1), []
    for number in range(count):
        b = f"Người dân phường số {number} phải nộp phí vệ sinh {number + 3} nghìn đồng."
        a = b.replace("phải", "không phải") if number % 2 else b
        states = reader.read([a, b])
        found.append(Example(str(number), str(number), (states[0], states[1]), int(number % 2 == 0), 3.0))
    return found


def test_numpy_and_onnx_compute_what_torch_does(folder: Path) -> None:
    trained = fit(checkpoint(), examples(folder, 16), replace(SETTINGS, epochs=1))
    write_upper(folder, trained, SHAPE, SETTINGS)
    reader = PairReader.load(folder, threads=1)
    tokens = token_reader(folder, threads=1)
    states = [tuple(tokens.read(list(pair))) for pair in PAIRS]
    with torch.no_grad():
        exact = trained(join([(a, b) for a, b in states], trained.mean, trained.scale)).numpy()
    assert reader.scores(PAIRS) == pytest.approx(exact, abs=0.05)  # 8 bits


def test_scores_do_not_depend_on_neighbours_or_order(folder: Path) -> None:
    write_upper(folder, fit(checkpoint(), examples(folder, 16), replace(SETTINGS, epochs=1)), SHAPE, SETTINGS)
    together = PairReader.load(folder, threads=1).scores(PAIRS)
    alone = np.concatenate([PairReader.load(folder, threads=1).scores([pair]) for pair in PAIRS])
    assert np.array_equal(together, alone)
    assert np.array_equal(PairReader.load(folder, threads=1).scores(PAIRS[::-1]), together[::-1])


def test_empty_and_endless_texts_are_read(folder: Path) -> None:
    write_upper(folder, fit(checkpoint(), examples(folder, 16), replace(SETTINGS, epochs=1)), SHAPE, SETTINGS)
    scores = PairReader.load(folder, threads=1).scores([("", "Điều 1."), ("từ " * 5000, "Điều 1.")])
    assert np.isfinite(scores).all()


def test_training_learns_a_rule(folder: Path) -> None:
    known = examples(folder, 40)
    trained = fit(checkpoint(), known, SETTINGS)
    labels = np.array([example.label for example in known])
    assert (scores_of(trained, known).argmax(1) == labels).mean() > 0.9


def test_missing_reader_is_told(tmp_path: Path) -> None:
    with pytest.raises(ResourceError):
        PairReader.load(tmp_path)


def test_command_writes_a_reader_and_out_of_fold_scores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = []
    for number in range(12):
        text = f"Tổ dân phố {number} phải họp {number + 2} lần mỗi năm."
        relation = "contradiction" if number % 2 else "duplicate"
        a = text.replace("phải", "không phải") if number % 2 else text
        b = {"text": text, "number": f"{number:02d}/2020/NĐ-CP"}
        rows.append({"id": str(number), "a": {"text": a}, "b": b, "relation": relation})
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    monkeypatch.setattr(cross_encoder, "shipped_body", lambda: (checkpoint(), tokenizer_json()))
    monkeypatch.setattr(cross_encoder, "ReaderSettings", lambda: replace(SETTINGS, epochs=1))
    out = tmp_path / "reader"
    assert (
        cross_encoder.main([str(file), "--out", str(out), "--oof", str(tmp_path / "oof.json"), "--threads", "1"]) == 0
    )
    assert "first file, out of fold" in capsys.readouterr().out
    assert set(json.loads((tmp_path / "oof.json").read_text())) == {str(number) for number in range(12)}
    assert PairReader.load(out, threads=1).scores(PAIRS).shape == (3, 5)

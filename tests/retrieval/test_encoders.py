from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nlp.errors import ResourceError, SettingsError
from nlp.retrieval.encoders import Encoder, load_encoder
from nlp.retrieval.manifest import EncoderKind, read_manifest
from nlp.retrieval.onnx_encoder import cut_windows
from nlp.shipped import models_folder

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.progress import Progress

TEXTS = (
    "Người sử dụng đất nộp tiền sử dụng đất trong thời hạn 30 ngày.",
    "Thời hạn nộp tiền sử dụng đất là ba mươi ngày.",
    "Xe cơ giới phải có giấy chứng nhận kiểm định an toàn kỹ thuật.",
    "",
    "Điều khoản chuyển tiếp. " * 80 + "Mức phạt là năm triệu đồng.",
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(threads=1)


def test_rows_are_unit_and_meaning_orders_them(encoder: Encoder) -> None:
    rows = encoder.encode_passages(TEXTS)
    assert rows.shape == (len(TEXTS), encoder.dim)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    similarity = rows @ rows.T
    assert similarity[0, 1] > similarity[0, 2] + 0.03


def test_a_row_depends_on_its_text_alone(encoder: Encoder) -> None:
    together = encoder.encode_passages(TEXTS)
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    assert together == pytest.approx(alone, abs=1e-5)
    assert np.array_equal(encoder.encode_passages([*TEXTS[:2], TEXTS[0]])[2], encoder.encode_passages(TEXTS[:2])[0])


def test_the_end_of_a_long_text_counts(encoder: Encoder) -> None:
    long, other = TEXTS[4], TEXTS[4].replace("năm triệu đồng", "tước giấy phép lái xe")
    rows = encoder.encode_passages([long, other])
    assert float(rows[0] @ rows[1]) < 0.9999


def test_queries_and_passages_have_their_own_prefix(encoder: Encoder) -> None:
    assert not np.allclose(encoder.encode_queries(TEXTS[:1]), encoder.encode_passages(TEXTS[:1]), atol=1e-3)


def test_progress_counts_distinct_texts(encoder: Encoder) -> None:
    seen: list[Progress] = []
    encoder.encode_passages([*TEXTS, *TEXTS], seen.append)
    assert (seen[-1].done, seen[-1].total) == (len(TEXTS), len(TEXTS))
    assert [step.done for step in seen] == sorted(step.done for step in seen)
    assert encoder.encode_passages([]).shape == (0, encoder.dim)


@pytest.mark.parametrize(
    ("length", "room", "overlap", "expected"),
    [
        (0, 10, 2, [(0, 0)]),
        (10, 10, 2, [(0, 10)]),
        (11, 10, 2, [(0, 10), (1, 11)]),
        (26, 10, 2, [(0, 10), (8, 18), (16, 26)]),
        (20, 10, 2, [(0, 10), (5, 15), (10, 20)]),
    ],
)
def test_windows_cover_everything(length: int, room: int, overlap: int, expected: list[tuple[int, int]]) -> None:
    windows = cut_windows(range(length), room, overlap)
    assert [(window[0], window[-1] + 1) if len(window) else (0, 0) for window in windows] == expected


def test_fingerprint_changes_with_what_changes_vectors(encoder: Encoder) -> None:
    spec = read_manifest().spec()
    assert load_encoder(spec).fingerprint == encoder.fingerprint
    assert load_encoder(replace(spec, passage_prefix="")).fingerprint != encoder.fingerprint
    assert load_encoder(replace(spec, max_tokens=64)).fingerprint != encoder.fingerprint


def test_damaged_or_missing_weights_are_named(tmp_path: Path) -> None:
    spec = read_manifest().spec()
    with pytest.raises(ResourceError) as damaged:
        load_encoder(replace(spec, sha256="0" * 64))
    assert damaged.value.code == "model_damaged"
    with pytest.raises(ResourceError) as missing:
        load_encoder(replace(spec, folder=tmp_path))
    assert missing.value.code == "model_missing"
    with pytest.raises(SettingsError) as endpoint:
        load_encoder(replace(spec, kind=EncoderKind.ENDPOINT))
    assert endpoint.value.code == "endpoint_encoder"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('default = "x"', "[encoders]"),
        ('[encoders.a]\nkind = "magic"\nsource = "a"\ndim = 3\nmax_tokens = 8', "magic"),
        ('[encoders.a]\nkind = "onnx"\nsource = "a"\nmax_tokens = 8', "dim"),
        ("[encoders.a", "manifest.toml"),
    ],
)
def test_faulty_manifest_names_the_fault(tmp_path: Path, text: str, word: str) -> None:
    (tmp_path / "manifest.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"manifest\.toml") as caught:
        read_manifest(tmp_path)
    assert word.strip("[]") in str(caught.value)


def test_unknown_model_lists_the_known_ones() -> None:
    manifest = read_manifest()
    with pytest.raises(SettingsError) as caught:
        manifest.spec("không-có")
    assert manifest.default in caught.value.remedy


def test_shipped_models_are_small_and_described() -> None:
    for spec in read_manifest().encoders.values():
        if spec.kind is EncoderKind.ONNX:
            folder = models_folder() / spec.source
            assert (folder / "model.onnx").stat().st_size <= 40_000_000
            assert spec.licence
            assert len(spec.sha256) == 64
            assert "license: mit" in (folder / "README.md").read_text(encoding="utf-8")


def test_the_model_folder_is_a_plain_sentence_transformers_model(encoder: Encoder) -> None:
    library = pytest.importorskip("sentence_transformers", reason="the extra train is not installed")
    spec = read_manifest().spec()
    model = library.SentenceTransformer(str(models_folder() / spec.source), device="cpu")  # no code of ours is trusted
    assert all(type(module).__module__.startswith("sentence_transformers.") for module in model)
    short = [text for text in TEXTS if text and len(text) < 1_000]
    assert len(short) >= 3
    # the 8-bit form rounds activations: the same weights, not the same bits
    for ours, theirs in (
        (encoder.encode_queries(short), model.encode_query(short)),
        (encoder.encode_passages(short), model.encode_document(short)),
    ):
        assert (ours * theirs).sum(axis=1).min() > 0.985
        assert np.argmax(ours @ theirs.T, axis=1).tolist() == list(range(len(short)))
    assert np.array_equal(model.encode(["passage: " + short[0]]), model.encode_document(short[:1]))
    assert model.get_embedding_dimension() == encoder.dim
    assert model.similarity_fn_name == "cosine"


def test_any_sentence_transformers_folder_can_be_configured(tmp_path: Path) -> None:
    library = pytest.importorskip("sentence_transformers", reason="the extra train is not installed")
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(models_folder() / read_manifest().spec().source / "tokenizer.json"))
    library.SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=24)], device="cpu").save(
        str(tmp_path / "other")
    )
    (tmp_path / "manifest.toml").write_text(
        '[encoders.other]\nkind = "sentence-transformers"\nsource = "other"\ndim = 24\nmax_tokens = 64\nquery_prefix = "hỏi: "\n',
        encoding="utf-8",
    )
    encoder = load_encoder(read_manifest(tmp_path).spec())
    rows = encoder.encode_passages([*TEXTS[:3], TEXTS[0]])
    assert rows.shape == (4, 24)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(4), abs=1e-3)
    assert np.array_equal(rows[0], rows[3])
    assert float(rows[0] @ rows[1]) > float(rows[0] @ rows[2])
    assert not np.allclose(encoder.encode_queries(TEXTS[:1]), rows[:1])
    assert encoder.fingerprint.startswith("other-")


def test_hot_path_imports_no_torch() -> None:
    code = (
        "import sys, json\n"
        "import nlp.retrieval.search, nlp.retrieval.encoders\n"
        "lazy = [name for name in ('onnxruntime', 'tokenizers') if name in sys.modules]\n"
        "nlp.retrieval.encoders.load_encoder().encode_queries(['x'])\n"
        "print(json.dumps([lazy, [name for name in ('torch', 'transformers', 'sentence_transformers') if name in sys.modules]]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [[], []]

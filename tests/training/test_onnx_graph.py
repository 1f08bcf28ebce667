"""The hand-written graph against transformers' own BERT."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import onnxruntime
import pytest

pytest.importorskip("torch", reason="the extra train is not installed")
pytest.importorskip("onnx", reason="the extra train is not installed")

from nlp.training.body import TextEncoder, bert_of
from nlp.training.onnx_graph import Precision, build_onnx, quantise_columns
from tests.training.tiny import SHAPE, checkpoint, tokenizer_json

TEXTS = [
    "passage: Người lái xe phải có giấy phép lái xe.",
    "passage: Đất ở",
    "query: thời hạn nộp hồ sơ là mười lăm ngày làm việc",
]


def run(model: bytes, texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    encode = TextEncoder(bert_of(checkpoint()), tokenizer_json(), 64)
    encodings = encode._tokenizer.encode_batch(texts)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    feeds = {
        "input_ids": np.array([encoding.ids for encoding in encodings], dtype=np.int64),
        "attention_mask": np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64),
    }
    return np.asarray(session.run(None, feeds)[0], dtype=np.float32)


def test_float_graph_is_the_same_network() -> None:
    torch_rows = TextEncoder(bert_of(checkpoint()).eval(), tokenizer_json(), 64)(TEXTS).detach().numpy()
    assert run(build_onnx(checkpoint(), Precision.FLOAT32), TEXTS) == pytest.approx(torch_rows, abs=1e-5)


def test_8_bit_graph_is_close_and_ranks_the_same() -> None:
    exact, small = (run(build_onnx(checkpoint(), precision), TEXTS) for precision in Precision)
    assert (exact * small).sum(axis=1).min() > 0.995
    assert np.argsort(exact @ exact[0]).tolist() == np.argsort(small @ small[0]).tolist()


@pytest.mark.parametrize("precision", list(Precision))
def test_a_row_does_not_depend_on_its_batch(precision: Precision) -> None:
    model = build_onnx(checkpoint(), precision)
    together = run(model, TEXTS)
    alone = np.concatenate([run(model, [text]) for text in TEXTS])
    assert together == pytest.approx(alone, abs=1e-5)


def test_projection_is_applied_after_pooling() -> None:
    turn = np.roll(np.eye(SHAPE.hidden, dtype=np.float32), 1, axis=0) * 2
    plain = run(build_onnx(checkpoint(), Precision.FLOAT32), TEXTS)
    turned = run(build_onnx(replace(checkpoint(), projection=turn), Precision.FLOAT32), TEXTS)
    assert turned == pytest.approx(np.roll(plain, 1, axis=1), abs=1e-5)


def test_columns_fit_16_bit_sums() -> None:
    weight = np.array([[1.0, -2.0], [0.0, 0.0]], dtype=np.float32)
    small, scales = quantise_columns(weight)
    assert small.tolist() == [[31, -63], [0, 0]]
    assert small[0] * scales[0] == pytest.approx(weight[0], abs=float(scales[0]))
    assert 255 * int(np.abs(small).max()) * 2 <= 32_767


def test_same_bytes_for_the_same_weights() -> None:
    assert build_onnx(checkpoint(), Precision.INT8) == build_onnx(checkpoint(), Precision.INT8)

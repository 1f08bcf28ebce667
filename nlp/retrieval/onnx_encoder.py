"""The hot path: onnxruntime and tokenizers only, no torch.

A model folder holds `model.onnx` (int64 input_ids, attention_mask -> unit rows; written by nlp.training.onnx_graph) and `tokenizer.json`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from nlp.errors import ResourceError
from nlp.progress import OnProgress, Progress, silent
from nlp.retrieval.encoders import STAGE, encode_once
from nlp.retrieval.vectors import FloatArray, unit_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nlp.retrieval.manifest import EncoderSpec

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
# Padded tokens given to the model at once: activations of about 8 MB stay near the core (one core, 309 tokens a text on average: 22 texts/s, 20 with 4,096).
BATCH_TOKENS = 1_024
TOKENIZE_TEXTS = 1_024  # texts given to the tokenizer at once
OVERLAP_TOKENS = (
    16  # shared by neighbouring windows, so that a clause cut in two is whole in one of them where it is short
)
FINGERPRINT_DIGITS = 12


@dataclass(frozen=True, slots=True)
class _Window:
    """A run of token ids of text number `text`; special tokens and prefix included."""

    text: int
    ids: tuple[int, ...]
    weight: int  # tokens of the text itself


class OnnxEncoder:
    """An `Encoder` on a folder in our ONNX form. Texts longer than `max_tokens` are cut in even windows, averaged by their tokens."""

    def __init__(self, spec: EncoderSpec, *, threads: int = 0) -> None:
        folder = _existing(spec)
        model = (folder / MODEL_FILE).read_bytes()
        _check_sum(spec, model)
        self.spec = spec
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._start, self._end, self._pad = (_special(self._tokenizer, token) for token in ("<s>", "</s>", "<pad>"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        # threads that wait by spinning took a third of the speed when anything else ran on the two cores
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        digest = sha256(model)
        digest.update((folder / TOKENIZER_FILE).read_bytes())
        digest.update(repr((spec.max_tokens, spec.query_prefix, spec.passage_prefix, OVERLAP_TOKENS)).encode())
        self._fingerprint = f"{spec.name}-{digest.hexdigest()[:FINGERPRINT_DIGITS]}"

    @property
    def fingerprint(self) -> str:
        """See `Encoder`."""
        return self._fingerprint

    @property
    def dim(self) -> int:
        """See `Encoder`."""
        return self.spec.dim

    def encode_passages(self, texts: Sequence[str], on_progress: OnProgress = silent) -> FloatArray:
        """See `Encoder`."""
        return encode_once(texts, self.dim, partial(self._encode, self.spec.passage_prefix), on_progress)

    def encode_queries(self, texts: Sequence[str], on_progress: OnProgress = silent) -> FloatArray:
        """See `Encoder`."""
        return encode_once(texts, self.dim, partial(self._encode, self.spec.query_prefix), on_progress)

    def _encode(self, prefix: str, texts: Sequence[str], on_progress: OnProgress) -> FloatArray:
        windows = sorted(self._windows(prefix, texts), key=lambda window: (len(window.ids), window.text), reverse=True)
        sums = np.zeros((len(texts), self.dim), dtype=np.float64)
        open_windows = np.bincount([window.text for window in windows], minlength=len(texts))
        done = 0
        for batch in _batches(windows):
            rows = self._run(batch)
            for window, row in zip(batch, rows, strict=True):
                sums[window.text] += row.astype(np.float64) * window.weight
                open_windows[window.text] -= 1
                done += int(open_windows[window.text] == 0)
            on_progress(Progress(STAGE, done, len(texts)))
        return unit_rows(sums.astype(np.float32))

    def _windows(self, prefix: str, texts: Sequence[str]) -> list[_Window]:
        head = (self._start, *self._tokenizer.encode(prefix.strip(), add_special_tokens=False).ids)
        room = self.spec.max_tokens - len(head) - 1
        windows: list[_Window] = []
        for first in range(0, len(texts), TOKENIZE_TEXTS):
            chunk = [text.strip() for text in texts[first : first + TOKENIZE_TEXTS]]
            encodings = self._tokenizer.encode_batch_fast(chunk, add_special_tokens=False)
            for number, encoding in enumerate(encodings, start=first):
                windows.extend(
                    _Window(number, (*head, *part, self._end), max(1, len(part)))
                    for part in cut_windows(encoding.ids, room, OVERLAP_TOKENS)
                )
        return windows

    def _run(self, batch: Sequence[_Window]) -> FloatArray:
        width = max(len(window.ids) for window in batch)
        ids = np.full((len(batch), width), self._pad, dtype=np.int64)
        mask = np.zeros((len(batch), width), dtype=np.int64)
        for row, window in enumerate(batch):
            ids[row, : len(window.ids)] = window.ids
            mask[row, : len(window.ids)] = 1
        (vectors,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return np.asarray(vectors, dtype=np.float32)


def cut_windows(ids: Sequence[int], room: int, overlap: int) -> list[Sequence[int]]:
    """`ids` cut in the fewest windows of at most `room`, evenly spread: the first starts at the start, the last ends at the end.

    Neighbours share at least `overlap` ids. One window, possibly empty, where everything fits.
    """
    if len(ids) <= room:
        return [ids]
    count = ceil((len(ids) - overlap) / (room - overlap))
    last = len(ids) - room
    return [ids[start : start + room] for start in (round(last * number / (count - 1)) for number in range(count))]


def _batches(windows: Sequence[_Window]) -> list[list[_Window]]:
    """Runs of windows, in the given order (longest first), of at most BATCH_TOKENS padded tokens."""
    batches: list[list[_Window]] = []
    for _, group in groupby(windows, key=lambda window: len(window.ids) // 16):
        members = list(group)
        size = max(1, BATCH_TOKENS // len(members[0].ids))
        batches.extend(members[start : start + size] for start in range(0, len(members), size))
    return batches


def _existing(spec: EncoderSpec) -> Path:
    folder = spec.folder
    if folder is None or not (folder / MODEL_FILE).is_file() or not (folder / TOKENIZER_FILE).is_file():
        raise ResourceError(
            "model_missing",
            where=spec.name,
            what=f"Không thấy {MODEL_FILE} hoặc {TOKENIZER_FILE} trong models/{spec.source}.",
            remedy="Lấy lại mã nguồn đầy đủ, hoặc dựng lại mô hình bằng rasoat train.",
            what_en=f"{MODEL_FILE} or {TOKENIZER_FILE} is missing in models/{spec.source}.",
            remedy_en="Clone the whole repository, or build the model again with rasoat train.",
        )
    return folder


def _check_sum(spec: EncoderSpec, model: bytes) -> None:
    if spec.sha256 and sha256(model).hexdigest() != spec.sha256:
        raise ResourceError(
            "model_damaged",
            where=spec.name,
            what=f"Tệp {MODEL_FILE} khác với mã kiểm trong manifest.toml.",
            remedy="Lấy lại tệp mô hình; nếu vừa huấn luyện, cập nhật sha256 trong manifest.toml.",
            what_en=f"{MODEL_FILE} does not match the checksum in manifest.toml.",
            remedy_en="Fetch the model file again; after training, update sha256 in manifest.toml.",
        )


def _special(tokenizer: Tokenizer, token: str) -> int:
    number = tokenizer.token_to_id(token)
    assert number is not None, token  # every tokenizer that nlp.training writes has them
    return int(number)

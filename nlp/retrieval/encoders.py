"""Texts to vectors. `Encoder` is what the rest of the project knows; `load_encoder` makes one from a block of the manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from nlp.errors import SettingsError
from nlp.progress import OnProgress, Progress, silent
from nlp.retrieval.manifest import EncoderKind, EncoderSpec, read_manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nlp.retrieval.vectors import FloatArray

STAGE = "encode"


class Encoder(Protocol):
    """Turns texts into rows of length 1, so that a scalar product is a cosine.

    Guarantees: one row a text, in the order given, float32 (n, dim); the row depends on the text alone, not on its neighbours; texts of any
    length, their end included; no downloads at the time of the call.
    """

    @property
    def fingerprint(self) -> str:
        """A short stable word that changes with weights, tokenizer, prefixes and windows: "rasoat-e5-small-3f2a9c01b7de"."""

    @property
    def dim(self) -> int:
        """Numbers a vector."""

    def encode_passages(self, texts: Sequence[str], on_progress: OnProgress = silent) -> FloatArray:
        """The vectors of provisions. `on_progress` counts distinct texts done."""

    def encode_queries(self, texts: Sequence[str], on_progress: OnProgress = silent) -> FloatArray:
        """The vectors of what people type."""


def load_encoder(spec: EncoderSpec | None = None, *, threads: int = 0) -> Encoder:
    """The encoder of a manifest block (the shipped default unless given), ready to run; `threads` 0 leaves their number to the runtime.

    Raises SettingsError for an endpoint (service.remote_encoder makes those: the core knows no HTTP) and ResourceError where weights or
    optional packages are missing or damaged.
    """
    chosen = read_manifest().spec() if spec is None else spec
    if chosen.kind is EncoderKind.ONNX:
        from nlp.retrieval.onnx_encoder import OnnxEncoder  # noqa: PLC0415 - onnxruntime takes 0.2 s to import

        return OnnxEncoder(chosen, threads=threads)
    if chosen.kind is EncoderKind.SENTENCE_TRANSFORMERS:
        from nlp.retrieval.torch_encoder import TorchEncoder  # noqa: PLC0415 - optional dependency

        return TorchEncoder(chosen)
    raise SettingsError(
        "endpoint_encoder",
        where=chosen.name,
        what="Mô hình qua mạng không chạy được trong lõi phân tích.",
        remedy="Tạo qua service.remote_encoder.",
        what_en="An endpoint cannot be run by the analysis core.",
        remedy_en="Make it with service.remote_encoder.",
    )


def encode_once(
    texts: Sequence[str],
    dim: int,
    encode: Callable[[Sequence[str], OnProgress], FloatArray],
    on_progress: OnProgress = silent,
) -> FloatArray:
    """The vectors of `texts` in order, where `encode` has seen each distinct text once (in order of first appearance)."""
    if not texts:
        return np.zeros((0, dim), dtype=np.float32)
    place: dict[str, int] = {}
    for text in texts:
        place.setdefault(text, len(place))
    vectors = encode(list(place), on_progress)
    on_progress(Progress(STAGE, len(place), len(place)))
    return vectors[np.fromiter((place[text] for text in texts), dtype=np.int64, count=len(texts))]

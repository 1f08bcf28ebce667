"""Any sentence-transformers model, by folder or hub name; needs the extra `train` (torch)."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from nlp.errors import ResourceError
from nlp.progress import OnProgress, Progress, silent
from nlp.retrieval.encoders import STAGE, encode_once
from nlp.retrieval.vectors import FloatArray, unit_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.retrieval.manifest import EncoderSpec

CHUNK = 256  # texts between two reports of progress
FINGERPRINT_DIGITS = 12


class TorchEncoder:
    """An `Encoder` on sentence-transformers, in bf16 where this processor multiplies bf16 in hardware.

    Texts beyond `max_tokens` are cut by the library: the end of very long provisions is not seen by such a model.
    """

    def __init__(self, spec: EncoderSpec) -> None:
        try:
            import torch  # noqa: PLC0415 - optional dependency
            from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - optional dependency
        except ImportError as problem:
            raise ResourceError(
                "extra_missing",
                where=spec.name,
                what="Mô hình này cần gói sentence-transformers.",
                remedy="Cài phần mở rộng: pip install 'rasoat[train]'.",
                what_en="This model needs the package sentence-transformers.",
                remedy_en="Install the extra: pip install 'rasoat[train]'.",
            ) from problem
        source = spec.source if spec.folder is None else str(spec.folder)
        self.spec = spec
        self._model = SentenceTransformer(source, device="cpu")
        with suppress(AttributeError):  # models without positions (static ones) have no such limit
            self._model.max_seq_length = spec.max_tokens
        if bool(torch.backends.cpu.get_cpu_capability() == "AVX512") and torch.ops.mkldnn._is_mkldnn_bf16_supported():  # noqa: SLF001
            self._model = self._model.bfloat16()
        identity = repr((spec.source, spec.sha256, spec.max_tokens, spec.query_prefix, spec.passage_prefix))
        self._fingerprint = f"{spec.name}-{sha256(identity.encode()).hexdigest()[:FINGERPRINT_DIGITS]}"

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
        order = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for start in range(0, len(order), CHUNK):
            rows = order[start : start + CHUNK]
            batch = [prefix + texts[row] for row in rows]
            encoded = self._model.encode(batch, convert_to_tensor=True, show_progress_bar=False).float()
            vectors[rows] = encoded.numpy()
            on_progress(Progress(STAGE, start + len(rows), len(texts)))
        return unit_rows(vectors)

"""An encoder behind an OpenAI-compatible endpoint (`POST {url}/embeddings`), as an option; the core knows no HTTP, so it lives here.

In the manifest: kind = "endpoint", source = the model's name there, url = "https://host/v1". The key comes from the caller (service.config reads it).
"""

from __future__ import annotations

import json
import urllib.request
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np

from nlp.errors import ResourceError, SettingsError
from nlp.progress import OnProgress, Progress, silent
from nlp.retrieval.encoders import STAGE, encode_once
from nlp.retrieval.vectors import unit_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.retrieval.manifest import EncoderSpec
    from nlp.retrieval.vectors import FloatArray

BATCH = 64  # texts a request
TIMEOUT = 120.0  # seconds a request
FINGERPRINT_DIGITS = 12


class RemoteEncoder:
    """An `Encoder` that asks an endpoint. Long texts are cut there as its model does; texts leave this machine."""

    def __init__(self, spec: EncoderSpec, *, key: str = "", timeout: float = TIMEOUT) -> None:
        if urlsplit(spec.url).scheme not in {"http", "https"}:
            raise SettingsError(
                "endpoint_url",
                where=spec.name,
                what=f"Địa chỉ url = {spec.url!r} không dùng được.",
                remedy="Khai báo url bắt đầu bằng http:// hoặc https:// trong models/manifest.toml.",
                what_en=f"url = {spec.url!r} cannot be used.",
                remedy_en="Give a url that starts with http:// or https:// in models/manifest.toml.",
            )
        self.spec = spec
        self._key = key
        self._timeout = timeout
        identity = repr((spec.url, spec.source, spec.dim, spec.query_prefix, spec.passage_prefix))
        self._fingerprint = f"{spec.name}-{sha256(identity.encode()).hexdigest()[:FINGERPRINT_DIGITS]}"

    @property
    def fingerprint(self) -> str:
        """See `Encoder`. The endpoint cannot be seen to change its weights: rename the block when it does."""
        return self._fingerprint

    @property
    def dim(self) -> int:
        """See `Encoder`."""
        return self.spec.dim

    def encode_passages(self, texts: Sequence[str], on_progress: OnProgress = silent) -> FloatArray:
        """See `Encoder`. Raises ResourceError where the endpoint fails."""
        return encode_once(texts, self.dim, partial(self._encode, self.spec.passage_prefix), on_progress)

    def encode_queries(self, texts: Sequence[str], on_progress: OnProgress = silent) -> FloatArray:
        """See `Encoder`. Raises ResourceError where the endpoint fails."""
        return encode_once(texts, self.dim, partial(self._encode, self.spec.query_prefix), on_progress)

    def _encode(self, prefix: str, texts: Sequence[str], on_progress: OnProgress) -> FloatArray:
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            batch = [prefix + text for text in texts[start : start + BATCH]]
            rows[start : start + len(batch)] = self._ask(batch)
            on_progress(Progress(STAGE, start + len(batch), len(texts)))
        return unit_rows(rows)

    def _ask(self, batch: Sequence[str]) -> FloatArray:
        body = json.dumps({"model": self.spec.source, "input": list(batch), "encoding_format": "float"}).encode()
        headers = {"Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = urllib.request.Request(f"{self.spec.url.rstrip('/')}/embeddings", body, headers)  # noqa: S310 - scheme checked above
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:  # noqa: S310 - the same
                items = json.load(answer)["data"]
            ordered = sorted(items, key=lambda item: int(item["index"]))
            rows = np.array([item["embedding"] for item in ordered], dtype=np.float32)
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise self._failed(str(problem)) from problem
        if rows.shape != (len(batch), self.dim):
            raise self._failed(f"{rows.shape} != {(len(batch), self.dim)}")
        return rows

    def _failed(self, reason: str) -> ResourceError:
        return ResourceError(
            "endpoint_failed",
            where=self.spec.name,
            what=f"Dịch vụ mã hóa không trả về véc-tơ hợp lệ ({reason}).",
            remedy="Kiểm tra url, khóa truy cập và dim trong models/manifest.toml, hoặc dùng mô hình đi kèm.",
            what_en=f"The endpoint returned no valid vectors ({reason}).",
            remedy_en="Check url, key and dim in models/manifest.toml, or use the shipped model.",
        )

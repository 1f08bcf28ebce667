"""The endpoint encoder against a small server of our own that speaks the OpenAI form."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nlp.errors import ResourceError, SettingsError
from nlp.retrieval.manifest import EncoderKind, EncoderSpec
from service.remote_encoder import BATCH, RemoteEncoder

if TYPE_CHECKING:
    from collections.abc import Iterator


class Endpoint(BaseHTTPRequestHandler):
    """Vectors (length of text, number of a's, 1), out of order, as the form allows."""

    seen: list[list[str]]

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts: list[str] = asked["input"]
        type(self).seen.append(texts)
        allowed = (
            self.headers.get("Authorization") == "Bearer khoa"
            and self.path == "/v1/embeddings"
            and asked["model"] == "m"
        )
        rows = [{"index": number, "embedding": [len(text), text.count("a"), 1]} for number, text in enumerate(texts)]
        self.send_response(200 if allowed else 401)
        self.end_headers()
        self.wfile.write(json.dumps({"data": rows[::-1]}).encode())

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def url() -> Iterator[str]:
    Endpoint.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def spec(url: str, dim: int = 3) -> EncoderSpec:
    return EncoderSpec("xa", EncoderKind.ENDPOINT, "m", dim, 512, "q: ", "p: ", url=url)


def test_vectors_in_order_unit_once_and_in_batches(url: str) -> None:
    encoder = RemoteEncoder(spec(url), key="khoa")
    texts = ["a" * number for number in range(BATCH + 5)] + ["aa"]
    rows = encoder.encode_passages(texts)
    expected = np.array([len("p: ") + 2, 2, 1]) / np.linalg.norm([5, 2, 1])
    assert rows[2] == pytest.approx(expected)
    assert np.array_equal(rows[2], rows[-1])
    assert [len(batch) for batch in Endpoint.seen] == [BATCH, 5]
    assert Endpoint.seen[0][1] == "p: a"
    encoder.encode_queries(["hỏi"])
    assert Endpoint.seen[-1] == ["q: hỏi"]


@pytest.mark.parametrize(("key", "dim"), [("sai", 3), ("khoa", 4)])
def test_failures_are_errors_with_a_remedy_and_never_vectors(url: str, key: str, dim: int) -> None:
    with pytest.raises(ResourceError) as caught:
        RemoteEncoder(spec(url, dim), key=key).encode_passages(["a"])
    assert caught.value.code == "endpoint_failed"
    assert "manifest.toml" in caught.value.remedy


def test_unreachable_endpoint_and_wrong_scheme() -> None:
    with pytest.raises(ResourceError):
        RemoteEncoder(spec("http://127.0.0.1:9/v1"), timeout=2).encode_passages(["a"])
    with pytest.raises(SettingsError):
        RemoteEncoder(spec("file:///etc"))


def test_fingerprint_names_place_and_model() -> None:
    one, other = RemoteEncoder(spec("http://a/v1")), RemoteEncoder(spec("http://b/v1"))
    assert one.fingerprint != other.fingerprint
    assert one.fingerprint.startswith("xa-")

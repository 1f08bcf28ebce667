"""The service as people run it: a server, its worker, and a worker that is killed in the middle of a job."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = Path(__file__).resolve().parents[2] / "corpora" / "sample" / "documents"
SCAN = SAMPLE / "LamKhe_33_2022_QD-UBND_scan.pdf"  # read by OCR: long enough to be interrupted
PATIENCE = 180.0  # seconds, on a busy machine

pytestmark = pytest.mark.slow


class Server:
    def __init__(self, workspace: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "service.cli", "serve", "-w", str(workspace), "--port", str(self.port)]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def ask(self, path: str, data: bytes | None = None, kind: str = "application/json", method: str = "") -> Any:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, {"content-type": kind})
        if method:
            request.method = method
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)

    def until(self, path: str, seen: set[str]) -> Any:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                answer = self.ask(path)
            except urllib.error.URLError:
                answer = {}
            if answer.get("state", answer.get("status")) in seen:
                return answer
            time.sleep(0.1)
        raise AssertionError(f"{path} never reached {seen}")

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(number) for path in {children, *threads} for number in path.read_text().split()]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path / "w")
    try:
        made.until("/health", {"ok"})
        yield made
    finally:
        made.process.send_signal(signal.SIGINT)
        made.process.wait(30)


def multipart(file: Path) -> tuple[bytes, str]:
    head = f'--b\r\ncontent-disposition: form-data; name="files"; filename="{file.name}"\r\n\r\n'
    return head.encode() + file.read_bytes() + b"\r\n--b--\r\n", "multipart/form-data; boundary=b"


def test_a_job_survives_the_death_of_its_worker(server: Server) -> None:
    number = server.ask("/ingest", *multipart(SCAN))["id"]
    running = server.until(f"/jobs/{number}", {"running"})
    assert running["attempts"] == 1
    (worker,) = server.workers()
    os.kill(worker, signal.SIGKILL)
    done = server.until(f"/jobs/{number}", {"done", "failed"})
    assert (done["state"], done["attempts"]) == ("done", 2)
    (kept,) = server.ask(f"/jobs/{number}/result")["files"]
    assert (kept["file"], kept["outcome"], kept["version"]) == (SCAN.name, "new", 1)
    (document,) = server.ask("/documents")
    assert document["file"] == SCAN.name
    audit = server.ask("/audit", b"{}")["id"]
    assert server.until(f"/jobs/{audit}", {"done", "failed"})["error"] is None
    assert server.ask(f"/jobs/{audit}/result")["coverage"]["counts"]["files"] == 1

"""The sandbox: the same text as in the open, and a bad file ends only the child."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
import zipfile
from dataclasses import asdict, replace
from pathlib import Path
from unittest.mock import patch

import pytest

from nlp.errors import InputError, ResourceError
from nlp.reading import ReadingCache, Sandbox, read, read_sandboxed
from nlp.reading.codec import dump, load
from nlp.reading.worker import serve
from nlp.settings import ReadingSettings

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample" / "documents"
DIGITAL = SAMPLE / "LamKhe_12_2024_QD-UBND.pdf"
WORD = SAMPLE / "SaKhe_36_2025_NQ-HDND.docx"


def test_same_text_from_one_child_for_many_files() -> None:
    with Sandbox() as sandbox:
        first = sandbox.read(DIGITAL)
        child = sandbox._child
        second = sandbox.read(WORD)
        assert sandbox._child is child
    assert first == read(DIGITAL.read_bytes(), DIGITAL.name)
    assert second == read(WORD.read_bytes(), WORD.name)
    assert child is not None
    assert child.poll() is not None  # gone after close


def test_errors_come_back_as_they_are(tmp_path: Path) -> None:
    bad = tmp_path / "hong.pdf"
    bad.write_bytes(b"%PDF-1.7 broken")
    with Sandbox() as sandbox:
        with pytest.raises(InputError) as caught:
            sandbox.read(bad)
        assert (caught.value.code, caught.value.where) == ("pdf_damaged", "hong.pdf")
        with pytest.raises(InputError, match="Không đọc được tệp"):
            sandbox.read(tmp_path / "khong-co.pdf")
        assert sandbox.read(DIGITAL).pages  # the child lives on


def test_a_file_beyond_the_time_limit_is_stopped() -> None:
    with Sandbox(ReadingSettings(max_seconds=0)) as sandbox, pytest.raises(ResourceError) as caught:
        sandbox.read(DIGITAL)
    assert caught.value.code == "time_limit"


def test_a_child_that_dies_is_replaced() -> None:
    with Sandbox() as sandbox:
        sandbox.read(DIGITAL)
        assert sandbox._child is not None
        os.kill(sandbox._child.pid, signal.SIGKILL)
        assert sandbox.read(DIGITAL).text


def test_processor_time_is_limited() -> None:
    scan = SAMPLE / "HongSa_07_2018_QD-UBND_scan.pdf"  # takes seconds; the child may spend the one that has begun
    with Sandbox(ReadingSettings(max_cpu_seconds=0)) as sandbox, pytest.raises(ResourceError) as caught:
        sandbox.read(scan)
    assert caught.value.code == "cpu_limit"


def test_archives_are_unpacked_in_the_child(tmp_path: Path) -> None:
    archive, folder = tmp_path / "ho-so.zip", tmp_path / "ra"
    folder.mkdir()
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("một/../../quyet-dinh.pdf", DIGITAL.read_bytes())
        package.writestr("ghi chú.txt", "Điều 1. Phạm vi")
        package.writestr("la.exe", b"MZ")
    with Sandbox() as sandbox:
        found = sandbox.unpack(archive, "ho-so.zip", folder)
        assert [name for name, _ in found] == ["ghi chú.txt", "một/quyet-dinh.pdf"]
        assert all(path.parent == folder for _, path in found)
        assert found[1][1].read_bytes() == DIGITAL.read_bytes()
        archive.write_bytes(archive.read_bytes()[:-30])
        with pytest.raises(InputError) as caught:
            sandbox.unpack(archive, "ho-so.zip", folder)
    assert (caught.value.code, caught.value.where) == ("package_damaged", "ho-so.zip")


def test_the_cache_does_not_hide_a_name_that_contradicts_the_bytes(tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path / "cache", ReadingSettings())
    with Sandbox() as sandbox:
        assert cache.read(DIGITAL, sandbox).name == DIGITAL.name
        with pytest.raises(InputError) as caught:
            cache.read(DIGITAL, sandbox, "quyet-dinh.docx")
    assert caught.value.code == "format_contradicts_name"


def test_what_no_reader_foresaw_fails_alone() -> None:
    request = {"path": str(DIGITAL), "name": "a.pdf", "settings": asdict(ReadingSettings())}
    answers = io.BytesIO()
    with (
        patch("nlp.reading.worker.read", side_effect=KeyError("no such table")),
        patch("nlp.reading.worker._grant"),  # the limit is the child's, not this process's
    ):
        serve(io.BytesIO(json.dumps(request).encode() + b"\n"), answers)
    header = json.loads(answers.getvalue())
    assert (header["error"], header["code"], header["where"]) == ("InputError", "reading_failed", "a.pdf")
    assert "KeyError" in header["what"]


def test_the_child_reaches_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = (
            "import ctypes, socket, sys\nfrom nlp.reading.worker import confine\nfrom nlp.settings import ReadingSettings\n"
            "if ctypes.CDLL(None).unshare(0x40000000) and ctypes.CDLL(None).unshare(0x50000000): sys.exit(77)\n"
            f"confine(ReadingSettings())\nsocket.create_connection(('127.0.0.1', {port}), 5)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode == 77:
        pytest.skip("this machine gives no network namespaces")
    assert "OSError" in done.stderr


def test_memory_is_limited() -> None:
    with pytest.raises(ResourceError) as caught:
        read_sandboxed(DIGITAL, ReadingSettings(max_memory_bytes=64 * 2**20))
    assert caught.value.code in {"reader_died", "memory_limit"}


def test_large_files_are_refused_before_they_are_read() -> None:
    with pytest.raises(InputError) as caught:
        read_sandboxed(DIGITAL, ReadingSettings(max_file_bytes=10))
    assert caught.value.code == "file_too_large"


def test_codec_is_the_inverse_of_itself() -> None:
    source = read(DIGITAL.read_bytes(), DIGITAL.name)
    assert load(dump(source)) == source
    with pytest.raises(ValueError, match="not a stored source text"):
        load(b'{"form": 1}')


def test_cache_keeps_by_content_and_settings(tmp_path: Path) -> None:
    copy = tmp_path / "ban-sao.pdf"
    copy.write_bytes(DIGITAL.read_bytes())
    settings = ReadingSettings()
    with Sandbox(settings) as sandbox:
        cache = ReadingCache(tmp_path / "cache", settings)
        first = cache.read(DIGITAL, sandbox)
        entries = list((tmp_path / "cache").rglob("*.gz"))
        again = cache.read(copy, sandbox)
        assert again == replace(first, name="ban-sao.pdf")
        assert list((tmp_path / "cache").rglob("*.gz")) == entries
        entries[0].write_bytes(b"cut short")
        assert cache.read(DIGITAL, sandbox) == first
        ReadingCache(tmp_path / "cache", ReadingSettings(max_pages=7)).read(DIGITAL, sandbox)
        assert len(list((tmp_path / "cache").rglob("*.gz"))) == 2

"""The sandbox: the same text as in the open, and a bad file ends only the child."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from nlp.errors import InputError, ResourceError
from nlp.reading import ReadingCache, Sandbox, read, read_sandboxed
from nlp.reading.codec import dump, load
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

"""What kills a reader fails one file."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nlp.errors import InputError, LegalTextError, NotFoundError, ResourceError
from nlp.reading import read
from nlp.settings import ReadingSettings
from service.usecases.sandbox import Sandbox
from service.usecases.sandbox_child import error_from, error_text

if TYPE_CHECKING:
    from collections.abc import Iterator

DECREE = Path(__file__).resolve().parents[2] / "corpora" / "sample" / "documents" / "976_2024_ND-CP.pdf"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(ReadingSettings())
    yield made
    made.close()


def test_the_text_is_that_of_the_reader(sandbox: Sandbox) -> None:
    assert sandbox.read(DECREE, "a.pdf") == read(DECREE.read_bytes(), "a.pdf")


def test_one_child_reads_many_files_and_errors_pass_through(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.read(DECREE, "a.pdf")
    child = sandbox._child
    (tmp_path / "cut.pdf").write_bytes(DECREE.read_bytes()[:900])
    with pytest.raises(LegalTextError) as caught:
        sandbox.read(tmp_path / "cut.pdf", "cut.pdf")
    assert "cut.pdf" in caught.value.where
    assert sandbox.read(DECREE, "b.pdf").name == "b.pdf"
    assert sandbox._child is child


def test_a_reader_that_dies_fails_its_file_only(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.read(DECREE, "a.pdf")
    child = sandbox._child
    assert child is not None
    # a named pipe that nobody writes to keeps the child busy until it is killed
    pipe = tmp_path / "slow.pdf"
    os.mkfifo(pipe)
    threading.Timer(0.5, lambda: os.kill(child.pid, signal.SIGSEGV)).start()
    with pytest.raises(InputError) as caught:
        sandbox.read(pipe, "slow.pdf")
    assert caught.value.code == "reader_died"
    assert caught.value.where == "slow.pdf"
    assert sandbox.read(DECREE, "b.pdf").name == "b.pdf"


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    sandbox = Sandbox(replace(ReadingSettings(), max_seconds=2))
    pipe = tmp_path / "slow.pdf"
    os.mkfifo(pipe)
    start = time.monotonic()
    with pytest.raises(ResourceError) as caught:
        sandbox.read(pipe, "slow.pdf")
    assert caught.value.code == "reading_timeout"
    assert time.monotonic() - start < 10
    sandbox.close()


@pytest.mark.parametrize("kind", [InputError, NotFoundError, ResourceError])
def test_errors_survive_the_border(kind: type[LegalTextError]) -> None:
    error = kind("code", where="a.pdf", what="Hỏng.", remedy="Sửa.", what_en="Broken.", remedy_en="Mend.")
    again = error_from(error_text(error))
    assert type(again) is kind
    assert again.__dict__ == error.__dict__


def test_only_our_errors_are_made() -> None:
    forged = b'["SystemExit", "c", "w", "x", "y", "z", "q"]'
    assert type(error_from(forged)) is InputError

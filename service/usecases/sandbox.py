"""Reading of untrusted files in a child process: what kills a reader (a bomb, a bug in a PDF library) kills the child and fails one file.

Parent and child speak in packed nouns over pipes; nothing that comes back is ever executed. The child is started at the first file, kept for the next
ones, and renewed after some files so that leaks of the libraries stay bounded.
"""

from __future__ import annotations

import contextlib
import json
import struct
import subprocess
import sys
import threading
from dataclasses import asdict
from typing import IO, TYPE_CHECKING

from nlp.errors import InputError, LegalTextError, ResourceError
from nlp.law.source import SourceText
from service.store.codec import unpack
from service.usecases.sandbox_child import FOUND, PROBLEM, error_from

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.settings import ReadingSettings

FILES_PER_CHILD = 200
_HEAD = struct.Struct(">cQ")  # kind of answer, bytes that follow


class Sandbox:
    """Reads files one after another in a child process with the limits of the settings. Safe to share between threads."""

    def __init__(self, settings: ReadingSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._files = 0

    def read(self, path: Path, name: str) -> SourceText:
        """The text of a file.

        Raises what `nlp.reading.read` raises, ResourceError where the file needs more time or memory than the settings allow, InputError where it
        makes the reader crash.
        """
        with self._lock:
            if self._child is None or self._child.poll() is not None or self._files >= FILES_PER_CHILD:
                self._start()
            self._files += 1
            return self._ask(path, name)

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._stop()

    def _start(self) -> None:
        self._stop()
        settings = json.dumps(asdict(self._settings))
        command = [sys.executable, "-m", "service.usecases.sandbox_child", settings]
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  ours
        self._files = 0

    def _stop(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe is not None:
                    with contextlib.suppress(BrokenPipeError):  # a question that the child never read
                        pipe.close()
            self._child = None

    def _ask(self, path: Path, name: str) -> SourceText:
        child = self._child
        assert child is not None
        assert child.stdin is not None
        assert child.stdout is not None
        late = threading.Event()

        def kill() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self._settings.max_seconds, kill)
        timer.start()
        try:
            with contextlib.suppress(BrokenPipeError):  # a dead child shows when its answer is read
                child.stdin.write((json.dumps([str(path), name]) + "\n").encode())
                child.stdin.flush()
            answer = _answer(child.stdout)
        finally:
            timer.cancel()
        if answer is None:
            self._stop()
            raise self._timeout(name) if late.is_set() else _died(name, child.returncode)
        kind, body = answer
        if kind == FOUND:
            return unpack(SourceText, body)
        raise error_from(body) if kind == PROBLEM else _failed(name, body.decode())

    def _timeout(self, name: str) -> ResourceError:
        seconds = self._settings.max_seconds
        return ResourceError(
            "reading_timeout",
            where=name,
            what=f"Đọc tệp quá {seconds} giây nên đã dừng.",
            remedy="Chia nhỏ tệp, hoặc tăng reading.max_seconds trong rasoat.toml.",
            what_en=f"Reading took more than {seconds} seconds and was stopped.",
            remedy_en="Split the file, or raise reading.max_seconds in rasoat.toml.",
        )


def _answer(pipe: IO[bytes]) -> tuple[bytes, bytes] | None:
    """The child's answer, None when it died before it was whole."""
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, length = _HEAD.unpack(head)
    body = pipe.read(length)
    return None if len(body) < length else (kind, body)


def _died(name: str, status: int | None) -> LegalTextError:
    return InputError(
        "reader_died",
        where=name,
        what=f"Tệp làm trình đọc dừng đột ngột (mã {status}): tệp hỏng, hoặc cần nhiều bộ nhớ hơn giới hạn.",
        remedy="Mở tệp bằng phần mềm khác và lưu lại, hoặc quét lại bản giấy; tệp này không được nạp.",
        what_en=f"The file made the reader crash (status {status}): it is broken, or needs more memory than allowed.",
        remedy_en="Open it with other software and save it again, or scan the paper again; it was not ingested.",
    )


def _failed(name: str, bug: str) -> LegalTextError:
    return InputError(
        "reader_failed",
        where=name,
        what=f"Trình đọc không xử lý được tệp này ({bug}).",
        remedy="Mở tệp bằng phần mềm khác và lưu lại rồi thử lại; báo cho người phát triển nếu tệp vẫn mở được bình thường.",
        what_en=f"The reader could not handle this file ({bug}).",
        remedy_en="Save it again with other software and retry; tell the developers if it opens normally elsewhere.",
    )

"""Reading of untrusted files in a child process with limits: a bad file ends the child, never its parent."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, cast

from nlp import errors
from nlp.errors import InputError, LegalTextError
from nlp.reading.codec import load
from nlp.reading.failures import failure
from nlp.settings import ReadingSettings

if TYPE_CHECKING:
    from types import TracebackType
    from typing import IO, Self

    from nlp.law.source import SourceText

_FILES_PER_CHILD = 200  # then a fresh child: leaks of the libraries below stay small
_MAX_ANSWER = 512 * 2**20  # bytes


class _ChildDiedError(Exception):
    """The child ended without an answer."""

    def __init__(self, status: int, had_served: bool) -> None:
        super().__init__(status)
        self.status = status
        self.had_served = had_served


class Sandbox:
    """A child process that reads files one after another; started when first needed, replaced after a crash or many files.

    One at a time: a second thread waits. Use as a context manager, or call `close`.
    """

    def __init__(self, settings: ReadingSettings | None = None) -> None:
        self._settings = settings or ReadingSettings()
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._lock = Lock()

    def read(self, path: Path, name: str = "") -> SourceText:
        """The text of a file; raises LegalTextError subclasses, ResourceError among them when a limit ends the child."""
        return load(self._answer(path, name or path.name))

    def unpack(self, path: Path, name: str, folder: Path) -> tuple[tuple[str, Path], ...]:
        """The documents of an archive as (name inside, file in `folder`); raises what `read` raises."""
        names = json.loads(self._answer(path, name, folder))
        return tuple((str(inside), folder / str(number)) for number, inside in enumerate(names))

    def _answer(self, path: Path, name: str, folder: Path | None = None) -> bytes:
        with self._lock:
            self._check_size(path, name)
            try:
                header, body = self._ask(path, name, folder)
            except _ChildDiedError as death:
                if not death.had_served or death.status == -signal.SIGXCPU:
                    raise _died(name, death.status, self._settings) from death
                try:  # what earlier files left behind may be the cause: once more in a fresh child
                    header, body = self._ask(path, name, folder)
                except _ChildDiedError as again:
                    raise _died(name, again.status, self._settings) from again
            self._served += 1
        if "error" in header:
            raise _error(header)
        return body

    def _ask(self, path: Path, name: str, folder: Path | None) -> tuple[dict[str, object], bytes]:
        child = self._ready()
        wanted = {"path": str(path.resolve()), "name": name, "settings": asdict(self._settings)}
        if folder is not None:
            wanted["unpack"] = str(folder.resolve())
        request = json.dumps(wanted, ensure_ascii=False)
        deadline = time.monotonic() + self._settings.max_seconds
        try:
            _send(child, request.encode() + b"\n")
            header = json.loads(_receive_line(child, deadline))
            return header, _receive(child, int(header["bytes"]), deadline)
        except TimeoutError as error:
            self._kill()
            raise _timed_out(name, self._settings.max_seconds) from error
        except (EOFError, BrokenPipeError, ValueError, KeyError) as error:
            had_served = self._served > 0
            raise _ChildDiedError(self._kill(), had_served) from error

    def _check_size(self, path: Path, name: str) -> None:
        try:
            size = path.stat().st_size
        except OSError as error:
            raise failure("file_unreadable", name) from error
        if size > self._settings.max_file_bytes:
            raise failure("file_too_large", name, size=size / 2**20, limit=self._settings.max_file_bytes / 2**20)

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._child is not None and (self._served >= _FILES_PER_CHILD or self._child.poll() is not None):
            self._kill()
        if self._child is None:
            self._child = _start(self._settings)
            self._served = 0
        return self._child

    def _kill(self) -> int:
        """The exit status of the child, which is gone afterwards with all it started."""
        child, self._child = self._child, None
        if child is None:
            return 0
        status = child.poll()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
        return status if status is not None else child.returncode

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read_sandboxed(path: Path, settings: ReadingSettings | None = None) -> SourceText:
    """The text of one file, read in a child process of its own; for many files keep a `Sandbox`."""
    with Sandbox(settings) as sandbox:
        return sandbox.read(path)


def _start(settings: ReadingSettings) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        [sys.executable, "-c", "from nlp.reading.worker import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        # a clean environment: one thread for each recogniser, and nothing of the parent's secrets
        env={"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PATH": os.defpath, "LC_ALL": "C.UTF-8",
             "PYTHONPATH": os.pathsep.join(entry for entry in [str(Path(__file__).parents[2]), *sys.path] if entry)},
    )  # fmt: skip
    _send(child, json.dumps(asdict(settings)).encode() + b"\n")
    return child


def _send(child: subprocess.Popen[bytes], data: bytes) -> None:
    stream = cast("IO[bytes]", child.stdin)
    stream.write(data)
    stream.flush()


def _receive_line(child: subprocess.Popen[bytes], deadline: float) -> bytes:
    line = bytearray()
    while not line.endswith(b"\n"):
        line += _receive(child, 1, deadline)
        if len(line) > 65536:
            raise ValueError("an answer without end")
    return bytes(line)


def _receive(child: subprocess.Popen[bytes], count: int, deadline: float) -> bytes:
    if count > _MAX_ANSWER:
        raise ValueError("an answer too long")
    stream = cast("IO[bytes]", child.stdout)
    number = stream.fileno()
    data = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(number, selectors.EVENT_READ)
        while len(data) < count:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise TimeoutError
            piece = os.read(number, min(count - len(data), 2**20))
            if not piece:
                raise EOFError
            data += piece
    return bytes(data)


def _error(header: dict[str, object]) -> LegalTextError:
    kind = getattr(errors, str(header["error"]), InputError)
    if not (isinstance(kind, type) and issubclass(kind, LegalTextError)):
        kind = InputError
    texts = {name: str(header[name]) for name in ("where", "what", "remedy", "what_en", "remedy_en")}
    return kind(str(header["code"]), **texts)


def _timed_out(name: str, seconds: int) -> LegalTextError:
    return failure("time_limit", name, seconds=seconds)


def _died(name: str, status: int, settings: ReadingSettings) -> LegalTextError:
    if status == -signal.SIGXCPU:
        return failure("cpu_limit", name, seconds=settings.max_cpu_seconds)
    return failure("reader_died", name, cause=status)

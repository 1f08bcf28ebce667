"""The child process of the sandbox: takes its limits, then reads one file after another from its standard input.

Started by `nlp.reading.sandbox` only. A request is one JSON line (path, name, settings); an answer is one header line of JSON
("source" or an error's fields, and the length in bytes) followed by that many bytes.
"""

from __future__ import annotations

import ctypes
import json
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.errors import LegalTextError
from nlp.reading.archive import members
from nlp.reading.codec import dump
from nlp.reading.failures import failure
from nlp.reading.readers import read
from nlp.settings import ReadingSettings

if TYPE_CHECKING:
    from typing import BinaryIO

_CLONE_NEWUSER, _CLONE_NEWNET, _PR_SET_PDEATHSIG = 0x10000000, 0x40000000, 1
_CORE_FREE_OUTPUT = 2 * 2**30  # bytes that one file written by the child (a converter's) may reach


def confine(settings: ReadingSettings) -> None:
    """Take the limits of the sandbox: memory, file size, no core dumps, no network, and an end when the parent ends."""
    resource.setrlimit(resource.RLIMIT_AS, (settings.max_memory_bytes, settings.max_memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_CORE_FREE_OUTPUT, _CORE_FREE_OUTPUT))
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        # an empty network namespace; without the right to one (a locked-down container) reading goes on: no reader opens a connection
        if libc.unshare(_CLONE_NEWNET) != 0:
            libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _grant(seconds: int) -> None:
    """Let the process use so many more seconds of processor time; beyond them the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard))


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until the input ends."""
    for line in requests:
        request = json.loads(line)
        settings = ReadingSettings(**request["settings"])
        name = str(request["name"])
        _grant(settings.max_cpu_seconds)
        try:
            data = Path(request["path"]).read_bytes()
            folder = request.get("unpack")
            body = unpacked(data, name, settings, Path(folder)) if folder else dump(read(data, name, settings))
            header: dict[str, object] = {"source": True}
        except LegalTextError as error:
            header, body = _fields(error), b""
        except OSError:
            header, body = _fields(failure("file_unreadable", name)), b""
        except MemoryError:
            header, body = _fields(failure("memory_limit", name)), b""
        except RecursionError:
            header, body = _fields(failure("nested_too_deep", name)), b""
        except Exception as bug:  # noqa: BLE001  a file that no reader foresaw fails alone: the child lives on, the message names the place
            header, body = _fields(failure("reading_failed", name, cause=_place(bug))), b""
        answers.write(json.dumps(header | {"bytes": len(body)}, ensure_ascii=False).encode() + b"\n" + body)
        answers.flush()


def unpacked(data: bytes, name: str, settings: ReadingSettings, folder: Path) -> bytes:
    """The members of an archive written into a folder under names of ours; the answer is their own names as JSON, in the order of the files."""
    names: list[str] = []
    for number, member in enumerate(members(data, name, settings)):
        (folder / str(number)).write_bytes(member.data)
        names.append(member.name)
    return json.dumps(names, ensure_ascii=False).encode()


def _place(bug: Exception) -> str:
    """The kind of an unexpected error and the line of ours that it came through last: "KeyError, docx.py:210"."""
    own = [frame for frame in traceback.extract_tb(bug.__traceback__) if "/nlp/" in frame.filename]
    return type(bug).__name__ + (f", {Path(own[-1].filename).name}:{own[-1].lineno}" if own else "")


def _fields(error: LegalTextError) -> dict[str, object]:
    names = ("code", "where", "what", "remedy", "what_en", "remedy_en")
    return {"error": type(error).__name__, **{name: getattr(error, name) for name in names}}


def main() -> None:
    """Run the worker: the first line of the input holds the settings whose limits it takes."""
    settings = ReadingSettings(**json.loads(sys.stdin.buffer.readline()))
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not break the answers
    confine(settings)
    serve(sys.stdin.buffer, answers)

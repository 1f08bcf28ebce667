"""The child of `sandbox`: reads the files it is told to, one a line of stdin, and answers on stdout. Run as `python -m`, never imported for its effects."""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
import traceback
from pathlib import Path
from typing import TextIO

from nlp import errors
from nlp.errors import LegalTextError
from nlp.reading import read
from nlp.settings import ReadingSettings
from service.store.codec import pack

FOUND, PROBLEM, BUG = b"F", b"P", b"B"
_HEAD = struct.Struct(">cQ")
_FIELDS = ("code", "where", "what", "remedy", "what_en", "remedy_en")


def error_text(error: LegalTextError) -> bytes:
    """An error as its class and fields."""
    return json.dumps([type(error).__name__, *(getattr(error, field) for field in _FIELDS)]).encode()


def error_from(data: bytes) -> LegalTextError:
    """The error that `error_text` wrote; only our own classes are made."""
    name, code, where, what, remedy, what_en, remedy_en = json.loads(data)
    kinds = {kind.__name__: kind for kind in LegalTextError.__subclasses__() if kind.__module__ == errors.__name__}
    kind = kinds.get(name, errors.InputError)
    return kind(code, where=where, what=what, remedy=remedy, what_en=what_en, remedy_en=remedy_en)


def main() -> None:
    """Answer until stdin ends."""
    settings = ReadingSettings(**json.loads(sys.argv[1]))
    # answers go to a private copy of stdout: a library that prints cannot break the protocol
    answers = os.fdopen(os.dup(1), "wb")
    log = os.fdopen(os.dup(2), "w")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    # and what image libraries chatter about odd pictures is no news for a reader
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    resource.setrlimit(resource.RLIMIT_AS, (settings.max_memory_bytes, settings.max_memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin.buffer:
        path, name = json.loads(line)
        kind, body = _read(Path(path), name, settings, log)
        answers.write(_HEAD.pack(kind, len(body)) + body)
        answers.flush()


def _read(path: Path, name: str, settings: ReadingSettings, log: TextIO) -> tuple[bytes, bytes]:
    try:
        return FOUND, pack(read(path.read_bytes(), name, settings))
    except LegalTextError as error:
        return PROBLEM, error_text(error)
    except MemoryError:
        return BUG, b"MemoryError"
    except Exception as bug:  # noqa: BLE001  the border of the process: the parent reports it as a failed file
        traceback.print_exc(file=log)
        log.flush()
        return BUG, type(bug).__name__.encode()


if __name__ == "__main__":
    main()

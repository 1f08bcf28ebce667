"""Texts already read, by the content of their files and the settings."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import asdict, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from nlp.reading.codec import FORM, dump, load
from nlp.reading.failures import failure

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.law.source import SourceText
    from nlp.reading.sandbox import Sandbox
    from nlp.settings import ReadingSettings

READING = 2  # raise when reading gives other text for the same bytes


def _suffix(name: str) -> str:
    """The file's suffix as part of an entry's name: a name that contradicts the bytes is told, whatever was read before."""
    return re.sub(r"[^a-z0-9.]", "_", PurePath(name).suffix.lower())


class ReadingCache:
    """A folder of texts; entries never go stale, because their names hold everything that reading depends on."""

    def __init__(self, folder: Path, settings: ReadingSettings) -> None:
        self._folder = folder
        fingerprint = json.dumps([FORM, READING, asdict(settings)], sort_keys=True)
        self._variant = hashlib.sha256(fingerprint.encode()).hexdigest()[:12]

    def read(self, path: Path, sandbox: Sandbox, name: str = "") -> SourceText:
        """The text of a file under its present name: from the folder, or read by `sandbox` and kept. Errors are not kept."""
        name = name or path.name
        try:
            with path.open("rb") as stream:
                content = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise failure("file_unreadable", name) from error
        entry = self._folder / content[:2] / f"{content}-{self._variant}{_suffix(name)}.json.gz"
        if entry.is_file():
            try:
                return replace(load(gzip.decompress(entry.read_bytes())), name=name)
            except (OSError, EOFError, ValueError):
                entry.unlink(missing_ok=True)  # cut short by a full disk or a crash: read anew
        source = sandbox.read(path, name)
        entry.parent.mkdir(parents=True, exist_ok=True)
        part = entry.with_suffix(".part")
        part.write_bytes(gzip.compress(dump(source), 5))
        part.replace(entry)
        return source

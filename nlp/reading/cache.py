"""Texts already read, by the content of their files and the settings."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from nlp.reading.codec import FORM, dump, load

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.law.source import SourceText
    from nlp.reading.sandbox import Sandbox
    from nlp.settings import ReadingSettings

READING = 1  # raise when reading gives other text for the same bytes


def _suffix(path: Path) -> str:
    """The file's suffix as part of an entry's name: a name that contradicts the bytes is told, whatever was read before."""
    return re.sub(r"[^a-z0-9.]", "_", path.suffix.lower())


class ReadingCache:
    """A folder of texts; entries never go stale, because their names hold everything that reading depends on."""

    def __init__(self, folder: Path, settings: ReadingSettings) -> None:
        self._folder = folder
        fingerprint = json.dumps([FORM, READING, asdict(settings)], sort_keys=True)
        self._variant = hashlib.sha256(fingerprint.encode()).hexdigest()[:12]

    def read(self, path: Path, sandbox: Sandbox) -> SourceText:
        """The text of a file under its present name: from the folder, or read by `sandbox` and kept. Errors are not kept."""
        with path.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
        entry = self._folder / content[:2] / f"{content}-{self._variant}{_suffix(path)}.json.gz"
        if entry.is_file():
            try:
                return replace(load(gzip.decompress(entry.read_bytes())), name=path.name)
            except (OSError, EOFError, ValueError):
                entry.unlink(missing_ok=True)  # cut short by a full disk or a crash: read anew
        source = sandbox.read(path)
        entry.parent.mkdir(parents=True, exist_ok=True)
        part = entry.with_suffix(".part")
        part.write_bytes(gzip.compress(dump(source), 5))
        part.replace(entry)
        return source

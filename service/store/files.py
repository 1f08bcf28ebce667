"""The original bytes of ingested files, by content hash, beside the database: a finding can always be shown on its page."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileFolder:
    """A folder of files named by their SHA-256, written whole or not at all."""

    root: Path

    def keep(self, data: bytes, sha256: str, name: str) -> Path:
        """Where the bytes lie; keeping them twice writes once."""
        path = self.path(sha256, name)
        if not path.exists():
            write_whole(path, data)
        return path

    def path(self, sha256: str, name: str) -> Path:
        """Where the bytes with this hash lie or would lie; the suffix is that of `name`, if it is a plain one."""
        suffix = re.sub(r"[^a-z0-9.]", "", "".join(Path(name.lower()).suffixes[-2:]))[-16:]
        return self.root / sha256[:2] / f"{sha256}{suffix if suffix.startswith('.') else ''}"


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` under `path` so that a reader sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise

"""Vectors beside the database: shards of unit rows by content hash, one folder per encoder fingerprint.

A shard is `NNNNNN.npy` (float32, rows) and `NNNNNN.keys` (one hash a line). The key file is written last, so a shard that has one is whole: encoding
that was stopped goes on where it was, and texts are encoded once however often they occur or are ingested again.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from service.store.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray


class VectorFolder:
    """The vectors of one encoder. Not shared between writers: two processes that encode at once write the same vectors twice, never wrong ones."""

    def __init__(self, root: Path, fingerprint: str, dim: int) -> None:
        self._folder = root / fingerprint
        self._dim = dim
        self._shards: list[NDArray[np.float32]] = []
        self._places: dict[str, tuple[int, int]] = {}  # key -> (shard, row)
        self._seen: set[str] = set()  # shards already loaded
        self.refresh()

    def __len__(self) -> int:
        return len(self._places)

    def refresh(self) -> None:
        """See what other processes have written since."""
        for names in sorted(self._folder.glob("*.keys")):
            if names.stem not in self._seen:
                rows = np.load(names.with_suffix(".npy"), mmap_mode="r")
                self._add(names.stem, names.read_text(encoding="ascii").split(), rows)

    def missing(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The keys without a vector, each once, in order of first appearance."""
        return tuple(key for key in dict.fromkeys(keys) if key not in self._places)

    def add(self, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep one row of length 1 a key: durable when this returns."""
        assert vectors.shape == (len(keys), self._dim), vectors.shape
        number = len(self._seen)
        while (self._folder / f"{number:06}.npy").exists():
            number += 1
        name = f"{number:06}"
        buffer = io.BytesIO()
        np.save(buffer, vectors.astype(np.float32))
        write_whole(self._folder / f"{name}.npy", buffer.getvalue())
        write_whole(self._folder / f"{name}.keys", ("\n".join(keys) + "\n").encode("ascii"))
        self._add(name, keys, vectors)

    def matrix(self, keys: Sequence[str]) -> NDArray[np.float32]:
        """float32 (len(keys), dim): the vectors in the order of the keys. Raises KeyError for a key that was not encoded."""
        rows = np.empty((len(keys), self._dim), dtype=np.float32)
        for place, key in enumerate(keys):
            shard, row = self._places[key]
            rows[place] = self._shards[shard][row]
        return rows

    def _add(self, name: str, keys: Sequence[str], rows: NDArray[np.float32]) -> None:
        self._shards.append(rows)
        self._seen.add(name)
        for row, key in enumerate(keys):
            self._places.setdefault(key, (len(self._shards) - 1, row))

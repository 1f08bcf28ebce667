"""Nearest vectors by cosine (FAISS): exact up to 200,000 vectors, inverted lists with checked recall beyond.

Both forms hold integer keys, so vectors are added, replaced and removed in place. The exact form is the oracle of the tests.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import faiss
import numpy as np

from nlp.errors import StateError
from nlp.progress import OnProgress, Progress, silent
from nlp.retrieval.vectors import FloatArray, IntArray, Ranking

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

EXACT_LIMIT = 200_000  # vectors; beyond it a self-join would take more than ten minutes on two cores
LIST_FACTOR = 4  # inverted lists = this times the square root of the number of vectors
TRAINING_PER_LIST = 64  # vectors shown to k-means for each list
TARGET_RECALL = 0.99  # of the exact ten nearest, checked on a sample whenever lists are made
CHECKED_QUERIES = 256
CHECKED_NEIGHBOURS = 10
JOIN_BLOCK = 2_048  # queries at once in the self-join
SIMILARITY_DIGITS = 6  # cosines that agree to so many digits count as equal, so that ties break by key on every machine
SEED = 20_261_123
INDEX_FILE, ABOUT_FILE = "dense.faiss", "dense.json"


@dataclass(frozen=True, slots=True)
class NeighbourTable:
    """The nearest others of every vector.

    `keys` int64 (n,), ascending; `neighbours` int64 (n, k), best first, -1 where there are fewer; `similarities` float32 (n, k), 0 there.
    """

    keys: IntArray
    neighbours: IntArray
    similarities: FloatArray


class DenseIndex:
    """Unit vectors under integer keys. Similarity is cosine in [-1, 1], larger is closer; equal ones are ordered by key.

    `fingerprint` names the encoder that made the vectors. One writer at a time.
    """

    def __init__(self, dim: int, fingerprint: str, *, exact_limit: int = EXACT_LIMIT) -> None:
        self.dim = dim
        self.fingerprint = fingerprint
        self._exact_limit = exact_limit
        self._index: Any = faiss.IndexIDMap2(faiss.IndexFlatIP(dim))
        self._lists = False
        self._mapped = False

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def exact(self) -> bool:
        """Whether every search compares with every vector."""
        return not self._lists

    @property
    def keys(self) -> IntArray:
        """The keys, ascending."""
        if self._lists:
            lists = self._index.invlists
            parts = [
                faiss.rev_swig_ptr(lists.get_ids(number), lists.list_size(number)).copy()
                for number in range(self._index.nlist)
                if lists.list_size(number)
            ]
            found = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
        else:
            found = faiss.vector_to_array(self._index.id_map)
        return np.sort(found.astype(np.int64))

    def add(self, keys: Sequence[int], vectors: FloatArray) -> None:
        """Take in unit rows (n, dim) under their keys; a known key gets its new vector."""
        rows = np.ascontiguousarray(vectors, dtype=np.float32)
        assert rows.shape == (len(keys), self.dim), rows.shape
        if not len(keys):
            return
        self._own()
        wanted = np.asarray(keys, dtype=np.int64)
        self.remove(wanted.tolist())
        self._index.add_with_ids(rows, wanted)
        if not self._lists and len(self) > self._exact_limit:
            self._make_lists()

    def remove(self, keys: Iterable[int]) -> None:
        """Forget these keys; unknown ones are ignored."""
        gone = np.fromiter(keys, dtype=np.int64)
        if len(gone) and len(self):
            self._own()
            # inverted lists with a table of places take only this kind of selector
            selector = faiss.IDSelectorArray(gone) if self._lists else faiss.IDSelectorBatch(gone)
            self._index.remove_ids(selector)

    def search(self, queries: FloatArray, k: int, allowed: IntArray | None = None) -> list[Ranking]:
        """The k nearest keys of each row of `queries` (q, dim), best first, among `allowed` where given; fewer where there are fewer."""
        limit = len(self) if allowed is None else min(len(self), len(allowed))
        if not limit or not len(queries):
            return [_nothing() for _ in range(len(queries))]
        fetched = min(limit, k + 1)
        similarities, keys = self._fetch(queries, fetched, allowed)
        rankings: list[Ranking] = []
        for row in range(len(queries)):
            found, near = keys[row], _rounded(similarities[row])
            depth = fetched
            # where the cut falls inside a run of equal similarities, the whole run is fetched before keys decide
            while depth < limit and k > 0 and found[-1] >= 0 and near[-1] == near[k - 1]:
                depth = min(limit, depth * 4)
                deeper, deeper_keys = self._fetch(queries[row : row + 1], depth, allowed)
                found, near = deeper_keys[0], _rounded(deeper[0])
            rankings.append(_ordered(found, near, k))
        return rankings

    def neighbours(self, k: int, on_progress: OnProgress = silent) -> NeighbourTable:
        """The k nearest others of every vector in the index."""
        keys = self.keys
        table = NeighbourTable(keys, np.full((len(keys), k), -1, np.int64), np.zeros((len(keys), k), np.float32))
        for start in range(0, len(keys), JOIN_BLOCK):
            block = keys[start : start + JOIN_BLOCK]
            for row, ranking in enumerate(self.search(self.vectors(block), k + 1), start=start):
                others = ranking.keys != keys[row]
                found = ranking.keys[others][:k]
                table.neighbours[row, : len(found)] = found
                table.similarities[row, : len(found)] = ranking.scores[others][:k]
            on_progress(Progress("candidates", start + len(block), len(keys)))
        return table

    def vectors(self, keys: IntArray) -> FloatArray:
        """The rows of these keys (n, dim). Raises RuntimeError (of FAISS) for an unknown key."""
        if self._lists and self._index.direct_map.type == faiss.DirectMap.NoMap:  # type: ignore[attr-defined]  # missing in its stubs
            self._own()
            self._index.set_direct_map_type(faiss.DirectMap.Hashtable)  # type: ignore[attr-defined]
        return np.asarray(self._index.reconstruct_batch(np.ascontiguousarray(keys, dtype=np.int64)), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the index to `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        faiss.write_index(self._index, str(folder / INDEX_FILE))
        about = {
            "fingerprint": self.fingerprint,
            "dim": self.dim,
            "exact_limit": self._exact_limit,
            "lists": self._lists,
            "probes": int(self._index.nprobe) if self._lists else 0,
        }
        (folder / ABOUT_FILE).write_text(json.dumps(about), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, fingerprint: str) -> Self:
        """The saved index, its vectors memory-mapped until the first change. Raises StateError where another encoder made it."""
        about = json.loads((folder / ABOUT_FILE).read_text(encoding="utf-8"))
        if about["fingerprint"] != fingerprint:
            raise index_mismatch(str(about["fingerprint"]), fingerprint)
        index = cls(int(about["dim"]), fingerprint, exact_limit=int(about["exact_limit"]))
        index._lists = bool(about["lists"])
        index._mapped = True
        index._path = folder / INDEX_FILE
        index._index = faiss.read_index(str(index._path), faiss.IO_FLAG_MMAP_IFC)
        if index._lists:
            index._index.nprobe = int(about["probes"])
        return index

    _path: Path | None = None

    def _own(self) -> None:
        """Bring a memory-mapped index into memory before it is changed."""
        if self._mapped:
            probes = int(self._index.nprobe) if self._lists else 0
            self._index = faiss.read_index(str(self._path))
            self._mapped = False
            if self._lists:
                self._index.nprobe = probes

    def _fetch(self, queries: FloatArray, count: int, allowed: IntArray | None) -> tuple[FloatArray, IntArray]:
        rows = np.ascontiguousarray(queries, dtype=np.float32)
        if allowed is None:
            similarities, keys = self._index.search(rows, count)
            return similarities, keys
        selector = faiss.IDSelectorBatch(np.ascontiguousarray(allowed, dtype=np.int64))
        # a filter may leave little in the nearest lists: look into all of them, which costs what the filter saves
        kind: Any = faiss.SearchParametersIVF if self._lists else faiss.SearchParameters  # its stubs lack the arguments
        parameters = kind(sel=selector, nprobe=self._index.nlist) if self._lists else kind(sel=selector)
        similarities, keys = self._index.search(rows, count, params=parameters)
        return similarities, keys

    def _make_lists(self) -> None:
        """Turn the exact form into inverted lists, and look into as many lists as the target recall needs."""
        keys = self.keys
        rows = self.vectors(keys)
        random = np.random.default_rng(SEED)
        count = int(LIST_FACTOR * len(keys) ** 0.5)
        sample = random.permutation(len(keys))[: count * TRAINING_PER_LIST]
        lists = faiss.IndexIVFFlat(faiss.IndexFlatIP(self.dim), self.dim, count, faiss.METRIC_INNER_PRODUCT)
        lists.train(np.ascontiguousarray(rows[np.sort(sample)]))
        lists.add_with_ids(rows, keys)
        asked = np.ascontiguousarray(rows[np.sort(random.permutation(len(keys))[:CHECKED_QUERIES])])
        _, exact = self._index.search(asked, CHECKED_NEIGHBOURS)
        lists.nprobe = 8
        while lists.nprobe < count and _recall(exact, lists.search(asked, CHECKED_NEIGHBOURS)[1]) < TARGET_RECALL:
            lists.nprobe = min(count, lists.nprobe * 2)
        lists.set_direct_map_type(faiss.DirectMap.Hashtable)  # type: ignore[attr-defined]
        self._index, self._lists = lists, True


def index_mismatch(built_with: str, asked_with: str) -> StateError:
    """The error of using an index with another encoder than the one that built it."""
    return StateError(
        "index_encoder_mismatch",
        where="chỉ mục",
        what=f"Chỉ mục được lập bằng mô hình {built_with}, không phải {asked_with}.",
        remedy="Lập lại chỉ mục bằng mô hình hiện tại, hoặc chọn lại mô hình cũ trong cấu hình.",
        what_en=f"The index was built with the encoder {built_with}, not {asked_with}.",
        remedy_en="Build the index again with the current encoder, or choose the old one in the settings.",
    )


def _nothing() -> Ranking:
    return Ranking(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))


def _rounded(similarities: FloatArray) -> FloatArray:
    return np.round(similarities, SIMILARITY_DIGITS)


def _ordered(keys: IntArray, similarities: FloatArray, k: int) -> Ranking:
    present = keys >= 0
    keys, similarities = keys[present], similarities[present]
    order = np.lexsort((keys, -similarities))[:k]
    return Ranking(keys[order].astype(np.int64), similarities[order].astype(np.float32))


def _recall(exact: IntArray, found: IntArray) -> float:
    hits = sum(len(np.intersect1d(right, got)) for right, got in zip(exact, found, strict=True))
    return hits / exact.size

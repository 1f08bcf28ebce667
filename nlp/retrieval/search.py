"""The index of a corpus: words, vectors, names and citations together."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from nlp.law.rank import Kind
from nlp.progress import OnProgress, Progress, silent
from nlp.retrieval.dense import DenseIndex
from nlp.retrieval.entries import Entry, Filter
from nlp.retrieval.lexical import LexicalIndex
from nlp.retrieval.lookup import Lookup
from nlp.retrieval.vectors import FloatArray, IntArray, Ranking
from nlp.settings import RetrievalSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

ENTRIES_FILE = "entries.jsonl.gz"
LEXICAL_FOLDER, DENSE_FOLDER = "lexical", "dense"
MIN_DEPTH = 100  # of each ranker, whose best are scored by both
DEPTH_FACTOR = 5
PROBE_BLOCK = 256  # probes whose vectors are searched at once
# A provision that the probe cites or that cites it comes before all others: 0.71 of these are officially related, 0.59 of the related are such.
CITED_BONUS = 10.0
# What a person types shares fewer words with its answer than a provision does with its counterpart, so meaning weighs more. Best of 0.3 to 4 times the
# weight on three sets of the train and tuning folds, flat from 1.3 to 2.7 (`python -m tests.benchmark.retrieval_questions`).
QUESTION_FACTOR = 1.67
SIMILARITY_DIGITS = 6
DATES = ("issued", "effective", "expires")


@dataclass(frozen=True, slots=True)
class Probe:
    """What to find neighbours of. `text` and `vector` (dim,) of one unit as it was or would be indexed.

    `id`: its own id where it is in the index (never returned); `cited`: ids that it cites or that cite it.
    """

    text: str
    vector: FloatArray
    id: str = ""
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One found provision. `score` is only an order; ranks are 1 for the best, None where that ranker did not find it.

    `similarity`: cosine, None for what was found by name only; `named`: the query names it; `cited`: the probe cites it or is cited by it.
    """

    id: str
    score: float
    similarity: float | None = None
    dense_rank: int | None = None
    lexical_rank: int | None = None
    cited: bool = False
    named: bool = False


class SearchIndex:
    """Provisions by words, meaning, name and citation. One writer at a time.

    Guarantees: filters apply before ranking, so that k results come back where k admitted provisions match; of equal scores the provision that took
    effect last comes first (two versions of one article), then ids decide; the same index and query give the same hits.
    """

    def __init__(self, dim: int, fingerprint: str, settings: RetrievalSettings | None = None) -> None:
        self.settings = settings or RetrievalSettings()
        self.dense = DenseIndex(dim, fingerprint)
        self.lexical = LexicalIndex()
        self._lookup = Lookup()
        self._entries: dict[int, Entry] = {}
        self._keys: dict[str, int] = {}
        self._next = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    @property
    def fingerprint(self) -> str:
        """The encoder that made the vectors."""
        return self.dense.fingerprint

    def entries(self) -> Iterator[Entry]:
        """The indexed entries in the order in which they were added."""
        yield from self._entries.values()

    def add(
        self, entries: Sequence[Entry], texts: Sequence[str], vectors: FloatArray, on_progress: OnProgress = silent
    ) -> None:
        """Take in provisions: `texts` as given to the encoder (see `units.unit_text`), `vectors` (n, dim) unit rows. A known id is replaced."""
        self.remove(entry.id for entry in entries)
        keys = list(range(self._next, self._next + len(entries)))
        self._next += len(entries)
        for key, entry in zip(keys, entries, strict=True):
            self._entries[key] = entry
            self._keys[entry.id] = key
            self._lookup.add(key, entry)
        self.dense.add(keys, vectors)
        self.lexical.add(keys, texts, on_progress)

    def remove(self, ids: Iterable[str]) -> None:
        """Forget these ids; unknown ones are ignored."""
        gone = [self._keys.pop(name) for name in dict.fromkeys(ids) if name in self._keys]
        for key in gone:
            self._lookup.remove(key, self._entries.pop(key))
        self.dense.remove(gone)
        self.lexical.remove(gone)

    def search(self, query: str, vector: FloatArray, k: int = 10, where: Filter | None = None) -> tuple[Hit, ...]:
        """The k best provisions for what a person typed, best first; `vector` (dim,) from `Encoder.encode_queries`.

        What the query names ("khoản 2 Điều 5 Luật Đất đai") comes first, in the order of its document, then the rest by rank. For more like a known
        provision ask `related`: it weighs words and meaning as suits two provisions.
        """
        allowed = self._allowed(where)
        named = [key for key in self._lookup.find(query) if allowed is None or np.isin(key, allowed)]
        near = self._near(vector[None], k, allowed)[0]
        hits = self._ranked(Probe(query, vector), near, k, allowed, typed=True)
        first = [Hit(self._entries[key].id, 1.0, named=True) for key in named]
        seen = {hit.id for hit in first}
        return tuple([*first, *(hit for hit in hits if hit.id not in seen)][:k])

    def related(
        self, probes: Sequence[Probe], k: int, where: Filter | None = None, on_progress: OnProgress = silent
    ) -> Iterator[tuple[Hit, ...]]:
        """For each probe, in order, the k provisions most likely to deal with the same matter, best first: words, meaning and citations fused.

        This is more-like-this for one probe and the blocking of an audit for a corpus.
        """
        allowed = self._allowed(where)
        for start in range(0, len(probes), PROBE_BLOCK):
            block = probes[start : start + PROBE_BLOCK]
            near = self._near(np.stack([probe.vector for probe in block]), k, allowed)
            for probe, ranking in zip(block, near, strict=True):
                yield self._ranked(probe, ranking, k, allowed)
            on_progress(Progress("candidates", start + len(block), len(probes)))

    def vector(self, key: str) -> FloatArray:
        """The vector (dim,) of an indexed id. Raises KeyError for an unknown one."""
        return np.asarray(self.dense.vectors(np.array([self._keys[key]]))[0], dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the index to `folder`, entries last: a folder without them is not an index."""
        self.dense.save(folder / DENSE_FOLDER)
        self.lexical.save(folder / LEXICAL_FOLDER)
        with gzip.open(folder / ENTRIES_FILE, "wt", encoding="utf-8", compresslevel=1) as lines:
            for key, entry in self._entries.items():
                lines.write(json.dumps([key, asdict(entry)], ensure_ascii=False, default=str) + "\n")

    @classmethod
    def load(cls, folder: Path, fingerprint: str, settings: RetrievalSettings | None = None) -> Self:
        """The saved index; StateError where it was built by an encoder other than `fingerprint`."""
        dense = DenseIndex.load(folder / DENSE_FOLDER, fingerprint)
        index = cls(dense.dim, fingerprint, settings)
        index.dense, index.lexical = dense, LexicalIndex.load(folder / LEXICAL_FOLDER)
        with gzip.open(folder / ENTRIES_FILE, "rt", encoding="utf-8") as lines:
            for line in lines:
                key, fields = json.loads(line)
                entry = _entry(fields)
                index._entries[key] = entry
                index._keys[entry.id] = key
                index._lookup.add(key, entry)
        index._next = max(index._entries, default=-1) + 1
        return index

    def _allowed(self, where: Filter | None) -> IntArray | None:
        """The keys that pass, ascending; None where all do."""
        if where is None or where.open:
            return None
        return np.array([key for key, entry in self._entries.items() if where.admits(entry)], dtype=np.int64)

    def _near(self, vectors: FloatArray, k: int, allowed: IntArray | None) -> list[Ranking]:
        return self.dense.search(vectors, _depth(k) + 1, allowed)

    def _ranked(
        self, probe: Probe, near: Ranking, k: int, allowed: IntArray | None, *, typed: bool = False
    ) -> tuple[Hit, ...]:
        """The sum of weighted cosine and BM25 (as a share of the best text's) orders what either ranker found, both known for all of it.

        On the tuning fold and on written pairs sums beat reciprocal ranks, which forget by how much a text is better: a title met word for word
        must not lose to one that both rankers find middling (BENCHMARKS.md; Bruch et al., 2023, "An analysis of fusion functions").
        """
        own = self._keys.get(probe.id, -1)
        near = _without(near, own)
        words = self.lexical.score(probe.text)
        worded = _without(words.best(_depth(k) + 1, allowed), own)
        cited = self._cited(probe, own, allowed)
        keys = np.union1d(np.union1d(near.keys, worded.keys), cited)
        if not len(keys):
            return ()
        cosines = np.round(self.dense.vectors(keys) @ probe.vector, SIMILARITY_DIGITS)
        linked = np.isin(keys, cited)
        shared = words.of(keys) / (worded.scores[0] if len(worded.keys) else 1)
        weight = self.settings.cosine_weight * (QUESTION_FACTOR if typed else 1)
        scores = weight * cosines + shared + CITED_BONUS * linked
        dense_ranks = {key: rank for rank, key in enumerate(near.keys.tolist(), start=1)}
        lexical_ranks = {key: rank for rank, key in enumerate(worded.keys.tolist(), start=1)}
        order = sorted(zip(scores.tolist(), keys.tolist(), range(len(keys)), strict=True), key=self._place)
        return tuple(
            Hit(
                id=self._entries[key].id,
                score=score,
                similarity=float(cosines[place]),
                dense_rank=dense_ranks.get(key),
                lexical_rank=lexical_ranks.get(key),
                cited=bool(linked[place]),
            )
            for score, key, place in order[:k]
        )

    def _place(self, item: tuple[float, int, int]) -> tuple[float, int, str]:
        """What hits are sorted by: score, the later start, id (keys need not be in the order of ids)."""
        entry = self._entries[item[1]]
        start = entry.effective or entry.issued
        return -item[0], 0 if start is None else -start.toordinal(), entry.id

    def _cited(self, probe: Probe, own: int, allowed: IntArray | None) -> IntArray:
        keys = {self._keys[name] for name in probe.cited if name in self._keys} - {own}
        found = np.array(sorted(keys), dtype=np.int64)
        return found if allowed is None else found[np.isin(found, allowed)]


def _depth(k: int) -> int:
    return max(MIN_DEPTH, DEPTH_FACTOR * k)


def _without(ranking: Ranking, key: int) -> Ranking:
    kept = ranking.keys != key
    return Ranking(ranking.keys[kept], ranking.scores[kept])


def _entry(fields: dict[str, object]) -> Entry:
    kind = fields.pop("kind")
    dates = {name: _date(fields.pop(name)) for name in DATES}
    return Entry(**fields, kind=Kind(kind) if kind is not None else None, **dates)  # type: ignore[arg-type]


def _date(value: object) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else None

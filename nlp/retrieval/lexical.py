"""BM25 over syllables, syllable pairs and document numbers (bm25s), for texts known by integer keys.

Queries without diacritics ("thoi han nop ho so") are spread over the marked terms that fold to theirs. bm25s cannot add to an index, so texts
added later wait in a small second part whose scores use the rarity of terms in the whole; it is merged when it has grown.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import bm25s
import numpy as np

from nlp.progress import OnProgress, Progress, silent
from nlp.retrieval.terms import PAIR, fold_marks, has_marks, terms
from nlp.retrieval.vectors import FloatArray, IntArray, Ranking, top_ranking

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

K1 = 1.2  # saturation of repeated terms
B = 0.75  # weight of the length of a text
LONG_QUERY_TERMS = 96  # a provision used as a query keeps its rarest terms
MERGE_SHARE = 0.1  # the second part is merged when it is this share of the first
FOLDED_SYLLABLE_WEIGHT = 0.2  # without marks a single syllable says little ("dat": đất, đạt, dắt), a pair much
TERMS_FILE, DEAD_FILE = "terms.txt", "dead.npy"
REPORT_EVERY = 1_000  # texts


@dataclass(frozen=True, slots=True)
class _Part:
    """One bm25s index: its keys, the term numbers of all its texts one after the other, where each text ends, and the scores."""

    keys: IntArray
    flat: NDArray[np.int32]
    ends: IntArray
    data: FloatArray
    indices: IntArray
    starts: IntArray  # column t of the scores is data[starts[t]:starts[t + 1]]

    @classmethod
    def build(cls, keys: IntArray, documents: Sequence[Sequence[int]], vocabulary: int) -> Self:
        """The part that holds `documents` (term numbers below `vocabulary`) under `keys`."""
        ends = np.cumsum([len(document) for document in documents], dtype=np.int64)
        flat = np.fromiter((number for document in documents for number in document), np.int32, int(ends[-1]))
        model = bm25s.BM25(k1=K1, b=B)
        model.index((documents, {str(number): number for number in range(vocabulary)}), show_progress=False)
        scores = model.scores
        return cls(keys, flat, ends, scores["data"], scores["indices"], np.asarray(scores["indptr"], dtype=np.int64))

    def frequencies(self, size: int) -> IntArray:
        """In how many texts each of the first `size` terms occurs."""
        counts = np.zeros(size, dtype=np.int64)
        known = np.diff(self.starts)[:size]
        counts[: len(known)] = known
        return counts

    def documents(self) -> list[NDArray[np.int32]]:
        """The term numbers of each text."""
        return np.split(np.asarray(self.flat), self.ends[:-1])

    def scores(self, numbers: IntArray) -> FloatArray:
        """The score of each text for these terms (what bm25s computes, several times faster: a term has a text once, so plain addition will do)."""
        total = np.zeros(len(self.keys), dtype=np.float32)
        known = numbers[numbers < len(self.starts) - 1]
        for start, end in zip(self.starts[known].tolist(), self.starts[known + 1].tolist(), strict=True):
            total[self.indices[start:end]] += self.data[start:end]
        return total

    def save(self, folder: Path, name: str) -> None:
        """Write the arrays as `name`.<array>.npy."""
        for field in self.__dataclass_fields__:
            np.save(folder / f"{name}.{field}.npy", getattr(self, field))

    @classmethod
    def load(cls, folder: Path, name: str) -> Self:
        """The part as memory-mapped arrays."""
        return cls(*(np.load(folder / f"{name}.{field}.npy", mmap_mode="r") for field in cls.__dataclass_fields__))


@dataclass(frozen=True, slots=True)
class TextScores:
    """The BM25 scores of all texts for one query, by parts: keys ascending, gone ones at 0."""

    parts: tuple[tuple[IntArray, FloatArray], ...]

    def best(self, k: int, allowed: IntArray | None = None) -> Ranking:
        """See `LexicalIndex.search`."""
        found_keys, found_scores = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.float32)]
        for keys, scores in self.parts:
            places = np.flatnonzero(scores > 0)
            if allowed is not None:
                places = places[np.isin(keys[places], allowed, assume_unique=True)]
            best = top_ranking(keys[places], scores[places], k)
            found_keys.append(best.keys)
            found_scores.append(best.scores)
        return top_ranking(np.concatenate(found_keys), np.concatenate(found_scores), k)

    def of(self, wanted: IntArray) -> FloatArray:
        """The scores of these keys, 0 for unknown ones."""
        total = np.zeros(len(wanted), dtype=np.float32)
        for keys, scores in self.parts:
            places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
            total += np.where(keys[places] == wanted, scores[places], np.float32(0))
        return total


class LexicalIndex:
    """A BM25 index that grows and shrinks; keys are unique, and adding a known key replaces its text. One writer at a time."""

    def __init__(self) -> None:
        self._terms: dict[str, int] = {}
        self._main: _Part | None = None
        self._extra: _Part | None = None
        self._waiting: dict[int, list[int]] = {}  # added since the extra part was built
        self._dead: set[int] = set()  # keys of the main part that are gone
        self._folded: dict[str, list[int]] | None = None
        self._main_saved = False

    def __len__(self) -> int:
        main = 0 if self._main is None else len(self._main.keys) - len(self._dead)
        return main + len(self._waiting)

    def add(self, keys: Sequence[int], texts: Sequence[str], on_progress: OnProgress = silent) -> None:
        """Take in texts under their keys."""
        self.remove(keys)
        for done, (key, text) in enumerate(zip(keys, texts, strict=True), start=1):
            self._waiting[key] = [self._terms.setdefault(term, len(self._terms)) for term in terms(text)]
            if done % REPORT_EVERY == 0 or done == len(keys):
                on_progress(Progress("index", done, len(keys)))
        self._folded = None
        self._extra = None

    def remove(self, keys: Iterable[int]) -> None:
        """Forget these keys; unknown ones are ignored."""
        gone = set(keys)
        for key in gone & self._waiting.keys():
            del self._waiting[key]
            self._extra = None
        if self._main is not None:
            self._dead |= gone & set(self._main.keys.tolist())

    def search(self, query: str, k: int, allowed: IntArray | None = None) -> Ranking:
        """The k best keys, best first, among `allowed` (ascending) where given; only texts that share a term with the query.

        Scores are BM25 (above 0, no upper bound). Equal scores are ordered by key.
        """
        return self.score(query).best(k, allowed)

    def score(self, query: str) -> TextScores:
        """The scores of all texts."""
        self._refresh()
        weighted = self._query_terms(query)
        found: list[tuple[IntArray, FloatArray]] = []
        for part in (self._main, self._extra):
            if part is not None:
                keys, scores = np.asarray(part.keys), _weighted_scores(part, weighted)
                if part is self._main and self._dead:
                    scores[np.isin(keys, list(self._dead))] = 0
                found.append((keys, scores))
        return TextScores(tuple(found))

    def save(self, folder: Path) -> None:
        """Write the index to `folder`; the large first part only when it has changed since it was loaded or saved."""
        folder.mkdir(parents=True, exist_ok=True)
        self._refresh()
        if self._main is not None and not self._main_saved:
            self._main.save(folder, "main")
            self._main_saved = True
        (folder / TERMS_FILE).write_text("\n".join(self._terms), encoding="utf-8")
        np.save(folder / DEAD_FILE, np.array(sorted(self._dead), dtype=np.int64))
        for old in folder.glob("extra.*.npy"):
            old.unlink()
        if self._extra is not None:
            self._extra.save(folder, "extra")

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The saved index; the first part stays on disk until it is read (memory-mapped)."""
        index = cls()
        text = (folder / TERMS_FILE).read_text(encoding="utf-8")
        index._terms = {term: number for number, term in enumerate(text.split("\n"))} if text else {}
        index._dead = set(np.load(folder / DEAD_FILE).tolist())
        if (folder / "main.keys.npy").exists():
            index._main = _Part.load(folder, "main")
            index._main_saved = True
        if (folder / "extra.keys.npy").exists():
            index._extra = _Part.load(folder, "extra")
            documents = (document.tolist() for document in index._extra.documents())
            index._waiting = dict(zip(index._extra.keys.tolist(), documents, strict=True))
        return index

    def _refresh(self) -> None:
        """Bring both parts up to date: merge where the second has grown, else rebuild only the second."""
        if self._waiting and self._extra is None:
            if self._main is None or len(self._waiting) + len(self._dead) > MERGE_SHARE * len(self._main.keys):
                self._merge()
            else:
                self._extra = self._build_extra(self._main)

    def _merge(self) -> None:
        documents: dict[int, Sequence[int]] = {}
        if self._main is not None:
            rows = zip(self._main.keys.tolist(), self._main.documents(), strict=True)
            documents = {key: document.tolist() for key, document in rows if key not in self._dead}
        documents.update(self._waiting)
        keys = sorted(documents)
        self._main = _Part.build(
            np.array(keys, dtype=np.int64), [documents[key] for key in keys], max(1, len(self._terms))
        )
        self._main_saved = False
        self._waiting, self._dead, self._extra = {}, set(), None

    def _build_extra(self, main: _Part) -> _Part:
        keys = sorted(self._waiting)
        size = len(self._terms)
        part = _Part.build(np.array(keys, dtype=np.int64), [self._waiting[key] for key in keys], size)
        own = part.frequencies(size)
        total = own + main.frequencies(size)
        # the length of texts is judged by the mean of the first part too: s = tf / (tf + k * norm) solved for another norm
        lengths = np.diff(part.ends, prepend=0)
        norms = [1 - B + B * lengths / (whole.ends[-1] / len(whole.ends)) for whole in (main, part)]
        shares = part.data / np.repeat(_rarity(own, len(keys)), own)
        shares = shares / (shares + (1 - shares) * (norms[0] / norms[1])[part.indices])
        data = (shares * np.repeat(_rarity(total, len(main.keys) + len(keys)), own)).astype(np.float32)
        return _Part(part.keys, part.flat, part.ends, data, part.indices, part.starts)

    def _query_terms(self, query: str) -> list[tuple[IntArray, float]]:
        """Groups of term numbers and the weight of each group."""
        words = dict.fromkeys(terms(query))
        if has_marks(query) or not any(word.isalpha() for word in words):
            numbers = [self._terms[word] for word in words if word in self._terms]
            return [(self._rarest(numbers), 1.0)]
        folded = self._folded_terms()
        single = [number for word in words if PAIR not in word for number in folded.get(word, ())]
        pairs = [number for word in words if PAIR in word for number in folded.get(word, ())]
        if len([word for word in words if PAIR not in word]) == 1:
            return [(np.array(single, dtype=np.int64), 1.0)]
        return [(np.array(single, dtype=np.int64), FOLDED_SYLLABLE_WEIGHT), (np.array(pairs, dtype=np.int64), 1.0)]

    def _rarest(self, numbers: list[int]) -> IntArray:
        chosen = np.array(numbers, dtype=np.int64)
        if len(chosen) <= LONG_QUERY_TERMS or self._main is None:
            return chosen
        frequencies = self._main.frequencies(len(self._terms))[chosen]
        order = np.argsort(frequencies, kind="stable")[:LONG_QUERY_TERMS]
        return chosen[np.sort(order)]

    def _folded_terms(self) -> dict[str, list[int]]:
        """Terms without their marks -> the numbers of the terms that fold to them; made at the first query without marks."""
        if self._folded is None:
            folded: defaultdict[str, list[int]] = defaultdict(list)
            for term, number in self._terms.items():
                folded[fold_marks(term)].append(number)
            self._folded = dict(folded)
        return self._folded


def _weighted_scores(part: _Part, weighted: list[tuple[IntArray, float]]) -> FloatArray:
    total = np.zeros(len(part.keys), dtype=np.float32)
    for numbers, weight in weighted:
        total += np.float32(weight) * part.scores(numbers)
    return total


def _rarity(frequencies: IntArray, total: int) -> FloatArray:
    """The weight of terms by how few of `total` texts have them (Lucene's form of the inverse document frequency)."""
    return np.asarray(np.log(1 + (total - frequencies + 0.5) / (frequencies + 0.5)), dtype=np.float32)

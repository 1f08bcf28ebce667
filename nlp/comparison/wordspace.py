"""Words with weight and vector: which word of one text stands for which of the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from nlp.text.lexicon import synonyms

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from nlp.text.segment import Token

DEFAULT_IDF = 7.5  # of a word that the codification does not have
LONGEST_WORD = 4  # syllables


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: folded form, row in the space (-1 if unknown), weight (idf), place."""

    form: str
    row: int
    idf: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WordSpace:
    """The vocabulary of comparison: `rows` maps a folded word to its row of `idf` (float32, n) and `vectors` (float32, n x d, unit rows)."""

    rows: dict[str, int]
    idf: NDArray[np.float32]
    vectors: NDArray[np.float32]
    same: dict[str, str] = field(default_factory=synonyms)

    @classmethod
    def load(cls, folder: Path) -> WordSpace:
        """The space stored in a folder as words.txt (word, tab, idf) and vectors.npy (int8)."""
        lines = (folder / "words.txt").read_text(encoding="utf-8").splitlines()
        pairs = [line.split("\t") for line in lines]
        vectors = np.load(folder / "vectors.npy").astype(np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        rows = {word: row for row, (word, _) in enumerate(pairs)}
        return cls(rows, np.array([float(idf) for _, idf in pairs], dtype=np.float32), vectors)

    def words(self, tokens: tuple[Token, ...]) -> tuple[Word, ...]:
        """The words of a text, greedily the longest known one; numbers and unknown syllables are words of their own."""
        found: list[Word] = []
        forms = [token.form for token in tokens]
        at, count = 0, len(forms)
        rows, same = self.rows, self.same
        while at < count:
            size = 1
            form = forms[at]
            for length in range(min(LONGEST_WORD, count - at), 1, -1):
                candidate = " ".join(forms[at : at + length])
                if candidate in rows or candidate in same:
                    size, form = length, candidate
                    break
            form = same.get(form, form)
            row = rows.get(form, -1)
            idf = float(self.idf[row]) if row >= 0 else DEFAULT_IDF
            found.append(Word(form, row, idf, tokens[at].start, tokens[at + size - 1].end))
            at += size
        return tuple(found)

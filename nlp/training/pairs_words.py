"""The word space of comparison: words of the codification with their inverse document frequency and a small vector each.

Words come from underthesea on a sample, are found again by longest match, and get vectors by a truncated SVD of positive pointwise mutual
information in a window (Levy and Goldberg 2014): neighbours are words of law that stand in the same places ("phê duyệt", "thẩm duyệt").
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.utils.extmath import randomized_svd

from nlp.progress import OnProgress, Progress, silent
from nlp.text.segment import fold, tokenize, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class WordSpaceSettings:
    """Sizes of the word space."""

    sample_characters: int = 9_000_000  # segmented by underthesea to find words
    min_word_count: int = 5  # of a multi-syllable word in the sample
    min_count: int = 10  # of any word in the whole corpus
    max_words: int = 14_000
    dimensions: int = 64
    window: int = 2
    seed: int = 7


def read_texts(path: Path) -> Iterator[str]:
    """The texts of a gzipped list of provisions (field "text"), with the heading before each."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield f"{record.get('heading') or ''}. {record['text']}"


def multi_syllable_words(texts: Iterable[str], settings: WordSpaceSettings) -> Counter[str]:
    """Folded words of two to four syllables with their counts in a sample of the texts, by underthesea."""
    counts: Counter[str] = Counter()
    used = 0
    for text in texts:
        piece = text[:1_500]
        for word, _ in words(piece):
            parts = [token.form for token in tokenize(word)]
            if 2 <= len(parts) <= 4 and all(part.isalpha() for part in parts):
                counts[" ".join(parts)] += 1
        used += len(piece)
        if used >= settings.sample_characters:
            break
    return counts


def build(path: Path, out: Path, settings: WordSpaceSettings, on_progress: OnProgress = silent) -> int:
    """The number of words written to `out` (words.txt with idf, vectors.npy as int8 rows scaled to 127).

    Needs about 2 GB of memory for the co-occurrence counts.
    """
    texts = list(read_texts(path))
    on_progress(Progress("train", 0, 3, "words"))
    step = max(1, len(texts) * 600 // settings.sample_characters)
    lexicon = {w for w, n in multi_syllable_words(texts[::step], settings).items() if n >= settings.min_word_count}
    on_progress(Progress("train", 1, 3, "counts"))
    streams = [list(longest_match([t.form for t in tokenize(fold(text))], lexicon)) for text in texts]
    counts, documents = Counter[str](), Counter[str]()
    for stream in streams:
        counts.update(stream)
        documents.update(set(stream))
    chosen = [w for w, n in counts.most_common() if n >= settings.min_count and not w[0].isdigit()][
        : settings.max_words
    ]
    on_progress(Progress("train", 2, 3, "vectors"))
    vectors = _vectors(streams, chosen, settings)
    out.mkdir(parents=True, exist_ok=True)
    total = len(texts)
    lines = [f"{word}\t{np.log((1 + total) / (1 + documents[word])):.2f}" for word in chosen]
    (out / "words.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    np.save(out / "vectors.npy", np.round(vectors * 127).astype(np.int8))
    on_progress(Progress("train", 3, 3, "done"))
    return len(chosen)


def longest_match(syllables: list[str], lexicon: set[str], longest: int = 4) -> Iterator[str]:
    """Words of a syllable sequence, greedily the longest known one, else the syllable."""
    at = 0
    while at < len(syllables):
        for size in range(min(longest, len(syllables) - at), 1, -1):
            word = " ".join(syllables[at : at + size])
            if word in lexicon:
                yield word
                at += size
                break
        else:
            yield syllables[at]
            at += 1


def _vectors(streams: list[list[str]], chosen: list[str], settings: WordSpaceSettings) -> NDArray[np.float32]:
    """Unit rows: left and right neighbours at each distance are contexts of their own, so that words of one grammar and matter come close.

    Singular values are not applied (Levy, Goldberg and Dagan 2015: p = 0) and the first direction, frequency, is dropped.
    """
    index = {word: i for i, word in enumerate(chosen)}
    gap = [-1] * settings.window
    ids = np.concatenate([np.array([index.get(w, -1) for w in s] + gap, dtype=np.int32) for s in streams])
    size = len(chosen)
    parts: list[csr_matrix] = []
    for distance in range(1, settings.window + 1):
        left, right = ids[:-distance], ids[distance:]
        both = (left >= 0) & (right >= 0)
        counts = csr_matrix((np.ones(int(both.sum()), np.float32), (left[both], right[both])), shape=(size, size))
        parts += [_information(counts), _information(counts.T.tocsr())]
    u, _, _ = randomized_svd(hstack(parts).tocsr(), settings.dimensions + 1, random_state=settings.seed, n_iter=4)
    vectors = u[:, 1:]
    norm = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = (vectors / np.maximum(norm, 1e-9)).astype(np.float32)
    return unit


def _information(counts: csr_matrix) -> csr_matrix:
    """Positive pointwise mutual information, contexts smoothed by the power 3/4."""
    cells = counts.tocoo()
    row = np.asarray(cells.sum(1)).ravel()
    context = np.asarray(cells.sum(0)).ravel() ** 0.75
    context /= context.sum()
    pmi = np.log(cells.data / row[cells.row] / np.maximum(context[cells.col], 1e-12))
    keep = pmi > 0
    return csr_matrix((pmi[keep], (cells.row[keep], cells.col[keep])), shape=cells.shape)

"""The nearest provisions of each provision, by meaning and by words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nlp.progress import OnProgress, Progress, silent
from nlp.retrieval.dense import DenseIndex
from nlp.retrieval.lexical import LexicalIndex
from nlp.retrieval.vectors import Ranking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nlp.analyser.corpus import CorpusProvision
    from nlp.retrieval.vectors import FloatArray, IntArray
    from nlp.settings import RetrievalSettings

# Fetched before pairs that cannot conflict are taken out, as a multiple of the neighbours that are kept.
DEPTH = 4
BLOCK = 256  # provisions whose vectors are searched at once, several times faster than one by one; progress is told between blocks
NOTHING = Ranking(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))


def rank_neighbours(
    units: Sequence[CorpusProvision],
    vectors: FloatArray | None,
    wanted: Sequence[int],
    settings: RetrievalSettings,
    on_progress: OnProgress = silent,
    cited: Mapping[int, frozenset[int]] | None = None,
) -> Iterator[tuple[int, Ranking, Ranking]]:
    """For each wanted position its dense and its lexical neighbours among all units, best first; keys are positions, itself included.

    Positions that it cites or is `cited` by and that are no neighbours follow with their scores.
    """
    depth = settings.neighbours * DEPTH + 1
    lexical = LexicalIndex()
    if units:
        lexical.add(range(len(units)), [unit.passage for unit in units], on_progress)
    dense: DenseIndex | None = None
    if vectors is not None and len(vectors):
        dense = DenseIndex(vectors.shape[1], "")
        dense.add(range(len(units)), vectors)
    linked = {} if cited is None else cited
    for start in range(0, len(wanted), BLOCK):
        on_progress(Progress("candidates", start, len(wanted)))
        block = wanted[start : start + BLOCK]
        nearest = [NOTHING] * len(block)
        if dense is not None and vectors is not None:
            nearest = dense.search(vectors[list(block)], depth)
        for position, near in zip(block, nearest, strict=True):
            scores = lexical.score(units[position].passage)
            others = np.array(sorted(linked.get(position, ())), dtype=np.int64)
            cosines = np.zeros(0, dtype=np.float32) if vectors is None else vectors[others] @ vectors[position]
            yield (
                position,
                _with(near, others[: len(cosines)], cosines),
                _with(scores.best(depth), others, scores.of(others)),
            )
    on_progress(Progress("candidates", len(wanted), len(wanted)))


def _with(ranking: Ranking, keys: IntArray, scores: FloatArray) -> Ranking:
    """The ranking followed by those of the keys that it lacks."""
    new = ~np.isin(keys, ranking.keys)
    return Ranking(np.concatenate([ranking.keys, keys[new]]), np.concatenate([ranking.scores, scores[new]]))

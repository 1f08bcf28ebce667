"""Weights of typed questions, chosen on the train and tuning folds: `python -m tests.benchmark.retrieval_questions [--workspace FOLDER] [--cache FOLDER]`.

Three sets of queries with one answer each: 76 questions of our own to laws of the tuning fold (retrieval_questions.tsv) among 3,214 articles of laws;
300 headings against articles without theirs; 400 first halves of written provisions (pairs, train) against what they were written on. The statements of
alqac_tf are not used: nearly all are near copies of eval questions (median share of common words 0.90). The vectors of whole articles come from a
workspace that holds the codification, where one is given; about two minutes for the others on one core, kept in the cache.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nlp.retrieval.encoders import load_encoder
from nlp.retrieval.lexical import LexicalIndex
from nlp.retrieval.units import unit_text
from nlp.training.measure import estimate, ndcg_at
from nlp.training.split import Fold, fold_of
from tests.benchmark.retrieval_data import SHARED, cached_vectors, read_codification, start_vectors, workspace_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.retrieval.encoders import Encoder
    from nlp.retrieval.vectors import FloatArray
    from nlp.training.codification import CodifiedProvision

OWN = Path(__file__).with_suffix(".tsv")
POOL, HEADINGS, PAIRS = 3_200, 300, 400
BODIES = 1_500  # articles without headings
LARGEST_LAW = 250  # articles of one law among the others of the pool
HEADING_WORDS, WRITTEN_WORDS = 5, 30
WEIGHTS = (1.0, 3.0, 4.0, 5.0, 6.0, 8.0, 12.0)
SPREAD = (
    3.0  # the space before the adaptation is more crowded: standard deviation of cosines over a pool 0.019 for 0.058
)
SEED = 5


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions and the place of the one answer of each among `texts`: written originals, if any, then articles."""

    name: str
    originals: Sequence[str]
    articles: Sequence[str]
    questions: Sequence[str]
    answers: Sequence[int]


def law_pool(provisions: Sequence[CodifiedProvision], wanted: frozenset[str]) -> list[CodifiedProvision]:
    """Whole laws: those that hold the `wanted` anchors, then others of the training fold by chance until POOL articles are there."""
    laws: defaultdict[str, list[CodifiedProvision]] = defaultdict(list)
    for item in provisions:
        if "/QH" in item.number:
            laws[item.number].append(item)
    asked = sorted({item.number for item in provisions if item.anchor in wanted})
    pool = [item for number in asked for item in laws[number]]
    others = sorted(number for number in laws if fold_of(number) is Fold.TRAIN and len(laws[number]) <= LARGEST_LAW)
    random.Random(SEED).shuffle(others)
    for number in others:
        if len(pool) >= POOL:
            break
        pool += laws[number]
    return pool


def question_sets() -> list[QuestionSet]:
    rows = [line.split("\t") for line in OWN.read_text(encoding="utf-8").splitlines()]
    pool = law_pool(read_codification().provisions, frozenset(anchor for anchor, _ in rows))
    place = {item.anchor: number for number, item in enumerate(pool)}
    passages = [item.passage for item in pool]
    chance = random.Random(SEED)
    bodies = chance.sample(pool, BODIES)
    headed = [number for number, item in enumerate(bodies) if len(item.heading.split()) >= HEADING_WORDS][:HEADINGS]
    written = [
        json.loads(line)
        for name in ("train_pairs", "contrast_pairs")
        for line in (SHARED / "pairs" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    originals = sorted({row["b"]["text"] for row in written})
    found = {text: number for number, text in enumerate(originals)}
    chosen = chance.sample([row for row in written if row["relation"] != "unrelated"], PAIRS)
    return [
        QuestionSet("own questions", [], passages, [question for _, question in rows], [place[anchor] for anchor, _ in rows]),
        QuestionSet(
            "headings",
            [],
            [unit_text(item.text, title=item.title) for item in bodies],
            [bodies[number].heading for number in headed],
            headed,
        ),
        QuestionSet(
            "written pairs",
            originals,
            passages,
            [" ".join(row["a"]["text"].split()[:WRITTEN_WORDS]) for row in chosen],
            [found[row["b"]["text"]] for row in chosen],
        ),
    ]  # fmt: skip


def gain(scores: FloatArray, answers: Sequence[int]) -> str:
    """Mean nDCG@10 with its interval."""
    best = np.argsort(-scores, axis=1, kind="stable")[:, :10].tolist()
    return str(estimate([ndcg_at(row, {answer}, 10) for row, answer in zip(best, answers, strict=True)]))


def known_vectors(workspace: str) -> dict[str, FloatArray]:
    """Article -> its vector in the workspace."""
    if not workspace:
        return {}
    data, vectors = workspace_vectors(Path(workspace), read_codification(), partial=True)
    return {item.passage: row for item, row in zip(data.provisions, vectors, strict=True)}


def encoded(encoder: Encoder, texts: Sequence[str], known: dict[str, FloatArray], cache: Path) -> FloatArray:
    if all(text in known for text in texts):
        return np.array([known[text] for text in texts], dtype=np.float32).reshape(len(texts), encoder.dim)
    return cached_vectors(encoder, texts, cache)


def measure(data: QuestionSet, encoder: Encoder, known: dict[str, FloatArray], cache: Path) -> None:
    texts = [*data.originals, *data.articles]
    vectors = np.concatenate([encoded(encoder, part, known, cache) for part in (data.originals, data.articles)])
    asked = encoder.encode_queries(data.questions)
    words = LexicalIndex()
    words.add(range(len(texts)), texts)
    every = np.arange(len(vectors))
    found = np.stack([words.score(question).of(every) for question in data.questions])
    shares = found / np.maximum(found.max(axis=1, keepdims=True), 1e-9)
    meanings = {
        "adapted": asked @ vectors.T,
        "before the adaptation": SPREAD * (start_vectors(asked) @ start_vectors(vectors).T),
    }
    print(f"{data.name}: {len(data.questions)} in {len(vectors)}; BM25 alone {gain(shares, data.answers)}")
    for name, cosines in meanings.items():
        print(f"  {name} alone {gain(cosines, data.answers)}")
        for weight in WEIGHTS:
            print(f"    weight {weight:g}: {gain(shares + weight * cosines, data.answers)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path("out/vectors"))
    parser.add_argument("--workspace", default="", help="folder of a workspace that holds the codification")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    encoder = load_encoder(threads=arguments.threads)
    known = known_vectors(arguments.workspace)
    for data in question_sets():
        measure(data, encoder, known, arguments.cache)


if __name__ == "__main__":
    main()

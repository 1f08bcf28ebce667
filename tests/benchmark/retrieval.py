"""Retrieval measured: `python -m tests.benchmark.retrieval related|tune|questions|speed|joins [--workspace FOLDER] [--cache FOLDER] [--pool N]`.

related: official related provisions on documents of the test fold; tune: the weight of a cosine on the tuning fold; questions: drill and alqac (eval:
only measured); speed: encoding, search latency; joins: all-pairs self-join. All with the product's own index and scores. --workspace takes the vectors of a workspace
into which the codification was ingested (--partial: as far as it is encoded); else they are made and kept in --cache, outside the repository.
"""

from __future__ import annotations

import argparse
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from nlp.retrieval.dense import DenseIndex
from nlp.retrieval.encoders import load_encoder
from nlp.retrieval.entries import Entry
from nlp.retrieval.manifest import read_manifest
from nlp.retrieval.search import Probe, SearchIndex
from nlp.retrieval.vectors import Ranking, top_ranking, unit_rows
from nlp.training.measure import estimate, ndcg_at, recall_at, reciprocal_rank
from nlp.training.split import Fold, fold_of
from tests.benchmark.retrieval_data import (
    cached_vectors,
    read_alqac,
    read_codification,
    read_drill,
    start_vectors,
    workspace_vectors,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.retrieval.vectors import FloatArray
    from tests.benchmark.retrieval_data import Codification

DEPTH = 100
MAX_QUERIES = 1_000
WEIGHTS = (1.0, 2.0, 3.0, 4.0, 6.0)  # of a cosine, tried on the tuning fold
Rankings = dict[str, list[list[int]]]


def index_of(texts: Sequence[str], vectors: FloatArray) -> SearchIndex:
    """The product's own index; the id of a text is its place."""
    index = SearchIndex(vectors.shape[1], "benchmark")
    index.add([Entry(str(place)) for place in range(len(texts))], texts, vectors)
    return index


def fused(index: SearchIndex, probes: Sequence[Probe]) -> list[list[int]]:
    return [[int(hit.id) for hit in hits] for hits in index.related(probes, DEPTH)]


def rankings_of(data: Codification, queries: Sequence[int], vectors: FloatArray, index: SearchIndex) -> Rankings:
    """What each system returns for each query, the query itself left out."""
    start = start_vectors(vectors)
    near = index.dense.search(vectors[list(queries)], DEPTH + 1)
    worded = [index.lexical.search(data.provisions[query].passage, DEPTH + 1) for query in queries]
    cited = [list(data.cited.get(query, ())) for query in queries]
    plain = [Probe(data.provisions[query].passage, vectors[query], str(query)) for query in queries]
    linked = [replace(probe, cited=tuple(map(str, keys))) for probe, keys in zip(plain, cited, strict=True)]
    return {
        "BM25 syllables + pairs": [_without(found, query) for found, query in zip(worded, queries, strict=True)],
        "start encoder": [_nearest(start, query) for query in queries],
        "rasoat-e5-small": [_without(found, query) for found, query in zip(near, queries, strict=True)],
        "rasoat + BM25": fused(index, plain),
        "citations, either way": cited,
        "rasoat + BM25 + citations": fused(index, linked),
    }


def _nearest(rows: FloatArray, query: int) -> list[int]:
    found = top_ranking(np.arange(len(rows)), rows @ rows[query], DEPTH + 1)
    return _without(found, query)


def recall_row(name: str, ranked: Sequence[Sequence[int]], wanted: Sequence[frozenset[int]]) -> str:
    cells = [
        str(estimate([recall_at(row, want, k) for row, want in zip(ranked, wanted, strict=True)]))
        for k in (10, 50, 100)
    ]
    return f"| {name} | " + " | ".join(cells) + " |"


def related(arguments: argparse.Namespace, fold: Fold = Fold.TEST) -> None:
    data, vectors = encoded(arguments)
    queries = [
        key
        for key in sorted(data.related)
        if data.provisions[key].number and fold_of(data.provisions[key].number) is fold
    ]
    queries = queries[:: max(1, len(queries) // MAX_QUERIES)]
    index = index_of([item.passage for item in data.provisions], vectors)
    if fold is Fold.TUNE:
        return tune(data, queries, vectors, index)
    rankings = rankings_of(data, queries, vectors, index)
    for across in (False, True):
        asked = [(place, _wanted(data, query, across=across)) for place, query in enumerate(queries)]
        kept = [(place, want) for place, want in asked if want]
        print(
            f"{len(kept)} queries, pool {len(data.provisions)}, related provisions {'of other documents' if across else 'all'}"
        )
        print("| system | R@10 | R@50 | R@100 |\n|---|---|---|---|")
        for name, found in rankings.items():
            print(recall_row(name, [found[place] for place, _ in kept], [want for _, want in kept]))
    return None


def tune(data: Codification, queries: Sequence[int], vectors: FloatArray, index: SearchIndex) -> None:
    """Mean recall at 10, 50, 100 on the tuning fold for some weights of a cosine."""
    probes = [Probe(data.provisions[query].passage, vectors[query], str(query)) for query in queries]
    for weight in WEIGHTS:
        index.settings = replace(index.settings, cosine_weight=weight)
        ranked = fused(index, probes)
        for across in (False, True):
            asked = [(row, _wanted(data, query, across=across)) for row, query in zip(ranked, queries, strict=True)]
            cells = [np.mean([recall_at(row, want, k) for row, want in asked if want]) for k in (10, 50, 100)]
            print(weight, "other documents" if across else "all", np.round(cells, 4), round(float(np.mean(cells)), 4))


def encoded(arguments: argparse.Namespace) -> tuple[Codification, FloatArray]:
    data = read_codification(arguments.pool)
    if arguments.workspace:
        return workspace_vectors(Path(arguments.workspace), data, partial=arguments.partial)
    encoder = load_encoder(read_manifest().spec(arguments.model), threads=arguments.threads)
    return data, cached_vectors(encoder, [item.passage for item in data.provisions], arguments.cache)


def questions(arguments: argparse.Namespace) -> None:
    encoder = load_encoder(read_manifest().spec(arguments.model), threads=arguments.threads)
    print("| set | system | R@1 | R@10 | nDCG@10 | MRR |\n|---|---|---|---|---|---|")
    for data in (read_drill(), read_alqac()):
        vectors = cached_vectors(encoder, data.articles, arguments.cache)
        index = index_of(data.articles, vectors)
        asked = encoder.encode_queries(data.questions)
        pairs = list(zip(data.questions, asked, strict=True))
        start = start_vectors(asked) @ start_vectors(vectors).T
        places = np.arange(len(vectors))
        rankings = {
            "BM25": [index.lexical.search(question, DEPTH).keys.tolist() for question in data.questions],
            "start encoder": [top_ranking(places, row, DEPTH).keys.tolist() for row in start],
            "rasoat-e5-small": [found.keys.tolist() for found in index.dense.search(asked, DEPTH)],
            "fused": [[int(hit.id) for hit in index.search(text, vector, DEPTH)] for text, vector in pairs],
        }
        for name, found in rankings.items():
            rows = [(ranking, want) for ranking, want in zip(found, data.relevant, strict=True) if want]
            cells = [
                estimate([recall_at(row, want, 1) for row, want in rows]),
                estimate([recall_at(row, want, 10) for row, want in rows]),
                estimate([ndcg_at(row, want, 10) for row, want in rows]),
                estimate([reciprocal_rank(row, want) for row, want in rows]),
            ]
            print(f"| {data.name} ({len(rows)}) | {name} | " + " | ".join(map(str, cells)) + " |")


def speed(arguments: argparse.Namespace) -> None:
    data = read_codification(2_000)
    texts = [item.passage for item in data.provisions][:200]
    encoder = load_encoder(read_manifest().spec(arguments.model), threads=2)
    encoder.encode_passages(texts[:8])
    begin = time.perf_counter()
    encoder.encode_passages(texts)
    print(f"encoding: {len(texts) / (time.perf_counter() - begin):.1f} provisions/s, 2 threads, whole texts")
    waits = [_timed(lambda text=text: encoder.encode_queries([text[:80]])) for text in texts[:50]]
    print(f"one query of 80 characters: p50 {np.median(waits) * 1e3:.1f} ms")
    latency(encoder.fingerprint)


def joins(_: argparse.Namespace) -> None:
    for size in (10_000, 50_000, 100_000):
        index = DenseIndex(384, "speed")
        index.add(range(size), _crowded(size))
        print(f"self-join of {size}, 20 neighbours, exact: {_timed(lambda index=index: index.neighbours(20)):.1f} s")
    _tell_memory()


def _tell_memory() -> None:
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


def latency(fingerprint: str, size: int = 100_000) -> None:
    """Search over real texts repeated to `size` (vectors spread like real ones), alone and with eight clients."""
    data = read_codification()
    texts = [data.provisions[number % len(data.provisions)].passage for number in range(size)]
    vectors = _crowded(size)
    index = SearchIndex(384, fingerprint)
    begin = time.perf_counter()
    index.add([Entry(str(number)) for number in range(size)], texts, vectors)
    queries = [item.heading + " " + item.text[:60] for item in data.provisions[:400]]
    index.search(queries[0], vectors[0])
    print(f"index of {size}: {time.perf_counter() - begin:.0f} s")
    ask = [lambda place=place: index.search(queries[place], vectors[place], 10) for place in range(len(queries))]
    for clients in (1, 8):
        begin = time.process_time()
        with ThreadPoolExecutor(clients) as pool:
            waits = list(pool.map(_timed, ask))
        used = (time.process_time() - begin) / len(ask)
        print(
            f"search, {clients} clients: p50 {np.median(waits) * 1e3:.0f} ms, p95 {np.percentile(waits, 95) * 1e3:.0f} ms, "
            f"{used * 1e3:.1f} ms of processor time each (encoding not included)"
        )
    begin = time.perf_counter()
    index.add([Entry(f"new{number}") for number in range(100)], texts[:100], vectors[:100])
    index.search(queries[0], vectors[0])
    print(f"100 provisions added and searchable: {time.perf_counter() - begin:.1f} s")
    with TemporaryDirectory() as folder:
        index.save(Path(folder))
        print(
            f"on disk: {sum(file.stat().st_size for file in Path(folder).rglob('*') if file.is_file()) / 2**20:.0f} MiB"
        )
        print(f"load: {_timed(lambda: SearchIndex.load(Path(folder), fingerprint)):.1f} s")
    _tell_memory()


def _crowded(size: int) -> FloatArray:
    """Random unit rows as crowded as the encoder's (mean cosine about 0.8), in 500 clusters."""
    random = np.random.default_rng(1)
    centres = random.normal(size=(500, 384))
    rows = (
        2.6 * random.normal(size=384) + 0.8 * centres[random.integers(0, 500, size)] + random.normal(size=(size, 384))
    )
    return unit_rows(rows.astype(np.float32))


def _timed(call: object) -> float:
    begin = time.perf_counter()
    call()  # type: ignore[operator]
    return time.perf_counter() - begin


def _wanted(data: Codification, query: int, *, across: bool) -> frozenset[int]:
    own = data.provisions[query].number
    return frozenset(key for key in data.related[query] if not across or data.provisions[key].number != own)


def _without(ranking: Ranking, key: int) -> list[int]:
    return [found for found in ranking.keys.tolist() if found != key]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["related", "tune", "questions", "speed", "joins"])
    parser.add_argument("--cache", type=Path, default=Path("out/vectors"))
    parser.add_argument("--pool", type=int, default=0)
    parser.add_argument("--model", default="")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workspace", default="", help="folder of a workspace that holds the codification")
    parser.add_argument("--partial", action="store_true", help="measure on what the workspace has encoded so far")
    arguments = parser.parse_args()
    if arguments.what == "tune":
        related(arguments, Fold.TUNE)
    else:
        {"related": related, "questions": questions, "speed": speed, "joins": joins}[arguments.what](arguments)


if __name__ == "__main__":
    main()

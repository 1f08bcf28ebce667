"""Inverted lists at size: `python -m tests.benchmark.retrieval_lists --workspace FOLDER [--size N]`.

Real vectors of a workspace, copied with noise up to `size`: time to build, recall of the ten nearest against the exact search, self-join, changes in place.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import faiss
import numpy as np

from nlp.retrieval.dense import EXACT_LIMIT, DenseIndex
from nlp.retrieval.vectors import FloatArray, unit_rows

NOISE = 0.25  # length of the noise added to a copy: its cosine with the original is 0.97
QUERIES, TOP, JOINED = 500, 10, 20


def grown(rows: FloatArray, size: int) -> FloatArray:
    """`size` unit rows: the given ones, then copies with noise."""
    random = np.random.default_rng(7)
    copies = rows[random.integers(0, len(rows), size - len(rows))]
    noise = unit_rows(random.normal(size=copies.shape).astype(np.float32))
    return np.concatenate([rows, unit_rows(copies + NOISE * noise)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--size", type=int, default=250_000)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    faiss.omp_set_num_threads(arguments.threads)
    parts = [np.load(part) for part in sorted((arguments.workspace / "vectors").glob("*/*.npy"))]
    rows = grown(np.concatenate(parts), arguments.size)
    index, exact = DenseIndex(rows.shape[1], "lists"), DenseIndex(rows.shape[1], "exact", exact_limit=len(rows))
    exact.add(range(len(rows)), rows)
    begin = time.perf_counter()
    index.add(range(len(rows)), rows)
    print(f"{len(rows)} vectors ({len(np.concatenate(parts))} real), lists beyond {EXACT_LIMIT}: {not index.exact}, "
          f"built in {time.perf_counter() - begin:.0f} s")  # fmt: skip
    asked = rows[np.random.default_rng(3).choice(len(rows), QUERIES, replace=False)]
    waits: dict[str, float] = {}
    found = {}
    for name, which in (("lists", index), ("exact", exact)):
        begin = time.perf_counter()
        found[name] = [which.search(row[None], TOP)[0].keys.tolist() for row in asked]
        waits[name] = (time.perf_counter() - begin) / QUERIES * 1e3
    shared = [len(set(a) & set(b)) / TOP for a, b in zip(found["lists"], found["exact"], strict=True)]
    print(
        f"recall of the {TOP} nearest {np.mean(shared):.4f}; one search {waits['lists']:.1f} ms, exact {waits['exact']:.1f} ms"
    )
    begin = time.perf_counter()
    index.add(range(len(rows), len(rows) + 100), rows[:100])
    index.remove(range(100))
    print(f"100 added and 100 removed in place: {(time.perf_counter() - begin) * 1e3:.0f} ms")
    begin = time.perf_counter()
    index.neighbours(JOINED)
    print(f"self-join with {JOINED} neighbours: {time.perf_counter() - begin:.0f} s")


if __name__ == "__main__":
    main()

"""The shipped encoder's two forms and plain sentence-transformers in one run: `python -m tests.benchmark.retrieval_forms [--texts N] [--threads N]`.

Provisions encoded per second, and how far the forms agree: the rankings of all texts by each of the first 300 as a question.
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from nlp.retrieval.encoders import load_encoder
from nlp.retrieval.manifest import read_manifest
from nlp.shipped import models_folder
from nlp.training.encoder import heads
from nlp.training.fields import encoder_tokenizer
from nlp.training.measure import estimate
from tests.benchmark.retrieval_data import read_codification

if TYPE_CHECKING:
    from collections.abc import Callable

    from nlp.retrieval.vectors import FloatArray

QUESTIONS, TOP = 300, 10
WORDS = 12  # of a provision's end, as a question


def agreement(one: FloatArray, other: FloatArray) -> str:
    """One row of rankings a question against another's: scores (questions, texts)."""
    tops = [np.argsort(-scores, axis=1, kind="stable")[:, :TOP] for scores in (one, other)]
    shared = [len(set(a) & set(b)) / TOP for a, b in zip(tops[0].tolist(), tops[1].tolist(), strict=True)]
    first = [float(a == b) for a, b in zip(tops[0][:, 0], tops[1][:, 0], strict=True)]
    return f"same first {estimate(first)}, shared of the first {TOP} {estimate(shared)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=1_000)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    step = len(read_codification().provisions) // arguments.texts
    texts = heads(read_codification().provisions[::step][: arguments.texts], encoder_tokenizer())
    questions = [" ".join(text.split()[-WORDS:]) for text in texts[:QUESTIONS]]
    manifest = read_manifest()
    small = load_encoder(manifest.spec(), threads=arguments.threads)
    library = load_encoder(manifest.spec(f"{manifest.default}-torch"))
    plain = SentenceTransformer(str(models_folder() / manifest.spec().source), device="cpu")
    forms: dict[str, tuple[Callable[[list[str]], FloatArray], Callable[[list[str]], FloatArray]]] = {
        "8-bit ONNX": (small.encode_passages, small.encode_queries),
        "torch, bf16 where the processor has it": (library.encode_passages, library.encode_queries),
        "sentence-transformers, float32": (plain.encode_document, plain.encode_query),
    }
    rankings: dict[str, FloatArray] = {}
    for name, (passages, queries) in forms.items():
        passages(texts[:16])
        begin = time.perf_counter()
        rows = passages(texts)
        speed = len(texts) / (time.perf_counter() - begin)
        rankings[name] = queries(questions) @ rows.T
        print(
            f"{name}: {speed:.1f} provisions/s ({len(texts)} texts of at most 120 tokens, {arguments.threads} threads)"
        )
    exact = rankings["sentence-transformers, float32"]
    for name in list(rankings)[:2]:
        print(f"{name} against float32: {agreement(rankings[name], exact)}")
    print(f"8-bit against bf16: {agreement(*list(rankings.values())[:2])}")


if __name__ == "__main__":
    main()

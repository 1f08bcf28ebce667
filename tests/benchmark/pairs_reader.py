"""Print what the pair reader adds to the shipped scorer: `python -m tests.benchmark.pairs_reader FILE.jsonl --reader FOLDER [--weight 0.3]`.

Numbers only. The two opinions are joined as a weighted geometric mean of their probabilities; the weight was set on out-of-fold rows of the
training pairs. Speed: pairs per CPU-second whose texts are new, and again with the texts known.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from nlp.comparison import judge, shipped_scorer
from nlp.comparison.orient import orient
from nlp.comparison.tokens import PairReader
from nlp.evaluation.pairs import PRECISION_GOAL, RELATIONS, f1_of, macro_f1, read_labelled_lines, recall_at


def main(arguments: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.pairs_reader")
    parser.add_argument("file", type=Path)
    parser.add_argument("--reader", type=Path, required=True)
    parser.add_argument("--weight", type=float, default=0.3)
    options = parser.parse_args(arguments)
    rows = read_labelled_lines(options.file.read_text(encoding="utf-8").splitlines(), options.file.name)
    y = np.array([RELATIONS.index(row.relation) for row in rows])
    judged = [judge(row.pair, scorer=shipped_scorer()) for row in rows]
    scorer = np.log([[max(verdict.probability(relation), 1e-6) for relation in RELATIONS] for verdict in judged])

    reader = PairReader.load(options.reader, threads=1)
    texts = [(turned.a.text, turned.b.text) for turned in (orient(row.pair).pair for row in rows)]
    speeds = []
    for _ in range(2):
        begin = time.process_time()
        scores = reader.scores(texts).astype(np.float64)
        speeds.append(len(texts) / (time.process_time() - begin))
    reading = scores - np.log(np.exp(scores).sum(1, keepdims=True))

    for name, weight in (("scorer", 0.0), ("reader", 1.0), (f"both, weight {options.weight}", options.weight)):
        joined = np.exp((1 - weight) * scorer + weight * reading)
        joined /= joined.sum(1, keepdims=True)
        guess, chance = joined.argmax(1), joined[:, 0]
        loss = float(-np.log(joined[np.arange(len(y)), y]).mean())
        sys.stdout.write(
            f"{name:<18} macro-F1 {macro_f1(y, guess):.3f}  contradiction F1 {f1_of(y, guess, 0):.3f}  "
            f"AUC {float(roc_auc_score(y == 0, chance)):.3f}  recall at precision 0.9 {recall_at(y == 0, chance, PRECISION_GOAL)[0]:.3f}  "
            f"log loss {loss:.3f}\n"
        )
    sys.stdout.write(f"reader: {speeds[0]:.0f} pairs a CPU-second, {speeds[1]:.0f} with the texts known\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

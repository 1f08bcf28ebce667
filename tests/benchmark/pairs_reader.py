"""Print what the pair reader adds to features and rules: `python -m tests.benchmark.pairs_reader FILE.jsonl`.

Numbers only: the shipped scorer without and with its reader, then pairs per CPU-second of the reader with texts that are new, and again with the
texts known.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from nlp.comparison import judge, shipped_scorer
from nlp.comparison.judging import READER
from nlp.comparison.legible import legible_pair
from nlp.comparison.tokens import PairReader
from nlp.evaluation.pairs import PRECISION_GOAL, RELATIONS, f1_of, macro_f1, read_labelled_lines, recall_at
from nlp.shipped import models_folder


def main(arguments: list[str]) -> int:
    """Measure and print."""
    file = Path(arguments[0])
    rows = read_labelled_lines(file.read_text(encoding="utf-8").splitlines(), file.name)
    y = np.array([RELATIONS.index(row.relation) for row in rows])
    whole = shipped_scorer()
    for name, scorer in (("without reader", replace(whole, reader=None)), ("with reader", whole)):
        begin = time.process_time()
        judged = [judge(row.pair, scorer=scorer) for row in rows]
        speed = len(rows) / (time.process_time() - begin)
        chances = np.array([[verdict.probability(relation) for relation in RELATIONS] for verdict in judged])
        guess, chance = chances.argmax(1), chances[:, 0]
        loss = float(-np.log(np.maximum(chances[np.arange(len(y)), y], 1e-6)).mean())
        sys.stdout.write(
            f"{name:<15} macro-F1 {macro_f1(y, guess):.3f}  contradiction F1 {f1_of(y, guess, 0):.3f}  "
            f"AUC {float(roc_auc_score(y == 0, chance)):.3f}  recall at precision 0.9 {recall_at(y == 0, chance, PRECISION_GOAL)[0]:.3f}  "
            f"log loss {loss:.3f}  {speed:.0f} pairs a CPU-second\n"
        )
    reader = PairReader.load(models_folder() / READER, threads=1)
    texts = [legible_pair(row.pair, whole.space) for row in rows]
    speeds = []
    for _ in range(2):
        begin = time.process_time()
        reader.scores(texts)
        speeds.append(len(texts) / (time.process_time() - begin))
    sys.stdout.write(f"reader alone: {speeds[0]:.0f} pairs a CPU-second, {speeds[1]:.0f} with the texts known\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

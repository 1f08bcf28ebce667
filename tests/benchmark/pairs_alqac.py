"""Print contradiction F1 on true/false statements of law: `python -m tests.benchmark.pairs_alqac alqac_tf.jsonl TRAIN.jsonl... [--shipped-only]`.

A is the statement, read as a later local text, B the articles it is about. Folds are by law. Three readings: the shipped scorer as it is; the
shipped scorer with the threshold that suits the other laws best; the scorer fitted again on TRAIN and the statements about the other laws
(a true statement counts as consistent), each fold's laws unseen.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.model_selection import GroupKFold

from nlp.comparison import judge, shipped_scorer
from nlp.comparison.records import read_labelled
from nlp.evaluation.pairs import f1_of
from nlp.law.finding import Relation
from nlp.training.pairs import FitSettings, calibrate, fit_rows, out_of_fold, read_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDS = 5
STATEMENT_SIDE = {"number": "01/2025/QĐ-UBND", "issuer": "Ủy ban nhân dân tỉnh", "issued": "2025-01-02"}
LAW_SIDE = {"issuer": "Quốc hội", "issued": "2020-01-02", "territory": "cả nước"}


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements as labelled pairs, the law of each, and whether it is false."""

    records: tuple[dict[str, object], ...]
    laws: tuple[str, ...]
    false: NDArray[np.bool_]


def read_statements(path: Path) -> Statements:
    """The statements of alqac_tf.jsonl; the group is the law, so that folds never split one."""
    records, laws, false = [], [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        law = str(row["premises"][0]["law"])
        wrong = row["label"] == "contradiction"
        text = "\n".join(str(premise["text"]) for premise in row["premises"])
        records.append(
            {
                "id": row["id"],
                "group": law,
                "a": {**STATEMENT_SIDE, "text": row["statement"]},
                "b": {**LAW_SIDE, "text": text},
                "relation": (Relation.CONTRADICTION if wrong else Relation.CONSISTENT).value,
                "conflict_type": None,
            }
        )
        laws.append(law)
        false.append(wrong)
    return Statements(tuple(records), tuple(laws), np.array(false))


def shipped(statements: Statements) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Which statements the shipped scorer calls contradictions, and its probabilities of that."""
    scorer = shipped_scorer()
    judged = [judge(read_labelled(record).pair, scorer=scorer) for record in statements.records]
    called = np.array([verdict.relation is Relation.CONTRADICTION for verdict in judged])
    return called, np.array([verdict.probability(Relation.CONTRADICTION) for verdict in judged])


def folds_of(laws: tuple[str, ...]) -> NDArray[np.int64]:
    """The fold of each statement."""
    fold = np.zeros(len(laws), dtype=np.int64)
    for number, (_, test) in enumerate(GroupKFold(FOLDS).split(laws, groups=laws)):
        fold[test] = number
    return fold


def tuned(chance: NDArray[np.float64], false: NDArray[np.bool_], fold: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Contradictions by the threshold with the best F1 on the other folds."""
    called = np.zeros(len(chance), dtype=np.bool_)
    for number in range(FOLDS):
        rest = fold != number
        options = np.unique(chance[rest])
        best = max(options, key=lambda option: f1(false[rest], chance[rest] >= option))
        called[~rest] = chance[~rest] >= best
    return called


def refitted(statements: Statements, fold: NDArray[np.int64], train: tuple[Path, ...]) -> NDArray[np.bool_]:
    """Contradictions by a scorer that was fitted on TRAIN and the other folds; calibrated on what it was fitted on, out of fold."""
    settings = FitSettings(harmless_share=0.0)  # the statements are the last rows, no copies behind them
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "statements.jsonl"
        lines = [json.dumps(record, ensure_ascii=False) for record in statements.records]
        file.write_text("\n".join(lines), encoding="utf-8")
        table = read_table((*train, file), shipped_scorer().space, settings)
    first = len(table.y) - len(statements.records)
    linear, trees = out_of_fold(table, settings)
    calibration = calibrate(table, linear, trees)
    called = np.zeros(len(fold), dtype=np.bool_)
    for number in range(FOLDS):
        test = first + np.flatnonzero(fold == number)
        rows = np.setdiff1d(np.arange(len(table.y)), test)
        chance = calibration.probabilities(*fit_rows(table, rows, settings).scores(table, test))
        called[fold == number] = chance.argmax(1) == 0
    return called


def f1(false: NDArray[np.bool_], called: NDArray[np.bool_]) -> float:
    """F1 of contradiction."""
    return f1_of(np.where(false, 0, 1), np.where(called, 0, 1), 0)


def line(name: str, false: NDArray[np.bool_], called: NDArray[np.bool_]) -> str:
    """One printed row."""
    hits = int((false & called).sum())
    right = float((false == called).mean())
    return f"{name:<34} F1 {f1(false, called):.3f}  precision {hits}/{int(called.sum())}  recall {hits}/{int(false.sum())}  right {right:.3f}\n"


def main(arguments: list[str]) -> int:
    """Measure and print."""
    paths = [Path(name) for name in arguments if not name.startswith("--")]
    statements = read_statements(paths[0])
    fold = folds_of(statements.laws)
    called, chance = shipped(statements)
    false = statements.false
    out = [line("all called contradictions", false, np.ones(len(false), dtype=np.bool_))]
    out += [
        line("shipped scorer", false, called),
        line("shipped, threshold of other laws", false, tuned(chance, false, fold)),
    ]
    sys.stdout.write("".join(out))
    if "--shipped-only" not in arguments:
        sys.stdout.write(line("fitted with other laws", false, refitted(statements, fold, tuple(paths[1:]))))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

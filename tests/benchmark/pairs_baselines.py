"""Print baselines of judging pairs: `python -m tests.benchmark.pairs_baselines TRAIN.jsonl DEV.jsonl --nli VISNLI.csv ALQAC.jsonl`.

Word overlap, cosine of the shipped encoder, an NLI head alone and the rules alone, each with a logistic model of five relations where it needs
one: on TRAIN out of fold (folds by B's document), on DEV fitted on TRAIN. Of DEV nothing but these numbers is printed.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from nlp.comparison import shipped_scorer
from nlp.comparison.orient import orient
from nlp.comparison.rules import BY_CODE, RULES, check_all
from nlp.comparison.view import see
from nlp.evaluation.pairs import PRECISION_GOAL, RELATIONS, f1_of, macro_f1, read_labelled_lines, recall_at
from nlp.law.finding import Relation
from nlp.retrieval.encoders import load_encoder
from nlp.text.segment import words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nlp.comparison.records import LabelledPair
    from nlp.retrieval.encoders import Encoder

    Matrix = NDArray[np.float64]

FOLDS = 5
ENTAILED, DENIED, NEUTRAL = 0, 1, 2  # labels of the NLI set
NLI_RELATION = {ENTAILED: 1, DENIED: 0, NEUTRAL: 3}  # duplicate, contradiction, consistent


@dataclass(frozen=True, slots=True)
class File:
    """A file of labelled pairs: the pairs, their relations by number, their groups."""

    pairs: tuple[LabelledPair, ...]
    y: NDArray[np.int64]
    groups: tuple[str, ...]


def read(path: Path) -> File:
    """A file of labelled pairs."""
    pairs = read_labelled_lines(path.read_text(encoding="utf-8").splitlines(), path.name)
    return File(pairs, np.array([RELATIONS.index(pair.relation) for pair in pairs]), tuple(p.group for p in pairs))


def overlap(file: File) -> Matrix:
    """Shares of common words of A, of B, of both, and the log of the length ratio."""
    rows = []
    for pair in file.pairs:
        a, b = ([form for form, _ in words(side.text)] for side in (pair.pair.a, pair.pair.b))
        common = len(set(a) & set(b))
        either = len(set(a) | set(b))
        ratio = np.log((1 + len(a)) / (1 + len(b)))
        rows.append([common / max(1, len(set(a))), common / max(1, len(set(b))), common / max(1, either), ratio])
    return np.array(rows)


def sides(encoder: Encoder, texts: list[tuple[str, str]]) -> tuple[Matrix, Matrix]:
    """The unit rows of first and second texts."""
    both = encoder.encode_passages([text for pair in texts for text in pair]).astype(np.float64)
    return both[0::2], both[1::2]


def combined(u: Matrix, v: Matrix) -> Matrix:
    """What an NLI head sees: [u, v, |u - v|, u * v]."""
    return np.hstack([u, v, np.abs(u - v), u * v])


def rule_strengths(file: File) -> Matrix:
    """The strength of each rule, 0 where it is silent."""
    space = shipped_scorer().space
    codes = [rule.code for rule in RULES]
    found = np.zeros((len(file.pairs), len(codes)))
    for row, pair in enumerate(file.pairs):
        for hit in check_all(see(orient(pair.pair).pair, space)):
            found[row, codes.index(hit.rule)] = hit.strength
    return found


def rule_verdicts(strengths: Matrix) -> tuple[NDArray[np.int64], Matrix]:
    """Rules without any fit: the strongest accusing rule wins over the strongest exonerating one; what is left is consistent."""
    frees = np.array([BY_CODE[rule.code].exonerates for rule in RULES])
    against, free = strengths[:, ~frees].max(1), strengths[:, frees].max(1)
    return np.where(against > free, 0, RELATIONS.index(Relation.CONSISTENT)), against - free


def nli_material(visnli: Path, statements: Path) -> tuple[list[tuple[str, str]], list[int]]:
    """Texts and labels of the general NLI set and of the true/false statements (hypothesis first, as A is)."""
    texts, labels = [], []
    with visnli.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            texts.append((row["Hypothesis"], row["Premise"]))
            labels.append(int(row["Label"]))
    for line in statements.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        texts.append((record["statement"], "\n".join(premise["text"] for premise in record["premises"])))
        labels.append(DENIED if record["label"] == "contradiction" else ENTAILED)
    return texts, labels


def logistic(strength: float = 1.0) -> Pipeline:
    """A multinomial logistic model on standardised features."""
    return make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=2000))


def fitted_chances(train: Matrix, file: File, test: Matrix) -> tuple[Matrix, Matrix]:
    """Probabilities of the five relations: out of fold on the training file, and on the other one."""
    inside = np.zeros((len(file.y), len(RELATIONS)))
    for rows, held in GroupKFold(FOLDS).split(train, file.y, file.groups):
        inside[held] = logistic().fit(train[rows], file.y[rows]).predict_proba(train[held])
    outside = logistic().fit(train, file.y).predict_proba(test)
    return inside, outside


def line(name: str, place: str, y: NDArray[np.int64], guess: NDArray[np.int64], chance: NDArray[np.float64]) -> str:
    """One printed row."""
    recall, _ = recall_at(y == 0, chance, PRECISION_GOAL)
    area = float(roc_auc_score(y == 0, chance))
    return (
        f"{name:<24} {place:<18} macro-F1 {macro_f1(y, guess):.3f}  contradiction F1 {f1_of(y, guess, 0):.3f}  "
        f"AUC {area:.3f}  recall at precision 0.9 {recall:.3f}\n"
    )


def main(arguments: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.pairs_baselines")
    parser.add_argument("train", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--nli", type=Path, nargs=2, required=True)
    options = parser.parse_args(arguments)
    train, dev = read(options.train), read(options.dev)
    places = (("out of fold", train), ("dev", dev))

    def told(name: str, chances: tuple[Matrix, Matrix]) -> None:
        for (place, file), chance in zip(places, chances, strict=True):
            sys.stdout.write(line(name, place, file.y, chance.argmax(1), chance[:, 0]))
        sys.stdout.flush()

    told("word overlap", fitted_chances(overlap(train), train, overlap(dev)))
    strengths = rule_strengths(train), rule_strengths(dev)
    for (place, file), strength in zip(places, strengths, strict=True):
        guess, margin = rule_verdicts(strength)
        sys.stdout.write(line("rules, no fit", place, file.y, guess, margin))
    told("rules, logistic", fitted_chances(strengths[0], train, strengths[1]))

    encoder = load_encoder(threads=1)
    vectors = [sides(encoder, [(pair.pair.a.text, pair.pair.b.text) for pair in file.pairs]) for file in (train, dev)]
    cosines = [(u * v).sum(1, keepdims=True) for u, v in vectors]
    told("encoder cosine", fitted_chances(cosines[0], train, cosines[1]))
    texts, labels = nli_material(*options.nli)
    head = logistic(0.01).fit(combined(*sides(encoder, texts)), labels)
    for (place, file), (u, v) in zip(places, vectors, strict=True):
        chance = head.predict_proba(combined(u, v))
        guess = np.array([NLI_RELATION[label] for label in chance.argmax(1)])
        sys.stdout.write(line("NLI head alone", place, file.y, guess, chance[:, DENIED]))
    heads = [combined(u, v) for u, v in vectors]
    told("head fitted on pairs", fitted_chances(heads[0], train, heads[1]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

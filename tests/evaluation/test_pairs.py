"""Measures of judging on small tables with known answers."""

from __future__ import annotations

import json

import numpy as np
import pytest

from nlp.errors import InputError
from nlp.evaluation.pairs import evaluate, f1_of, macro_f1, read_labelled_lines, recall_at, render
from nlp.law.finding import Relation


def test_f1_by_hand() -> None:
    labels, guesses = np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 0])
    assert f1_of(labels, guesses, 0) == pytest.approx(2 / 3)  # precision 2/3, recall 2/3
    assert f1_of(labels, guesses, 1) == pytest.approx(0.5)
    assert macro_f1(labels, guesses) == pytest.approx((2 / 3 + 0.5) / 5)


def test_recall_at_precision() -> None:
    truth = np.array([True, True, False, True, False])
    chance = np.array([0.9, 0.8, 0.7, 0.6, 0.1])
    recall, threshold = recall_at(truth, chance, 0.9)
    assert recall == pytest.approx(2 / 3)
    assert threshold == 0.8
    assert recall_at(truth, chance, 0.7) == (1.0, 0.6)
    assert recall_at(~truth, chance, 0.99) == (0.0, None)


LINES = [
    {"id": "p1", "relation": "duplicate", "a": {"text": "Hồ sơ gồm 02 bộ."}, "b": {"text": "Hồ sơ gồm hai bộ."}},
    {
        "id": "p2", "relation": "contradiction", "conflict_type": "modality",
        "a": {"text": "Được cho mượn hội trường."}, "b": {"text": "Không được cho mượn hội trường."},
    },
    {"id": "p3", "relation": "unrelated", "trap": "lexical_overlap", "a": {"text": "Tàu cá nộp phí."}, "b": {"text": "Trẻ em được tiêm chủng."}},
]  # fmt: skip


def test_report_counts_every_pair() -> None:
    pairs = read_labelled_lines([json.dumps(line) for line in LINES], "x.jsonl")
    report = evaluate(pairs)
    assert report.pairs == 3
    assert sum(row.recall.total for row in report.relations) == 3
    assert sum(row.pairs for row in report.reliability) == 3
    assert [name for name, _ in report.traps] == ["lexical_overlap"]
    assert 0 <= report.macro_interval[0] <= report.macro_f1 <= report.macro_interval[1] <= 1
    text = render(report)
    assert "macro-F1" in text
    assert "lexical_overlap" in text


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"a": 1}',
        '{"relation": "duplicate", "a": {"text": "x"}}',
        '{"relation": "no", "a": {"text": "x"}, "b": {"text": "y"}}',
    ],
)
def test_a_bad_line_is_named(line: str) -> None:
    with pytest.raises(InputError, match=r"x\.jsonl:1"):
        read_labelled_lines([line], "x.jsonl")


def test_group_is_the_document_of_b() -> None:
    (pair,) = read_labelled_lines(
        [
            json.dumps(
                {"id": "p", "relation": "overlap", "a": {"text": "x"}, "b": {"text": "y", "number": "1/2020/QH14"}}
            )
        ],
        "f",
    )
    assert (pair.group, pair.relation) == ("1/2020/QH14", Relation.OVERLAP)

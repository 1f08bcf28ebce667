"""What the product writes is what its schemas promise, and they refuse what they should."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from nlp.law.finding import ConflictType, Judgement, Prevailing, Relation, Signal
from nlp.law.span import Span
from nlp.law.territory import national_gazetteer
from service.reports.wire import coverage_json, finding_json
from service.schemas import NAMES, schema_text
from service.usecases.compare import Pair, judgement_json, read_pairs
from service.usecases.search import Found, answer_json
from tests.service.example_report import REPORT

if TYPE_CHECKING:
    from collections.abc import Callable

JUDGEMENT = Judgement(
    relation=Relation.CONTRADICTION,
    conflict_type=ConflictType.NUMBER,
    probabilities=tuple(
        (relation, value)
        for relation, value in zip(
            (Relation.CONTRADICTION, Relation.DUPLICATE, Relation.OVERLAP, Relation.CONSISTENT, Relation.UNRELATED),
            (0.7, 0.1, 0.1, 0.05, 0.05),
            strict=True,
        )
    ),
    evidence_a=(Span(0, 5),),
    evidence_b=(),
    signals=(Signal("number", 1.23456, "A 50 m², B 60 m²"),),
    prevailing=Prevailing.B,
    handling="amend",
    handling_text="Sửa đổi.",
    grounds=("khoản 3 Điều 58",),
    why="Vì mức khác nhau.",
)
(PAIR,) = read_pairs(
    iter(['{"id": 7, "a": {"text": "50 m² là mức"}, "b": {"text": "60 m²", "issued": "2024-01-02"}}']),
    "p",
    national_gazetteer(),
)
FOUND = Found("x1", "12/2024/QĐ-UBND", "Điều 1", 0.5, "quote", (), "a.pdf", 1, "title")


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema_text(name)), format_checker=FormatChecker())


def judgement() -> dict[str, object]:
    assert isinstance(PAIR, Pair)
    return judgement_json(PAIR, JUDGEMENT)


def coverage() -> dict[str, object]:
    wire = coverage_json(REPORT)
    wire["fingerprints"] = {"rasoat": "0.1", "encoder": "e", "lexicons": "l", "rules": "r"}
    return wire


WIRES: dict[str, list[Callable[[], dict[str, object]]]] = {
    "finding-1": [lambda finding=finding: finding_json(finding) for finding in REPORT.findings],  # type: ignore[misc]
    "coverage-1": [coverage],
    "judgement-1": [judgement],
    "answer-1": [lambda: answer_json("q1", [FOUND]), lambda: answer_json("q2", [])],
    "provision-1": [
        lambda: {"id": "a", "text": "x"},
        lambda: {"id": 5, "text": "x", "issued": "2024-05-20", "effective": "20/05/2024", "number": None, "more": 1},
    ],
    "pair-1": [lambda: {"id": "a", "a": {"text": "x"}, "b": {"text": "y", "path": "Điều 1"}, "relation": "overlap"}],
}


def test_every_schema_is_one_and_has_an_example() -> None:
    assert set(WIRES) == set(NAMES)
    for name in NAMES:
        Draft202012Validator.check_schema(json.loads(schema_text(name)))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_fits(name: str) -> None:
    for wire in WIRES[name]:
        # through JSON, as readers see it
        assert [error.message for error in validator(name).iter_errors(json.loads(json.dumps(wire())))] == []


@pytest.mark.parametrize("name", ["finding-1", "coverage-1", "judgement-1", "answer-1"])
def test_every_field_is_required_and_no_other_allowed(name: str) -> None:
    good = WIRES[name][0]()
    for field in good:
        bad = copy.deepcopy(good)
        del bad[field]
        assert not validator(name).is_valid(bad), field
    assert not validator(name).is_valid({**good, "extra": 1})


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("finding-1", "probability", 1.2),
        ("finding-1", "kind", "trap"),
        ("finding-1", "prevailing", "a"),
        ("finding-1", "left", None),
        ("coverage-1", "schema", "rasoat/coverage/2"),
        ("coverage-1", "as_of", "23/11/2026"),
        ("judgement-1", "prevailing", "left"),
        ("provision-1", "text", "   "),
        ("provision-1", "issued", "tomorrow"),
        ("pair-1", "a", {"number": "1"}),
    ],
)
def test_wrong_values_are_refused(name: str, field: str, value: object) -> None:
    assert not validator(name).is_valid({**WIRES[name][0](), field: value})


def test_judgements_quote_the_words_of_the_texts() -> None:
    wire = judgement()
    assert wire["id"] == "7"
    assert wire["evidence"] == {"a": ["50 m²"], "b": []}
    assert wire["signals"] == [{"rule": "number", "weight": 1.2346, "note": "A 50 m², B 60 m²"}]
    assert wire["prevailing"] == "b"

"""The contract `rasoat/document/1`: every parsed document fits the shipped JSON Schema, and the form says what the document says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from nlp.exchange import SCHEMA, document_json, document_schema, document_text
from nlp.law.document import Level, NormativeDocument, Operation, TargetKind
from nlp.law.rank import Kind
from nlp.law.source import FurnitureKind
from nlp.parsing import parse
from tests.golden.rewrite import inputs
from tests.parsing.sources import golden_source, plain_source

if TYPE_CHECKING:
    from pathlib import Path

VALIDATOR = Draft202012Validator(json.loads(document_schema()))


def golden(name: str) -> NormativeDocument:
    path = next(path for path in inputs() if path.stem == name)
    return parse(golden_source(path.read_text(encoding="utf-8"), path.name))


@pytest.mark.parametrize("path", inputs(), ids=lambda path: path.stem)
def test_golden_documents_fit_the_schema(path: Path) -> None:
    document = parse(golden_source(path.read_text(encoding="utf-8"), path.name))
    VALIDATOR.validate(json.loads(document_text(document)))


@pytest.mark.parametrize("text", ["", "\n", "Điều 1.", "không có gì cả"])
def test_poor_documents_fit_the_schema(text: str) -> None:
    VALIDATOR.validate(document_json(parse(plain_source(text))))


def test_the_schema_is_a_schema_and_names_the_form() -> None:
    Draft202012Validator.check_schema(VALIDATOR.schema)
    assert SCHEMA == "rasoat/document/1"
    assert not VALIDATOR.is_valid({**document_json(parse(plain_source("Điều 1. x"))), "extra": 1})


@pytest.mark.parametrize(
    ("place", "values"),
    [
        (("document", "properties", "kind", "enum"), [kind.value for kind in Kind]),
        (("provisions", "items", "properties", "level", "enum"), [level.name.lower() for level in Level]),
        (("amendments", "items", "properties", "operation", "enum"), [operation.value for operation in Operation]),
        (("furniture", "items", "properties", "kind", "enum"), [kind.value for kind in FurnitureKind]),
    ],
)
def test_the_schema_knows_every_value(place: tuple[str, ...], values: list[str]) -> None:
    node = json.loads(document_schema())["properties"]
    for step in place:
        node = node[step]
    assert sorted(node) == sorted(values)


def test_the_schema_knows_every_target() -> None:
    targets = json.loads(document_schema())["$defs"]["mention"]["properties"]["target"]["enum"]
    assert sorted(targets) == sorted(target.value for target in TargetKind)


def test_the_form_of_a_decision() -> None:
    document = golden("attached_rules")
    form = json.loads(document_text(document))
    assert form["document"]["key"] == "ubnd.thai-binh:decision:91/2023/QĐ-UBND:2023-09-12"
    assert form["document"]["number"] == "91/2023/QĐ-UBND"
    assert form["document"]["issuer"] == "Ủy ban nhân dân tỉnh Thái Bình"
    assert form["document"]["effective"] == "2023-09-25"
    assert form["document"]["normative"] is True
    assert form["document"]["rank"] == 11
    assert [basis["documents"][0]["number"] for basis in form["document"]["legal_bases"]] == [None, "98/2022/NĐ-CP"]
    point = next(unit for unit in form["provisions"] if unit["path"] == "attached_1/art_2/cl_2/pt_b")
    assert point["citation"] == "điểm b khoản 2 Điều 2 Quy định ban hành kèm theo"
    assert point["level"] == "point"
    start, end = point["span"]
    assert form["text"][start:end] == "b) Người giúp việc trên đò.\n"
    row = next(unit for unit in form["provisions"] if unit["path"] == "annex_1/row_2")
    assert form["text"][row["span"][0] : row["span"][1]] == "2 | Xe đạp | 5.000\n"


def test_quoted_units_are_marked() -> None:
    form = json.loads(document_text(golden("amending_quotes")))
    quoted = {unit["path"] for unit in form["provisions"] if unit["quoted"]}
    assert "main/art_1/cl_2/art_7a" in quoted
    assert "main/art_1/cl_2" not in quoted
    assert [issue["code"] for issue in form["issues"]] == ["unbalanced_quote"]

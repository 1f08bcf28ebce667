"""What is stored comes back the same."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from fractions import Fraction
from pathlib import Path

import pytest

from nlp.analyser.corpus import CorpusProvision, comparable
from nlp.law.document import NormativeDocument
from nlp.law.norm import Comparator, Deadline, Dimension, Modality, Norm, Quantity
from nlp.law.span import Box, PageRef, Span
from nlp.law.territory import parse_territory
from nlp.parsing import parse
from nlp.reading import read
from service.store.codec import from_json, pack, to_json, unpack
from tests.service.example_documents import unit

SAMPLE = Path(__file__).resolve().parents[2] / "corpora" / "sample" / "documents"
QUANTITY = Quantity(Span(3, 9), Fraction(1, 3), None, Comparator.AT_LEAST, Dimension.PERCENT, "%", includes_upper=False)
NORM = Norm(
    span=Span(0, 40),
    bearer="người sử dụng đất",
    modality=Modality.OBLIGATION,
    cue=None,
    action="nộp hồ sơ",
    conditions=(Span(1, 2), Span(3, 4)),
    quantities=(QUANTITY,),
    deadlines=(Deadline(Span(4, 8), QUANTITY, "kể từ ngày nhận đủ hồ sơ"),),
    dossier=("đơn đề nghị", ""),
    negated=True,
)


@pytest.mark.parametrize(
    ("kind", "noun"),
    [
        (Span, Span(3, 9)),
        (PageRef, PageRef(2, Box(1.5, 2, 3.25, 4))),
        (PageRef, PageRef(2)),
        (Norm, NORM),
        (CorpusProvision, unit("Diện tích là 50 m².", "main/art_1", "a.pdf", "Chính phủ", "x")),
        (dt.date, dt.date(2024, 2, 29)),
        (str, "điều"),
    ],
)
def test_nouns_survive(kind: type[object], noun: object) -> None:
    again = unpack(kind, pack(noun))
    assert again == noun
    assert type(again) is type(noun)


def test_sets_are_stored_in_one_order() -> None:
    territory = parse_territory("tỉnh Hưng Yên", dt.date(2025, 8, 1))
    assert territory is not None
    assert len(territory.units) > 1
    assert pack(territory) == pack(unpack(type(territory), pack(territory)))
    assert unpack(type(territory), pack(territory)) == territory


def test_defaults_are_not_stored() -> None:
    assert to_json(PageRef(2)) == {"page": 2}
    assert from_json(PageRef, {"page": 2}) == PageRef(2)


def test_the_stored_form_is_plain_json() -> None:
    assert json.loads(zlib.decompress(pack(QUANTITY))) == {
        "span": {"start": 3, "end": 9},
        "value": "1/3",
        "upper": None,
        "comparator": ">=",
        "dimension": "percent",
        "unit": "%",
        "includes_upper": False,
    }


@pytest.mark.parametrize("name", ["976_2024_ND-CP.pdf", "SaKhe_36_2025_NQ-HDND.docx"])
def test_whole_documents_survive(name: str) -> None:
    document = parse(read((SAMPLE / name).read_bytes(), name))
    again = unpack(NormativeDocument, pack(document))
    assert again == document
    assert comparable(again, name) == comparable(document, name)


def test_what_is_no_noun_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        to_json(object())
    with pytest.raises(TypeError, match="complex"):
        from_json(complex, 1)

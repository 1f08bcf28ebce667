"""Document numbers, keys and provision paths: tables of real forms, and parse/str as inverses."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.law.document import Level
from nlp.law.identifiers import (
    DocumentKey,
    DocumentNumber,
    PathStep,
    ProvisionId,
    citation,
    find_numbers,
    join_path,
    parse_citation_path,
    parse_path,
)

NUMBERS = [
    # printed, serial, year, symbol
    ("64/2025/QH15", "64", 2025, "QH15"),
    ("02/2022/UBTVQH15", "02", 2022, "UBTVQH15"),
    ("10/2001/PL-UBTVQH10", "10", 2001, "PL-UBTVQH10"),
    ("78/2025/NĐ-CP", "78", 2025, "NĐ-CP"),
    ("78/2025/NÐ-CP", "78", 2025, "NĐ-CP"),  # Eth for Đ
    ("66.7/2025/NQ-CP", "66.7", 2025, "NQ-CP"),  # dotted serials under NQ 206/2025/QH15
    ("122/2011/TTLT-BTC-BTP", "122", 2011, "TTLT-BTC-BTP"),
    ("18 / 2025 / NQ – HĐND", "18", 2025, "NQ-HĐND"),  # spaces and an en dash
    ("3076/QĐ-UB", "3076", None, "QĐ-UB"),
    ("1620/TTr-STP", "1620", None, "TTr-STP"),
    ("538/QLCL-QLVBCC", "538", None, "QLCL-QLVBCC"),
    ("08/KL-KTrVB", "08", None, "KL-KTrVB"),
    ("03/VBHN-VPQH", "03", None, "VBHN-VPQH"),
    ("15-CP", "15", None, "CP"),  # before 1997
    ("24-L/CTN", "24", None, "L/CTN"),
    ("12a/2024/QĐ-UBND", "12a", 2024, "QĐ-UBND"),
    ("85/2017/nđ-cp", "85", 2017, "NĐ-CP"),
]


@pytest.mark.parametrize(("text", "serial", "year", "symbol"), NUMBERS)
def test_number_forms(text: str, serial: str, year: int | None, symbol: str) -> None:
    number = DocumentNumber.parse(text)
    assert (number.serial, number.year, number.symbol) == (serial, year, symbol)
    assert DocumentNumber.parse(str(number)) == number


@pytest.mark.parametrize("text", ["", "12", "12/2024", "QĐ-UBND", "/2024/QĐ-UBND", "12/2024/", "ngày 12/5/2024"])
def test_not_a_number(text: str) -> None:
    with pytest.raises(ValueError, match="12/2024/QĐ-UBND"):
        DocumentNumber.parse(text)


def test_folded_forms_agree() -> None:
    assert DocumentNumber.parse("05/2024/QĐ-TTg").folded == DocumentNumber.parse("5/2024/QĐ-TTG").folded
    assert DocumentNumber.parse("05/2024/QĐ-TTg").folded != DocumentNumber.parse("05/QĐ-TTg").folded


def test_numbers_in_text() -> None:
    text = (
        "Thay thế Quyết định số 12/2024/QĐ-UBND ngày 1/2/2024, tỷ lệ 3/4, 10%/năm và 3076/QĐ-UB; (Luật số 64/2025/QH15)."
        " Thông tư liên tịch số 01/2014/TTLT-BTP-BTC-NHNN."
    )
    found = find_numbers(text)
    assert [str(number) for _, number in found] == [
        "12/2024/QĐ-UBND",
        "3076/QĐ-UB",
        "64/2025/QH15",
        "01/2014/TTLT-BTP-BTC-NHNN",
    ]
    assert [span.of(text) for span, _ in found] == [str(number) for _, number in found]


symbols = st.lists(
    st.sampled_from(["QĐ", "UBND", "NQ", "HĐND", "TT", "BTC", "TTr", "QH15"]), min_size=1, max_size=3
).map("-".join)
numbers = st.builds(
    DocumentNumber,
    serial=st.from_regex(r"[1-9][0-9]{0,3}(\.[1-9])?[ab]?", fullmatch=True),
    year=st.none() | st.integers(1945, 2099).filter(lambda year: year >= 1900),
    symbol=symbols,
)


@given(numbers)
def test_number_parse_and_str_are_inverses(number: DocumentNumber) -> None:
    assert DocumentNumber.parse(str(number)) == number


field = st.text(alphabet=string.ascii_letters + string.digits + "đĐ./-~+", max_size=20)
keys = st.builds(DocumentKey, issuer=field, kind=field, number=field, date=field)
letters = st.sampled_from("abcdđeghiklmnopqrstuvxy")
step = (
    st.tuples(st.just(Level.ARTICLE), st.from_regex(r"[1-9][0-9]{0,2}[a-d]?", fullmatch=True))
    | st.tuples(st.just(Level.CLAUSE), st.from_regex(r"[1-9][0-9]?[ab]?", fullmatch=True))
    | st.tuples(st.just(Level.POINT), st.tuples(letters, st.sampled_from(["", "1", "2"])).map("".join))
    | st.tuples(st.just(Level.CHAPTER), st.sampled_from(["I", "II", "IV"]))
    | st.tuples(st.just(Level.ROW), st.integers(1, 999).map(str))
)
paths = st.lists(step, max_size=4).map(
    lambda steps: join_path(PathStep(None, "main"), *(PathStep(*one) for one in steps))
)


@given(keys, paths)
def test_provision_id_parse_and_str_are_inverses(key: DocumentKey, path: str) -> None:
    assert DocumentKey.parse(str(key)) == key
    provision = ProvisionId(key, path)
    assert ProvisionId.parse(str(provision)) == provision
    assert join_path(*parse_path(path)) == path


@pytest.mark.parametrize("path", ["", "main/", "main/art", "art_5/main", "main/foo_1", "main/art_5//cl_1"])
def test_bad_paths_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match="main/art_5"):
        parse_path(path)


CITATIONS = [
    ("main/art_5/cl_2/pt_a", "điểm a khoản 2 Điều 5", "art_5/cl_2/pt_a"),
    ("main/art_7a", "Điều 7a", "art_7a"),
    ("main/art_5/cl_3a/pt_b1", "điểm b1 khoản 3a Điều 5", "art_5/cl_3a/pt_b1"),
    ("main/art_5/cl_2/pt_đ", "điểm đ khoản 2 Điều 5", "art_5/cl_2/pt_đ"),  # đ is a letter of its own
    ("main/chp_II/sec_1", "Mục 1 Chương II", "chp_II/sec_1"),
]


@pytest.mark.parametrize(("path", "text", "relative"), CITATIONS)
def test_citations(path: str, text: str, relative: str) -> None:
    assert citation(path) == text
    assert parse_citation_path(text) == relative


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Điểm a, khoản 1, Điều 2 Chương II", "art_2/cl_1/pt_a"),  # an article needs no chapter
        ("khoản 3 Điều 122", "art_122/cl_3"),
        ("Phụ lục II", "annex_II"),
        ("main/art_5/cl_2", "main/art_5/cl_2"),
        ("toàn văn", None),
        ("", None),
    ],
)
def test_citation_paths(text: str, path: str | None) -> None:
    assert parse_citation_path(text) == path


def test_attached_regulation_is_cited_as_such() -> None:
    assert citation("attached_1/art_3/cl_1") == "khoản 1 Điều 3 Quy định ban hành kèm theo"


def test_a_number_used_twice_is_told() -> None:
    assert citation("main/art_5/cl_2~2") == "khoản 2 (lần 2) Điều 5"

"""Provision lists: what is read, and which line is wrong."""

from __future__ import annotations

import datetime as dt
import gzip
import json

import pytest

from nlp.errors import InputError, Language
from nlp.law.rank import Kind
from nlp.law.territory import national_gazetteer
from service.usecases.listed_documents import listed_documents
from service.usecases.provision_list import ProvisionRecord, is_provision_list, read_date, read_provision_list

LIMIT = 10**6
GOOD = '{"id": "a", "text": "Điều 1."}'


def read(data: bytes | str) -> tuple[ProvisionRecord, ...]:
    return read_provision_list(data.encode() if isinstance(data, str) else data, "l.jsonl", LIMIT)


def test_all_fields() -> None:
    line = {
        "id": "bld-117",
        "number": "91/2015/QH13",
        "kind": "Bộ luật",
        "issuer": "Quốc hội",
        "issued": "2015-11-24",
        "effective": "01/01/2017",
        "territory": "cả nước",
        "path": "khoản 1 Điều 117",
        "heading": "Điều kiện có hiệu lực",
        "title": "Bộ luật Dân sự",
        "text": "1. Giao dịch dân sự có hiệu lực khi ...",
        "anything": ["else"],
    }
    assert read(json.dumps(line)) == (
        ProvisionRecord(
            line=1,
            id="bld-117",
            text="1. Giao dịch dân sự có hiệu lực khi ...",
            number="91/2015/QH13",
            kind="Bộ luật",
            issuer="Quốc hội",
            territory="cả nước",
            path="khoản 1 Điều 117",
            heading="Điều kiện có hiệu lực",
            title="Bộ luật Dân sự",
            issued=dt.date(2015, 11, 24),
            effective=dt.date(2017, 1, 1),
        ),
    )


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),  # a byte order mark
        f"\n{GOOD}\r\n\n".encode(),  # empty lines and Windows line ends
        gzip.compress(GOOD.encode(), mtime=0),
        gzip.compress(GOOD.encode()[:9], mtime=0) + gzip.compress(GOOD.encode()[9:], mtime=0),  # two gzip members
        '{"id": "a", "text": "Đie\u0302\u0300u 1.", "number": null}'.encode(),  # combining marks, null for missing
    ],
)
def test_the_same_record_in_many_wrappings(data: bytes) -> None:
    (record,) = read(data)
    assert (record.id, record.text, record.number) == ("a", "Điều 1.", "")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([GOOD, "{"], "dòng 2: không phải JSON"),
        ([GOOD, "[1]"], "dòng 2: không phải một đối tượng JSON"),
        (['{"text": "x"}'], "dòng 1: thiếu “id”"),
        (['{"id": " ", "text": "x"}'], "dòng 1: thiếu “id”"),
        (['{"id": "a"}'], "dòng 1: thiếu “text”"),
        (['{"id": "a", "text": "  "}'], "dòng 1: thiếu “text”"),
        (['{"id": "a", "text": "x", "number": 5}'], "dòng 1: trường “number” phải là chuỗi"),
        (['{"id": "a", "text": "x", "issued": "mai"}'], "không phải ngày"),
        (['{"id": "a", "text": "x", "effective": "2024-13-01"}'], "không phải ngày"),
        ([GOOD, "", GOOD], "dòng 3: mã “a” trùng với dòng 1"),
        (["[" * 100_000], "dòng 1: không phải JSON"),
    ],
)
def test_faulty_lines_are_named(lines: list[str], said: str) -> None:
    with pytest.raises(InputError) as caught:
        read("\n".join(lines))
    assert caught.value.code == "faulty_lines"
    assert said in caught.value.message()
    assert "line" in caught.value.message(Language.EN)


def test_all_faulty_lines_are_counted_and_the_first_ones_named() -> None:
    with pytest.raises(InputError) as caught:
        read("\n".join([GOOD, *["{"] * 25]))
    message = caught.value.message()
    assert "25 dòng lỗi" in message
    assert "dòng 2:" in message
    assert "dòng 11:" in message
    assert "dòng 12:" not in message
    assert "và 15 dòng khác" in message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_list"),
        (b"\n \n", "empty_list"),
        (GOOD.encode("utf-16"), "not_utf8"),
        ((GOOD + "\n").encode() + '{"id": "b", "text": "Điều"}'.encode("cp1258", "replace") + b"\xff", "not_utf8"),
        (gzip.compress(GOOD.encode(), mtime=0)[:-9], "broken_gzip"),
        (b"\x1f\x8b nonsense", "broken_gzip"),
        (gzip.compress(b" " * (LIMIT + 1), mtime=0), "list_too_large"),  # a bomb
    ],
)
def test_unreadable_lists(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read(data)
    assert caught.value.code == code


def test_the_line_that_is_not_utf8_is_named() -> None:
    with pytest.raises(InputError, match="Dòng 2"):
        read(GOOD.encode() + b"\n\xff\n")


@pytest.mark.parametrize(
    ("value", "day"),
    [(None, None), ("", None), ("2024-05-20", dt.date(2024, 5, 20)), ("20/05/2024", dt.date(2024, 5, 20)),
     ("2024-05-20T00:00:00Z", dt.date(2024, 5, 20))],
)  # fmt: skip
def test_dates(value: object, day: dt.date | None) -> None:
    assert read_date(value) == day


@pytest.mark.parametrize(
    ("name", "is_list"), [("a.jsonl", True), ("a.JSONL.GZ", True), ("a.json", False), ("a.gz", False), ("a.pdf", False)]
)
def test_names(name: str, is_list: bool) -> None:
    assert is_provision_list(name) is is_list


def test_records_become_documents_by_issuer_number_and_date() -> None:
    lines = [
        {
            "id": "1",
            "number": "12/2024/QĐ-UBND",
            "issuer": "UBND tỉnh Thái Bình",
            "path": "khoản 3 Điều 6",
            "text": "a",
        },
        {"id": "2", "number": "12/2024/QĐ-UBND", "issuer": "UBND tỉnh Nam Định", "path": "Điều 1", "text": "b"},
        {
            "id": "3",
            "number": "12/2024/QĐ-UBND",
            "issuer": "Ủy ban nhân dân tỉnh Thái Bình",
            "path": "Điều 7",
            "text": "c",
        },
        {"id": "4", "text": "d"},
        {"id": "5", "text": "e", "path": "nơi nào đó"},
    ]
    records = read("\n".join(json.dumps(line) for line in lines))
    documents = listed_documents(records, "danh sách 1.jsonl", national_gazetteer())
    assert [tuple(each.external_id for each in document.provisions) for document in documents] == [
        ("1", "3"),
        ("2",),
        ("4", "5"),
    ]
    first, second, rest = documents
    assert first.key.startswith("ubnd.thai-binh:decision:12/2024/QĐ-UBND:")
    assert second.key.startswith("ubnd.nam-dinh:decision:12/2024/QĐ-UBND:")
    assert rest.number == ""
    side = first.provisions[0].side
    assert (side.path, side.kind, side.rank) == ("art_6/cl_3", Kind.DECISION, 11)
    # what names no unit is kept as it was given
    assert rest.provisions[1].side.path == "nơi nào đó"
    ids = [each.id for document in documents for each in document.provisions]
    assert len(set(ids)) == len(ids)

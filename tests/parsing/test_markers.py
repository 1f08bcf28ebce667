"""Markers, lists, quotes, dates of effect and letterheads, one row a case."""

from __future__ import annotations

import datetime as dt

import pytest

from nlp.law.identifiers import DocumentNumber
from nlp.law.rank import Kind
from nlp.parsing import find_payloads, parse
from nlp.parsing.closing import signer_role
from nlp.parsing.headings import article_marker, clause_marker, container_marker, numbered_point_marker, point_marker
from nlp.parsing.letterhead import read_letterhead
from nlp.parsing.sequence import Candidate, choose_chain, follows, order_of
from tests.parsing.sources import plain_source


@pytest.mark.parametrize(
    ("line", "number", "rest"),
    [
        ("Điều 1. Phạm vi điều chỉnh", "1", "Phạm vi điều chỉnh"),
        ("Điều 7a. Kiểm tra", "7a", "Kiểm tra"),
        ("ĐIỀU 12: Xử lý", "12", "Xử lý"),
        ("Điều 1.- Nay ban hành", "1", "Nay ban hành"),
        ("Điều 2 - Quyết định này", "2", "Quyết định này"),
        ("Điều1. Tên", "1", "Tên"),
        ("Điêu 3. Tên", "3", "Tên"),  # OCR
        ("Điều 2[107]. Chấp thuận", "2", "Chấp thuận"),
        ("Điều 3.3 (được bãi bỏ)", "3", "(được bãi bỏ)"),  # a footnote mark
        ("Điều 23. 1.Cơ quan lãnh đạo", "23", "1.Cơ quan lãnh đạo"),  # the first khoản on the article's line
        ("Điều 583. ủy quyền lại", "583", "ủy quyền lại"),  # older texts lost accented capitals
        ("Điều 5.", "5", ""),
        ("Điều 25", "25", ""),
        ("Điều 37 của Luật này", None, ""),
        ("Điều 13, Điều 16 và Điều 17", None, ""),
        ("Điều 22; khoản 3 Điều 24", None, ""),
        ("Điều 20a Luật Tần số vô tuyến điện", None, ""),
        ("Điều 48) - Số việc", None, ""),
        ("điều 69, 70 và 71", None, ""),
    ],
)
def test_article_marker(line: str, number: str | None, rest: str) -> None:
    marker = article_marker(line)
    assert (marker.number if marker else None) == number
    assert marker is None or marker.rest == rest


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("1. Mức hỗ trợ", "1"),
        ("3a. Thời hạn", "3a"),
        ("2.[4] Người lao động", "2"),
        ("1/ Người đi bộ", "1"),
        ("1- Công dân", "1"),
        ("2) Hồ sơ", "2"),
        ("1.000 đồng", None),
        ("1.7.2025 trở đi", None),
        ("2,5 lần", None),
        ("12/2024/QĐ-UBND", None),
        ("5.m", None),
    ],
)
def test_clause_marker(line: str, number: str | None) -> None:
    marker = clause_marker(line)
    assert (marker.number if marker else None) == number


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("a) Đơn", "a"),
        ("đ) Bản cam kết", "đ"),
        ("b1) Ảnh", "b1"),
        ("a/ Xe đạp", "a"),
        ("aa) Thêm", "aa"),
        ("ab) Không", None),
        ("à) Không", None),
    ],
)
def test_point_marker(line: str, number: str | None) -> None:
    marker = point_marker(line)
    assert (marker.number if marker else None) == number


def test_decimal_points() -> None:
    marker = numbered_point_marker("2.1. Ngân sách")
    assert marker is not None
    assert marker.number == "2.1"
    assert numbered_point_marker("2.100 đồng") is None


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Chương II", "II"),
        ("CHƯƠNG 3: NỘI DUNG", "3"),
        ("Mục 2. HỢP ĐỒNG", "2"),
        ("Tiểu mục 1. GIAO KẾT", "1"),
        ("Phần thứ hai", "thứ hai"),
        ("Chương II Luật này", None),
        ("Mục 3 Phụ lục kèm theo", None),
        ("Phần mềm quản lý", None),
    ],
)
def test_container_marker(line: str, number: str | None) -> None:
    marker = container_marker(line)
    assert (marker.number if marker else None) == number


@pytest.mark.parametrize(
    ("number", "order"),
    [("7", (7, 0)), ("7a", (7, 1)), ("7đ", (7, 5)), ("d", (4, 0)), ("đ", (5, 0)), ("e", (6, 0)), ("f", (6, 1)), ("b1", (2, 1)), ("XIV", (14, 0)), ("thứ tư", (4, 0)), ("1.2", (2, 0)), ("?", None)],
)  # fmt: skip
def test_places(number: str, order: tuple[int, int] | None) -> None:
    assert order_of(number) == order


@pytest.mark.parametrize(
    ("numbers", "strengths", "chosen"),
    [
        ("1 2 3", "222", "1 2 3"),
        ("1 2 2a 3", "2222", "1 2 2a 3"),
        ("1 5 2 3", "2222", "1 2 3"),  # a citation of Điều 5 at a line start
        ("1 3 4", "222", "1 3 4"),  # a repealed unit
        ("1 2 1 2 3", "22222", "1 2 3"),  # an inner list
        ("1 2 2 3", "2122", "1 2 3"),  # the unsure twin goes
        ("1 2 3", "202", "1 3"),  # cut inside a citation
    ],
)
def test_chains(numbers: str, strengths: str, chosen: str) -> None:
    names = numbers.split()
    candidates = []
    for line, (name, strength) in enumerate(zip(names, strengths, strict=True)):
        order = order_of(name)
        assert order is not None
        candidates.append(Candidate(line, order, int(strength)))
    assert " ".join(names[link.index] for link in choose_chain(candidates)) == chosen


def test_a_new_list_may_restart_where_asked() -> None:
    candidates = [Candidate(at, (number, 0), 2) for at, number in enumerate((1, 2, 1, 2, 1))]
    assert [(link.index, link.run) for link in choose_chain(candidates, restarts=True)] == [
        (0, 0),
        (1, 0),
        (2, 1),
        (3, 1),
    ]
    assert follows((2, 1), (3, 0))
    assert not follows((2, 0), (4, 0))


@pytest.mark.parametrize(
    ("text", "payloads"),
    [
        ("1. Sửa đổi khoản 2 Điều 5 như sau:\n“2. Một “hai” ba.”.\n", ["2. Một “hai” ba."]),
        ('1. Sửa đổi khoản 2 Điều 5 như sau: "2. Một "hai" ba."\n', ['2. Một "hai" ba.']),
        ("1. Sửa đổi khoản 2 như sau:\n“2. Một.\n2. Bãi bỏ Điều 3.\n", ["2. Một.\n"]),  # never closed
        ("1. Khoản 1 Điều 2 được sửa đổi như sau:\n1. Mới.\n2. Bãi bỏ Điều 9.\n", ["1. Mới.\n"]),  # never quoted
        ("Điều 3. Giải thích từ ngữ\n1. “Đò ngang” là đò.\n", []),
        ("2. Thay thế cụm từ “A” bằng cụm từ “B” tại Điều 10.\n", []),
    ],
)
def test_payloads(text: str, payloads: list[str]) -> None:
    assert [span.of(text) for span in find_payloads(text)] == payloads


_HEAD = "CHÍNH PHỦ\nSố: 1/2024/NĐ-CP\nHà Nội, ngày 10 tháng 3 năm 2024\nNGHỊ ĐỊNH\nVề đò\n"


@pytest.mark.parametrize(
    ("closing", "effective", "expires"),
    [
        ("Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 5 năm 2024.", dt.date(2024, 5, 1), None),
        ("Nghị định này có hiệu lực từ ngày 01/5/2024.", dt.date(2024, 5, 1), None),
        ("Nghị định này có hiệu lực kể từ ngày ký.", dt.date(2024, 3, 10), None),
        ("Nghị định này có hiệu lực sau 15 ngày kể từ ngày ký.", dt.date(2024, 3, 25), None),
        ("Nghị định này có hiệu lực sau 45 ngày kể từ ngày đăng Công báo.", None, None),
        ("Nghị định này có hiệu lực từ ngày 01 tháng 5 năm 2024 đến hết ngày 31 tháng 12 năm 2025.", dt.date(2024, 5, 1), dt.date(2026, 1, 1)),
        ("Nghị định số 9/2020/NĐ-CP hết hiệu lực kể từ ngày 01 tháng 5 năm 2024.", None, None),
        ("Nghị định này có hiệu lực từ ngày 31 tháng 2 năm 2024.", None, None),
    ],
)  # fmt: skip
def test_effect(closing: str, effective: dt.date | None, expires: dt.date | None) -> None:
    header = parse(plain_source(f"{_HEAD}Điều 1. Phạm vi\nMột.\nĐiều 2. Hiệu lực\n{closing}\n")).header
    assert (header.effective, header.expires) == (effective, expires)


@pytest.mark.parametrize(
    ("lines", "number", "symbol", "kind", "issued", "title"),
    [
        (["BỘ TÀI CHÍNH", "Số: 05/2024/TT-BTC", "Hà Nội, ngày 1 tháng 2 năm 2024", "THÔNG TƯ", "Về phí", "Căn cứ Luật Phí;"], "05/2024/TT-BTC", "TT-BTC", Kind.CIRCULAR, dt.date(2024, 2, 1), "Về phí"),
        (["ỦY BAN NHÂN DÂN TỈNH X | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 7/QĐ-UBND | X, ngày 1/2/2024", "QUYẾT ĐỊNH", "Về đò", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X", "Căn cứ Luật;"], "7/QĐ-UBND", "QĐ-UBND", Kind.DECISION, dt.date(2024, 2, 1), "Về đò"),
        (["Số:    /2012/QĐ-UBND", "Hòa Bình, ngày    tháng 9 năm 2012", "QUYẾT ĐỊNH", "Về đò", "Căn cứ Luật;"], None, "QĐ-UBND", Kind.DECISION, None, "Về đò"),
        (["Số: E @ /2021/TT-BQP Hà Nội, ngày Ôƒ tháng 6 năm 2021", "THÔNG TƯ", "Về đò", "Căn cứ Luật;"], None, "TT-BQP", Kind.CIRCULAR, None, "Về đò"),  # OCR of handwriting
        (["Số:", "35/2022/QĐ-UBND", "Hòa Bình, ngày 16", "tháng 9 năm 2022", "QUYẾT ĐỊNH", "Về đò", "Căn cứ Luật;"], "35/2022/QĐ-UBND", "QĐ-UBND", Kind.DECISION, dt.date(2022, 9, 16), "Về đò"),
        (["QUỐC HỘI", "Luật số: 58/2014/QH13", "LUẬT", "BẢO HIỂM", "XÃ HỘI", "Căn cứ Hiến pháp;"], "58/2014/QH13", "QH13", Kind.LAW, None, "BẢO HIỂM XÃ HỘI"),
        (["Số: 11/CT-UBND", "CHÍ THỊ", "Về đò", "Thực hiện Kế hoạch số 5 của tỉnh, Chủ tịch yêu cầu:"], "11/CT-UBND", "CT-UBND", Kind.DIRECTIVE, None, "Về đò"),
    ],
)  # fmt: skip
def test_letterhead(
    lines: list[str], number: str | None, symbol: str, kind: Kind, issued: dt.date | None, title: str
) -> None:
    head = read_letterhead(lines)
    assert head.number == (DocumentNumber.parse(number) if number else None)
    assert (head.symbol, head.kind, head.issued, head.title) == (symbol, kind, issued, title)


@pytest.mark.parametrize(
    ("closing", "role"),
    [
        (
            "Nơi nhận:\n- Như trên.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Ất",
            "KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        ),
        ("KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nTrần Văn Ất", "KT. BỘ TRƯỞNG THỨ TRƯỞNG"),
        ("CHỦ TỊCH\nTrần Văn Ất", "CHỦ TỊCH"),
        ("", ""),
    ],
)
def test_signer_role_holds_no_name(closing: str, role: str) -> None:
    assert signer_role(closing) == role


def test_a_text_that_goes_on_elsewhere_says_so() -> None:
    document = parse(plain_source("Điều 1. Tên\nMột.\n(Xem tiếp Công báo số 331 + 332)\n"))
    assert [issue.code for issue in document.issues if issue.code == "text_continues"] == ["text_continues"]

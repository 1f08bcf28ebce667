"""Every form of citation of domain.md 3.3, one row each."""

from __future__ import annotations

import pytest

from nlp.law.document import TargetKind
from nlp.parsing.references import extract_references
from tests.parsing_refs.reading import cited, cited_in

FORMS = [
    # units, small to large
    ("theo điểm a khoản 2 Điều 5 Luật Đất đai số 31/2024/QH15", ["art_5/cl_2/pt_a @ 31/2024/QH15"]),
    ("tại Khoản 1, Điều 5, Luật Đất đai năm 2013", ["art_5/cl_1 @ Đất đai 2013"]),  # old style: commas between levels
    ("mục đ, Khoản 2, Điều 1, Quyết định này", ["art_1/cl_2/pt_đ @ this"]),
    ("điểm b1 khoản 3a Điều 7a Nghị định này", ["art_7a/cl_3a/pt_b1 @ this"]),
    ("Mục 2 Chương VI Luật Tố cáo", ["chp_VI/sec_2 @ Tố cáo"]),
    ("Phần thứ hai của Bộ luật Dân sự", ["part_2 @ Dân sự"]),
    ("Phụ lục II ban hành kèm theo Thông tư này", ["annex_II @ this"]),
    ("Mẫu số 07 - Phụ lục I (ban hành kèm theo Thông tư số 37/2025/TT-BNNMT)", ["annex_I @ 37/2025/TT-BNNMT"]),
    ("tại Phụ lục kèm theo Nghị định này", ["annex_1 @ this"]),
    ("gạch đầu dòng thứ hai điểm a khoản 1 Điều 3 Thông tư này", ["art_3/cl_1/pt_a/ds_2 @ this"]),
    # lists and ranges: one reference per unit
    ("các điểm b, c và đ khoản 1 Điều 49 Luật này", [f"art_49/cl_1/pt_{x} @ this" for x in "bcđ"]),
    ("các khoản 1, 2 , 3 và 5 Điều 46 Luật này", [f"art_46/cl_{x} @ this" for x in "1235"]),
    ("các điều 207, 208 và 350 Bộ luật Hình sự", [f"art_{x} @ Hình sự" for x in (207, 208, 350)]),
    ("từ Điều 8 đến Điều 11 của Nghị định này", [f"art_{x} @ this" for x in (8, 9, 10, 11)]),
    ("từ khoản 1 đến khoản 3 Điều 12 của Luật này", [f"art_12/cl_{x} @ this" for x in "123"]),
    ("từ điểm c đến điểm g khoản 1 Điều 2 Luật này", [f"art_2/cl_1/pt_{x} @ this" for x in "cdđeg"]),
    ("từ Điều 23 đến Điều 24b Nghị định này", ["art_23 @ this", "art_24 @ this", "art_24b @ this"]),
    ("Điều 6,7,8 và 9 Nghị định số 48/2026/NĐ-CP", [f"art_{x} @ 48/2026/NĐ-CP" for x in "6789"]),
    (
        "khoản 1 và điểm a khoản 2 Điều 16, Điều 17 Nghị định số 5/2020/NĐ-CP",
        ["art_16/cl_1 @ 5/2020/NĐ-CP", "art_16/cl_2/pt_a @ 5/2020/NĐ-CP", "art_17 @ 5/2020/NĐ-CP"],
    ),
    ("điểm a), điểm b) khoản 3 Điều 8 Luật này", ["art_8/cl_3/pt_a @ this", "art_8/cl_3/pt_b @ this"]),
    # each list keeps its own document
    ("Điều 5 Luật Đất đai và Điều 6 Luật Nhà ở", ["art_5 @ Đất đai", "art_6 @ Nhà ở"]),
    ("khoản 1 Điều 5 Nghị định này và Luật Giá", ["art_5/cl_1 @ this", "- @ Giá"]),
    # documents: old and new forms
    ("Luật Đất đai số 31/2024/QH15", ["- @ 31/2024/QH15"]),
    ("Luật Đất đai năm 2013", ["- @ Đất đai 2013"]),
    ("Bộ luật Dân sự 2015", ["- @ Dân sự 2015"]),
    (
        "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        ["- @ Tổ chức chính quyền địa phương 2025-06-16"],
    ),
    ("Nghị định số 34/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ", ["- @ 34/2016/NĐ-CP"]),
    ("Nghị định 34/2016/NĐ-CP", ["- @ 34/2016/NĐ-CP"]),
    ("Thông tư số 26/2018/TT-\nBLĐTBXH ngày 25/12/2018", ["- @ 26/2018/TT-BLĐTBXH"]),
    ("Quyết định số 46/2025/QĐ-UBND.\nĐiều 3. Hiệu lực", ["- @ 46/2025/QĐ-UBND"]),  # the number ends before the stop
    (
        "Nghị định số 10/2020/NĐ-CP, số 12/2021/NĐ-CP và 13/2022/NĐ-CP",
        ["- @ 10/2020/NĐ-CP", "- @ 12/2021/NĐ-CP", "- @ 13/2022/NĐ-CP"],
    ),
    ("Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;", ["- @"]),
    ("Luật Hôn nhân và gia đình và Luật trẻ em", ["- @ Hôn nhân và gia đình", "- @ trẻ em"]),
    ("Báo cáo thẩm tra số 295/BC-HĐND ngày 08 tháng 12 năm 2025", ["- @ 295/BC-HĐND"]),
    # chains of amendments: every document is named
    (
        "Luật Đất đai số 31/2024/QH15 được sửa đổi, bổ sung bởi Luật số 43/2024/QH15 và Luật số 58/2024/QH15",
        ["- @ 31/2024/QH15", "- @ 43/2024/QH15", "- @ 58/2024/QH15"],
    ),
    # one amending law with names of laws inside its own name
    (
        "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019;",
        [
            "- @ sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương 2019-11-22"
        ],
    ),
    # the number belongs to the amended law when the text enacts
    ("Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Giá số 11/2012/QH13.", ["- @ 11/2012/QH13"]),
    # rules that are issued with a decision
    (
        "khoản 2 Điều 5 Quy chế làm việc ban hành kèm theo Quyết định số 12/2024/QĐ-UBND",
        ["art_5/cl_2 @ attached 12/2024/QĐ-UBND"],
    ),
    ("Quy chế này", ["- @ attached"]),
    # aliases
    (
        "Luật Bảo hiểm y tế số 25/2008/QH12 được sửa đổi, bổ sung bởi Luật số 46/2014/QH13 (sau đây gọi là Luật Bảo hiểm y tế);\nĐiều 5 Luật Bảo hiểm y tế",
        ["- @ 25/2008/QH12", "- @ 46/2014/QH13", "art_5 @ 25/2008/QH12"],
    ),
    (
        "Pháp lệnh Ưu đãi người có công với cách mạng số 02/2020/UBTVQH14 (sau đây gọi tắt là Pháp lệnh).\nkhoản 1 Điều 55 Pháp lệnh",
        ["- @ 02/2020/UBTVQH14", "art_55/cl_1 @ 02/2020/UBTVQH14"],
    ),
    (
        "điểm a, điểm b (trường hợp xe bị tịch thu) và điểm d (nếu có) khoản 1 Điều 3 Nghị định này",
        [f"art_3/cl_1/pt_{x} @ this" for x in "abd"],
    ),
    ("khoản này và khoản 3 Điều 21 của Nghị định này", ["- @ this", "art_21/cl_3 @ this"]),
    # titles name no further laws, but may cite their units
    (
        "Nghị định số 23/2021/NĐ-CP của Chính phủ quy định chi tiết khoản 3 Điều 37 của Luật Việc làm;",
        ["- @ 23/2021/NĐ-CP", "art_37/cl_3 @ Việc làm"],
    ),
    (
        "Nghị định số 43/2014/NĐ-CP của Chính phủ quy định chi tiết thi hành một số điều của Luật Đất đai;",
        ["- @ 43/2014/NĐ-CP"],
    ),
]

NO_CITATIONS = [
    "Hỗ trợ khoản 5 triệu đồng cho mỗi hộ",
    "điểm 5 trở lên",
    "loại 370 khoản 371",
    "điều này có nghĩa là",
    "Điều 1. Phạm vi điều chỉnh",
    "Chương II\nQUY ĐỊNH CHUNG",
    "Mẫu số 01/BK-KTHTKD",
    "Số: 12/2024/QĐ-UBND",
    "Điều 1 của Hợp đồng này",
    "tại 1.4.25 Mục I QCVN 72:2025/BGTVT",
    "(Ban hành kèm theo Quyết định số 12/2024/QĐ-UBND ngày 01 tháng 02 năm 2024)",
    "Nơi nhận:\n- Như Điều 3;",
    "chương trình mục tiêu quốc gia giai đoạn 2021 - 2025",
]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_form(text: str, expected: list[str]) -> None:
    assert cited(text) == expected


@pytest.mark.parametrize("text", NO_CITATIONS)
def test_no_citation(text: str) -> None:
    assert cited(text) == []


def test_span_covers_the_printed_citation() -> None:
    text = "theo quy định tại các điểm b, c khoản 1 Điều 49 Luật Đất đai năm 2013 thì"
    spans = {reference.span.of(text) for reference in extract_references(text, (), None)}
    assert spans == {"các điểm b, c khoản 1 Điều 49 Luật Đất đai năm 2013"}


def test_generic_talk_of_the_law_is_marked() -> None:
    (one,) = extract_references("theo quy định của pháp luật về đất đai;", (), None)
    assert (one.document.target, one.document.name, one.path) == (TargetKind.GENERIC, "đất đai", None)


def test_issuer_and_date_are_read() -> None:
    text = "Thông tư số 02/2017/TT-VPCP ngày 31 tháng 10 năm 2017 của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ hướng dẫn nghiệp vụ"
    (one,) = extract_references(text, (), None)
    assert str(one.document.date) == "2017-10-31"
    assert one.document.issuer == "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"


DECREE = """CHÍNH PHỦ
Số: 976/2024/NĐ-CP
Hà Nội, ngày 14 tháng 6 năm 2024
NGHỊ ĐỊNH
Quy định về tách thửa đất
Căn cứ Luật Đất đai số 31/2024/QH15;
Chính phủ ban hành Nghị định quy định về tách thửa đất.
Điều 1. Phạm vi điều chỉnh
1. Nghị định này quy định việc tách thửa đất.
2. Trường hợp quy định tại khoản 1 thực hiện theo Điều 3.
Điều 2. Hồ sơ
1. Hồ sơ gồm:
a) Đơn theo Mẫu số 01;
b) Giấy tờ nêu tại điểm a khoản này và khoản 2 Điều này.
2. Hồ sơ nộp theo Luật Đất đai.
Điều 3. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành từ ngày 01 tháng 8 năm 2024.
"""


def test_bare_citations_are_completed_from_their_place() -> None:
    assert cited_in(DECREE) == [
        "preamble: - @ 31/2024/QH15",
        "main/art_1/cl_1: - @ this",
        "main/art_1/cl_2: art_1/cl_1 @ this",
        "main/art_1/cl_2: art_3 @ this",
        "main/art_2/cl_1/pt_b: art_2/cl_1/pt_a @ this",
        "main/art_2/cl_1/pt_b: art_2/cl_2 @ this",
        "main/art_2/cl_2: - @ 31/2024/QH15",  # the căn cứ line completes the name
        "main/art_3: - @ this",
    ]


@pytest.mark.parametrize("separator", [" ", "\n", "  \n "])
def test_line_breaks_inside_a_citation_change_nothing(separator: str) -> None:
    text = "theo quy định tại điểm a khoản 2 Điều 5 Luật Đất đai số 31/2024/QH15 ngày 18 tháng 01 năm 2024 của Quốc hội"
    assert cited(text.replace(" ", separator)) == ["art_5/cl_2/pt_a @ 31/2024/QH15"]


def test_a_lead_that_names_a_law_owns_the_list_below_it() -> None:
    text = (
        DECREE.split("Điều 1.", maxsplit=1)[0]
        + """Điều 1. Phạm vi điều chỉnh
1. Nghị định này quy định chi tiết một số điều của Luật Đất đai số 31/2024/QH15, bao gồm:
a) Khoản 2 Điều 57 về tách thửa;
b) Điều 60.
2. Nghị định này không áp dụng đối với trường hợp quy định tại khoản 1.
Điều 2. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành từ ngày 01 tháng 8 năm 2024.
"""
    )
    found = [line for line in cited_in(text) if "pt_" in line.split(":")[0] or "cl_2" in line.split(":")[0]]
    assert found == [
        "main/art_1/cl_1/pt_a: art_57/cl_2 @ 31/2024/QH15",
        "main/art_1/cl_1/pt_b: art_60 @ 31/2024/QH15",
        "main/art_1/cl_2: - @ this",
        "main/art_1/cl_2: art_1/cl_1 @ this",
    ]

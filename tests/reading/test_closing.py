"""Recipients and signatures: marked, and nothing after them swallowed."""

from __future__ import annotations

import pytest

from nlp.law.source import FurnitureKind
from nlp.reading.closing import mark_closing
from nlp.reading.flat import paragraph

BODY, SIGNATURE, RECIPIENTS = None, FurnitureKind.SIGNATURE, FurnitureKind.RECIPIENTS

DOCUMENTS = [
    [  # a decision with an attached regulation
        ("Quyết định này có hiệu lực kể từ ngày 01 tháng 6 năm 2024./.", BODY),
        ("Nơi nhận:", RECIPIENTS),
        ("- Như Điều 3;", RECIPIENTS),
        ("- Các sở, ban, ngành của tỉnh;", RECIPIENTS),
        ("- Lưu: VT, KT.", RECIPIENTS),
        ("TM. ỦY BAN NHÂN DÂN", SIGNATURE),
        ("KT. CHỦ TỊCH", SIGNATURE),
        ("PHÓ CHỦ TỊCH", SIGNATURE),
        ("(Đã ký)", SIGNATURE),
        ("Lê Văn Mẫu", SIGNATURE),
        ("QUY ĐỊNH", BODY),
        ("Về diện tích tối thiểu được tách thửa", BODY),
        ("Điều 1. Phạm vi điều chỉnh", BODY),
    ],
    [  # an office that is a heading, not a signature
        ("QUYẾT ĐỊNH", BODY),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", BODY),
        ("Căn cứ Luật Tổ chức chính quyền địa phương;", BODY),
    ],
    [  # a resolution: no TM., the chairman signs
        ("Nghị quyết này được thông qua ngày 10 tháng 12 năm 2024./.", BODY),
        ("CHỦ TỊCH", SIGNATURE),
        ("Nguyễn Thị Mẫu", SIGNATURE),
        ("Phụ lục I", BODY),
    ],
    [  # a scan that lost its marks
        ("Quyết định có hiệu lực kể từ ngày ký./.", BODY),
        ("Nơi nhân:", RECIPIENTS),
        ("- Văn phòng Chính phủ;", RECIPIENTS),
        ("- Lưu: VT.", RECIPIENTS),
        ("PHỤ LỤC", BODY),
    ],
    [  # "(Đã ký)" apart from its block: the recipients are longer than the signature
        ("Quyết định này có hiệu lực kể từ ngày ký./.", BODY),
        ("TM. ỦY BAN NHÂN DÂN", SIGNATURE),
        ("CHỦ TỊCH", SIGNATURE),
        ("Nơi nhận:", RECIPIENTS),
        ("- Như Điều 3;", RECIPIENTS),
        ("- Lưu: VT, KT.", RECIPIENTS),
        ("(Đã ký)", SIGNATURE),
        ("Trần Thị Mẫu", SIGNATURE),
        ("Phụ lục", BODY),
    ],
    [  # as legal databases print it: one paragraph
        ("chịu trách nhiệm thi hành Quyết định này./.", BODY),
        ("Nơi nhận: - Như Điều 3; - Chủ tịch UBND tỉnh; - Phó Chánh Văn phòng UBND tỉnh (đ/c", RECIPIENTS),
        ("Tâm); - Trung tâm Phục vụ HCC tỉnh; - Lưu: VT, KSTT (Th). | KT. CHỦ TỊCH PHÓ CHỦ", RECIPIENTS),
        ("TỊCH Nguyễn Văn Mẫu", RECIPIENTS),
        ("PHỤ LỤC I", BODY),
    ],
    [
        ("Nơi nhận: - Bộ phận một cửa của Ủy ban nhân dân cấp xã; - Sở Xây dựng; - Sở Tài chính;", BODY),
        ("Điều 2. Hồ sơ lưu: văn phòng giữ một bản.", BODY),
    ],
    [("Đã ký.", SIGNATURE), ("Đã ký hợp đồng thì không được trả lại.", BODY)],
    [  # a scan that lost "Nơi nhận"
        ("chịu trách nhiệm thi hành Quyết định này./.", BODY),
        ("TM. ỦY BAN NHÂN DÂN", SIGNATURE),
        ("Như Điều 4;", RECIPIENTS),
        ("- Cục Kiểm tra văn bản QPPL (Bộ Tư pháp);", RECIPIENTS),
        ("- Lưu: VT, TN.", RECIPIENTS),
    ],
    [  # the name far below, under the seal
        ("chịu trách nhiệm thi hành Quyết định này./.", BODY),
        ("TM. ỦY BAN NHÂN DÂN", SIGNATURE),
        ("CHỦ TỊCH", SIGNATURE),
        ("- Như Điều 3;", RECIPIENTS),
        ("- Lưu: VT, KT.", RECIPIENTS),
        ("Hồ Thị Mẫu", SIGNATURE),
        ("DANH MỤC", BODY),
        ("Nguyễn Văn Thử", BODY),
    ],
    [  # a list of the document that speaks of filing
        ("Văn thư có trách nhiệm:", BODY),
        ("- Đóng dấu văn bản;", BODY),
        ("- Lưu: văn bản đi theo quy định.", BODY),
    ],
    [("Nơi nhận hồ sơ là bộ phận một cửa của Ủy ban nhân dân cấp xã.", BODY), ("- Hồ sơ gồm:", BODY)],
]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_mark_closing(document: list[tuple[str, FurnitureKind | None]]) -> None:
    lines = [paragraph(text) for text, _ in document]
    mark_closing(lines)
    assert [(line.text, line.furniture) for line in lines] == document


def test_side_by_side_block_is_signature_on_the_right_even_when_unreadable() -> None:
    lines = [
        paragraph("Nơi nhận:", 1),
        paragraph("- Như Điều 3;", 1),
        paragraph("Ât TẬẠ 4 7", 2),
        paragraph("ĐIỀU TRUONG", 2),
    ]
    for line in lines:
        line.block = 1
    mark_closing(lines)
    assert [line.furniture for line in lines] == [RECIPIENTS, RECIPIENTS, SIGNATURE, SIGNATURE]


@pytest.mark.parametrize(("before", "expected"), [("thi hành Quyết định này./.", RECIPIENTS), ("Hai bên gồm:", BODY)])
def test_the_left_of_a_signature_is_recipients_although_their_head_was_misread(
    before: str, expected: FurnitureKind | None
) -> None:
    lines = [
        paragraph(before),
        paragraph("ke) Kó CINhư Điều 6G;", 1),
        paragraph("- Công báo tỉnh;", 1),
        paragraph("TM. ỦY BAN NHÂN DÂN", 2),
        paragraph("KT. CHỦ TỊCH", 2),
    ]
    for line in lines[1:]:
        line.block = 1
    mark_closing(lines)
    assert [line.furniture for line in lines] == [BODY, expected, expected, SIGNATURE, SIGNATURE]

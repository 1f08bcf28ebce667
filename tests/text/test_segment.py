"""Sentences: where they end, and which stops only number something."""

from __future__ import annotations

import pytest

from nlp.text.segment import sentences

ROWS = [
    ("12. Trong thời hạn 5 ngày, Sở trả lời. Quá hạn thì báo cáo.", ["Trong thời hạn 5 ngày, Sở trả lời", "Quá hạn thì báo cáo"]),
    ("Điều 12. Xử lý vi phạm\n1. Phạt tiền.", ["Xử lý vi phạm", "Phạt tiền"]),
    ("Sửa đổi như sau: “Điều 12. Hồ sơ gồm 02 bộ. Nộp tại Sở.”", ["Sửa đổi như sau: “Điều 12. Hồ sơ gồm 02 bộ", "Nộp tại Sở"]),
    ("1.2. Mức thu là 15%. Nộp tại xã.", ["Mức thu là 15%", "Nộp tại xã"]),
    # a reference at the end of a sentence ends it
    ("Thực hiện theo khoản 1. Trường hợp khác báo cáo Sở.", ["Thực hiện theo khoản 1", "Trường hợp khác báo cáo Sở"]),
    ("Áp dụng từ năm 2024. Mức thu giữ nguyên.", ["Áp dụng từ năm 2024", "Mức thu giữ nguyên"]),
    ("Ủy ban nhân dân TP. Hồ Chí Minh quyết định; Sở thực hiện.", ["Ủy ban nhân dân TP. Hồ Chí Minh quyết định", "Sở thực hiện"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0][:30] for row in ROWS])
def test_sentences(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in sentences(text)] == expected


@pytest.mark.parametrize("number", ["1", "9", "10", "12", "120", "3a"])
def test_the_number_of_a_clause_makes_no_sentence(number: str) -> None:
    text = f"{number}. Sở Y tế cấp giấy phép."
    assert [span.of(text) for span in sentences(text)] == ["Sở Y tế cấp giấy phép"]

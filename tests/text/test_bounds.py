"""Bounds in the lead of a list reach the amounts of its items."""

from __future__ import annotations

import pytest

from nlp.law.norm import Comparator
from nlp.text.numbers import find_quantities

CASES = [
    ("1. Diện tích tối thiểu do tỉnh quy định nhưng không thấp hơn:\na) Tại phường: 40 m²;", Comparator.AT_LEAST),
    ("1. Mức giá tối đa dịch vụ thu gom như sau:\na) Hộ gia đình: 60.000 đồng/hộ/tháng;", Comparator.AT_MOST),
    ("1. Diện tích tối thiểu nhưng không quá:\n- Tại xã: 200 m²;", Comparator.AT_MOST),  # the last word decides
    ("1. Mức giá như sau:\na) Hộ gia đình: 60.000 đồng/hộ/tháng;", Comparator.EXACT),  # no bound in the lead
    ("1. Mức giá tối đa được niêm yết.\na) Hộ gia đình: 60.000 đồng/hộ/tháng;", Comparator.EXACT),  # no lead
    (
        "1. Mức chi tối đa như sau:\na) Hội nghị;\nĐiều 5. Mức thu là 60.000 đồng.",
        Comparator.EXACT,
    ),  # the list has ended
    ("1. Mức chi tối đa như sau:\na) Không dưới 50.000 đồng;", Comparator.AT_LEAST),  # its own comparator
]


@pytest.mark.parametrize(("text", "comparator"), CASES)
def test_bound_of_the_lead(text: str, comparator: Comparator) -> None:
    assert find_quantities(text)[-1].comparator is comparator


def test_a_closing_sentence_binds_the_amounts_above_it() -> None:
    text = "Chủ trì: 700.000 đồng; thành viên: 350.000 đồng. Các mức chi quy định tại điểm đ và điểm e nêu trên là mức tối đa. Hỗ trợ 10%."
    assert [quantity.comparator for quantity in find_quantities(text)] == [
        Comparator.AT_MOST,
        Comparator.AT_MOST,
        Comparator.EXACT,
    ]

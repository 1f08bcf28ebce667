"""What the pair reader is given: amounts in one form, no numbering, and of long texts the sentences that answer the other side."""

from __future__ import annotations

import pytest

from nlp.comparison import shipped_scorer
from nlp.comparison.legible import READ_CHARACTERS, amount, legible_pair
from nlp.law.finding import ProvisionPair, Side
from nlp.text.numbers import find_quantities

OTHER = "Hồ sơ được trả trong 5 ngày làm việc."


def read(a: str, b: str = OTHER) -> tuple[str, str]:
    return legible_pair(ProvisionPair(Side(a), Side(b)), shipped_scorer().space)


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("02 (hai) ngày làm việc", "2 ngày làm việc"),
        ("mười hai giờ", "12 giờ"),
        ("48 giờ", "2 ngày"),
        ("36 giờ", "36 giờ"),
        ("12 tháng", "1 năm"),
        ("18 tháng", "18 tháng"),
        ("5.000.000 đồng", "5 triệu đồng"),
        ("500 nghìn đồng", "500000 đồng"),
        ("5.000 đồng/m2/tháng", "5000 đồng/m2/tháng"),
        ("1,5 triệu đồng", "1,5 triệu đồng"),
        ("20 phần trăm", "20%"),
        ("0,5 ha", "5000 m2"),
        ("từ 500.000 đồng đến 2.000.000 đồng", "0,5 đến 2 triệu đồng"),
    ],
)
def test_one_form_an_amount(printed: str, told: str) -> None:
    (quantity,) = find_quantities(printed)
    assert amount(quantity) == told


@pytest.mark.parametrize("printed", ["ngày 01/7/2025", "1/3 số hộ", "hệ số 1,2 lần"])
def test_what_has_no_unit_of_its_own_is_told_as_printed(printed: str) -> None:
    assert all(not amount(quantity) or amount(quantity) in printed for quantity in find_quantities(printed))


def test_numbering_spelling_units_and_numerals_change_nothing() -> None:
    plain = read("1. Phí hòa giải là 5.000.000 đồng, nộp trong mười ngày.")
    other = read("17. Phí hoà giải là 5 triệu đồng, nộp trong 10 (mười) ngày.")
    assert set(plain) == set(
        other
    )  # the order of the sides, where neither rank nor date tells, is that of the printed texts
    assert "5 triệu đồng" in "".join(plain)


def test_of_a_long_text_the_answering_sentences_are_read() -> None:
    filler = " ".join(f"Tổ công tác số {n} họp định kỳ để rà soát danh mục cây xanh đô thị." for n in range(20))
    long = f"{filler} Hồ sơ được trả trong 9 ngày làm việc. {filler}"
    texts = read(long)
    told = max(texts, key=len)
    assert "9 ngày làm việc" in told
    assert len(told) < READ_CHARACTERS + 120

"""Quantities as Vietnamese law prints them: exact values, comparators, ranges, and numbers that are none."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.law.norm import Comparator, Dimension
from nlp.text.numbers import find_deadlines, find_quantities
from nlp.text.numerals import parse_words

ONE = [
    # text, value in base units, upper, comparator, dimension
    ("Thời hạn không quá 30 ngày", 720, None, Comparator.AT_MOST, Dimension.DURATION),
    ("trong năm ngày làm việc từ lúc nhận", 5, None, Comparator.AT_MOST, Dimension.WORKING_DAYS),
    ("hai mươi lăm tháng", 25, None, Comparator.EXACT, Dimension.CALENDAR_MONTHS),
    (
        "hai mươi năm",
        240,
        None,
        Comparator.EXACT,
        Dimension.CALENDAR_MONTHS,
    ),  # "năm" is year here: 25 is "hai mươi lăm"
    ("hai năm rưỡi", 30, None, Comparator.EXACT, Dimension.CALENDAR_MONTHS),
    ("nửa tháng", 360, None, Comparator.EXACT, Dimension.DURATION),  # fifteen days, Điều 147 Bộ luật Dân sự
    ("một ngày đêm", 24, None, Comparator.EXACT, Dimension.DURATION),
    ("phạt tiền từ 5.000.000 đồng đến 10.000.000 đồng", 5_000_000, 10_000_000, Comparator.RANGE, Dimension.MONEY),
    ("từ năm trăm nghìn đồng đến hai triệu đồng", 500_000, 2_000_000, Comparator.RANGE, Dimension.MONEY),
    ("bị phạt từ 5 đến 10 triệu đồng", 5_000_000, 10_000_000, Comparator.RANGE, Dimension.MONEY),
    ("không quá hai triệu rưỡi đồng", 2_500_000, None, Comparator.AT_MOST, Dimension.MONEY),
    ("1,5 tỷ đồng", 1_500_000_000, None, Comparator.EXACT, Dimension.MONEY),
    ("30 (ba mươi) ngày", 720, None, Comparator.EXACT, Dimension.DURATION),
    ("đủ 18 tuổi trở lên", 18, None, Comparator.AT_LEAST, Dimension.AGE),
    ("dưới 06 tháng", 6, None, Comparator.LESS, Dimension.CALENDAR_MONTHS),
    ("diện tích 0,5 ha", 5_000, None, Comparator.EXACT, Dimension.AREA),
    ("tối thiểu 45 m2", 45, None, Comparator.AT_LEAST, Dimension.AREA),
    ("bảy mươi lăm phần trăm", 75, None, Comparator.EXACT, Dimension.PERCENT),
    ("ba phần mười số thực thu", 30, None, Comparator.EXACT, Dimension.PERCENT),
    ("mỗi lớp tối thiểu hai mươi học viên", 20, None, Comparator.AT_LEAST, Dimension.COUNT),
    ("từ 02 tổ chức, cá nhân trở lên", 2, None, Comparator.AT_LEAST, Dimension.COUNT),
    ("quá 05 phút", Fraction(1, 12), None, Comparator.MORE, Dimension.DURATION),
    ("chiều cao 120 cm", Fraction(6, 5), None, Comparator.EXACT, Dimension.LENGTH),
    ("0,35 lần mức lương cơ sở", Fraction(7, 20), None, Comparator.EXACT, Dimension.RATIO),
    ("ngày 01 tháng 7 năm 2025", dt.date(2025, 7, 1).toordinal(), None, Comparator.EXACT, Dimension.DATE),
    ("ngày 01/7/2025", dt.date(2025, 7, 1).toordinal(), None, Comparator.EXACT, Dimension.DATE),
    # as it is said
    ("mức vốn một tỷ hai", 1_200_000_000, None, Comparator.EXACT, Dimension.MONEY),
    ("một tỷ linh hai đồng", 1_000_000_002, None, Comparator.EXACT, Dimension.MONEY),
    ("hai triệu hai đồng", 2_200_000, None, Comparator.EXACT, Dimension.MONEY),
    ("vé xe hai nghìn mỗi lượt", 2_000, None, Comparator.EXACT, Dimension.MONEY),
    ("thu hai nghìn rưỡi mỗi vé", 2_500, None, Comparator.EXACT, Dimension.MONEY),
    ("hỗ trợ 20 triệu/hộ", 20_000_000, None, Comparator.EXACT, Dimension.MONEY),
    ("1 triệu 500 nghìn đồng", 1_500_000, None, Comparator.EXACT, Dimension.MONEY),
    ("01 tỷ 200 triệu đồng", 1_200_000_000, None, Comparator.EXACT, Dimension.MONEY),
    ("lệ phí 150.000 đ/giấy phép", 150_000, None, Comparator.EXACT, Dimension.MONEY),
    ("hai trăm triệu người", 200_000_000, None, Comparator.EXACT, Dimension.COUNT),
    ("trong năm rưỡi", 18, None, Comparator.AT_MOST, Dimension.CALENDAR_MONTHS),
    ("năm năm rưỡi", 66, None, Comparator.EXACT, Dimension.CALENDAR_MONTHS),
    ("gấp đôi mức thu", 2, None, Comparator.EXACT, Dimension.RATIO),
    ("gấp rưỡi mức thu", Fraction(3, 2), None, Comparator.EXACT, Dimension.RATIO),
    ("gấp 2 lần mức thu", 2, None, Comparator.EXACT, Dimension.RATIO),
    ("không vượt một nửa lương", 50, None, Comparator.AT_MOST, Dimension.PERCENT),
    ("chiều rộng bằng 2 phần 3 chiều dài", Fraction(200, 3), None, Comparator.EXACT, Dimension.PERCENT),
    ("khu vực rộng 02 kilômét vuông", 2_000_000, None, Comparator.EXACT, Dimension.AREA),
    ("từ 10 người đến 50 người thường xuyên làm việc", 10, 50, Comparator.RANGE, Dimension.COUNT),
    ("mười lăm ngày (ngày làm việc)", 15, None, Comparator.EXACT, Dimension.WORKING_DAYS),
    ("chậm nhất là ngày thứ 10 kể từ ngày phát sinh", 240, None, Comparator.AT_MOST, Dimension.DURATION),
    # the denial stands a verb away from the comparing word, or denies something else
    ("không kéo dài quá 144 tháng", 144, None, Comparator.AT_MOST, Dimension.CALENDAR_MONTHS),
    ("không thu dưới 5%", 5, None, Comparator.AT_LEAST, Dimension.PERCENT),
    ("không bán cho người dưới 18 tuổi", 18, None, Comparator.LESS, Dimension.AGE),
    ("không nhận người trên 60 tuổi", 60, None, Comparator.MORE, Dimension.AGE),
    # counted back from an event
    ("chậm nhất là 20 ngày trước ngày khai mạc", 480, None, Comparator.AT_LEAST, Dimension.DURATION),
    ("báo cáo trước ngày 15 tháng 11", 1115, None, Comparator.AT_MOST, Dimension.DATE),
]


@pytest.mark.parametrize(("text", "value", "upper", "comparator", "dimension"), ONE, ids=[row[0] for row in ONE])
def test_one_quantity(
    text: str, value: int | Fraction, upper: int | None, comparator: Comparator, dimension: Dimension
) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.value, quantity.upper) == (value, upper)
    assert (quantity.comparator, quantity.dimension) == (comparator, dimension)


@pytest.mark.parametrize(
    "text",
    [
        "theo khoản 2 Điều 5 Nghị định số 12/2024/NĐ-CP",
        "các điểm a, b khoản 1, 2 và 3 Điều 49",
        "một trong các trường hợp sau đây",
        "Bộ Tư pháp",  # "tư" is no four
        "hằng năm",
    ],
)
def test_no_quantity(text: str) -> None:
    assert find_quantities(text) == ()


def test_age_range_keeps_its_ends() -> None:
    (quantity,) = find_quantities("từ đủ 16 tuổi đến dưới 18 tuổi")
    assert quantity.value == 16
    assert quantity.upper == 18
    assert quantity.includes_value
    assert not quantity.includes_upper


def test_deadline_has_its_start() -> None:
    text = "Trong thời hạn 15 ngày, kể từ ngày nhận đủ hồ sơ hợp lệ, Sở Y tế phải trả lời"
    (deadline,) = find_deadlines(text)
    assert deadline.start == "nhận đủ hồ sơ hợp lệ"
    assert deadline.quantity.value == 15 * 24


_DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def _spoken(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    parts = [f"{_DIGITS[hundreds]} trăm"] if hundreds else []
    if tens == 1:
        parts.append("mười")
    elif tens:
        parts.append(f"{_DIGITS[tens]} mươi")
    elif hundreds and ones:
        parts.append("linh")
    if ones:
        parts.append("lăm" if ones == 5 and tens else _DIGITS[ones])
    return " ".join(parts)


@given(st.integers(1, 999))
def test_words_are_read_back(number: int) -> None:
    assert parse_words(_spoken(number)) == number


@given(st.integers(1, 999))
def test_words_and_digits_measure_alike(number: int) -> None:
    (spoken,) = find_quantities(f"không quá {_spoken(number)} ngày làm việc")
    (printed,) = find_quantities(f"không quá {number:02d} ngày làm việc")
    assert spoken.value == printed.value == number
    assert spoken.comparator is printed.comparator is Comparator.AT_MOST


@given(st.text(alphabet="0123456789 .,/%mười năm tháng đến từ-()\n", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for quantity in find_quantities(text):
        assert 0 <= quantity.span.start < quantity.span.end <= len(text)

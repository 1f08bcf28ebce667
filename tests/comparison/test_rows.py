"""Table rows: bare cells are measured by their row's unit, row numbers measure nothing, labels tell which rows are about one thing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from nlp.comparison.rows import label, ordinals, row_quantities, same_row
from nlp.law.norm import Dimension


@pytest.mark.parametrize(
    ("row", "value", "dimension", "unit"),
    [
        ("2 | Hộ gia đình tại xã | đồng/hộ/tháng | 45.000", 45_000, Dimension.MONEY, "đồng/hộ/tháng"),
        ("3 | Cấp mới | 1.000 đồng | 50", 50_000, Dimension.MONEY, "đồng"),
        ("5 | Họp | nghìn đồng/người/ngày | 100", 100_000, Dimension.MONEY, "đồng/người/ngày"),
        ("6 | Tỷ lệ điều tiết | % | 12,5", Fraction(25, 2), Dimension.PERCENT, "%"),
        ("7 | Thời hạn | ngày làm việc | 10", 10, Dimension.WORKING_DAYS, "ngày làm việc"),
        ("1 | Lúa nước | m² | 7.500", 7_500, Dimension.COUNT, "/m²"),
        ("1.1 | Ngô giống | kg/ha | 18", 18, Dimension.COUNT, "/kg/ha"),
        ("Cấp lại | 50.000", 50_000, Dimension.COUNT, "/"),
    ],
)
def test_a_bare_cell_is_measured_by_its_unit(row: str, value: Fraction, dimension: Dimension, unit: str) -> None:
    (found,) = row_quantities(row)
    assert (found.value, found.dimension, found.unit) == (value, dimension, unit)
    assert found.span.of(row) == row.rsplit(" | ", 1)[1]


def test_each_column_of_amounts_counts() -> None:
    assert [quantity.value for quantity in row_quantities("2 | Loại đường | đồng/m² | 10.000 | 8.000")] == [
        10_000, 8_000,
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["Mức thu là 45.000 đồng.", "I | Cây hằng năm | |", "4 | Chứng thực | theo quy định"])
def test_no_bare_amount_nothing_read(text: str) -> None:
    assert row_quantities(text) == ()


def test_the_number_of_a_row_is_no_amount() -> None:
    row = "2 | Hộ gia đình tại xã | đồng/hộ/tháng | 45.000"
    assert [span.of(row) for span in ordinals(row)] == ["2"]
    assert label(row) == "Hộ gia đình tại xã"


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("1 | Lúa nước | m² | 7.500", "3 | Cây lúa nước | m² | 8.500", True),
        ("4 | Cam chưa đến kỳ thu hoạch | cây | 320", "3 | Cam đang kỳ thu hoạch | cây | 700", False),
        ("1 | Xe hạng 2 | lượt | 10", "1 | Xe hạng 3 | lượt | 12", False),
        ("1 | Lúa nước | m² | 7.500", "2 | Ngô lai | m² | 8.500", False),
        ("1 | Lúa nước | m² | 7.500", "Đơn giá ngô lai là 8.500 đồng/m².", True),
    ],
)
def test_rows_about_one_thing(a: str, b: str, *, same: bool) -> None:
    assert same_row(a, b) is same
    assert same_row(b, a) is same

"""Which lines are one paragraph."""

from __future__ import annotations

import pytest

from nlp.reading.paragraphs import Margins, joint
from tests.reading.pages import line

FULL = "x" * 73  # 80 + 73 * 6 = 518: reaches the right margin at 520
SHORT = "x" * 40


def full(end: str) -> str:
    return "a" * (73 - len(end) - 1) + " " + end


INDENTED = Margins(80.0, 520.0, 18.0, indented_units=True)
FLUSH = Margins(80.0, 520.0, 18.0, indented_units=False)

JOINED = [
    # before, after, x of after, margins, what stands between
    (full("theo quy định"), "của pháp luật về đất đai.", 80, INDENTED, " "),
    (SHORT, "của pháp luật", 80, INDENTED, "\n"),  # the next word would have fitted: the author broke the line
    (full("theo quy định"), "của pháp luật", 116, INDENTED, "\n"),  # indented: a new paragraph
    (full("sau đây:"), "1. Đối tượng", 80, FLUSH, "\n"),
    (full("của Luật Đất đai"), "Điều 5. Phạm vi", 80, INDENTED, "\n"),  # a heading, whatever the layout says
    (full("theo quy định tại"), "Điều 5. Trường hợp khác", 80, INDENTED, " "),  # a citation that was wrapped
    (full("theo quy định tại"), "Điều 5 Luật Đất đai", 80, FLUSH, " "),  # no full stop: no heading
    (full("các điểm"), "a) và b) khoản này", 80, INDENTED, " "),
    (full("có hiệu lực."), "a) Đất ở", 80, INDENTED, "\n"),
    (full("Nghị định số 34/2016/NĐ-"), "CP ngày 14 tháng 5", 80, INDENTED, ""),  # a number broken over lines
    (full("Quyết định số 12/2024/QĐ"), "-UBND ngày 5", 80, INDENTED, ""),
    (
        "QUY ĐỊNH VỀ PHÂN CẤP QUẢN LÝ NHÀ NƯỚC TRONG LĨNH VỰC ĐẤT ĐAI TRÊN ĐỊA BÀN",
        "Căn cứ Luật Đất đai",
        80,
        INDENTED,
        "\n",
    ),
    (full("Luật số 95/2025/QH15 và Luật số"), "140/2025/QH15;", 80, INDENTED, " "),
]


@pytest.mark.parametrize(("before", "after", "x", "margins", "expected"), JOINED)
def test_joint(before: str, after: str, x: float, margins: Margins, expected: str) -> None:
    assert joint(line(before, 80, 100), line(after, x, 118), margins, margins) == expected


def test_paragraphs_go_on_over_a_page_break() -> None:
    before, after = line(full("theo quy định"), 80, 780), line("của pháp luật.", 80, 60, page_number=2)
    after.starts_block = True
    assert joint(before, after, INDENTED, INDENTED) == " "


def test_a_hanging_paragraph_stays_one() -> None:
    first = line("1. " + "x" * 64, 116, 100)  # text begins at 134
    second, third = line("y" * 63, 134, 118), line("z z", 134, 136)
    assert joint(first, second, INDENTED, INDENTED) == " "
    assert joint(second, third, INDENTED, INDENTED) == " "
    assert joint(third, line("2. Khác", 116, 154), INDENTED, INDENTED) == "\n"

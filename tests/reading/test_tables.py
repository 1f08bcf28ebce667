"""Ruled tables over several pages: one table, its head once, rows that a page break cut made whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.law.source import FurnitureKind, SourceText
from nlp.law.span import Box
from nlp.reading.assemble import TextBuilder, assemble
from nlp.reading.layout import GridCell, GridTable, PageLayout, PrintedLine
from nlp.reading.order import order_page
from tests.reading.pages import box_rules, line, page, run

HEAD = ("STT", "Loại đất", "Mức giá", "Ghi chú")
COLUMNS = (60.0, 100.0, 300.0, 400.0, 520.0)


def table(number: int, *rows: tuple[str, ...], columns: tuple[float, ...] = COLUMNS) -> PageLayout:
    """A page with one table of full borders."""
    cells = [
        GridCell(
            Box(columns[place], 100.0 + 30 * index, columns[place + 1], 130.0 + 30 * index),
            index,
            place,
            1,
            1,
            (line(text, columns[place] + 2, 102.0 + 30 * index, number),) if text else (),
        )
        for index, row in enumerate(rows)
        for place, text in enumerate(row)
    ]
    box = Box(columns[0], 100.0, columns[-1], 100.0 + 30 * len(rows))
    grid = GridTable(number, box, len(rows), columns, tuple(cells))
    return PageLayout(page([], number=number), [grid])


def assembled(*layouts: PageLayout) -> SourceText:
    builder = TextBuilder()
    pages = assemble(layouts, builder)
    return builder.source("a.pdf", "application/pdf", "", pages)


def rows_of(source: SourceText, number: int = 0) -> list[str]:
    return [source.text[row.start : row.end] for row in source.tables[number].rows]


def test_a_table_over_pages_is_one_and_its_repeated_head_is_furniture() -> None:
    source = assembled(
        table(1, HEAD, ("1", "Đất ở", "500.000", "")),
        table(2, HEAD, ("2", "Đất vườn", "300.000", "")),
        table(3, HEAD, ("3", "Đất rừng", "90.000", "")),
    )
    assert rows_of(source) == [
        "STT | Loại đất | Mức giá | Ghi chú",
        "1 | Đất ở | 500.000 | ",
        "2 | Đất vườn | 300.000 | ",
        "3 | Đất rừng | 90.000 | ",
    ]
    assert source.tables[0].header_rows == 1
    assert [(piece.kind, piece.page) for piece in source.furniture] == [
        (FurnitureKind.RUNNING_HEAD, 2),
        (FurnitureKind.RUNNING_HEAD, 3),
    ]
    for number, word in ((1, "Đất ở"), (2, "Đất vườn"), (3, "Đất rừng")):
        assert source.page_of(source.text.index(word)) == number


@pytest.mark.parametrize(
    ("last", "first", "joined"),
    [
        # a sentence goes on in lower case
        (("4", "Đất ở dọc đường, đoạn từ cầu", "1.000", "Áp dụng từ"), ("", "Bản Áng đến chợ", "", "ngày 01/01/2025"), True),
        (("4", "Đất ở", "1.000", "Được sửa đổi bởi:"), ("", "", "", "Quyết định số 12/2024/QĐ-UBND"), True),
        # a number of its own, a figure of its own, or a new sentence: a row of its own
        (("4", "Đất ở", "1.000", "từ ngày"), ("5", "đất khác", "", "ban hành"), False),
        (("4", "Đất ở tại đô thị,", "1.000", ""), ("", "vị trí 2", "800", ""), False),
        (("4", "Đất ở.", "1.000", ""), ("", "Đất trồng cây", "", ""), False),
        (("", "Tổng cộng,", "1.000", ""), ("", "bằng chữ", "", ""), False),
    ],
)  # fmt: skip
def test_a_row_cut_by_the_page_break(last: tuple[str, ...], first: tuple[str, ...], *, joined: bool) -> None:
    source = assembled(table(1, HEAD, last), table(2, HEAD, first, ("9", "Đất khác", "1", "")))
    rows = rows_of(source)
    if joined:
        whole = " | ".join(f"{a} {b}".strip() for a, b in zip(last, first, strict=True))
        assert rows == ["STT | Loại đất | Mức giá | Ghi chú", whole, "9 | Đất khác | 1 | "]
        (place,) = source.boxes(source.tables[0].rows[1])[-1:]
        assert place.page == 2  # what came from the next page is shown there
    else:
        assert len(rows) == 4


def test_other_borders_or_text_between_are_another_table() -> None:
    other = table(2, ("1", "a", "b", "c"), columns=(60.0, 100.0, 300.0, 440.0, 520.0))
    assert len(assembled(table(1, HEAD), other).tables) == 2
    between = table(2, ("1", "a", "b", "c"))
    between.items.insert(0, line("Phụ lục II", 80.0, 60.0, 2))
    assert len(assembled(table(1, HEAD), between).tables) == 2


def test_a_doubtful_figure_alone_in_a_cell_stays_there() -> None:
    rules = box_rules([60.0, 100.0, 300.0, 400.0], [100.0, 130.0, 160.0])
    runs = [
        run("1", 70.0, 106.0),
        run("Các trục đường", 110.0, 106.0),
        replace(run("1,8", 320.0, 106.0), stamped=True),
        run("2", 70.0, 136.0),
        replace(run("~;", 120.0, 136.0), stamped=True),
        run("1,5", 320.0, 136.0),
        replace(run("29", 450.0, 300.0), stamped=True),
    ]
    grid, *apart = order_page(page(runs, rules)).items
    assert isinstance(grid, GridTable)
    assert [" ".join(each.text for each in cell.lines) for cell in grid.cells] == [
        "1",
        "Các trục đường",
        "1,8",
        "2",
        "",
        "1,5",
    ]
    assert [item.text for item in apart if isinstance(item, PrintedLine)] == ["~;", "29"]

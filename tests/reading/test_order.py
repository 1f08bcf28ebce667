"""Reading order: letterheads, tabs, columns, ruled tables."""

from __future__ import annotations

from nlp.reading.grids import find_grids
from nlp.reading.layout import GridTable, PageLayout, PrintedLine, Rule
from nlp.reading.order import order_page
from tests.reading.pages import box_rules, page, run


def texts(layout: PageLayout) -> list[str]:
    found: list[str] = []
    for item in layout.items:
        if isinstance(item, PrintedLine):
            found.append(item.text)
        else:
            rows: dict[int, list[str]] = {}
            for cell in item.cells:
                rows.setdefault(cell.row, []).append(" ".join(line.text for line in cell.lines))
            found.extend(" | ".join(row) for row in rows.values())
    return found


def test_letterhead_left_column_first() -> None:
    layout = order_page(
        page(
            [
                run("ỦY BAN NHÂN DÂN", 90, 60),
                run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 260, 60),
                run("TỈNH LÂM KHÊ", 100, 74),
                run("Độc lập - Tự do - Hạnh phúc", 290, 76),  # not level with its neighbour
                run("Số: 12/2024/QĐ-UBND", 90, 100),
                run("Lâm Khê, ngày 20 tháng 5 năm 2024", 270, 100),
                run("QUYẾT ĐỊNH", 270, 130),
                run("Căn cứ Luật Tổ chức chính quyền địa phương và các luật khác có liên quan;", 85, 150),
            ]
        )
    )
    assert texts(layout) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH LÂM KHÊ",
        "Số: 12/2024/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Lâm Khê, ngày 20 tháng 5 năm 2024",
        "QUYẾT ĐỊNH",
        "Căn cứ Luật Tổ chức chính quyền địa phương và các luật khác có liên quan;",
    ]


def test_a_marker_keeps_its_text_over_a_tab() -> None:
    layout = order_page(
        page([run("1.", 85, 60), run("Phạm vi điều chỉnh", 121, 60), run("a)", 85, 80), run("Đất ở;", 121, 80)])
    )
    assert texts(layout) == ["1. Phạm vi điều chỉnh", "a) Đất ở;"]


def test_two_columns_of_a_gazette_page() -> None:
    left = [run(f"trái dòng {number} của cột thứ nhất", 60, 60 + 16 * number) for number in range(6)]
    right = [run(f"phải dòng {number} của cột thứ hai", 310, 60 + 16 * number) for number in range(6)]
    mixed = [piece for pair in zip(left, right, strict=True) for piece in pair]
    assert texts(order_page(page(mixed))) == [piece.text for piece in left + right]


def test_a_ruled_table_is_read_row_by_row() -> None:
    rules = box_rules([80, 120, 300, 400], [100, 120, 160, 180])
    runs = [
        run("Trước bảng", 80, 80),
        run("STT", 85, 104),
        run("Nội dung", 130, 104),
        run("Mức thu", 310, 104),
        run("1", 95, 130),
        run("Đất ở", 130, 124),
        run("tại đô thị", 130, 140),  # second line of the same cell
        run("5.000", 310, 130),
        run("2", 95, 164),
        run("Đất khác", 130, 164),
        run("1.000", 310, 164),
        run("Sau bảng", 80, 200),
    ]
    layout = order_page(page(runs, rules))
    assert texts(layout) == [
        "Trước bảng",
        "STT | Nội dung | Mức thu",
        "1 | Đất ở tại đô thị | 5.000",
        "2 | Đất khác | 1.000",
        "Sau bảng",
    ]


def test_a_run_over_a_border_is_cut_there() -> None:
    rules = box_rules([80, 116, 300], [100, 120, 140])
    layout = order_page(page([run("12345 Đất ở", 82, 104), run("2", 90, 124), run("Khác", 120, 124)], rules))
    assert texts(layout) == ["12345 | Đất ở", "2 | Khác"]


def test_merged_cells_know_what_they_span() -> None:
    # the first column runs over both rows: the line between them begins at x = 120
    rules = (
        *(Rule(80, y - 0.25, 300, y + 0.25) for y in (100, 140)),
        Rule(120, 119.75, 300, 120.25),
        *(Rule(x - 0.25, 100, x + 0.25, 140) for x in (80, 120, 300)),
    )
    grid = find_grids(rules)[0]
    assert [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells] == [
        (0, 0, 2, 1),
        (0, 1, 1, 1),
        (1, 1, 1, 1),
    ]


def test_a_frame_is_no_table() -> None:
    assert find_grids(box_rules([80, 300], [100, 160])) == []
    layout = order_page(page([run("Trong khung", 90, 120)], box_rules([80, 300], [100, 160])))
    assert not any(isinstance(item, GridTable) for item in layout.items)
    assert texts(layout) == ["Trong khung"]

"""Writing that does not run from left to right on the page as shown: turned tables, heads across them, tall header cells."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from nlp.law.source import FurnitureKind, SourceText
from nlp.reading import read
from nlp.settings import ReadingSettings

FONTS = "/usr/share/fonts/truetype/dejavu/"
pdfmetrics.registerFont(TTFont("plain", FONTS + "DejaVuSans.ttf"))
pdfmetrics.registerFont(TTFont("bold", FONTS + "DejaVuSans-Bold.ttf"))

LINES = (
    "Điều 1. Quy định mức thu phí thẩm định hồ sơ trên địa bàn tỉnh",
    "1. Mức thu đối với tổ chức là 1.500.000 đồng một hồ sơ thẩm định",
    "2. Mức thu đối với cá nhân là 250.000 đồng một hồ sơ thẩm định",
    "Điều 2. Nghị quyết này có hiệu lực từ ngày 01 tháng 7 năm 2025",
)
OFF = ReadingSettings(ocr=False)


def written(canvas: Canvas, angle: int, size: tuple[float, float] = A4) -> None:
    """The lines on a canvas of this size, their writing turned counter-clockwise by so many degrees."""
    width, height = size
    canvas.saveState()
    canvas.translate(*{0: (0.0, 0.0), 90: (width, 0.0), 180: (width, height), 270: (0.0, height)}[angle])
    canvas.rotate(angle)
    canvas.setFont("plain", 11)
    for number, text in enumerate(LINES):
        canvas.drawString(60, 500 - 18 * number, text)
    canvas.restoreState()


def body(source: SourceText) -> list[str]:
    end = min((piece.span.start for piece in source.furniture), default=len(source.text))
    return source.text[:end].splitlines()


@pytest.mark.parametrize("shown", [0, 90, 180, 270])
@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_turned_writing_is_read_in_its_own_direction(angle: int, shown: int) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setPageRotation(shown)
    # reportlab lays the unturned page across where it is shown upright
    written(canvas, angle, A4 if shown in {0, 180} else A4[::-1])
    canvas.save()
    source = read(out.getvalue(), "ngang.pdf", OFF)
    assert body(source) == list(LINES)
    page = source.pages[0]
    for line in source.lines:  # the places are those of the page as it is shown
        assert 0 <= line.box.x0 < line.box.x1 <= page.width
        assert 0 <= line.box.top < line.box.bottom <= page.height


def test_a_head_across_a_turned_table_is_furniture() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("plain", 10)
    canvas.drawString(180, 810, "CÔNG BÁO/Số 377 + 378/Ngày 01-3-2024")
    written(canvas, 90)
    canvas.save()
    source = read(out.getvalue(), "cong-bao.pdf", OFF)
    assert body(source) == list(LINES)
    assert [(piece.kind, source.text[piece.span.start : piece.span.end]) for piece in source.furniture] == [
        (FurnitureKind.RUNNING_HEAD, "CÔNG BÁO/Số 377 + 378/Ngày 01-3-2024")
    ]


def test_a_change_of_font_in_turned_writing_is_no_space() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.translate(A4[0], 0)
    canvas.rotate(90)
    for number, text in enumerate(LINES):
        at = 60.0
        for index, letter in enumerate(text):
            font = "bold" if index % 3 == 0 else "plain"
            canvas.setFont(font, 11)
            canvas.drawString(at, 500 - 18 * number, letter)
            at += pdfmetrics.stringWidth(letter, font, 11)
    canvas.save()
    assert body(read(out.getvalue(), "phong.pdf", OFF)) == list(LINES)


def test_tall_writing_in_a_header_cell_is_text() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("plain", 11)
    for number, text in enumerate(LINES):
        canvas.drawString(60, 760 - 18 * number, text)
    xs, ys = (60, 110, 300, 400), (560, 660, 680)
    for x in xs:
        canvas.line(x, ys[0], x, ys[-1])
    for y in ys:
        canvas.line(xs[0], y, xs[-1], y)
    canvas.drawString(120, 610, "Tên loại phí")
    canvas.drawString(70, 665, "1")
    canvas.drawString(120, 665, "Phí thẩm định")
    canvas.drawString(310, 665, "250.000")
    canvas.translate(90, 570)
    canvas.rotate(90)
    canvas.drawString(0, 0, "Số thứ tự")
    canvas.save()
    source = read(out.getvalue(), "bang.pdf", OFF)
    (table,) = source.tables
    assert {source.text[cell.span.start : cell.span.end] for cell in table.cells} == {
        "1", "Phí thẩm định", "250.000", "Số thứ tự", "Tên loại phí", ""
    }  # fmt: skip


def paged(*tops: tuple[str, float]) -> bytes:
    """A page for each (text, distance from the top): the text above the same lines."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for text, top in tops:
        canvas.setFont("plain", 11)
        canvas.drawString(200, A4[1] - top, text)
        for number, line in enumerate(LINES):
            canvas.drawString(60, 600 - 18 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_title_repeated_over_the_text_of_each_page_is_a_running_head() -> None:
    source = read(paged(*[("Danh mục văn bản còn hiệu lực", 120.0)] * 3), "danh-muc.pdf", OFF)
    assert "Danh mục" not in "\n".join(body(source))
    assert [piece.kind for piece in source.furniture] == [FurnitureKind.RUNNING_HEAD] * 3


XS, YS = (60, 110, 300, 400), (560, 660, 700)


def test_a_title_over_a_table_on_every_page_leaves_it_one_table() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for number in range(1, 5):
        canvas.setFont("plain", 11)
        canvas.drawString(60, 720, "Danh mục văn bản còn hiệu lực")
        canvas.drawString(530, 40, str(number))
        for x in XS:
            canvas.line(x, YS[0], x, YS[-1])
        for y in YS:
            canvas.line(XS[0], y, XS[-1], y)
        for x, text in zip(XS, ("STT", "Tên văn bản", "Hiệu lực"), strict=False):
            canvas.drawString(x + 4, 675, text)
        for x, text in zip(XS, (str(number), LINES[number - 1][:24], "Còn"), strict=False):
            canvas.drawString(x + 4, 610, text)
        canvas.showPage()
    canvas.save()
    source = read(out.getvalue(), "danh-muc.pdf", OFF)
    assert [len(table.rows) for table in source.tables] == [5]  # the head once
    assert "Danh mục" not in "\n".join(body(source))


@pytest.mark.parametrize(
    "titles",
    [
        ("PHỤ LỤC SỐ 01", "PHỤ LỤC SỐ 02", "PHỤ LỤC SỐ 03"),
        ("Mẫu số 01", "Mẫu số 02", "Mẫu số 03"),
        ("Danh mục thứ nhất", "Danh mục thứ hai", "Danh mục thứ ba"),
    ],
)
def test_titles_of_annexes_at_one_height_are_text(titles: tuple[str, ...]) -> None:
    text = "\n".join(body(read(paged(*((title, 50.0) for title in titles)), "mau.pdf", OFF)))
    assert all(title in text for title in titles)


def test_a_page_number_beside_the_head_is_no_side_of_the_letterhead() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("plain", 11)
    canvas.drawString(62, 790, "2")
    canvas.drawString(180, 790, "CÔNG BÁO/Số 977 + 978/Ngày 25-7-2025")
    canvas.drawString(700, 790, "CÔNG BÁO/Số 143 + 144/Ngày 21-01-2024")  # beside the page: a template's old head
    canvas.drawString(110, 700, "CHÍNH PHỦ")
    canvas.drawString(260, 700, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    canvas.drawString(95, 660, "Số: 188/2025/NĐ-CP")
    canvas.drawString(290, 660, "Hà Nội, ngày 01 tháng 7 năm 2025")
    for number, line in enumerate(LINES):
        canvas.drawString(90, 600 - 18 * number, line)
    canvas.save()
    assert body(read(out.getvalue(), "nghi-dinh.pdf", OFF)) == [
        "CHÍNH PHỦ", "Số: 188/2025/NĐ-CP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hà Nội, ngày 01 tháng 7 năm 2025", *LINES
    ]  # fmt: skip

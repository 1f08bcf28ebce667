"""The stamp of the incoming mail on a scan, and nothing beside it."""

from __future__ import annotations

from dataclasses import replace

from nlp.law.source import FurnitureKind, TextLayer
from nlp.reading.furniture import mark_furniture
from nlp.reading.layout import PrintedLine
from nlp.reading.order import order_page
from tests.reading.pages import page, run

STAMP = FurnitureKind.STAMP
HEAD = "GỔNG THÔNG TTN ĐIỆN TU CHINH PHU"


def marked(*texts: tuple[str, float, float, bool], layer: TextLayer = TextLayer.OCR) -> dict[str, FurnitureKind | None]:
    """What became of each (text, x, top, whether recognition doubts its words)."""
    runs = [
        replace(run(text, x, top, order=index), uncertain=((0, len(text)),) if doubted else ())
        for index, (text, x, top, doubted) in enumerate(texts)
    ]
    layout = order_page(replace(page(runs), layer=layer))
    mark_furniture([layout])
    return {item.text: item.furniture for item in layout.items if isinstance(item, PrintedLine)}


def test_a_stamp_goes_with_what_stands_in_its_frame() -> None:
    found = marked(
        (HEAD, 40, 200, True),
        ("ĐẾN Giờ: 5", 50, 216, True),
        ("Ngày: 2912", 60, 232, True),
        ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;", 60, 260, True),
        ("1. Văn thư ghi ngày đến.", 60, 320, True),
    )
    assert [found[text] for text in (HEAD, "ĐẾN Giờ: 5", "Ngày: 2912")] == [STAMP] * 3
    assert [kind for text, kind in found.items() if text.startswith(("Căn cứ", "1."))] == [None, None]


def test_clear_print_is_no_stamp() -> None:
    clear = "CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ QUY ĐỊNH"
    found = marked(
        (clear, 40, 200, False),
        ("VĂN PHÒNG CHÍNH PHỦ", 40, 100, True),  # an issuer, however badly its name was read
        ("Nội dung thông báo.", 40, 260, False),
    )
    assert set(found.values()) == {None}

"""What belongs to the page and not to the law: running heads, page numbers, overlays, stamps, imprints, footnotes."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from nlp.law.source import FurnitureKind, TextLayer
from nlp.reading.closing import mark_closing
from nlp.reading.footnotes import mark_footnotes
from nlp.reading.layout import GridTable, PageLayout, PrintedLine
from nlp.reading.paragraphs import UNIT_START
from nlp.reading.spelling import bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOP_ZONE, BOTTOM_ZONE = 0.12, 0.9  # of the page height
_NUMBER_TOP, _NUMBER_BOTTOM = 0.16, 0.84  # of the page height, for a number beyond all other text

# CÔNG BÁO/Số 977 + 978/Ngày 25-7-2025 3
GAZETTE = re.compile(r"(?:\d{1,4}\s+)?CÔNG BÁO\s*/\s*Số.*", re.IGNORECASE)
PAGE_NUMBER = re.compile(r"[-–\s]*(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s.]*")
# Ký bởi: ..., Người ký: ..., Thời gian ký: 20.05.2024 15:03:22 +07:00
_OVERLAY = re.compile(
    r"(?:Ký bởi|Người ký|Ký số bởi|Được ký bởi|Thời gian ký|Giờ ký|Ngày ký|Signing time|Signed by)\s*:.*|Digitally signed.*|Signature (?:Not )?Verified.*",
    re.IGNORECASE,
)
# lines that belong to an overlay only beside one of the above: "Cơ quan:" also begins sentences
_OVERLAY_PART = re.compile(
    r"(?:Cơ quan|Email|E-mail|Reason|Location|Date|DN|Tổ chức|Chức vụ|Lý do)\s*[:=].{0,70}|[\d.:+\-'/ ]{8,}(?:Z|[+-]\d\d'?:?\d\d'?)?|\S*@\S*|ST=.*|CN=.*",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|MẬT|TỐI MẬT|CÔNG VĂN ĐẾN|VĂN BẢN ĐẾN|CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ|ĐẾN|Kính chuyển\s*[:.].*"
    r"|ĐẾN\s+(?:Số|Ngày|Giờ)\b.*|(?:Số|Ngày|Giờ) đến\s*:.*|(?:ĐẾN\s*)?Giờ\s*:?\s*[.…].*|Ngày\s*:?\s*[.…].*"
)
# the last page of a gazette issue: publisher, address, price
_IMPRINT = re.compile(r"(?:VĂN PHÒNG (?:CHÍNH PHỦ|QUỐC HỘI|UBND.*|ỦY BAN NHÂN DÂN.*)\s+)?XUẤT BẢN", re.IGNORECASE)
_IMPRINT_LINE = re.compile(
    r"Địa chỉ\s*:.*|Điện thoại.*|Email.*|Website.*|In tại.*|Giá\s*:.*|Fax.*|.*XUẤT BẢN.*", re.IGNORECASE
)


def mark_furniture(layouts: Sequence[PageLayout]) -> None:
    """Set `furniture` on the lines of all pages, in place; a line that only may be furniture stays body."""
    for layout in layouts:
        if layout.content.layer is TextLayer.OCR:
            _mark_inbox_stamp(layout)
        _mark_margins(layout)
        _mark_overlays(layout)
        _mark_imprint(layout)
    _mark_repeated(layouts)
    mark_footnotes(layouts)
    for lines in _flows(layouts):
        mark_closing(lines)


# how the stamps of incoming papers begin, compared without marks and spaces: they are never printed clearly
_STAMP_HEADS = ("congthongtindientuchinhphu", "congvanden", "vanbanden", "vanthucongvanden")
_LIKE_A_HEAD = 0.72  # similarity
_MOSTLY = 0.6  # of a head's letters are capitals, however badly it was read
_STAMP_ABOVE, _STAMP_BELOW, _STAMP_BESIDE = (
    14.0,
    46.0,
    12.0,
)  # points round the head in which the rest of a stamp stands
_SURELY_PRINTED = 0.25  # of a line's letters that are doubted: with fewer it is clear print


def _mark_inbox_stamp(layout: PageLayout) -> None:
    """The stamp of the incoming mail on a scan: its head, and what stands wholly inside its frame."""
    lines = _lines(layout)
    for head in [line for line in lines if _is_stamp_head(line)]:
        box = head.box
        for line in lines:
            inside = (
                box.x0 - _STAMP_BESIDE <= line.box.x0
                and line.box.x1 <= box.x1 + _STAMP_BESIDE
                and box.top - _STAMP_ABOVE <= line.box.top
                and line.box.bottom <= box.bottom + _STAMP_BELOW
            )
            doubted = sum(b - a for a, b in line.uncertain) > _SURELY_PRINTED * len(line.text)
            if line is head or (inside and (doubted or _STAMP_PART.search(line.text))):
                line.furniture = FurnitureKind.STAMP


_STAMP_PART = re.compile(r"ĐẾN|Giờ|Ngày\s*:|[.…]{2}|Kính chuyển|CÔNG VĂN")


def _is_stamp_head(line: PrintedLine) -> bool:
    letters = "".join(filter(str.isalpha, bare(line.text)))
    text = letters.lower()
    if not line.uncertain or sum(map(str.isupper, letters)) < _MOSTLY * len(letters):
        return False
    return any(
        abs(len(text) - len(head)) <= len(head) / 4 and SequenceMatcher(None, text, head).ratio() >= _LIKE_A_HEAD
        for head in _STAMP_HEADS
    )


def _lines(layout: PageLayout) -> list[PrintedLine]:
    return [item for item in layout.items if isinstance(item, PrintedLine) and item.furniture is None]


def _mark_margins(layout: PageLayout) -> None:
    height = layout.content.height
    lines = _lines(layout)
    tables = [item.box for item in layout.items if isinstance(item, GridTable)]
    for item in layout.items:
        # beside a turned table the head runs along the side: it was set apart while the page was put in order
        if isinstance(item, PrintedLine) and item.furniture is FurnitureKind.OTHER:
            if GAZETTE.fullmatch(item.text):
                item.furniture = FurnitureKind.RUNNING_HEAD
            elif PAGE_NUMBER.fullmatch(item.text):
                item.furniture = FurnitureKind.PAGE_NUMBER
    for line in lines:
        top, bottom = line.box.bottom / (height or 1.0), line.box.top / (height or 1.0)
        if GAZETTE.fullmatch(line.text) and (top <= TOP_ZONE or bottom >= BOTTOM_ZONE):
            line.furniture = FurnitureKind.RUNNING_HEAD
        elif PAGE_NUMBER.fullmatch(line.text):
            others = [
                other.box for other in lines if other is not line and not PAGE_NUMBER.fullmatch(other.text)
            ] + tables
            outermost = all(line.box.bottom <= other.top for other in others) or all(
                line.box.top >= other.bottom for other in others
            )
            if (
                top <= TOP_ZONE
                or bottom >= BOTTOM_ZONE
                or (outermost and (top <= _NUMBER_TOP or bottom >= _NUMBER_BOTTOM))
            ):
                line.furniture = FurnitureKind.PAGE_NUMBER


def _mark_overlays(layout: PageLayout) -> None:
    """Digital-signature overlays (each line begins with its own label) and the marks of the registry."""
    lines = _lines(layout)
    for index, line in enumerate(lines):
        if _STAMP.fullmatch(line.text.strip()):
            line.furniture = FurnitureKind.STAMP
        if not _OVERLAY.fullmatch(line.text):
            continue
        line.furniture = FurnitureKind.DIGITAL_SIGNATURE
        for beside in (range(index + 1, len(lines)), range(index - 1, -1, -1)):
            for other in beside:
                if not (_OVERLAY_PART.fullmatch(lines[other].text) or _OVERLAY.fullmatch(lines[other].text)):
                    break
                lines[other].furniture = FurnitureKind.DIGITAL_SIGNATURE


def _mark_imprint(layout: PageLayout) -> None:
    lines = _lines(layout)
    if (
        any(_IMPRINT.search(line.text) for line in lines[:3])
        and all(_IMPRINT_LINE.fullmatch(line.text.strip()) or len(line.text) < 80 for line in lines)
        and len(lines) < 15
    ):
        for line in lines:
            line.furniture = FurnitureKind.OTHER


_MIN_REPEATS = 3
_NEAR = 2  # pages
_REPEAT_TOP, _REPEAT_BOTTOM = 0.09, 0.92  # of the page height
_OUTER_TOP, _OUTER_BOTTOM = 0.2, 0.85  # of the page height, for what stands above or below all other text
_SAME_HEIGHT = 6.0  # points


# what begins an annex or a form, at the same height of page after page: never a running head
_BEGINNING = re.compile(r"(?:Phụ lục|Phụ biểu|Mẫu|Biểu|Bảng|Cộng h(?:òa|oà) xã hội)\b", re.IGNORECASE)


def _mark_repeated(layouts: Sequence[PageLayout]) -> None:
    """The same words (numbers aside) at the same height of the margin on three pages near each other are a running head."""
    seen: dict[tuple[str, int], list[PrintedLine]] = {}
    for layout in layouts:
        height = layout.content.height or 1.0
        body = [item for item in layout.items if isinstance(item, GridTable) or item.furniture is None]
        for line in _lines(layout):
            at = line.box.top / height
            if UNIT_START.match(line.text) or _BEGINNING.match(line.text):
                continue
            place = round(line.box.top / _SAME_HEIGHT)
            if at <= _REPEAT_TOP or at >= _REPEAT_BOTTOM:
                seen.setdefault((re.sub(r"\d+", "#", line.text), place), []).append(line)
            elif (line is body[0] and at <= _OUTER_TOP) or (line is body[-1] and at >= _OUTER_BOTTOM):
                seen.setdefault((line.text, place), []).append(line)
    for lines in seen.values():
        pages = sorted({line.page for line in lines})
        # the page after the next one: heads of left and right pages differ
        if sum(after - before <= _NEAR for before, after in pairwise(pages)) >= _MIN_REPEATS - 1:
            for line in lines:
                line.furniture = FurnitureKind.RUNNING_HEAD


def _flows(layouts: Sequence[PageLayout]) -> Iterator[list[PrintedLine]]:
    """The unmarked lines of all pages in order, cut at tables."""
    flow: list[PrintedLine] = []
    for layout in layouts:
        for item in layout.items:
            if isinstance(item, GridTable):
                yield flow
                flow = []
            elif item.furniture is None:
                flow.append(item)
    yield flow

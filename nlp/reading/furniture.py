"""What belongs to the page and not to the law: running heads, page numbers, signatures, recipients, overlays, footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.law.source import FurnitureKind
from nlp.reading.layout import GridTable, PageLayout, PrintedLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOP_ZONE, _BOTTOM_ZONE = 0.12, 0.9  # of the page height

# CÔNG BÁO/Số 977 + 978/Ngày 25-7-2025 3
_GAZETTE = re.compile(r"(?:\d{1,4}\s+)?CÔNG BÁO\s*/\s*Số.*", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[-–\s]*(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s.]*")
# Ký bởi: ..., Người ký: ..., Thời gian ký: 20.05.2024 15:03:22 +07:00
_OVERLAY = re.compile(
    r"(?:Ký bởi|Người ký|Ký số bởi|Digitally signed|Signed by|Cơ quan\s*:|Thời gian ký|Giờ ký|Ngày ký\s*:|Signing time|Signature|Email\s*:|E-mail\s*:|Reason\s*:|Location\s*:|Date\s*:\s*\d{4}\.)",
    re.IGNORECASE,
)
_OVERLAY_TAIL = re.compile(r"[\d.:+\-'/ ]{8,}(?:Z|[+-]\d\d'?:?\d\d'?)?|.*@.*\.vn\S*")
_STAMP = re.compile(r"HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|MẬT|TỐI MẬT|CÔNG VĂN ĐẾN|VĂN BẢN ĐẾN|ĐẾN\s+(?:Số|Ngày|Giờ)\b.*|Số đến\s*:.*|Ngày đến\s*:.*|(?:ĐẾN)")
_RECIPIENTS = re.compile(r"Nơi nhận\s*:?.*", re.IGNORECASE)
_RECIPIENT_ITEM = re.compile(r"[-–•+]\s*\S.*|Lưu\s*:?\s*VT.*|\(\d+ ?b\).*", re.IGNORECASE)
# TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, TL. BỘ TRƯỞNG, TUQ., Q. CHỦ TỊCH
_SIGN_FOR = re.compile(r"(?:T[MLUK]\.?|KT\.?|TUQ\.?|Q\.)\s*\S.*")
_OFFICE = re.compile(
    r"(?:PHÓ\s+|QUYỀN\s+)?(?:CHỦ TỊCH|CHỦ NHIỆM|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|CHÁNH VĂN PHÒNG|VIỆN TRƯỞNG|CHÁNH ÁN|THỐNG ĐỐC|TỔNG KIỂM TOÁN"
    r"|TỔNG THANH TRA|TRƯỞNG BAN|VỤ TRƯỞNG|CHI CỤC TRƯỞNG|TRƯỞNG PHÒNG|THỦ TRƯỞNG)(?:\s+[A-ZÀ-ỸĐ,\- ]+)?"
)
_NAME = re.compile(r"(?:(?:GS|PGS|TS|ThS|BS|KS|Thượng tướng|Đại tướng|Trung tướng|Thiếu tướng|Đại tá)\.?\s*)*(?:[A-ZÀ-ỸĐ][a-zà-ỹđ]+|[A-ZÀ-ỸĐ]{2,})(?:\s+(?:[A-ZÀ-ỸĐ][a-zà-ỹđ]+|[A-ZÀ-ỸĐ]{1,})){1,4}")
_SIGNED = re.compile(r"\(?\s*(?:Đã ký|đã ký và đóng dấu|Ký, đóng dấu|Ký tên|ký và ghi rõ họ tên).*", re.IGNORECASE)


def mark_furniture(layouts: Sequence[PageLayout]) -> None:
    """Set `furniture` on the lines of all pages, in place; a line that only may be furniture stays body."""
    for layout in layouts:
        _mark_margins(layout)
        _mark_overlays(layout)
    _mark_repeated(layouts)
    for lines in _flows(layouts):
        mark_closing(lines)


def _lines(layout: PageLayout) -> list[PrintedLine]:
    return [item for item in layout.items if isinstance(item, PrintedLine)]


def _mark_margins(layout: PageLayout) -> None:
    height = layout.content.height
    for line in _lines(layout):
        at_top = line.box.bottom <= _TOP_ZONE * height
        at_bottom = line.box.top >= _BOTTOM_ZONE * height
        if not (at_top or at_bottom):
            continue
        if _GAZETTE.fullmatch(line.text):
            line.furniture = FurnitureKind.RUNNING_HEAD
        elif _PAGE_NUMBER.fullmatch(line.text) and (at_top or at_bottom):
            line.furniture = FurnitureKind.PAGE_NUMBER


def _mark_overlays(layout: PageLayout) -> None:
    """Digital-signature overlays are read line by line: each begins with its own label."""
    tail = False
    for line in _lines(layout):
        if line.furniture is None and _OVERLAY.match(line.text):
            line.furniture = FurnitureKind.DIGITAL_SIGNATURE
            tail = True
        elif tail and line.furniture is None and _OVERLAY_TAIL.fullmatch(line.text):
            line.furniture = FurnitureKind.DIGITAL_SIGNATURE
        else:
            tail = False
            if line.furniture is None and _STAMP.fullmatch(line.text.strip()):
                line.furniture = FurnitureKind.STAMP


_MIN_REPEATS = 3


def _mark_repeated(layouts: Sequence[PageLayout]) -> None:
    """The same words (numbers aside) at the same height of the margin on three pages or more are a running head."""
    seen: dict[tuple[str, int], list[PrintedLine]] = {}
    for layout in layouts:
        height = layout.content.height or 1.0
        for line in _lines(layout):
            share = line.box.top / height
            if line.furniture is None and (share <= 0.09 or share >= 0.92):
                words = re.sub(r"\d+", "#", line.text)
                seen.setdefault((words, round(line.box.top / 6)), []).append(line)
    for lines in seen.values():
        if len({line.page for line in lines}) >= _MIN_REPEATS:
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


def mark_closing(lines: Sequence[PrintedLine]) -> None:
    """Mark the blocks of recipients and signatures: from their first words to the signer's name or the last addressee."""
    index = 0
    while index < len(lines):
        text = lines[index].text.strip()
        if _RECIPIENTS.fullmatch(text):
            index = _recipients(lines, index)
        elif _begins_signature(lines, index):
            index = _signature(lines, index)
        else:
            index += 1


def _recipients(lines: Sequence[PrintedLine], start: int) -> int:
    column = lines[start].column
    index = start
    while index < len(lines):
        line = lines[index]
        text = line.text.strip()
        continues = index > start and not text[:1].isupper() and line.column == column
        if index > start and not (_RECIPIENT_ITEM.fullmatch(text) or continues):
            break
        line.furniture = FurnitureKind.RECIPIENTS
        index += 1
        if re.match(r"[-–•+]?\s*Lưu\s*:?\s*V", text):
            while index < len(lines) and re.fullmatch(r"[\w.,();/ ]{1,25}", lines[index].text) and lines[index].column == column and column == 1:
                lines[index].furniture = FurnitureKind.RECIPIENTS
                index += 1
            break
    return index


def _begins_signature(lines: Sequence[PrintedLine], index: int) -> bool:
    text = lines[index].text.strip()
    if len(text) > 80 or text != text.upper():
        return False
    if _SIGN_FOR.fullmatch(text):
        return bool(re.match(r"(?:TM|TL|TU|KT|TUQ|TK|Q)\b", text))
    return _OFFICE.fullmatch(text) is not None and any(
        _NAME.fullmatch(line.text.strip()) or _SIGNED.fullmatch(line.text.strip()) for line in lines[index + 1 : index + 4]
    ) and _closes(lines, index)


def _closes(lines: Sequence[PrintedLine], index: int) -> bool:
    """Whether the lines before end a document ("./.", recipients), or this is a right column: an office name alone is also a heading."""
    if lines[index].column == 2:
        return True
    before = [line.text.strip() for line in lines[max(0, index - 3) : index]]
    return any(text.endswith("./.") or text.endswith("/.") for text in before) or any(line.furniture is FurnitureKind.RECIPIENTS for line in lines[max(0, index - 2) : index])


_MAX_SIGNATURE = 8


def _signature(lines: Sequence[PrintedLine], start: int) -> int:
    index = start
    column = lines[start].column
    while index < min(start + _MAX_SIGNATURE, len(lines)):
        line = lines[index]
        text = line.text.strip()
        if line.page > lines[start].page + 1:
            break
        fits = (
            (_SIGN_FOR.fullmatch(text) or _OFFICE.fullmatch(text)) and text == text.upper()
            or _SIGNED.fullmatch(text)
            or (index > start and _NAME.fullmatch(text) and not text.startswith(("Điều", "Chương", "QUY ", "PHỤ LỤC", "DANH MỤC", "BIỂU", "MẪU", "Phụ lục", "Mẫu", "Phần", "Mục", "NỘI QUY")))
            or (index > start and line.column == column and column == 2 and len(text) < 60)
        )
        if not fits:
            break
        line.furniture = FurnitureKind.SIGNATURE
        index += 1
    return max(index, start + 1)

"""The blocks that close a document: recipients on the left, the signature on the right. Told by their words, with or without layout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.law.source import FurnitureKind
from nlp.reading.spelling import bare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.reading.layout import PrintedLine

# compared without marks: scans lose them ("Nơi nhân:")
_RECIPIENTS = re.compile(r"[\W_]*noi nhan\s*[:;.]?(?:\s*[-–].*)?", re.IGNORECASE)
_RECIPIENT_ITEM = re.compile(r"[-–•+*]\s*\S.*|Lưu\s*:?\s*VT.*|\(\d+ ?b\).*|Như (?:trên|Điều).*", re.IGNORECASE)
_LAST_RECIPIENT = re.compile(r"[-–•+*]?\s*l[uư]u\s*:?\s*[vh]", re.IGNORECASE)
# TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, TL. BỘ TRƯỞNG, TUQ., Q. CHỦ TỊCH
_SIGN_FOR = re.compile(r"[\W_]*(?:TM|TL|TU|KT|TUQ|TK|Q)\s*\.\s*\S.*")
_OFFICE = re.compile(
    r"(?:PHÓ\s+|QUYỀN\s+|THỨ\s+)?(?:CHỦ TỊCH|CHỦ NHIỆM|BỘ TRƯỞNG|TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CỤC TRƯỞNG"
    r"|TỔNG CỤC TRƯỞNG|CHÁNH VĂN PHÒNG|VIỆN TRƯỞNG|CHÁNH ÁN|THỐNG ĐỐC|TỔNG KIỂM TOÁN(?: NHÀ NƯỚC)?"
    r"|TỔNG THANH TRA|TRƯỞNG BAN|VỤ TRƯỞNG|CHI CỤC TRƯỞNG|TRƯỞNG PHÒNG|THỦ TRƯỞNG)(?:\s+[A-ZÀ-ỸĐ,\- ]+)?"
)
_RANKS = r"(?:(?:GS|PGS|TS|ThS|BS|KS|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá)\.?\s*)*"
_NAME = re.compile(_RANKS + r"(?:[A-ZÀ-ỸĐ][a-zà-ỹđ]+|[A-ZÀ-ỸĐ]{2,})(?:\s+(?:[A-ZÀ-ỸĐ][a-zà-ỹđ]+|[A-ZÀ-ỸĐ]{1,})){1,4}")
_SIGNED = re.compile(r"\W*\(?\s*(?:Đã ký|Ký, đóng dấu|Ký tên|Ký và ghi rõ họ).*", re.IGNORECASE)
# words that open a part of the document and look like a name
_OPENING = re.compile(
    r"(?:Điều|Chương|Phần|Mục|Phụ lục|Mẫu|Biểu|Bảng|Danh mục|Quy định|Quy chế|Quy trình|Quy chuẩn|Điều lệ|Nội quy|Kế hoạch|Chương trình"
    r"|Đề án|Hướng dẫn|Nghị|Thông tư|Quyết)\b",
    re.IGNORECASE,
)


def mark_closing(lines: Sequence[PrintedLine]) -> None:
    """Mark the blocks of recipients and signatures: from their first words to the last addressee or the signer's name.

    What follows a block (an attached regulation, an annex) stays body.
    """
    _mark_sides(lines)
    rest = [line for line in lines if line.furniture is None]
    index = 0
    while index < len(rest):
        text = rest[index].text.strip()
        if _is_recipients(text):
            index = _recipients(rest, index)
        elif _begins_signature(rest, index):
            index = _signature(rest, index)
        else:
            index += 1


def _is_recipients(text: str) -> bool:
    return len(text) < 60 and _RECIPIENTS.fullmatch(bare(text)) is not None


def _mark_sides(lines: Sequence[PrintedLine]) -> None:
    """Where "Nơi nhận" stands on the left of a block, the whole left side is recipients and the right side the signature."""
    heads = [line for line in lines if line.column == 1 and line.block and _is_recipients(line.text.strip())]
    for head in heads:
        for line in lines:
            if line.page == head.page and line.block == head.block and line.furniture is None:
                if line.column == 2:
                    line.furniture = FurnitureKind.SIGNATURE
                elif line.box.top >= head.box.top - 1:
                    line.furniture = FurnitureKind.RECIPIENTS
        _mark_below(lines, head)


def _mark_below(lines: Sequence[PrintedLine], head: PrintedLine) -> None:
    """Addressees that go on below the signature stand alone on their rows."""
    last = max(
        (index for index, line in enumerate(lines) if line.page == head.page and line.block == head.block),
        default=len(lines),
    )
    if any(
        _LAST_RECIPIENT.match(bare(line.text.strip()))
        for line in lines
        if line.furniture is FurnitureKind.RECIPIENTS and line.page == head.page and line.block == head.block
    ):
        return
    for line in lines[last + 1 :]:
        text = line.text.strip()
        if line.page > head.page + 1 or not (
            _RECIPIENT_ITEM.fullmatch(text) or ((text[:1].islower() or len(text) < 30) and not _OPENING.match(text))
        ):
            return
        line.furniture = FurnitureKind.RECIPIENTS
        if _LAST_RECIPIENT.match(bare(text)):
            return


def _recipients(lines: Sequence[PrintedLine], start: int) -> int:
    index = start
    while index < len(lines):
        text = lines[index].text.strip()
        goes_on = index > start and text[:1].islower() and lines[index].column == lines[start].column
        if index > start and not (_RECIPIENT_ITEM.fullmatch(text) or goes_on):
            break
        lines[index].furniture = FurnitureKind.RECIPIENTS
        index += 1
        if _LAST_RECIPIENT.match(bare(text)):
            break
    return index


def _begins_signature(lines: Sequence[PrintedLine], index: int) -> bool:
    text = lines[index].text.strip()
    if len(text) > 80 or text != text.upper():
        return False
    if _SIGN_FOR.fullmatch(text):
        return True
    if _OFFICE.fullmatch(text) is None:
        return False
    following = [line.text.strip() for line in lines[index + 1 : index + 4]]
    named = any((_NAME.fullmatch(line) and not _OPENING.match(line)) or _SIGNED.fullmatch(line) for line in following)
    # an office name alone is also a heading ("CHỦ TỊCH ỦY BAN NHÂN DÂN"): the document must have come to its end
    return named and (lines[index].column == 2 or _has_ended(lines, index))


def _has_ended(lines: Sequence[PrintedLine], index: int) -> bool:
    before = [line.text.strip() for line in lines[max(0, index - 3) : index] if line.text.strip()]
    return any(re.search(r"\./?\.?$|/\.$", text) for text in before[-1:]) or any(
        line.furniture is FurnitureKind.RECIPIENTS for line in lines[max(0, index - 3) : index]
    )


_MAX_SIGNATURE = 8  # lines


def _signature(lines: Sequence[PrintedLine], start: int) -> int:
    index = start
    while index < min(start + _MAX_SIGNATURE, len(lines)) and lines[index].page <= lines[start].page + 1:
        line = lines[index]
        text = line.text.strip()
        in_capitals = text == text.upper()
        office = in_capitals and (_SIGN_FOR.fullmatch(text) or _OFFICE.fullmatch(text))
        name = index > start and not office and _NAME.fullmatch(text) and not _OPENING.match(text)
        beside = index > start and line.column == 2 and line.block == lines[start].block
        if not (office or _SIGNED.fullmatch(text) or name or beside):
            break
        line.furniture = FurnitureKind.SIGNATURE
        index += 1
        if name and not beside:
            break
    return max(index, start + 1)

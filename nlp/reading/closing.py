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
# all addressees and the signer in one paragraph, as legal databases print them: "Nơi nhận: - Như Điều 3; ... - Lưu: VT. | CHỦ TỊCH Lê Văn Mẫu"
_RUNNING = re.compile(r"noi nhan\s*:\s*[-–]", re.IGNORECASE)
_FILED = re.compile(r"\bluu\s*:?\s*[vh]", re.IGNORECASE)
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
_DONE = re.compile(r"\W*đã ký\W*", re.IGNORECASE)  # alone on its line it is never a rule
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
        elif _RUNNING.match(bare(text)):
            index = _running(rest, index)
        elif _begins_signature(rest, index):
            index = _signature(rest, index)
        else:
            index += 1
    _mark_left_of_signature(lines)
    _mark_headless_recipients(lines)
    _mark_done(lines)
    _mark_late_name(lines)


def _mark_left_of_signature(lines: Sequence[PrintedLine]) -> None:
    """Where a signature stands on the right of a block after the document's end, the left side is addressees although their head was misread."""
    for index, line in enumerate(lines):
        first = line.block and (not index or lines[index - 1].block != line.block)
        if not first or not index or not _END.search(lines[index - 1].text.strip()):
            continue
        inside = [other for other in lines if other.page == line.page and other.block == line.block]
        signed = [other for other in inside if other.column == 2 and other.furniture is FurnitureKind.SIGNATURE]
        left = [other for other in inside if other.column == 1 and other.furniture is None]
        if signed and any(_is_item(other) for other in left):
            for other in left:
                other.furniture = FurnitureKind.RECIPIENTS


def _mark_headless_recipients(lines: Sequence[PrintedLine]) -> None:
    """Addressees whose head a scan lost: the items above "Lưu: VT", where the document has ended before them."""
    for index, line in enumerate(lines):
        if line.furniture is not None or not _ends_recipients(line):
            continue
        start = index
        while start and (lines[start - 1].furniture is not None or _is_item(lines[start - 1])):
            start -= 1
        own = [other for other in lines[start : index + 1] if other.furniture is None]
        if len(own) > 1 and start and _END.search(lines[start - 1].text.strip()):
            for other in own:
                other.furniture = FurnitureKind.RECIPIENTS


def _is_item(line: PrintedLine) -> bool:
    return _RECIPIENT_ITEM.fullmatch(line.text.strip()) is not None


def _mark_done(lines: Sequence[PrintedLine]) -> None:
    """A lone "(Đã ký)" that stands apart from its block, and the name below it."""
    for index, line in enumerate(lines):
        if line.furniture is None and _DONE.fullmatch(line.text):
            line.furniture = FurnitureKind.SIGNATURE
            below = lines[index + 1] if index + 1 < len(lines) else None
            if below is not None and below.furniture is None and _is_name(below.text.strip()):
                below.furniture = FurnitureKind.SIGNATURE


def _mark_late_name(lines: Sequence[PrintedLine]) -> None:
    """The signer's name, far below his office and a seal: a lone name on the page of a signature with nothing of the document between."""
    signed = None  # the page of the last signature
    for line in lines:
        if line.furniture is FurnitureKind.SIGNATURE:
            signed = line.page
        elif line.furniture is None:
            if line.page == signed and _is_name(line.text.strip()) and not line.text.isupper():
                line.furniture = FurnitureKind.SIGNATURE
            else:
                signed = None


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
    """What goes on below a block of two sides: further addressees, and a signer's name that stands far below his office."""
    last = max(
        (index for index, line in enumerate(lines) if line.page == head.page and line.block == head.block),
        default=len(lines),
    )
    inside = [line for line in lines if line.page == head.page and line.block == head.block]
    if not any(_ends_recipients(line) for line in inside):
        _recipients(lines, last + 1)
    right = min((line.box.x0 for line in inside if line.column == 2), default=float("inf"))
    for line in lines[last + 1 : last + 1 + _MAX_RECIPIENTS]:
        text = line.text.strip()
        if line.page == head.page and line.furniture is None and line.box.x0 >= right - _BESIDE and _is_name(text):
            line.furniture = FurnitureKind.SIGNATURE
            return


_BESIDE = 30.0  # points left of the signature's side where a name may begin
_MAX_RECIPIENTS = 60  # lines


def _ends_recipients(line: PrintedLine) -> bool:
    return _LAST_RECIPIENT.match(bare(line.text.strip())) is not None


def _recipients(lines: Sequence[PrintedLine], start: int) -> int:
    """Mark addressees from `start` on: up to "Lưu: VT" if it comes before anything else begins, as far as they look like such otherwise."""
    end = start
    for index in range(start, min(start + _MAX_RECIPIENTS, len(lines))):
        text = lines[index].text.strip()
        if _OPENING.match(text) or _begins_signature(lines, index):
            break
        if _ends_recipients(lines[index]):
            end = index + 1
            break
    if end == start:
        while end < len(lines) and (
            _RECIPIENT_ITEM.fullmatch(lines[end].text.strip())
            or (end == start and _is_recipients(lines[end].text.strip()))
        ):
            end += 1
    for line in lines[start:end]:
        line.furniture = line.furniture or FurnitureKind.RECIPIENTS
    return max(end, start + 1)


def _running(lines: Sequence[PrintedLine], start: int) -> int:
    """Mark a paragraph of addressees up to "Lưu: VT" and the signer behind it; nothing where it has no such end."""
    last = min(start + _MAX_RECIPIENTS, len(lines))
    end = next((index for index in range(start, last) if _FILED.search(bare(lines[index].text))), None)
    if end is None or any(_opens(line) for line in lines[start : end + 1]):
        return start + 1
    signer = lines[end].text.rpartition("|")[2] if "|" in lines[end].text else ""
    while signer and not signer.strip()[-1:].islower() and end + 1 < last and end - start < _MAX_RECIPIENTS:
        end += 1
        signer = lines[end].text
    for line in lines[start : end + 1]:
        line.furniture = FurnitureKind.RECIPIENTS
    return end + 1


def _opens(line: PrintedLine) -> bool:
    text = line.text.strip()
    return text[:1].isupper() and _OPENING.match(text) is not None


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None and not _OPENING.match(text)


def _begins_signature(lines: Sequence[PrintedLine], index: int) -> bool:
    text = lines[index].text.strip()
    if len(text) > 80 or text != text.upper():
        return False
    if _SIGN_FOR.fullmatch(text):
        return True
    if _OFFICE.fullmatch(text) is None:
        return False
    following = [line.text.strip() for line in lines[index + 1 : index + 4]]
    named = any(_is_name(line) or _SIGNED.fullmatch(line) for line in following)
    # an office name alone is also a heading ("CHỦ TỊCH ỦY BAN NHÂN DÂN"): the document must have come to its end
    return named and (lines[index].column == 2 or _has_ended(lines, index))


_END = re.compile(r"\./?\.?$|/\.$")


def _has_ended(lines: Sequence[PrintedLine], index: int) -> bool:
    before = [line.text.strip() for line in lines[max(0, index - 3) : index] if line.text.strip()]
    return any(_END.search(text) for text in before[-1:]) or any(
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
        name = index > start and not office and _is_name(text)
        beside = index > start and line.column == 2 and line.block == lines[start].block
        if not (office or _SIGNED.fullmatch(text) or name or beside):
            break
        line.furniture = FurnitureKind.SIGNATURE
        index += 1
        if name and not beside:
            break
    return max(index, start + 1)

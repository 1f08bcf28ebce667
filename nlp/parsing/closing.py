"""The closing of a text: "Nơi nhận", the signature block, and the sentence that says when a law was passed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.law.source import FurnitureKind
from nlp.law.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.parsing.lines import TextLine

_RECIPIENTS = re.compile(r"Nơi\s+nhận\s*[:.]?", re.IGNORECASE)
_ROLE = (
    r"(?:PHÓ\s+|Q(?:UYỀN)?\.?\s+)?(?:CHỦ\s+TỊCH|BỘ\s+TRƯỞNG|THỨ\s+TRƯỞNG|THỦ\s+TƯỚNG|THỐNG\s+ĐỐC|TỔNG\s+KIỂM\s+TOÁN|VIỆN\s+TRƯỞNG|CHÁNH\s+ÁN|"
    r"TỔNG\s+THANH\s+TRA|CHỦ\s+NHIỆM|GIÁM\s+ĐỐC|CHÁNH\s+VĂN\s+PHÒNG|CỤC\s+TRƯỞNG|TỔNG\s+CỤC\s+TRƯỞNG|VỤ\s+TRƯỞNG|PHÓ\s+THỐNG\s+ĐỐC|TỔNG\s+GIÁM\s+ĐỐC)"
)
_SIGNATURE = re.compile(
    rf"(?:TM|T/M|KT|K/T|TL|TUQ|Q)\s?\.\s?[A-ZĐÀ-Ỹ]|XÁC\s+THỰC\s+VĂN\s+BẢN\s+HỢP\s+NHẤT|{_ROLE}[A-ZĐÀ-Ỹ\s,]*$"
)
# "Luật này được Quốc hội nước Cộng hòa ... thông qua ngày 20 tháng 11 năm 2014."
_PASSED = re.compile(
    r"(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Hiến pháp)\s+này\s+(?:đã\s+)?được\s+(?:Quốc\s+hội|Ủy\s+ban|Uỷ\s+ban)"
)
_FOOTNOTE = re.compile(r"\[\d{1,3}\]\s*\S")
_SHORT = 120  # a signature line is short; a paragraph that begins like one is not


@dataclass(frozen=True, slots=True)
class Closing:
    """One closing piece: what it is and where."""

    kind: FurnitureKind
    span: Span


def closing_start(lines: Sequence[TextLine]) -> int:
    """The index of the line where the closing of these lines begins, `len(lines)` when there is none. `lines` are those of the last unit of a part."""
    for index, line in enumerate(lines):
        if line.table and not _RECIPIENTS.match(line.text):
            continue
        if index and closes(line.text):
            return index
    return len(lines)


def closes(text: str) -> bool:
    """Whether a line can only stand in a closing."""
    return bool(signs(text) or _PASSED.match(text) or re.fullmatch(r"[_*\-–—]{5,}", text))


def signs(text: str) -> bool:
    """Whether a line begins the recipients or a signature block."""
    return bool(_RECIPIENTS.match(text) or (len(text) <= _SHORT and _SIGNATURE.match(text)))


def closing_pieces(lines: Sequence[TextLine], end: int) -> tuple[Closing, ...]:
    """The pieces of a closing that runs from the first of `lines` to `end`: adjacent lines of one kind are one piece; spans touch."""
    pieces: list[Closing] = []
    kind = FurnitureKind.SIGNATURE
    for index, line in enumerate(lines):
        if _RECIPIENTS.match(line.text):
            kind = FurnitureKind.RECIPIENTS
        elif _FOOTNOTE.match(line.text):
            kind = FurnitureKind.FOOTNOTE
        elif _SIGNATURE.match(line.text) and len(line.text) <= _SHORT:
            kind = FurnitureKind.SIGNATURE
        stop = lines[index + 1].start if index + 1 < len(lines) else end
        if pieces and pieces[-1].kind is kind:
            pieces[-1] = Closing(kind, Span(pieces[-1].span.start, stop))
        else:
            pieces.append(Closing(kind, Span(line.start, stop)))
    return tuple(pieces)


def signer_role(text: str) -> str:
    """The role under which a document was signed, without any personal name: "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"; "" when none is seen."""
    found = re.search(
        rf"(?:(?:TM|T/M|KT|K/T|TL|TUQ|Q)\s?\.\s?[A-ZĐÀ-Ỹ\s,–-]{{0,80}}?)?\s*{_ROLE}(?:[ \t]+[A-ZĐÀ-Ỹ]{{2,}})*(?:\s+{_ROLE})?",
        text,
    )
    if found is None:
        return ""
    return re.sub(r"\s+", " ", found.group()).strip()

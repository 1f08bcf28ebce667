"""The "Căn cứ ...;" lines: what a document rests on (Điều 62 Nghị định 78/2025/NĐ-CP)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.law.document import LegalBasis
from nlp.law.span import Span
from nlp.parsing.cited_documents import basis_documents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.parsing.lines import TextLine

_BASIS = re.compile(r"[-–+*•]?\s*Căn\s+cứ\s*:?\s", re.IGNORECASE)
# what may follow the last basis line
_AFTER = re.compile(
    r"[-–+*•]?\s*(?:Theo\s+(?:đề\s+nghị|ý\s+kiến)|Xét\b|Thực\s+hiện\b|Trên\s+cơ\s+sở|Sau\s+khi|Để\s|Nhằm\s|Được\s+sự)"
    r"|(?:QUYẾT\s+(?:ĐỊNH|NGHỊ)|Quyết\s+(?:định|nghị)|CHỈ\s+THỊ|PHÁP\s+LỆNH|NGHỊ\s+ĐỊNH|LUẬT)\s*:?$"
    r"|[^;]{0,140}?\bban\s+hành\s+(?:Bộ\s+luật|Luật|Pháp\s+lệnh|Nghị|Thông|Quyết|Chỉ|bản)",
)


def read_legal_bases(text: str, lines: Sequence[TextLine]) -> tuple[LegalBasis, ...]:
    """The basis lines among the header's lines, each with the documents it names, in order; a line wrapped by the page is one basis."""
    bases: list[LegalBasis] = []
    index = 0
    while index < len(lines):
        if _BASIS.match(lines[index].text) is None:
            index += 1
            continue
        stop = index + 1
        while stop < len(lines) and not _ends_basis(lines[stop - 1], lines[stop]):
            stop += 1
        bases.append(_basis(text, Span(lines[index].start, lines[stop - 1].span.end)))
        index = stop
    return tuple(bases)


def _ends_basis(before: TextLine, line: TextLine) -> bool:
    if _BASIS.match(line.text) or _AFTER.match(line.text):
        return True
    return before.text.endswith((";", ".", ":")) and line.strength == 2 and not line.text[:1].islower()


def _basis(text: str, span: Span) -> LegalBasis:
    return LegalBasis(span, basis_documents(span.of(text)))

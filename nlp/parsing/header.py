"""The identity of a document: letterhead, closing and effect put together, with an issue for each field that is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.law.document import Header, TargetKind
from nlp.law.identifiers import DocumentKey
from nlp.law.issuers import Body, Issuer, parse_issuer
from nlp.law.rank import Kind, kind_from_symbol, legal_rank, normativity
from nlp.law.source import FurnitureKind, ParseIssue
from nlp.law.span import Span
from nlp.law.territory import NATION
from nlp.parsing.closing import signer_role
from nlp.parsing.dates import find_date
from nlp.parsing.effect import read_effect
from nlp.parsing.letterhead import Letterhead, read_letterhead
from nlp.parsing.mentions import find_mentions

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from nlp.law.document import DocumentMention
    from nlp.law.source import SourceText
    from nlp.law.territory import Territory
    from nlp.parsing.closing import Closing
    from nlp.parsing.lines import TextLine
    from nlp.parsing.units import Unit

_PASSED = re.compile(r"(?:thông\s+qua|được\s+ban\s+hành)\s+(?=ngày)", re.IGNORECASE)
_CONSOLIDATED_NUMBER = re.compile(r"\d{1,5}\s?/\s?VBHN\s?[-–]\s?[A-ZĐ][\wĐ]*")
_SOURCE = re.compile(r"được\s+sửa\s+đổi,\s+bổ\s+sung\s+bởi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HeaderReading:
    """The header, the key made of it, and the issues of its missing fields."""

    header: Header
    key: DocumentKey
    issues: tuple[ParseIssue, ...]


def read_header(
    source: SourceText, lines: Sequence[TextLine], units: Sequence[Unit], closings: Sequence[Closing]
) -> HeaderReading:
    """The header of a document from the lines above its first unit, its closing pieces and its closing articles."""
    text = source.text
    head = read_letterhead([line.text for line in lines])
    closing = _closing_text(source, closings)
    issued = head.issued or _passed_on(closing)
    consolidated = _is_consolidated(text, lines, head)
    kind = _kind(head) if not consolidated else Kind.CONSOLIDATED
    issuer = _issuer(head, issued)
    effect = read_effect(text, units, issued)
    territory = _territory(issuer)
    header = Header(
        kind=kind,
        number=head.number,
        issuer=issuer,
        place=head.place,
        issued=issued,
        title=head.title,
        effective=effect.effective,
        expires=effect.expires,
        territory=territory,
        normativity=normativity(kind, head.number, issuer, issued),
        rank=legal_rank(kind, issuer, issued),
        signer_role=signer_role(closing),
        consolidates=_sources(lines) if consolidated else (),
        issuer_text=head.issuer or head.authority,
    )
    return HeaderReading(header, document_key(header, source.sha256), _missing(header, head, lines))


def document_key(header: Header, label: str) -> DocumentKey:
    """The key of a document; one without a number is told apart by the first letters of its file's hash."""
    number = str(header.number) if header.number else f"~{label[:12]}"
    return DocumentKey(
        header.issuer.id if header.issuer else "",
        header.kind.value,
        re.sub(r"[:#|\s]", "", number),
        header.issued.isoformat() if header.issued else "",
    )


def _kind(head: Letterhead) -> Kind:
    by_symbol = kind_from_symbol(head.symbol) if head.symbol else Kind.UNKNOWN
    if head.kind is Kind.UNKNOWN:
        return by_symbol
    return head.kind


def _issuer(head: Letterhead, issued: dt.date | None) -> Issuer | None:
    """The body of the letterhead; the chair where the decision is his own; the symbol where the head is silent."""
    by_head = parse_issuer(head.issuer, head.symbol, issued) if head.issuer or head.symbol else None
    by_authority = parse_issuer(head.authority, head.symbol, issued) if head.authority else None
    if by_authority is not None and by_authority.body is Body.COMMITTEE_CHAIR:
        if by_authority.territory is None and by_head is not None and by_head.territory is not None:
            by_authority = parse_issuer(f"{head.authority} {by_head.territory.name}", head.symbol, issued)
        return by_authority
    if by_head is None or by_head.body is Body.OTHER:
        return by_authority or by_head
    if by_head.local and by_head.territory is None and by_authority is not None and by_authority.territory is not None:
        return by_authority
    return by_head


def _territory(issuer: Issuer | None) -> Territory | None:
    if issuer is None or issuer.body is Body.OTHER:
        return None
    return issuer.territory if issuer.local else NATION


def _closing_text(source: SourceText, closings: Sequence[Closing]) -> str:
    pieces = [piece.span for piece in closings]
    pieces += [piece.span for piece in source.furniture if piece.kind in (FurnitureKind.SIGNATURE, FurnitureKind.RECIPIENTS)]
    return "\n".join(piece.of(source.text) for piece in pieces)


def _passed_on(closing: str) -> dt.date | None:
    """The day on which a law was passed, from its closing sentence."""
    match = _PASSED.search(closing)
    return find_date(closing, match.end(), match.end() + 60) if match else None


def _is_consolidated(text: str, lines: Sequence[TextLine], head: Letterhead) -> bool:
    if head.kind is Kind.CONSOLIDATED or "VBHN" in head.symbol:
        return True
    above = " ".join(line.text for line in lines[:40])
    return bool(_SOURCE.search(above) and re.search(r"có\s+hiệu\s+lực\s+(?:thi\s+hành\s+)?(?:kể\s+)?từ", above)) or (
        "VĂN BẢN HỢP NHẤT" in above.upper()
    )


def _sources(lines: Sequence[TextLine]) -> tuple[DocumentMention, ...]:
    """The documents a consolidated text was made of: those named between its title and its first căn cứ line."""
    stop = next((at for at, line in enumerate(lines) if re.match(r"[-–]?\s*Căn\s+cứ", line.text)), len(lines))
    block = "\n".join(line.text for line in lines[:stop])
    return tuple(
        mention.document
        for mention in find_mentions(block)
        if mention.document.target is TargetKind.NAMED and mention.document.number is not None
        and "VBHN" not in mention.document.number.symbol
    )


def _missing(header: Header, head: Letterhead, lines: Sequence[TextLine]) -> tuple[ParseIssue, ...]:
    span = Span(lines[0].start, lines[min(len(lines), 12) - 1].span.end) if lines else None
    notes = {
        "missing_number": ("Văn bản để trống số." if head.blank else "Không tìm thấy số, ký hiệu văn bản.", header.number),
        "missing_date": ("Không tìm thấy ngày ban hành.", header.issued),
        "missing_issuer": ("Không xác định được cơ quan ban hành.", header.issuer),
        "missing_kind": ("Không xác định được tên loại văn bản.", None if header.kind is Kind.UNKNOWN else header.kind),
        "missing_title": ("Không tìm thấy trích yếu.", header.title or None),
    }
    return tuple(ParseIssue(code, note, span=span) for code, (note, value) in notes.items() if value is None)

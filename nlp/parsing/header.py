"""The identity of a document: letterhead, closing and effect put together, with an issue for each field that is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nlp.law.document import Header, TargetKind
from nlp.law.identifiers import DocumentKey, DocumentNumber
from nlp.law.issuers import Body, Issuer, parse_issuer
from nlp.law.rank import Kind, kind_from_symbol, legal_rank, normativity
from nlp.law.source import FurnitureKind, ParseIssue
from nlp.law.span import Span
from nlp.law.territory import NATION, parse_territory
from nlp.parsing.closing import signer_role
from nlp.parsing.dates import find_date
from nlp.parsing.effect import read_effect
from nlp.parsing.letterhead import Letterhead, opens_sources, read_letterhead
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
_HEAD_LINES = 40
_LETTERHEAD_LINES = 150  # a text without any unit is all header; its letterhead stands at the top
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
    """The header of a document from the lines above its first unit, its closing pieces and its closing articles.

    A consolidated text has the number and date of its authentication block and the rank of the document that it consolidates (Điều 65 Luật 64/2025/QH15).
    """
    head = read_letterhead([line.text for line in lines[:_LETTERHEAD_LINES]])
    closing = _closing_text(source, closings)
    consolidated = _is_consolidated(lines, head)
    sources = _sources(lines) if consolidated else ()
    if consolidated:
        head = _authenticated(head, closing)
    issued = head.issued or (None if consolidated else _passed_on(closing))
    kind = Kind.CONSOLIDATED if consolidated else _kind(head)
    issuer = _issuer(head, issued)
    if sources and (issuer is None or issuer.body is Body.OTHER):
        issuer = _source_issuer(sources[0]) or issuer
    effect = read_effect(source.text, units, issued)
    ranked = (sources[0].kind or kind, sources[0].date) if sources else (kind, issued)
    header = Header(
        kind=kind,
        number=head.number,
        issuer=issuer,
        place=head.place,
        issued=issued,
        title=head.title,
        effective=effect.effective,
        expires=effect.expires,
        territory=_territory(issuer),
        normativity=normativity(kind, head.number, issuer, issued),
        rank=legal_rank(ranked[0], issuer, ranked[1]),
        signer_role=signer_role(closing),
        consolidates=sources,
        issuer_text=head.issuer or head.authority,
    )
    issues = (*_missing(header, head, lines), *_uncertain(source, lines, header))
    return HeaderReading(header, document_key(header, source.sha256), issues)


def _authenticated(head: Letterhead, closing: str) -> Letterhead:
    """The letterhead of a consolidated text with its own number and date, not those of the document that it consolidates."""
    if head.number is not None and "VBHN" in head.number.symbol:
        return head
    match = _CONSOLIDATED_NUMBER.search(closing)
    if match is None:
        return replace(head, number=None, symbol="", issued=None)
    number = DocumentNumber.parse(match[0])
    return replace(head, number=number, symbol=number.symbol, issued=find_date(closing, match.end(), match.end() + 200))


def _source_issuer(mention: DocumentMention) -> Issuer | None:
    symbol = mention.number.symbol if mention.number else ""
    return parse_issuer(mention.issuer, symbol, mention.date) if mention.issuer or symbol else None


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
    area = _place_territory(head.place, issued)
    by_head = parse_issuer(head.issuer, head.symbol, issued, area) if head.issuer or head.symbol else None
    by_authority = parse_issuer(head.authority, head.symbol, issued, area) if head.authority else None
    if by_authority is not None and by_authority.body is Body.COMMITTEE_CHAIR:
        if by_authority.territory is None and by_head is not None and by_head.territory is not None:
            by_authority = parse_issuer(f"{head.authority} {by_head.territory.name}", head.symbol, issued)
        return by_authority
    if by_head is None or by_head.body is Body.OTHER:
        return by_authority or by_head
    if by_head.local and by_head.territory is None and by_authority is not None and by_authority.territory is not None:
        return by_authority
    return by_head


def _place_territory(place: str, issued: dt.date | None) -> Territory | None:
    """The province whose name stands before the date: it helps where the letterhead of a local body cannot be read."""
    if not place:
        return None
    return parse_territory(place, issued) or parse_territory(f"tỉnh {place}", issued)


def _territory(issuer: Issuer | None) -> Territory | None:
    if issuer is None or issuer.body is Body.OTHER:
        return None
    return issuer.territory if issuer.local else NATION


def _closing_text(source: SourceText, closings: Sequence[Closing]) -> str:
    pieces = [piece.span for piece in closings]
    pieces += [
        piece.span for piece in source.furniture if piece.kind in (FurnitureKind.SIGNATURE, FurnitureKind.RECIPIENTS)
    ]
    return "\n".join(piece.of(source.text) for piece in pieces)


def _passed_on(closing: str) -> dt.date | None:
    """The day on which a law was passed, from its closing sentence."""
    match = _PASSED.search(closing)
    return find_date(closing, match.end(), match.end() + 60) if match else None


def _is_consolidated(lines: Sequence[TextLine], head: Letterhead) -> bool:
    if head.kind is Kind.CONSOLIDATED or "VBHN" in head.symbol:
        return True
    above = " ".join(line.text for line in lines[:_HEAD_LINES])
    listed = _SOURCE.search(above) and re.search(r"có\s+hiệu\s+lực\s+(?:thi\s+hành\s+)?(?:kể\s+)?từ", above)
    return bool(listed) or "VĂN BẢN HỢP NHẤT" in above.upper()


def _sources(lines: Sequence[TextLine]) -> tuple[DocumentMention, ...]:
    """The documents a consolidated text was made of, each once, the base text first: those named between its title and its first căn cứ line."""
    stop = next((at for at, line in enumerate(lines) if re.match(r"[-–]?\s*Căn\s+cứ", line.text)), len(lines))
    first = next((at for at, line in enumerate(lines[:stop]) if opens_sources(line.text)), stop)
    block = "\n".join(line.text for line in lines[first:stop])
    found: dict[str, DocumentMention] = {}
    for mention in find_mentions(block):
        number = mention.document.number
        if mention.document.target is TargetKind.NAMED and number is not None and "VBHN" not in number.symbol:
            found.setdefault(number.folded, mention.document)
    return tuple(found.values())


def _uncertain(source: SourceText, lines: Sequence[TextLine], header: Header) -> tuple[ParseIssue, ...]:
    """An issue when OCR was not sure of the printed number: handwritten numbers are often misread."""
    if header.number is None or not source.uncertain:
        return ()
    for line in lines[:_HEAD_LINES]:
        at = line.text.find(header.number.serial)
        if at >= 0 and header.number.symbol[:2] in line.text:
            span = Span(line.start + at, line.start + at + len(header.number.serial))
            if any(word.overlaps(span) for word in source.uncertain):
                return (
                    ParseIssue(
                        "uncertain_number", f"Số văn bản đọc được là {header.number}, không chắc chắn.", span=span
                    ),
                )
            return ()
    return ()


def _missing(header: Header, head: Letterhead, lines: Sequence[TextLine]) -> tuple[ParseIssue, ...]:
    span = Span(lines[0].start, lines[min(len(lines), 12) - 1].span.end) if lines else None
    notes = {
        "missing_number": (
            "Văn bản để trống số." if head.blank else "Không tìm thấy số, ký hiệu văn bản.",
            header.number,
        ),
        "missing_date": ("Không tìm thấy ngày ban hành.", header.issued),
        "missing_issuer": ("Không xác định được cơ quan ban hành.", header.issuer),
        "missing_kind": ("Không xác định được tên loại văn bản.", None if header.kind is Kind.UNKNOWN else header.kind),
        "missing_title": ("Không tìm thấy trích yếu.", header.title or None),
    }
    return tuple(ParseIssue(code, note, span=span) for code, (note, value) in notes.items() if value is None)

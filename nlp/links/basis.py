"""The test of legal bases: Điều 6 Nghị định 79/2025/NĐ-CP, judged at the day of issue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.law.document import TargetKind
from nlp.law.finding import Gravity
from nlp.law.issuers import issuer_from_symbol
from nlp.law.link import Resolution
from nlp.law.rank import Kind, Normativity, RankOrder, compare_rank, legal_rank
from nlp.links.amend import outside_key
from nlp.links.findings import LinkFinding, LinkProblem
from nlp.links.resolve import find_document

if TYPE_CHECKING:
    import datetime as dt

    from nlp.law.document import DocumentMention, LegalBasis, NormativeDocument
    from nlp.links.amend import Change, ChangeIndex
    from nlp.links.catalogue import Catalogue, DocumentEntry

GROUND = "Điều 6 Nghị định số 79/2025/NĐ-CP"
GROUND_FORM = "Điều 62 Nghị định số 78/2025/NĐ-CP"


@dataclass(frozen=True, slots=True)
class _Basis:
    """One named basis: the line it stands in, its place among the lines (from 1), and whether it is the line's first document."""

    line: LegalBasis
    index: int
    mention: DocumentMention
    first: bool


def check_bases(document: NormativeDocument, catalogue: Catalogue, changes: ChangeIndex) -> tuple[LinkFinding, ...]:
    """The legal bases of a document that fail Điều 6 Nghị định 79/2025/NĐ-CP, in the order of their lines.

    A basis must have higher force, and be in force when the document was issued, or be adopted by then and take effect no later than the document.
    Of a chain of amendments only the first document is tested for its force. What the corpus does not know gives no finding.
    """
    issued = document.header.issued
    found: list[LinkFinding] = []
    if document.header.kind is Kind.CONSOLIDATED:
        return ()  # its lines are those of its sources, issued on other days
    for index, line in enumerate(document.legal_bases, start=1):
        for place, mention in enumerate(line.documents):
            basis = _Basis(line, index, mention, place == 0)
            if issued is not None:
                found.extend(_in_time(document, basis, issued, catalogue, changes))
            if basis.first:
                found.extend(_higher(document, basis, catalogue))
    return tuple(found)


def _in_time(
    document: NormativeDocument, basis: _Basis, issued: dt.date, catalogue: Catalogue, changes: ChangeIndex
) -> list[LinkFinding]:
    mention = basis.mention
    if mention.target is not TargetKind.NAMED:
        return []
    target = find_document(mention, document, catalogue)
    if target.resolution is Resolution.AMBIGUOUS:
        return []
    entry = target.entry
    key = entry.key if entry else (outside_key(mention.number, mention.kind) if mention.number else "")
    end = changes.end_of(key) if key else None
    if end is not None and end.on is not None and end.on <= issued and end.by != str(document.key):
        return [_dead(document, basis, end, end.on, issued)]
    if entry is None:
        return []
    if entry.expires is not None and entry.expires <= issued:
        return [_expired(document, basis, entry, issued)]
    start, own = entry.effective, document.header.effective
    exact = mention.number is not None or mention.date is not None  # a bare name means the law of its time
    if exact and start is not None and start > issued and own is not None and start > own:
        return [_late(document, basis, start, own, entry)]
    return []


def _name(mention: DocumentMention) -> str:
    words = {Kind.LAW: "Luật", Kind.CODE: "Bộ luật", Kind.ORDINANCE: "Pháp lệnh"}.get(mention.kind or Kind.UNKNOWN, "")
    return str(mention.number) if mention.number else f"{words} {mention.name}".strip()


def _dead(document: NormativeDocument, basis: _Basis, end: Change, on: dt.date, issued: dt.date) -> LinkFinding:
    name, by = _name(basis.mention), end.by.split(":")[2]
    return LinkFinding(
        LinkProblem.BASIS_DEAD_AT_ISSUE,
        str(document.key),
        None,
        basis.line.span,
        f"Căn cứ {name} đã hết hiệu lực từ ngày {on:%d/%m/%Y} (theo {by}), trước ngày ban hành {issued:%d/%m/%Y}.",
        f"The legal basis {name} had ended on {on:%d/%m/%Y} (by {by}), before the issue date {issued:%d/%m/%Y}.",
        Gravity.HIGH if basis.first else Gravity.MEDIUM,
        (GROUND, GROUND_FORM),
        end.by,
        end.by_path,
        basis.index,
    )


def _expired(document: NormativeDocument, basis: _Basis, entry: DocumentEntry, issued: dt.date) -> LinkFinding:
    name = _name(basis.mention)
    return LinkFinding(
        LinkProblem.BASIS_DEAD_AT_ISSUE,
        str(document.key),
        None,
        basis.line.span,
        f"Căn cứ {name} đã hết thời hạn có hiệu lực (từ ngày {entry.expires:%d/%m/%Y}) trước ngày ban hành {issued:%d/%m/%Y}.",
        f"The term of the legal basis {name} had ended ({entry.expires:%d/%m/%Y}) before the issue date {issued:%d/%m/%Y}.",
        Gravity.HIGH,
        (GROUND, GROUND_FORM),
        entry.key,
        None,
        basis.index,
    )


def _late(
    document: NormativeDocument, basis: _Basis, start: dt.date, own: dt.date, entry: DocumentEntry
) -> LinkFinding:
    name = _name(basis.mention)
    return LinkFinding(
        LinkProblem.BASIS_TOO_LATE,
        str(document.key),
        None,
        basis.line.span,
        f"Căn cứ {name} có hiệu lực từ ngày {start:%d/%m/%Y}, sau ngày văn bản có hiệu lực {own:%d/%m/%Y}.",
        f"The legal basis {name} takes effect on {start:%d/%m/%Y}, after the document itself ({own:%d/%m/%Y}).",
        Gravity.HIGH,
        (GROUND,),
        entry.key,
        None,
        basis.index,
    )


def _higher(document: NormativeDocument, basis: _Basis, catalogue: Catalogue) -> list[LinkFinding]:
    """A basis of lower force than the document. Equal force is left alone: amending texts cite what they amend, joint texts their partners."""
    header, mention = document.header, basis.mention
    if header.rank is None or header.normativity is not Normativity.NORMATIVE or mention.number is None:
        return []
    target = find_document(mention, document, catalogue)
    rank = target.entry.rank if target.entry else _rank(mention)
    if compare_rank(rank, header.rank) is not RankOrder.LOWER:
        return []
    name = _name(mention)
    return [
        LinkFinding(
            LinkProblem.BASIS_NOT_HIGHER,
            str(document.key),
            None,
            basis.line.span,
            f"Căn cứ {name} có hiệu lực pháp lý thấp hơn văn bản được ban hành.",
            f"The legal basis {name} has lower legal force than the document that rests on it.",
            Gravity.MEDIUM,
            (GROUND, GROUND_FORM),
            target.entry.key if target.entry else "",
            None,
            basis.index,
        )
    ]


def _rank(mention: DocumentMention) -> int | None:
    """The rank that number and kind tell; None for administrative documents."""
    number = mention.number
    if number is None or number.year is None or mention.kind is None:
        return None
    issuer = issuer_from_symbol(number.symbol)
    return None if issuer is None or issuer.local else legal_rank(mention.kind, issuer, mention.date)

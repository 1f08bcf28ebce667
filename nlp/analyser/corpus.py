"""The provisions of a corpus as the bulk jobs see them: what is compared, where it stands, what it is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.analyser.boilerplate import is_boilerplate
from nlp.law.document import Level, NormativeDocument, Provision
from nlp.law.finding import Evidence, Side
from nlp.law.identifiers import citation
from nlp.law.rank import Kind, kind_name
from nlp.law.span import PageRef, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# A clause longer than this that has points is compared point by point: its points are separate matters (syllables).
LONG_CLAUSE = 220


@dataclass(frozen=True, slots=True)
class CorpusProvision:
    """One comparable unit of a corpus.

    `id` is the provision id as a string, `external_id` the id of the provision list it came from, if any. `side.text` is exactly the document's
    text at `span`, after the words at `lead` and a newline where the unit needs the lead of its clause ("... không thấp hơn:"); `boxes` are the
    places of the whole unit on its pages, `uncertain` tells that OCR was unsure of some of its words. `skip` names why the unit is never compared
    ("amending", "boilerplate"), "" for ordinary units.
    """

    id: str
    side: Side
    file: str
    external_id: str | None = None
    span: Span | None = None
    lead: Span | None = None
    page: int | None = None
    boxes: tuple[PageRef, ...] = ()
    uncertain: bool = False
    skip: str = ""

    def place(self, span: Span) -> Span | None:
        """Where a span of `side.text` stands in the document's text, None when the document is not known."""
        if self.span is None:
            return None
        if self.lead is None:
            return span.shift(self.span.start)
        if span.start < len(self.lead):
            return Span(span.start, min(span.end, len(self.lead))).shift(self.lead.start)
        start = span.start - len(self.lead) - 1  # the newline between lead and unit
        return Span(max(start, 0), max(start + len(span), 0)).shift(self.span.start)

    @property
    def passage(self) -> str:
        """What the encoder and the word index see: the clause with the context that makes it readable."""
        return ". ".join(part for part in (self.side.context, self.side.text) if part)


def document_citation(kind: Kind, number: str, title: str = "") -> str:
    """How a document is cited after its first mention: type and number (Điều 68 NĐ 78/2025/NĐ-CP); by title where it has no number."""
    if number:
        return f"{kind_name(kind)} số {number}"
    return f"{kind_name(kind)} {title}".strip()


def comparable(document: NormativeDocument, file: str) -> tuple[CorpusProvision, ...]:
    """The units of a document that can be compared, in text order.

    A clause with its points is one unit, or its points when it is long; an article without clauses is one; a table row is one. Quoted payloads
    of amending acts belong to the amended document and are left out.
    """
    by_path = {unit.path: unit for unit in document.provisions}
    return tuple(_unit(document, by_path, unit, file) for unit in _units(document, by_path))


def _units(document: NormativeDocument, by_path: dict[str, Provision]) -> Iterator[Provision]:
    taken: set[str] = set()
    for unit in document.provisions:
        if unit.quoted or any(path in taken for path in _ancestors(unit, by_path)):
            continue
        if unit.level in (Level.ROW, Level.POINT, Level.DASH) or _is_whole(document, unit, by_path):
            taken.add(unit.path)
            yield unit


def _is_whole(document: NormativeDocument, unit: Provision, by_path: dict[str, Provision]) -> bool:
    """Whether an article or clause is compared as one piece rather than by its children."""
    if unit.level not in (Level.ARTICLE, Level.CLAUSE):
        return False
    children = [by_path[path] for path in unit.children if path in by_path]
    if any(child.level in (Level.CLAUSE, Level.ROW) for child in children):
        return False
    if not children:
        return True
    return len(unit.span.of(document.text).split()) <= LONG_CLAUSE and not _is_schedule(document, children)


_AMOUNT = re.compile(
    r"\d+(?:[.,]\d+)*\s?(?:%|đồng|m2|m²|ha|ngày|tháng|năm|giờ|tuổi|mét|km|kg|tấn|lần|người|triệu|nghìn)"
)


def _is_schedule(document: NormativeDocument, children: list[Provision]) -> bool:
    """Whether the points are a schedule of amounts ("a) Tại phường: 40 m²; b) Tại xã: 60 m²"): each is a rule of its own."""
    points = [child for child in children if child.level is Level.POINT]
    amounts = sum(1 for point in points if _AMOUNT.search(point.span.of(document.text)))
    return len(points) > 1 and amounts * 2 > len(points)


def _ancestors(unit: Provision, by_path: dict[str, Provision]) -> Iterator[str]:
    parent = unit.parent
    while parent is not None:
        yield parent
        above = by_path.get(parent)
        parent = above.parent if above else None


def _unit(document: NormativeDocument, by_path: dict[str, Provision], unit: Provision, file: str) -> CorpusProvision:
    span = _trimmed(document, unit.span)
    above = [by_path[path] for path in _ancestors(unit, by_path) if path in by_path]
    heading = next((one.heading for one in (unit, *above) if one.level is Level.ARTICLE and one.heading), "")
    # the lead of a clause whose points are compared alone carries its subject ("Hồ sơ gồm:")
    lead_unit = (
        above[0] if unit.level is Level.POINT and above and above[0].level in (Level.CLAUSE, Level.ARTICLE) else None
    )
    lead_span = (
        _trimmed(document, lead_unit.own)
        if lead_unit is not None and len(lead_unit.own.of(document.text).split()) > 1
        else None
    )
    header = document.header
    side = Side(
        text=(lead_span.of(document.text) + "\n" if lead_span else "") + span.of(document.text),
        document=str(document.key),
        number=str(header.number) if header.number else "",
        kind=header.kind,
        issuer=header.issuer,
        rank=header.rank,
        issued=header.issued,
        effective=header.effective,
        expires=header.expires,
        territory=header.territory,
        path=unit.path,
        heading=heading,
        title=header.title,
        context=". ".join(part for part in (header.title, heading) if part),
    )
    boxes = document.source.boxes(span)
    return CorpusProvision(
        id=str(unit.id),
        side=side,
        file=file,
        span=span,
        lead=lead_span,
        page=boxes[0].page if boxes else document.source.page_of(span.start),
        boxes=boxes,
        uncertain=any(span.overlaps(word) for word in document.source.uncertain),
        skip=_skip(document, unit, span, heading),
    )


def _trimmed(document: NormativeDocument, span: Span) -> Span:
    text = span.of(document.text)
    lead = len(text) - len(text.lstrip())
    return Span(span.start + lead, span.start + max(len(text.rstrip()), lead))


def _skip(document: NormativeDocument, unit: Provision, span: Span, heading: str) -> str:
    if any(span.overlaps(change.span) for change in document.amendments if change.payload):
        return "amending"
    return "boilerplate" if unit.level is not Level.ROW and is_boilerplate(span.of(document.text), heading) else ""


def evidence(unit: CorpusProvision, spans: tuple[Span, ...], document: NormativeDocument | None = None) -> Evidence:
    """One side of a finding: the words that matter (the whole unit when no span is known) and where they stand."""
    text = unit.side.text
    chosen = tuple(span for span in spans if 0 <= span.start < span.end <= len(text))
    quote = " … ".join(" ".join(span.of(text).split()) for span in chosen) or " ".join(text.split())
    boxes, page = unit.boxes, unit.page
    if chosen and document is not None and unit.span is not None:
        boxes = tuple(box for span in chosen if (place := unit.place(span)) for box in document.source.boxes(place))
        page = boxes[0].page if boxes else page
    return Evidence(
        file=unit.file,
        number=unit.side.number,
        provision=unit.side.path,
        citation=side_citation(unit.side),
        quote=quote,
        page=page,
        boxes=boxes,
    )


def side_citation(side: Side) -> str:
    """The full citation of a side, small to large: "khoản 2 Điều 5 Quyết định số 12/2024/QĐ-UBND"."""
    try:
        unit = citation(side.path) if side.path else ""
    except ValueError:
        unit = side.path  # given by the caller as a lawyer writes it
    whole = document_citation(side.kind or Kind.UNKNOWN, side.number, side.title)
    return f"{unit} {whole}".strip()

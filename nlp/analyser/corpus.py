"""The provisions of a corpus as the bulk jobs see them: what is compared, where it stands, what it is called."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    text at `span`, so evidence spans shift by `span.start`; `lines` are the places of the whole unit on its pages, `uncertain` tells that OCR was
    unsure of some of its words. `skip` names why the unit is never compared ("amending", "boilerplate"), "" for ordinary units.
    """

    id: str
    side: Side
    file: str
    external_id: str | None = None
    span: Span | None = None
    page: int | None = None
    boxes: tuple[PageRef, ...] = ()
    uncertain: bool = False
    skip: str = ""

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
    levels = {by_path[path].level for path in unit.children if path in by_path}
    if levels & {Level.CLAUSE, Level.ROW}:
        return False
    return not levels or len(unit.span.of(document.text).split()) <= LONG_CLAUSE


def _ancestors(unit: Provision, by_path: dict[str, Provision]) -> Iterator[str]:
    parent = unit.parent
    while parent is not None:
        yield parent
        above = by_path.get(parent)
        parent = above.parent if above else None


def _unit(document: NormativeDocument, by_path: dict[str, Provision], unit: Provision, file: str) -> CorpusProvision:
    text = unit.span.of(document.text)
    lead = len(text) - len(text.lstrip())
    span = Span(unit.span.start + lead, unit.span.start + max(len(text.rstrip()), lead))
    above = [by_path[path] for path in _ancestors(unit, by_path) if path in by_path]
    heading = next((one.heading for one in (unit, *above) if one.level is Level.ARTICLE and one.heading), "")
    # the lead of a clause whose points are compared alone carries its subject ("Hồ sơ gồm:")
    leads = [" ".join(one.own.of(document.text).split()) for one in reversed(above) if one.level is Level.CLAUSE]
    header = document.header
    side = Side(
        text=span.of(document.text),
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
        context=". ".join(part for part in (header.title, heading, *leads) if part),
    )
    boxes = document.source.boxes(span)
    return CorpusProvision(
        id=str(unit.id),
        side=side,
        file=file,
        span=span,
        page=boxes[0].page if boxes else document.source.page_of(span.start),
        boxes=boxes,
        uncertain=any(span.overlaps(word) for word in document.source.uncertain),
        skip=_skip(document, unit, span, heading),
    )


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
        boxes = tuple(box for span in chosen for box in document.source.boxes(span.shift(unit.span.start)))
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


def at_territory(unit: CorpusProvision, other: CorpusProvision) -> CorpusProvision:
    """`unit` as if it applied where `other` does: used to see whether two old provinces' rules differ in content."""
    return replace(unit, side=replace(unit.side, territory=other.side.territory))

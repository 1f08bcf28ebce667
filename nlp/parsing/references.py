"""References: which provisions and documents a text cites, one per cited unit (Điều 68 Nghị định 78/2025/NĐ-CP)."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from nlp.law.document import DocumentMention, Level, Reference, TargetKind
from nlp.law.identifiers import PathStep, join_path, parse_path
from nlp.law.span import Span
from nlp.parsing.aliases import bind, find_alias_uses, find_aliases
from nlp.parsing.amended import AmendedDocuments
from nlp.parsing.chains import Chain, Citation, read_citations
from nlp.parsing.citation_grammar import Unit, find_units
from nlp.parsing.mentions import Mention, find_generic, find_mentions
from nlp.parsing.places import Places
from nlp.parsing.quotes import find_payloads

if TYPE_CHECKING:
    from nlp.law.document import Provision

# A path leaves out what stands above an article; an annex is its own root.
_ROOTS = (Level.ARTICLE, Level.ANNEX)
_ABOVE_ARTICLE = (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION)
_PATH_ORDER = (
    Level.ANNEX, Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION, Level.ARTICLE, Level.CLAUSE, Level.POINT, Level.DASH,
)  # fmt: skip
# A heading is no citation: line start (or an opening quote), marker, stop, capital
_HEADING = re.compile(
    r"(?:^|\n|[“\"])[^\S\n]*(?:[ĐÐ]iều|ĐIỀU)\s+\d+[a-zđ]?\d*\s?(?:\[\d+\])?[.:]|(?:^|\n)[^\S\n]*[“\"]?(?:Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Phụ\s+lục|PHỤ\s+LỤC|Tiểu\s+mục)"
    r"\s+(?:thứ\s+\w+|[IVXLC]+[a-z]?|\d+[a-zA-Z]?)(?:[.\-]\d+)*[^\S\n]*(?=[.:\n]|[A-ZĐÀ-Ỹ]{2}|$)"
)
_CONTRACT = re.compile(
    r"\s*(?:của|trong|tại)?\s*(?:Hợp\s+đồng|hợp\s+đồng|Thỏa\s+thuận|Thoả\s+thuận|Biên\s+bản|Giấy|Hồ\s+sơ|hồ\s+sơ|Đơn|Phiếu|Tờ\s+khai)(?!\w)"
)
_NUMERIC_POINT = re.compile(r"[Đđ]iểm\s+\d")
_TITLE = re.compile(
    r"\s*,?\s*(?:quy\s+định|hướng\s+dẫn|về|ban\s+hành|sửa\s+đổi|bổ\s+sung|phê\s+duyệt|thay\s+thế|quyết\s+định|công\s+bố)(?!\w)[^;.:“”]{0,400}",
    re.IGNORECASE,
)
_AFTER_TITLE = re.compile(
    r"(?:được|đã)\s+(?:được\s+)?sửa\s+đổi|sau\s+đây|[()]|\n\s*\n|,\s*(?:Luật|Bộ\s+luật|Nghị\s+định|Thông\s+tư)|thì|phải|có\s+hiệu\s+lực"
)


def extract_references(text: str, provisions: tuple[Provision, ...], preamble: Span | None) -> tuple[Reference, ...]:
    """The references of a document in text order, one per cited unit; a document cited as a whole has path None.

    `provisions` are the document's units in text order, parents before children; `preamble` is where the căn cứ lines stand.
    "khoản này" and bare "khoản 1" are completed from the place where they stand. Inside quoted payloads, and in the instructions of an amending
    article, a citation without a document belongs to the amended document (`TargetKind.AMENDED`, with that document's number where it is known).
    Own headings and short-name definitions are not citations. Titles behind a numbered document name no further laws.
    """
    mentions = document_mentions(text)
    places = Places(provisions, find_payloads(text))
    amended = AmendedDocuments(text, provisions, preamble, mentions, places)
    units = _citing_units(text, provisions)
    citations = read_citations(text, units, mentions)
    reader = _Reader(text, places, amended)
    found = [reference for citation in citations for reference in reader.read(citation)]
    found.extend(reader.generic(mention) for mention in find_generic(text))
    return tuple(sorted(found, key=lambda reference: (reference.span.start, reference.span.end)))


def document_mentions(text: str) -> tuple[Mention, ...]:
    """The documents that `text` names, short names completed from their definitions, laws inside titles left out."""
    mentions = find_mentions(text)
    aliases = find_aliases(text, mentions)
    bound = bind(mentions, aliases, text)
    uses = find_alias_uses(text, aliases, bound)
    together = tuple(sorted((*bound, *uses), key=lambda mention: mention.span))
    titled = titled_mentions(text, together)
    return tuple(mention for index, mention in enumerate(together) if not (index in titled and _is_name(mention)))


def basis_documents(line: str) -> tuple[DocumentMention, ...]:
    """The documents that one căn cứ line names, its chain of amendments included; those inside titles are no legal basis."""
    mentions = document_mentions(line)
    titled = titled_mentions(line, mentions)
    return tuple(
        mention.document
        for index, mention in enumerate(mentions)
        if index not in titled and mention.document.target is not TargetKind.THIS
    )


def _is_name(mention: Mention) -> bool:
    return mention.plain or (mention.document.number is None and mention.document.target is TargetKind.NAMED)


def titled_mentions(text: str, mentions: tuple[Mention, ...]) -> frozenset[int]:
    """The indexes of mentions that stand in the title of the numbered document before them ("Nghị định số ... quy định chi tiết Luật Đất đai")."""
    inside: set[int] = set()
    head: Mention | None = None
    for index, mention in enumerate(mentions):
        if head is not None and mention.span.start >= head.span.end:
            between = text[head.span.end : mention.span.start]
            if in_title(between):
                inside.add(index)
                continue
        if mention.document.number is not None and not mention.plain:
            head = mention
    return frozenset(inside)


def in_title(between: str) -> bool:
    """Whether the words behind a numbered document begin its title, and the title goes on to the end of them."""
    return len(between) < 500 and _TITLE.fullmatch(between) is not None and _AFTER_TITLE.search(between) is None


def _citing_units(text: str, provisions: tuple[Provision, ...]) -> tuple[Unit, ...]:
    """The units that cite: headings, contract clauses and scores ("điểm 5") are left out."""
    own = {_marker_start(text, provision) for provision in provisions}
    headings = [match.span() for match in _HEADING.finditer(text)]
    starts = [start for start, _ in headings]
    kept = []
    for unit in find_units(text):
        at = bisect_right(starts, unit.span.start) - 1
        in_heading = at >= 0 and unit.span.start < headings[at][1]
        if unit.span.start in own or in_heading or _CONTRACT.match(text, unit.span.end):
            continue
        if (
            unit.this
            and unit.level is Level.ARTICLE
            and text[unit.span.start] == "đ"
            and not _LOWER_THIS.search(text[max(0, unit.span.start - 40) : unit.span.start])
        ):
            continue
        if (
            unit.level is Level.POINT
            and _NUMERIC_POINT.match(text, unit.span.start)
            and not _NUMERIC_POINT_CONTEXT.match(text, unit.span.end)
        ):
            continue
        if (
            unit.level in _WORDY
            and not _WORDY_CONTEXT.match(text, unit.span.end)
            and not unit.this
            and text[unit.span.start].islower()
        ):
            continue
        kept.append(unit)
    return tuple(kept)


# "điều này" in small letters is mostly "this matter"
_LOWER_THIS = re.compile(r"(?:khoản\s+\d+[a-z]?|quy\s+định\s+(?:tại|ở|của)|của|tại)\s+$")
# "điểm 5" and "mục 3", "phần 2" are also scores and chapters of a report: they must be followed by a larger unit
_NUMERIC_POINT_CONTEXT = re.compile(
    r"\s*(?:(?:,|và|hoặc|của|tại|đến)\s*)?(?:(?:các\s+)?(?:điểm\s+\d|khoản\s+\d)|(?:tiểu\s+)?[Mm]ục\s+[\dIVX]|[Pp]hụ\s+lục|[Đđ]iều\s+\d|[Pp]hần\s+[A-Z]|này)"
)
_WORDY = (Level.SECTION, Level.PART, Level.SUBSECTION, Level.CHAPTER, Level.DASH)
_WORDY_CONTEXT = re.compile(
    r"\s*(?:(?:,|và|hoặc|của|tại|đến|thuộc)\s*)?(?:(?:các\s+)?(?:tiểu\s+)?[Mm]ục\s+[\dIVXA-Z]|[Pp]hụ\s+lục|[Đđ]iều|[Cc]hương|[Pp]hần|[Đđ]iểm\s|[Kk]hoản\s|"
    r"(?:[Bb]ộ\s+)?[Ll]uật|Nghị|Thông\s+tư|Quyết\s+định|Quy)"
)


def _marker_start(text: str, provision: Provision) -> int:
    start = provision.own.start
    while start < provision.own.end and (text[start].isspace() or text[start] in "“\"‘'"):
        start += 1
    return start


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    places: Places
    amended: AmendedDocuments

    def read(self, citation: Citation) -> list[Reference]:
        """The references of one citation."""
        if not citation.chains:
            mention = citation.mention
            return [self._whole(mention)] if mention is not None else []
        found: list[Reference] = []
        for index, chain in enumerate(citation.chains):
            last = index == len(citation.chains) - 1
            span = chain.span
            if last and citation.mention is not None:
                span = Span(span.start, citation.mention.span.end)
            mention = None if chain.says_this else citation.mention
            found.extend(self._expand(chain, span, mention))
        return found

    def generic(self, mention: Mention) -> Reference:
        """The reference of a passage that points to the law at large."""
        return Reference(
            mention.span,
            self.places.source(mention.span.start),
            mention.document,
            None,
            self.places.quoted(mention.span.start),
        )

    def _whole(self, mention: Mention) -> Reference:
        at = mention.span.start
        quoted = self.places.quoted(at)
        document = mention.document
        if quoted and document.target is TargetKind.THIS:
            document = self.amended.at(at) or replace(document, target=TargetKind.AMENDED)
        return Reference(mention.span, self.places.source(at), document, None, quoted)

    def _expand(self, chain: Chain, span: Span, mention: Mention | None) -> list[Reference]:
        at = span.start
        quoted = self.places.quoted(at)
        source = self.places.source(at)
        document = self._document(chain, mention, at, quoted=quoted)
        here = self._here(document, source, at, quoted=quoted)
        levels = {unit.level: unit for unit in reversed(chain.all_units)}
        if any(root in levels for root in _ROOTS):
            for level in _ABOVE_ARTICLE:
                if Level.ANNEX not in levels:
                    levels.pop(level, None)
        ordered = [levels[level] for level in _PATH_ORDER if level in levels]
        own = (
            here
            if document.target in (TargetKind.THIS, TargetKind.AMENDED, TargetKind.ATTACHED) and mention is None
            else None
        )
        found = []
        for numbers in product(*(self._numbers(unit, own) for unit in ordered)):
            steps = [PathStep(unit.level, number) for unit, number in zip(ordered, numbers, strict=True) if number]
            path = _complete(steps, own)
            found.append(Reference(span, source, document, path, quoted))
        return found

    def _here(self, document: DocumentMention, source: str | None, at: int, *, quoted: bool) -> str | None:
        """The place that "khoản này" and a bare "khoản 1" start from: in amending texts it is one in the amended document."""
        if quoted:
            return self.amended.place(at)
        return self.amended.headline(at) if document.target is TargetKind.AMENDED else source

    def _numbers(self, unit: Unit, here: str | None) -> tuple[str, ...]:
        if unit.numbers:
            return unit.numbers
        if unit.this and here is not None:
            return (next((step.number for step in parse_path(here) if step.level is unit.level), ""),)
        return ("1",) if unit.level is Level.ANNEX else ("",)

    def _document(self, chain: Chain, mention: Mention | None, at: int, *, quoted: bool) -> DocumentMention:
        if mention is not None and mention.document.target is not TargetKind.THIS:
            return mention.document
        this = mention.document if mention is not None else DocumentMention(TargetKind.THIS)
        if quoted:
            return self.amended.at(at) or replace(this, target=TargetKind.AMENDED)
        if mention is None and not chain.says_this:
            return self.amended.instructed(at) or this
        return this


def _complete(steps: list[PathStep], here: str | None) -> str | None:
    """The relative path of the steps; a clause or point without its article takes the article (and clause) of the place where it stands."""
    if not steps:
        return None
    top = steps[0].level
    if here is not None and top in (Level.CLAUSE, Level.POINT, Level.DASH):
        order = [Level.ARTICLE, Level.CLAUSE, Level.POINT]
        needed = order[: order.index(top)] if top in order else order
        missing = [step for step in parse_path(here) if step.level in needed]
        containers = (
            [step for step in parse_path(here) if step.level is Level.ANNEX]
            if not any(s.level is Level.ARTICLE for s in missing)
            else []
        )
        steps = [*containers, *missing, *steps]
    if here is not None and top in (Level.SECTION, Level.SUBSECTION):
        above = (
            (Level.ANNEX, Level.PART, Level.CHAPTER)
            if top is Level.SECTION
            else (Level.ANNEX, Level.PART, Level.CHAPTER, Level.SECTION)
        )
        steps = [*(step for step in parse_path(here) if step.level in above), *steps]
    return join_path(*steps)

"""References: which provisions and documents a text cites, one per cited unit (Điều 68 Nghị định 78/2025/NĐ-CP)."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from nlp.law.document import DocumentMention, Level, Reference, TargetKind
from nlp.law.identifiers import PathStep, join_path, parse_path
from nlp.law.span import Span
from nlp.parsing.amended import AmendedDocuments
from nlp.parsing.chains import Chain, Citation, read_citations
from nlp.parsing.cited_documents import document_mentions
from nlp.parsing.citing_units import citing_units
from nlp.parsing.mentions import find_generic
from nlp.parsing.places import Places
from nlp.parsing.quotes import find_payloads

if TYPE_CHECKING:
    from nlp.law.document import Provision
    from nlp.parsing.citation_grammar import Unit
    from nlp.parsing.mentions import Mention

# A path leaves out what stands above an article; an annex is its own root.
_ROOTS = (Level.ARTICLE, Level.ANNEX)
_ABOVE_ARTICLE = (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION)
_PATH_ORDER = (
    Level.ANNEX, Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION, Level.ARTICLE, Level.CLAUSE, Level.POINT, Level.DASH,
)  # fmt: skip


def extract_references(text: str, provisions: tuple[Provision, ...], preamble: Span | None) -> tuple[Reference, ...]:
    """The references of a document in text order, one per cited unit; a document cited as a whole has path None.

    `provisions` are the document's units in text order, parents before children; `preamble` is where the căn cứ lines stand.
    "khoản này" and bare "khoản 1" are completed from the place where they stand. Inside quoted payloads, and in the instructions of an amending
    article, a citation without a document belongs to the amended document (`TargetKind.AMENDED`, with that document's number where it is known).
    Own headings and short-name definitions are not citations. Titles behind a numbered document name no further laws.
    """
    mentions = _without_own_rules(text, document_mentions(text), provisions)
    places = Places(provisions, find_payloads(text))
    amended = AmendedDocuments(text, provisions, preamble, mentions, places)
    units = citing_units(text, provisions)
    citations = read_citations(text, units, mentions)
    column = _COLUMN.search(text)
    lists = _ExpiredLists(column.end() if column else None, mentions)
    reader = _Reader(text, places, amended, lists, _Leads(text, places, mentions))
    found = [reference for citation in citations for reference in reader.read(citation)]
    found.extend(reader.generic(mention) for mention in find_generic(text))
    return tuple(sorted(found, key=lambda reference: (reference.span.start, reference.span.end)))


# The column of the official lists (danh mục văn bản hết hiệu lực một phần) that names provisions of the document in the column before it
_COLUMN = re.compile(r"Nội\s+dung,\s+quy\s+định\s+(?:hết|ngưng|bị)\s+", re.IGNORECASE)
_OWN_RULE = re.compile(r"Quy\s+định\s+này")


@dataclass(frozen=True, slots=True)
class _ExpiredLists:
    """The rows of a list of partly expired documents: their provisions belong to the last numbered document before them."""

    start: int | None
    mentions: tuple[Mention, ...]

    def document(self, at: int) -> DocumentMention | None:
        """The document of the row at a position, None outside such a list."""
        if self.start is None or at < self.start:
            return None
        index = bisect_left(self.mentions, at, key=lambda mention: mention.span.start) - 1
        while index >= 0 and self.mentions[index].document.number is None:
            index -= 1
        return self.mentions[index].document if index >= 0 and self.mentions[index].span.start > self.start else None


# "Nghị định này quy định chi tiết một số điều của Luật X, bao gồm:" - the points below list provisions of Luật X
_DETAILS = re.compile(r"(?:quy\s+định\s+chi\s+tiết|hướng\s+dẫn|quy\s+định\s+cụ\s+thể)[^:]{0,700}:\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Leads:
    """Leads that name another document and then list its provisions in the units below."""

    text: str
    places: Places
    mentions: tuple[Mention, ...]

    def document(self, at: int) -> DocumentMention | None:
        """The document of the list in which a position stands, None where the lead around it names none."""
        index = self.places.own_index(at)
        parent = self.places.parent(index) if index >= 0 else -1
        if parent < 0:
            return None
        own = self.places.provisions[parent].own
        if not _DETAILS.search(own.of(self.text)):
            return None
        low = bisect_left(self.mentions, own.start, key=lambda mention: mention.span.start)
        high = bisect_left(self.mentions, own.end, key=lambda mention: mention.span.start)
        named = [one.document for one in self.mentions[low:high] if one.document.target is TargetKind.NAMED]
        return named[0] if named else None


def _without_own_rules(
    text: str, mentions: tuple[Mention, ...], provisions: tuple[Provision, ...]
) -> tuple[Mention, ...]:
    """The mentions without "Quy định này" where nothing is attached: it then means the passage itself."""
    if not provisions or any(unit.level is Level.ATTACHED for unit in provisions):
        return mentions
    return tuple(mention for mention in mentions if not _OWN_RULE.fullmatch(mention.span.of(text)))


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    places: Places
    amended: AmendedDocuments
    lists: _ExpiredLists
    leads: _Leads

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
            return self.amended.instructed(at) or self.lists.document(at) or self.leads.document(at) or this
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

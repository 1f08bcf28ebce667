"""What an amending act amends at each of its places: the document of an instruction, and the unit that a quoted payload becomes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from nlp.law.document import DocumentMention, Level, TargetKind
from nlp.law.span import Span
from nlp.parsing.citation_grammar import find_units
from nlp.parsing.cited_documents import in_amendment_chain

if TYPE_CHECKING:
    from nlp.law.document import Provision
    from nlp.parsing.mentions import Mention
    from nlp.parsing.places import Places

VERBS = r"Sửa\s+đổi|Sửa|Bổ\s+sung|Thay\s+thế|Thay|Bãi\s+bỏ|Hủy\s+bỏ|Huỷ\s+bỏ|Bỏ|Đính\s+chính|Ngưng|Tạm\s+ngưng|Đình\s+chỉ|Chuyển|Đổi"
_MARKER = (
    r"\s*(?:(?:Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN)\s+(?:thứ\s+\w+|[IVXLC]+|\d+)[.:]?\s*)?"
    r"(?:[“\"]\s*)?(?:(?:Điều|ĐIỀU)\s+\d+[a-zđ]?\s*[.:]|\d{1,3}(?:\.\d{1,2})*[a-zđ]?[.)]|[a-zđ]\d?\)|[-–+])?\s*"
)
_INSTRUCTION = re.compile(rf"{_MARKER}(?:Phụ\s+lục[^.\n]{{0,20}}\.\s*)?(?:{VERBS})(?!\w)", re.IGNORECASE)
_LEAD = 900  # characters of a unit in which it names the document that it amends
_TITLE_VERB = re.compile(r"(?:sửa\s+đổi|bổ\s+sung|bãi\s+bỏ|thay\s+thế|đính\s+chính)[^;.“”\"]{0,200}$", re.IGNORECASE)
_BASIS_LINE = re.compile(r"(?:^|\n|;)\s*Căn\s+cứ[^\n]*(?:\n(?!\s*(?:Căn|Theo|Xét|QUYẾT))[^\n]*)*$")
_HEAD = 12_000  # a header with its căn cứ lines is never longer
_PAYLOAD_ARTICLE = re.compile(r"(?:^|\n)[^\S\n]*[“\"]?[^\S\n]*(?:Điều|ĐIỀU)\s+(\d+[a-zđ]?\d?)\s*[.:]")
_PAYLOAD_CLAUSE = re.compile(r"(?:^|\n)[^\S\n]*[“\"]?[^\S\n]*(\d{1,3}[a-zđ]?\d?)\.(?=\s)")
_PAYLOAD_POINT = re.compile(r"(?:^|\n)[^\S\n]*[“\"]?[^\S\n]*([a-zđ]\d{0,2})\)")


class AmendedDocuments:
    """The document that is amended at a position of an amending act, and the amended unit that a payload position stands for."""

    def __init__(
        self,
        text: str,
        provisions: tuple[Provision, ...],
        preamble: Span | None,
        mentions: tuple[Mention, ...],
        places: Places,
    ) -> None:
        self._text = text
        self._mentions = mentions
        self._starts = [mention.span.start for mention in mentions]
        self._places = places
        self._by_unit: dict[int, DocumentMention | None] = {}
        self._markers: dict[Span, tuple[_Markers, _Markers, _Markers]] = {}
        own = [unit.span.start for unit in provisions if not unit.quoted]
        head = min(own, default=preamble.end if preamble else _HEAD)
        self._title = (self._from_title(min(head, _HEAD)) if head else None) or self._only_amended(provisions)

    def at(self, position: int) -> DocumentMention | None:
        """The amended document for a position inside a payload, as AMENDED with the fields that are known."""
        payload = self._places.payload(position)
        start = payload.start - 2 if payload is not None else position
        lead = self._named_in(max(0, self._instruction_start(start)), max(0, start))
        found = lead or self._of_unit(self._places.own_index(start)) or self._title
        return _amended(found) if found is not None else None

    def instructed(self, position: int) -> DocumentMention | None:
        """The amended document for a citation without document in an instruction ("Bãi bỏ khoản 5 Điều 6"), None elsewhere."""
        index = self._places.own_index(position)
        if not self._amends(index):
            return None
        found = self._of_unit(index) or self._title
        return _amended(found) if found is not None else None

    def place(self, position: int) -> str | None:
        """The relative path of the amended unit that a payload position stands in: its article from the payload or from the instruction."""
        payload = self._places.payload(position)
        if payload is None:
            return None
        articles, clauses, points = self._markers_of(payload)
        article, rest = articles.last(payload.start, position + 1)
        clause, below = clauses.last(rest, position)  # the space after "1." is part of the marker
        point, _ = points.last(below, position + 1)
        if article is None:
            told = {**self.headline_units(position), **self.instruction_units(payload)}
            article = told.get(Level.ARTICLE)
            clause = clause or told.get(Level.CLAUSE)
        steps = [
            f"{level.value}_{number}"
            for level, number in ((Level.ARTICLE, article), (Level.CLAUSE, clause), (Level.POINT, point))
            if number
        ]
        return "/".join(steps) or None

    def _markers_of(self, payload: Span) -> tuple[_Markers, _Markers, _Markers]:
        """The markers of articles, clauses and points inside a payload, found once."""
        if payload not in self._markers:
            text = self._text[payload.start : payload.end]
            article, clause, point = (
                _Markers(pattern, text, payload.start)
                for pattern in (_PAYLOAD_ARTICLE, _PAYLOAD_CLAUSE, _PAYLOAD_POINT)
            )
            self._markers[payload] = (article, clause, point)
        return self._markers[payload]

    def instruction_units(self, payload: Span) -> dict[Level, str]:
        """The last article, clause and point that the instruction before a payload names."""
        start = self._instruction_start(payload.start - 1)
        text = self._text[start : payload.start]
        found: dict[Level, str] = {}
        for unit in find_units(text):
            if not unit.numbers or (unit.span.start < 12 and _MARKER_ONLY.match(text)):
                continue
            found[unit.level] = unit.numbers[-1]
        return found

    def headline(self, position: int) -> str | None:
        """The relative path that the headline over an instruction names ("Sửa đổi một số khoản của Điều 13"), None when it names none."""
        units = self.headline_units(position)
        steps = [f"{level.value}_{units[level]}" for level in (Level.ARTICLE, Level.CLAUSE) if level in units]
        return "/".join(steps) if Level.ARTICLE in units else None

    def headline_units(self, position: int) -> dict[Level, str]:
        """The article, and the clause if it is the only one, that the nearest headline above an instruction names."""
        index = self._places.own_index(position)
        found: dict[Level, str] = {}
        while index >= 0 and Level.ARTICLE not in found:
            own = self._places.provisions[index].own
            heading = self._text.find("\n", own.start + 1, own.end)
            above = Span(own.start, heading if heading > 0 else own.end)
            if above.end <= position and _INSTRUCTION.match(self._text, own.start):
                found = {**self._only_units(above if own.contains(Span(position, position)) else own), **found}
            index = self._places.parent(index)
        return found if Level.ARTICLE in found else {}

    def _only_units(self, own: Span) -> dict[Level, str]:
        """Article and clause of a lead that names one of each; an article named with several clauses stands alone."""
        text = _PHRASES.sub(lambda match: " " * len(match[0]), self._text[own.start : min(own.end, own.start + _LEAD)])
        marker = _MARKER_ONLY.match(text)
        named: dict[Level, set[str]] = {}
        for unit in find_units(text):
            if marker is None or unit.span.start >= marker.end():
                named.setdefault(unit.level, set()).update(unit.numbers)
        return {
            level: next(iter(named[level])) for level in (Level.ARTICLE, Level.CLAUSE) if len(named.get(level, ())) == 1
        }

    def _instruction_start(self, position: int) -> int:
        """Where the words begin that announce the payload at `position`: its unit, or the payload before it."""
        index = self._places.own_index(position)
        start = self._places.provisions[index].span.start if index >= 0 else max(0, position - _LEAD)
        ends = [span.end for span in self._places.payloads]
        before = bisect_right(ends, position) - 1
        if before >= 0:
            start = max(start, ends[before])
        return max(start, position - _LEAD)

    def _amends(self, index: int) -> bool:
        """Whether a unit, or one around it, begins with an amending verb."""
        while index >= 0:
            unit = self._places.provisions[index]
            if _INSTRUCTION.match(self._text, unit.own.start) or _HEADED.match(self._text, unit.own.start):
                return True
            index = self._places.parent(index)
        return False

    def _of_unit(self, index: int) -> DocumentMention | None:
        if index < 0:
            return None
        if index not in self._by_unit:
            unit = self._places.provisions[index]
            found = None
            if _INSTRUCTION.match(self._text, unit.own.start):
                found = self._named_in(unit.own.start, min(unit.own.start + _LEAD, max(unit.own.end, unit.own.start)))
            self._by_unit[index] = found if found is not None else self._of_unit(self._places.parent(index))
        return self._by_unit[index]

    def _named_in(self, start: int, end: int) -> DocumentMention | None:
        """The first document named between two positions, outside payloads and quoted phrases."""
        for index in range(bisect_left(self._starts, start), len(self._mentions)):
            mention = self._mentions[index]
            if mention.span.start >= end:
                return None
            document = mention.document
            if (
                document.target not in (TargetKind.NAMED, TargetKind.ATTACHED)
                or self._places.payload(mention.span.start) is not None
            ):
                continue
            before = self._text[start : mention.span.start]
            if _in_quotes(before) or _EARLIER.search(before):
                continue
            return document
        return None

    def _only_amended(self, provisions: tuple[Provision, ...]) -> DocumentMention | None:
        """The one document that the leads of the amending articles name; None when they name several, or none."""
        found: dict[str, DocumentMention] = {}
        for unit in provisions:
            if unit.level is not Level.ARTICLE or unit.quoted or not _INSTRUCTION.match(self._text, unit.own.start):
                continue
            document = self._named_in(unit.own.start, min(unit.own.start + _LEAD, unit.own.end))
            if document is not None:
                found.setdefault(document.number.folded if document.number else document.name, document)
        return next(iter(found.values())) if len(found) == 1 else None

    def _from_title(self, end: int) -> DocumentMention | None:
        """The one document that the title or the enacting words say is amended; None when there are several."""
        found: dict[str, DocumentMention] = {}
        for mention in self._mentions:
            if mention.span.start >= end:
                break
            if mention.document.target is not TargetKind.NAMED:
                continue
            before = self._text[max(0, mention.span.start - 250) : mention.span.start]
            if not _TITLE_VERB.search(before) or _BASIS_LINE.search(
                self._text[max(0, mention.span.start - 1200) : mention.span.start]
            ):
                continue
            document = mention.document
            key = document.number.folded if document.number else document.name
            if not any(
                in_amendment_chain(self._text[other.span.end : mention.span.start])
                for other in self._mentions
                if other.span.end <= mention.span.start
            ):
                found.setdefault(key, document)
        return next(iter(found.values())) if len(found) == 1 else None


def _amended(document: DocumentMention) -> DocumentMention:
    """The document as the amended one; rules issued with a decision stay ATTACHED: their articles are not the decision's."""
    return document if document.target is TargetKind.ATTACHED else replace(document, target=TargetKind.AMENDED)


_HEADED = re.compile(
    r"\s*(?:Điều|ĐIỀU)\s+\d+[a-zđ]?[.:]\s*(?:Nội\s+dung\s+)?(?:sửa\s+đổi|bổ\s+sung|bãi\s+bỏ)", re.IGNORECASE
)
# "Điều 18 (đã được sửa đổi, bổ sung bởi Điều 21 Thông tư ...)": an earlier amendment, not the amended document
_EARLIER = re.compile(r"được\s+sửa\s+đổi[^;.]{0,60}\s(?:bởi|theo|tại)\s+[^;.]{0,80}$")
_PHRASES = re.compile(r"[“\"][^“”\"]*[”\"]")
_MARKER_ONLY = re.compile(r"\s*(?:Điều|ĐIỀU)\s+\d+[a-zđ]?\s*[.:]")


def _in_quotes(text: str) -> bool:
    return text.count("“") > text.count("”") or (text.count('"') % 2 == 1)


class _Markers:
    """The markers of one level in a text that begins at `offset` of the document, by where they begin and end there."""

    def __init__(self, pattern: re.Pattern[str], text: str, offset: int) -> None:
        found = list(pattern.finditer(text))
        self._starts = [offset + match.start() for match in found]
        self._ends = [offset + match.end() for match in found]
        self._numbers = [match[1] for match in found]

    def last(self, start: int, end: int) -> tuple[str | None, int]:
        """The last number of a marker between two positions, and where its words end; (None, start) for none."""
        index = bisect_right(self._ends, end) - 1
        if index < 0 or self._starts[index] < start:
            return None, start
        return self._numbers[index], self._ends[index]

"""The body of a source text as lines, with what is known about each: its place in a table, and whether it starts a paragraph."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.law.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nlp.law.source import SourceText

# A paragraph may end with these: ordinary stops, the end mark "./.", closing quotes, brackets and footnote marks.
_STOP = re.compile(r"[.;:!?…”\"'’)\]/|]$|[.;:”][\s\d]*$")
# Words after which a unit's number must follow: a line that ends with one is broken inside a citation.
_CITATION_TAIL = re.compile(
    r"\b(?:khoản|điểm|điều|mục|chương|phần|tại|của|theo|đến|các|số|từ|phụ lục|trong|"
    r"(?:khoản|điểm|mục|điều)\s+(?:\d+[a-zđ]?|[a-zđ]\d?)(?:,|\s+và)?)$",
    re.IGNORECASE,
)
# "… đã nêu. Điều 504. Hợp đồng hợp tác": a heading that lost its line break (domain.md 6.8)
_GLUED = re.compile(
    r"(?<=[.;:”\"\]/)])\s+(?=Điều\s\d{1,3}[a-zđ]?\.\s[A-ZĐÀ-Ỹ“\"])"
    r"|(?<=[.;:”\"\]/)])\s+(?=(?:Chương|CHƯƠNG|Mục|MỤC|Tiểu mục|TIỂU MỤC)\s(?:[IVXLC]+|\d{1,2})\.?\s[A-ZĐÀ-Ỹ]{2,}\s[A-ZĐÀ-Ỹ]{2,})"
)
_UNWRAPPED_WIDTH = 170  # lines longer than any printed page: the text has one paragraph a line
_FULL_LINE = 0.88  # a line this full (with the next word) was broken by the page, not by its author


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line without its surrounding blanks.

    `strength` tells how sure it is that a paragraph starts here: 2 yes; 1 perhaps (the line before has no stop); 0 no (it is cut inside a citation).
    `glued` lines were cut out of the middle of a printed line, before a heading that lost its break.
    """

    span: Span
    text: str
    strength: int = 2
    table: bool = False
    glued: bool = False

    @property
    def start(self) -> int:
        """Where the line begins in the document's text."""
        return self.span.start


def body_end(source: SourceText) -> int:
    """Where the body ends: the start of the furniture that closes the text, or its length."""
    end = len(source.text)
    for piece in sorted(source.furniture, key=lambda item: item.span, reverse=True):
        if source.text[piece.span.end : end].strip() or piece.span.start > end:
            break
        end = piece.span.start
    return end


class LineReader:
    """Cuts a source text into lines; built once for a text, so that payloads can be cut apart cheaply."""

    def __init__(self, source: SourceText, notes: Iterable[Span] = ()) -> None:
        self._text = source.text
        self._hidden = _Intervals([*(piece.span for piece in source.furniture), *notes])
        self._tables = _Intervals(table.span for table in source.tables)
        self._width: int | _Unset | None = _UNSET

    def lines(self, span: Span) -> tuple[TextLine, ...]:
        """The non-empty lines of a span in text order, without furniture; glued headings are lines of their own."""
        raw: list[_RawLine] = []
        position = span.start
        for printed in self._text[span.start : span.end].splitlines(keepends=True):
            in_table = self._tables.covers(position)
            pieces = [(0, printed)] if in_table else _split_glued(printed)
            for offset, piece in pieces:
                stripped = piece.strip()
                start = position + offset + len(piece) - len(piece.lstrip())
                if stripped and not self._hidden.covers(start):
                    raw.append((start, stripped, in_table, offset > 0))
            position += len(printed)
        if isinstance(self._width, _Unset):
            self._width = wrap_width([text for _, text, in_table, _ in raw if not in_table])
        return _with_strength(raw, self._width)


class _Unset:
    """The width before the first (and longest) cut."""


_UNSET = _Unset()
_RawLine = tuple[int, str, bool, bool]  # start, text, in a table, glued


def _split_glued(printed: str) -> list[tuple[int, str]]:
    cuts = [0, *(match.end() for match in _GLUED.finditer(printed)), len(printed)]
    return [(a, printed[a:b]) for a, b in itertools.pairwise(cuts)]


def _with_strength(raw: Sequence[_RawLine], width: int | None) -> tuple[TextLine, ...]:
    lines: list[TextLine] = []
    previous = ""
    for start, text, in_table, glued in raw:
        strength = 2 if glued or not previous else paragraph_strength(previous, text, width)
        lines.append(TextLine(Span(start, start + len(text)), text, strength, in_table, glued))
        previous = "" if in_table else text
    return tuple(lines)


def wrap_width(texts: Sequence[str]) -> int | None:
    """The length of a full line, in characters, or None where each line is a whole paragraph."""
    lengths = sorted(len(text) for text in texts)
    if not lengths:
        return None
    width = lengths[int(len(lengths) * 0.9)]
    return None if width > _UNWRAPPED_WIDTH else max(width, 40)


def paragraph_strength(previous: str, text: str, width: int | None) -> int:
    """How sure a paragraph starts with `text` after the line `previous`: 2, 1 or 0 as in `TextLine`."""
    first_word = text.split(maxsplit=1)[0]
    full = width is not None and len(previous) + 1 + len(first_word) > width * _FULL_LINE
    if _CITATION_TAIL.search(previous):
        return 0 if full else 1
    return 1 if full and not _STOP.search(previous) and not previous.isupper() else 2


class _Intervals:
    """Membership of positions in a set of spans, by bisection."""

    def __init__(self, spans: Iterable[Span]) -> None:
        merged: list[list[int]] = []
        for span in sorted(spans):
            if merged and span.start <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], span.end)
            else:
                merged.append([span.start, span.end])
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def covers(self, position: int) -> bool:
        """Whether the position lies inside one of the spans."""
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and position < self._ends[index]

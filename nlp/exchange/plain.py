"""A parsed document as plain text: one paragraph a line, without what belongs to the page."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from nlp.law.document import Level
from nlp.law.span import Span

if TYPE_CHECKING:
    from nlp.law.document import NormativeDocument


def plain_text(document: NormativeDocument) -> str:
    """The header and the provisions in reading order, each unit on a line of its own, printed lines of a unit's paragraph joined.

    Table rows stay lines; furniture (running heads, signatures, footnotes) is left out.
    """
    first = document.provisions[0].span.start if document.provisions else len(document.text)
    body = FurnitureFree(document)
    lines = [line for line in body.text(Span(0, first)).splitlines() if line.strip()]
    for unit in document.provisions:
        words = body.text(unit.own)
        if unit.level in (Level.CLAUSE, Level.POINT, Level.DASH):
            words = re.sub(r"\s+", " ", words)
        elif unit.heading:
            words = _heading_in_one_line(words, unit.heading)
        lines.extend(line.strip() for line in words.splitlines() if line.strip())
    return "\n".join(lines) + "\n"


def _heading_in_one_line(words: str, heading: str) -> str:
    pattern = r"\s+".join(re.escape(word) for word in heading.split())
    return re.sub(pattern, lambda _: heading, words, count=1)


class FurnitureFree:
    """The text of a document with its furniture cut out."""

    def __init__(self, document: NormativeDocument) -> None:
        self._text = document.text
        self._pieces = sorted(piece.span for piece in document.source.furniture)
        self._starts = [piece.start for piece in self._pieces]

    def text(self, span: Span) -> str:
        """The characters of a span that belong to the law."""
        out: list[str] = []
        position = span.start
        at = max(bisect_right(self._starts, span.start) - 1, 0)
        for piece in self._pieces[at:]:
            if piece.start >= span.end:
                break
            if piece.end <= position:
                continue
            out.append(self._text[position : max(piece.start, position)])
            position = piece.end
        out.append(self._text[position : span.end] if position < span.end else "")
        return "".join(out)

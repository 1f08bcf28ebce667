"""Texts as they are compared: one spelling of letters, single blanks, headings in small letters; and the way back to the printed text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from nlp.law.span import OffsetMap, Span
from nlp.text.normalise import normalise

if TYPE_CHECKING:
    from nlp.law.finding import Judgement, ProvisionPair, Side

_LINE = re.compile(r"[^\n]+")
MIN_CAPITALS = 12  # letters from which a line in capitals is a heading, not an abbreviation


@dataclass(frozen=True, slots=True)
class Canonical:
    """A pair with canonical texts; `a` and `b` lead positions back to the printed texts, None where nothing was changed."""

    pair: ProvisionPair
    printed: ProvisionPair
    a: OffsetMap | None
    b: OffsetMap | None


def canonical(pair: ProvisionPair) -> Canonical:
    """The pair as it is compared. Composed letters, blanks and headings in capitals carry no law, so they must not move a judgement."""
    a, ways_a = _side(pair.a)
    b, ways_b = _side(pair.b)
    if ways_a is None and ways_b is None:
        return Canonical(pair, pair, None, None)
    return Canonical(replace(pair, a=a, b=b), pair, ways_a, ways_b)


def as_printed(judgement: Judgement, way: Canonical) -> Judgement:
    """The judgement with its spans over the printed texts."""
    if way.a is None and way.b is None:
        return judgement
    a, b = (way.a, way.printed.a.text), (way.b, way.printed.b.text)
    return replace(
        judgement,
        evidence_a=_back(judgement.evidence_a, *a),
        evidence_b=_back(judgement.evidence_b, *b),
        signals=tuple(replace(signal, a=_back(signal.a, *a), b=_back(signal.b, *b)) for signal in judgement.signals),
    )


def _back(spans: tuple[Span, ...], offsets: OffsetMap | None, text: str) -> tuple[Span, ...]:
    if offsets is None:
        return spans
    found: list[Span] = []
    for span in spans:
        printed = offsets.span_to_original(span)
        end = printed.end
        while end < len(text) and unicodedata.combining(text[end]):  # the marks of the last letter
            end += 1
        found.append(Span(printed.start, end))
    return tuple(found)


def _side(side: Side) -> tuple[Side, OffsetMap | None]:
    text, offsets = canonical_text(side.text)
    return (side, None) if offsets is None else (replace(side, text=text, norms=()), offsets)


@lru_cache(maxsize=16_384)
def canonical_text(text: str) -> tuple[str, OffsetMap | None]:
    """The canonical text and the way back to `text`, None where both are the same; idempotent. Remembered: provisions meet many others."""
    normal = normalise(text)
    kept: list[str] = []
    positions: list[int] = []
    blank = True  # no blanks at the start
    for position, letter in enumerate(normal.text):
        if letter in " \t":
            if blank:
                continue
            blank = True
            letter = " "  # noqa: PLW2901  a tab is a blank
        elif letter == "\n":
            while kept and kept[-1] in " \n":
                kept.pop()
                positions.pop()
            if not kept:
                continue
            blank = True
        else:
            blank = False
        kept.append(letter)
        positions.append(normal.offsets.to_original(position))
    while kept and kept[-1] in " \n":
        kept.pop()
        positions.pop()
    found = _LINE.sub(_small, "".join(kept))
    return found, None if found == text else OffsetMap.from_positions(positions, len(text))


def _small(line: re.Match[str]) -> str:
    """A heading in capitals in small letters but its first one; as long as before."""
    text = line.group()
    letters = [letter for letter in text if letter.isalpha()]
    marked = re.match(r"(?:ĐIỀU|Điều|Chương|CHƯƠNG|Mục|MỤC)\s+[\dIVXLC]+[a-zđ]?[.:]\s*|\d{1,3}[.)]\s*", text)
    rest = [letter for letter in (text[marked.end() :] if marked else text) if letter.isalpha()]
    if len(letters) < MIN_CAPITALS or len(rest) < MIN_CAPITALS // 2 or not all(letter.isupper() for letter in rest):
        return text
    start = marked.end() if marked else 0
    small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text[start:])
    first = next((index for index, letter in enumerate(small) if letter.isalpha()), 0)
    return text[:start] + small[:first] + small[first : first + 1].upper() + small[first + 1 :]

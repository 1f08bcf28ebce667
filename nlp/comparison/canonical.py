"""Texts as they are compared: one spelling of letters, single blanks, headings in small letters, no residual clauses; and the way back to the print."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from nlp.law.span import OffsetMap, Span
from nlp.text.normalise import normalise
from nlp.text.segment import fold, folded_pattern, sentences

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
    """The pair as it is compared.

    Composed letters, blanks, headings in capitals and clauses that leave all else to the law say nothing of a matter: they must not move a judgement.
    """
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
    kept, positions = _without_residual(kept, positions)
    found = _LINE.sub(_small, "".join(kept))
    return found, None if found == text else OffsetMap.from_positions(positions, len(text))


# "Các nội dung khác không quy định tại Quyết định này thực hiện theo quy định của pháp luật hiện hành.": says nothing of any matter
_RESIDUAL = folded_pattern(
    r"(?:các|những|mọi)?\s*(?:nội dung|vấn đề|quy định|trường hợp|việc)\s+(?:khác|còn lại|(?:không|chưa) (?:được )?(?:quy định|nêu|đề cập))"
    r"[^,;.\n]{0,90}?(?:thực hiện|áp dụng)\s+theo\s+(?:đúng\s+)?(?:các\s+)?(?:quy định\s+)?(?:(?:tại|của)\s+)?(?:các\s+)?(?:văn bản\s+)?"
    r"(?:quy phạm\s+)?pháp luật(?:\s+(?:hiện hành|khác|về|có|liên quan|hiện|hành)[^,;.\n]{0,60})?\s*$"
)
_MARK_BEFORE = re.compile(r"(?:^|(?<=\n))\s*(?:\d{1,3}[a-zđ]?[.)]|[a-zđ]\d?\)|[-+•])\s*$")
_AFTER = re.compile(r"[.;\s]*")


def _without_residual(letters: list[str], positions: list[int]) -> tuple[list[str], list[int]]:
    """The text without clauses that leave all else to the law, unless it consists of them."""
    text = "".join(letters)
    spans = sentences(text)
    residual = [span for span in spans if _RESIDUAL.match(fold(text), span.start, span.end)]
    if not residual or len(residual) == len(spans):
        return letters, positions
    dropped = bytearray(len(text))
    for span in residual:
        mark = _MARK_BEFORE.search(text[: span.start])
        after = _AFTER.match(text, span.end)
        start, end = mark.start() if mark else span.start, after.end() if after else span.end
        dropped[start:end] = b"\x01" * (end - start)
    left = [index for index in range(len(text)) if not dropped[index]]
    while left and text[left[-1]] in " \n":
        left.pop()
    return [letters[index] for index in left], [positions[index] for index in left]


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

"""Folded text, tokens and sentences with their positions; words by underthesea where words are needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nlp.law.span import Span

# Both placements of the tone are printed inside the same law ("thoả/thỏa", "uỷ/ủy"). Only open syllables differ ("toán" has one form),
# and "quý" is no "qúy". The right column is the folded form.
_TONES = {
    **{o + "a": "o" + a for o, a in zip("òóỏõọ", "àáảãạ", strict=True)},
    **{o + "e": "o" + e for o, e in zip("òóỏõọ", "èéẻẽẹ", strict=True)},
    **{u + "y": "u" + y for u, y in zip("ùúủũụ", "ỳýỷỹỵ", strict=True)},
}
_TONE_PATTERN = re.compile("|".join(_TONES))
# "kỹ/kĩ", "lý/lí", "tỷ/tỉ", "mỹ/mĩ", "quý/quí": y after a lone consonant is i
_FINAL_Y = re.compile(r"(?<![^\W\d_])(h|k|l|m|s|t|qu)([yỳýỷỹỵ])(?![^\W\d_])")
_Y_TO_I = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))
_LOOKALIKES = str.maketrans({"ð": "đ", "–": "-", "—": "-", "“": '"', "”": '"', "\u00a0": " ", "’": "'", "‘": "'"})


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """The text in lower case with one tone placement and one y/i spelling; same length, so positions stay valid.

    The input is NFC (reading guarantees it). "Thoả thuận" and "Thỏa thuận" fold alike, "kỹ" and "kĩ" too; "đ" stays a letter of its own.
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a few foreign capitals lower to two characters
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    lowered = lowered.translate(_LOOKALIKES)
    lowered = _TONE_PATTERN.sub(lambda m: _TONES[m.group()], lowered)
    return _FINAL_Y.sub(lambda m: m.group(1) + _Y_TO_I[m.group(2)], lowered)


def folded_pattern(pattern: str) -> re.Pattern[str]:
    """The compiled pattern for folded text: its words may be written as usual ("quy định"); character classes keep their case."""
    spelled = _TONE_PATTERN.sub(lambda m: _TONES[m.group()], pattern)
    return re.compile(_FINAL_Y.sub(lambda m: m.group(1) + _Y_TO_I[m.group(2)], spelled))


@dataclass(frozen=True, slots=True)
class Token:
    """One syllable or number: its folded form and where it stands."""

    form: str
    start: int
    end: int


# "4.000.000", "0,5", "12/2024" are one token; letters of any script are one token; "%" and "m²" carry meaning
_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*|[^\W\d_]+[²³]?|%|‰")


@lru_cache(maxsize=65_536)
def tokenize(text: str) -> tuple[Token, ...]:
    """The syllables, numbers and percent signs of a text in order, folded, with positions; punctuation is left out."""
    folded = fold(text)
    return tuple(Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(folded))


# A sentence ends at a newline, at ";", or at "." before a capital or quote; "4.000" and "TP. Hồ Chí Minh" do not end one.
_BREAK = re.compile(r"\n+|;\s*|(?<=[^\W\d_]{2})[.!?][”\"]?\s+(?=[“\"(]?[A-ZÀ-ỸĐ])|(?<=[\d%)²³])\.\s+(?=[A-ZÀ-ỸĐ])")
# "12. " and "Điều 12. " open a paragraph or a quoted article: their stop numbers it and ends nothing
_NUMBERED = re.compile(
    r"(?:^|[\n“\"])\s*(?:(?:Điều|ĐIỀU|Khoản|Mục|MỤC|Tiểu mục|Chương|CHƯƠNG|Phần|PHẦN)\s+)?\d{1,4}[a-zđ]?(?:\.\d{1,2})*$"
)
_LONGEST_NUMBERING = 24  # characters
_ABBREVIATION = re.compile(r"(?:\b(?:TP|TX|TT|Tp|Tx|Ts|ThS|TS|PGS|GS|Q|P|v\.v|KT|TM|TL|TUQ))$")
# "1. ", "a) ", "- " at the start of a paragraph: numbering is never content
_MARKER = re.compile(
    r"^\s*(?:(?:Điều|ĐIỀU)\s+\d+[a-zđ]?\s*[.:-]\s*|\d{1,3}[a-zđ]?(?:\.\d{1,2})*[.)]\s+|[a-zđ]\d?\)\s*|[-+•*]\s+)+"
)


@lru_cache(maxsize=65_536)
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text in order, without numbering marks and outer blanks; empty pieces are dropped.

    Points of a list and parts before ";" are sentences of their own: they are the units that carry one rule each.
    """
    spans: list[Span] = []
    begin = 0
    for match in _BREAK.finditer(text):
        if match.group().startswith(".") and _ABBREVIATION.search(text, max(0, match.start() - 4), match.start()):
            continue
        if match.group().startswith(".") and _NUMBERED.search(
            text[max(0, match.start() - _LONGEST_NUMBERING) : match.start()]
        ):
            continue
        _add(spans, text, begin, match.start())
        begin = match.end()
    _add(spans, text, begin, len(text))
    return tuple(spans)


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    marker = _MARKER.match(piece)
    if marker:
        start += marker.end()
        piece = text[start:end]
    start += len(piece) - len(piece.lstrip(' \t"“”'))
    end -= len(piece) - len(piece.rstrip(' \t"“”.:,'))
    if end - start > 1:
        spans.append(Span(start, end))


@lru_cache(maxsize=8_192)
def words(text: str) -> tuple[tuple[str, Span], ...]:
    """The words of a text by underthesea ("quy_định" as "quy định"), as printed, with positions.

    Slow (about 0.2 MB a CPU-second): used to build word lists, never in the comparison of pairs. Needs no download.
    """
    from underthesea import word_tokenize  # noqa: PLC0415  (takes a second to import, needed for lexicon building only)

    found: list[tuple[str, Span]] = []
    at = 0
    for word in word_tokenize(text):
        pattern = re.compile(r"\s+".join(map(re.escape, word.split())))
        match = pattern.search(text, at)
        if match is None:  # underthesea rewrites a few characters; such a word has no position
            continue
        found.append((word, Span(match.start(), match.end())))
        at = match.end()
    return tuple(found)

"""Which part of a quoted payload is the new text of which unit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.law.document import Level
from nlp.law.identifiers import parse_path
from nlp.law.span import Span

if TYPE_CHECKING:
    from nlp.law.identifiers import PathStep

_START = r"(?:^|\n)[^\S\n]*[“\"]?[^\S\n]*"
_MARKERS = {
    Level.ARTICLE: rf"{_START}(?P<mark>(?:Điều|ĐIỀU)\s+{{}}\s*[.:])",
    Level.CLAUSE: rf"{_START}(?P<mark>{{}}[.)])(?=\s)",
    Level.POINT: rf"{_START}(?P<mark>{{}}[).])(?=\s)",
    Level.CHAPTER: rf"{_START}(?P<mark>(?:Chương|CHƯƠNG)\s+{{}}(?!\w))",
    Level.SECTION: rf"{_START}(?P<mark>(?:Mục|MỤC)\s+{{}}(?!\w))",
    Level.ANNEX: rf"{_START}(?P<mark>(?:Phụ\s+lục|PHỤ\s+LỤC)(?:\s+số)?\s+{{}}(?!\w))",
}
_ANY = {
    Level.ARTICLE: re.compile(rf"{_START}(?:Điều|ĐIỀU)\s+\d+[a-zđ]?\d?\s*[.:]"),
    Level.CLAUSE: re.compile(rf"{_START}\d{{1,3}}[a-zđ]?\d?[.)](?=\s)"),
    Level.POINT: re.compile(rf"{_START}[a-zđ]\d{{0,2}}\)"),
}


def unit_span(text: str, payloads: tuple[Span, ...], path: str) -> Span | None:
    """The new text of the unit `path` in consecutive payloads: from its marker to the next marker of its level; None when its marker is not there."""
    step = parse_path(path)[-1]
    for payload in payloads:
        inside = payload.of(text)
        marker = _marker(step)
        match = marker.search(inside) if marker is not None else None
        if match is None:
            continue
        start = match.start("mark")
        others = _ANY.get(step.level) if step.level else None
        following = others.search(inside, match.end()) if others is not None else None
        end = following.start() if following else len(inside)
        for larger in (Level.ARTICLE, Level.CLAUSE):
            # a point ends where its khoản ends, a khoản where its Điều ends
            if step.level in (Level.POINT, Level.CLAUSE) and larger is not step.level:
                cut = _ANY[larger].search(inside, match.end(), end)
                if cut is not None and not (step.level is Level.CLAUSE and larger is Level.CLAUSE):
                    end = min(end, cut.start())
        end = start + len(inside[start:end].rstrip())
        return Span(payload.start + start, payload.start + end)
    return None


def _marker(step: PathStep) -> re.Pattern[str] | None:
    pattern = _MARKERS.get(step.level) if step.level else None
    return re.compile(pattern.format(re.escape(step.number))) if pattern else None


def first_marker(text: str, payload: Span) -> tuple[Level, str] | None:
    """The level and number of the unit that a payload begins with, None when it begins with plain words."""
    match = re.compile(
        r"\s*[“\"]?\s*(?:(?:Điều|ĐIỀU)\s+(?P<art>\d+[a-zđ]?\d?)\s*[.:]|(?P<cl>\d{1,3}[a-zđ]?\d?)[.)](?=\s)|(?P<pt>[a-zđ]\d{0,2})\))"
    ).match(text, payload.start, payload.end)
    if match is None or match.lastgroup is None:
        return None
    return Level(match.lastgroup), match[match.lastgroup]


def article_numbers(text: str, payload: Span) -> tuple[str, ...]:
    """The numbers of the articles that a payload holds, in order."""
    pattern = re.compile(rf"{_START}(?:Điều|ĐIỀU)\s+(\d+[a-zđ]?\d?)\s*[.:]")
    return tuple(dict.fromkeys(match[1] for match in pattern.finditer(payload.of(text))))

"""Chains of citation units: "điểm a, b khoản 1 và khoản 3 Điều 5, Điều 6 Luật X" read into one chain per coordinated part."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from nlp.law.document import Level
from nlp.law.span import Span
from nlp.parsing.citation_grammar import Unit, expand
from nlp.parsing.mentions import Mention

# From small to large: a chain climbs this ladder ("Thứ tự viện dẫn từ nhỏ đến lớn", Điều 68 NĐ 78/2025/NĐ-CP).
LADDER = (
    Level.DASH, Level.POINT, Level.CLAUSE, Level.ARTICLE, Level.SUBSECTION, Level.SECTION, Level.CHAPTER, Level.PART, Level.ANNEX,
)  # fmt: skip
HEIGHT = {level: height for height, level in enumerate(LADDER)}

_PREPOSITION = r"(?:của|tại|thuộc|trong|theo|ở|nêu\s+tại|quy\s+định\s+tại|được\s+quy\s+định\s+tại)"
_CLIMB = re.compile(rf"(?:\s*\([^()]{{1,120}}\))?\s*(?:{_PREPOSITION}\s+)?(?:các\s+)?")
_COMMA = re.compile(rf"\s*,\s*(?:{_PREPOSITION}\s+)?")
_TO = re.compile(r"\s*(?:(?:cho\s+)?(?:đến|tới)(?:\s+hết)?|[-–])\s*")
_AND = re.compile(
    r"(?:\s*\([^()]{1,120}\))?\s*(?:[,;]\s*)?(?:(?:và/hoặc|và|hoặc|hay|cùng\s+với|vào\s+ngay\s+sau|vào\s+sau|vào\s+trước|vào|sau|trước|thành|bằng)\s+)?"
    r"(?:(?:sửa\s+đổi(?:,\s*bổ\s+sung)?|bổ\s+sung|bãi\s+bỏ|thay\s+thế|bỏ)\s+)?"  # "Sửa đổi khoản 5; bổ sung khoản 6 Điều 6"
    r"(?:(?:tại|của|từ|các|trong)\s+){0,2}"
)
_TO_DOCUMENT = re.compile(
    r"\s*(?:(?:của|tại|trong|thuộc|theo|ở)\s+)?(?:các\s+)?"
    r"|\s*[,;]?\s*\(?\s*(?:được\s+)?(?:ban\s+hành\s+)?kèm(?:\s+theo)?\s+|\s*[,;]?\s*\(?\s*(?:được\s+)?ban\s+hành\s+theo\s+",
)


@dataclass(slots=True)
class Chain:
    """One coordinated part of a citation, small to large; `inherited` are the larger units printed only with a later part."""

    units: list[Unit]
    old_style: bool = False  # "khoản 1, Điều 5": commas between levels
    inherited: tuple[Unit, ...] = ()

    @property
    def span(self) -> Span:
        """From the first to the last printed unit."""
        return Span(min(unit.span.start for unit in self.units), max(unit.span.end for unit in self.units))

    @property
    def all_units(self) -> tuple[Unit, ...]:
        """The printed and the inherited units."""
        return (*self.units, *self.inherited)

    @property
    def says_this(self) -> bool:
        """Whether one of its units is "... này"."""
        return any(unit.this for unit in self.all_units)


@dataclass(slots=True)
class Citation:
    """Coordinated chains and the document that closes them, if any."""

    chains: list[Chain] = field(default_factory=list)
    mention: Mention | None = None


def read_citations(text: str, units: tuple[Unit, ...], mentions: tuple[Mention, ...]) -> tuple[Citation, ...]:
    """Every citation of `text` in order: chains of units with their document, and documents cited as a whole (no chains).

    Larger units and the document are inherited from right to left: in "khoản 1 và khoản 2 Điều 5 Luật X" all of it belongs to Luật X.
    """
    tokens: list[Unit | Mention] = sorted(
        [*_outside(units, mentions), *mentions], key=lambda token: (token.span.start, -token.span.end)
    )
    done: list[Citation] = []
    open_: Citation | None = None
    for token in tokens:
        gap = text[_end(open_) : token.span.start] if open_ is not None else None
        if isinstance(token, Mention):
            if open_ is not None and gap is not None and _joins_document(gap, open_.chains[-1]):
                open_.mention = token
                done.append(open_)
            else:
                done.extend([open_] if open_ else [])
                done.append(Citation([], token))
            open_ = None
        elif open_ is None or gap is None or not _join(open_, gap, token):
            done.extend([open_] if open_ else [])
            open_ = Citation([Chain([token])])
    done.extend([open_] if open_ else [])
    for citation in done:
        _inherit(citation)
    return tuple(done)


def _outside(units: tuple[Unit, ...], mentions: tuple[Mention, ...]) -> list[Unit]:
    """The units that are not part of a document's name."""
    kept = []
    spans = iter(sorted(mention.span for mention in mentions))
    span = next(spans, None)
    for unit in units:
        while span is not None and span.end <= unit.span.start:
            span = next(spans, None)
        if span is None or not span.overlaps(unit.span):
            kept.append(unit)
    return kept


def _end(citation: Citation | None) -> int:
    return citation.chains[-1].span.end if citation else 0


def _joins_document(gap: str, chain: Chain) -> bool:
    if chain.says_this and "theo" not in gap:
        return False
    if _TO_DOCUMENT.fullmatch(gap):
        return True
    # "khoản 1, Điều 5, Luật Đất đai"
    return _COMMA.fullmatch(gap) is not None and chain.units[-1].level is Level.ARTICLE


def _join(citation: Citation, gap: str, unit: Unit) -> bool:
    """Add a unit to an open citation; False when the words between do not join them."""
    chain = citation.chains[-1]
    last = chain.units[-1]
    climbs = HEIGHT[unit.level] - HEIGHT[last.level]
    if _TO.fullmatch(gap) and climbs == 0 and last.numbers and unit.numbers:
        numbers = (*last.numbers, *expand(unit.level, last.numbers[-1], unit.numbers[0]), *unit.numbers[1:])
        chain.units[-1] = replace(
            last, span=Span(last.span.start, unit.span.end), numbers=tuple(dict.fromkeys(numbers))
        )
        return True
    if climbs > 0 and _CLIMB.fullmatch(gap):
        chain.units.append(unit)
        return True
    if (
        climbs > 0
        and _COMMA.fullmatch(gap)
        and (unit.this or climbs == 1 or (climbs <= 2 and last.level is Level.POINT))
    ):
        chain.units.append(unit)
        chain.old_style = True
        return True
    if climbs < 0 and not gap.strip() and len(chain.units) == 1 and last.level in (Level.ARTICLE, Level.CLAUSE):
        chain.units.insert(0, unit)  # "Điều 5 khoản 2": large to small
        return True
    if gap.strip() and (_AND.fullmatch(gap) or _TO.fullmatch(gap)):
        citation.chains.append(Chain([unit]))
        return True
    return False


def _inherit(citation: Citation) -> None:
    """Give each chain the larger units of the chains to its right that it lacks.

    A chain that names an article, annex or larger container stands by itself: "Điều 5, khoản 1 Mục II" share nothing.
    """
    above: tuple[Unit, ...] = ()
    for chain in reversed(citation.chains):
        top = max(HEIGHT[unit.level] for unit in chain.units)
        # "khoản này và khoản 1 Điều 2": "này" tells its place by itself
        placed = top == HEIGHT[Level.ARTICLE] or any(unit.this for unit in chain.units)
        if not placed:
            chain.inherited = tuple(unit for unit in above if HEIGHT[unit.level] > top)
        above = chain.all_units

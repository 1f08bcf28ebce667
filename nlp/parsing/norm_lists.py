"""Lists: which lead each sentence of a text stands under, and what the lead gives to its points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from nlp.law.norm import Modality
from nlp.law.span import Span
from nlp.text.segment import sentences

if TYPE_CHECKING:
    from nlp.parsing.norm_reading import Reading


class ListKind(Enum):
    """What the points of a list are."""

    RULES = "rules"  # "Cơ sở sản xuất phải:"
    DOSSIER = "dossier"  # "Hồ sơ gồm:"
    TERMS = "terms"  # "các từ ngữ dưới đây được hiểu như sau:"


@dataclass(frozen=True, slots=True)
class Lead:
    """What a lead gives to the points under it.

    `norm` is the index of its own norm, -1 where it has none; `points` the level of its first point, 0 before it is met or where points have no mark.
    """

    level: int
    kind: ListKind
    bearer: str = ""
    modality: Modality = Modality.STATEMENT
    cue: Span | None = None
    norm: int = -1
    points: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence with its place in the lists.

    `level` is that of its mark (0 none, 1 "1.", 2 "a)", 3 "-", 4 "+"); `continues` its line has a sentence before it, `row` only ";" parts them;
    `opens` a colon follows; `heading` it is the line "Điều 5. ...".
    """

    span: Span
    level: int
    continues: bool
    row: bool  # separated from the one before by ";" only
    opens: bool
    heading: bool


# a line that begins with a mark; several marks on one line ("1. a) ...") count as the last
_MARKS = (
    (re.compile(r"\s*\d{1,3}[a-zđ]?(?:\.\d{1,2})*[.)]"), 1),
    (re.compile(r"\s*[a-zđ]\d?\)"), 2),
    (re.compile(r"\s*[-•*]\s"), 3),
    (re.compile(r"\s*\+\s"), 4),
)
_HEADING = re.compile(r"\s*(?:Điều|ĐIỀU)\s+\d+[a-zđ]?\s*[.:-]\s*")
_GLUED = re.compile(r"\d{1,2}[a-zđ]?[.)](?=[^\W\d_])")  # "1.Mức dự trữ": the blank is missing
_MARK_ONLY = re.compile(r"\s*(?:(?:Điều|ĐIỀU)\s+)?\d{1,3}[a-zđ]?\s*")
_PREFIX = re.compile(
    r"\s*(?:(?:Điều|ĐIỀU)\s+\d+[a-zđ]?\s*[.:-]|\d{1,3}[a-zđ]?(?:\.\d{1,2})*[.)]|[a-zđ]\d?\)|[-+•*“\"]|\s)*"
)
HEADING_LENGTH = 160  # characters; a longer "Điều 1. ..." line is a rule, not a heading


def items(text: str) -> list[Item]:
    """The sentences of a text in order, each with its place in the lists; a mark that stands alone ("Điều 12", "10") belongs to what follows it."""
    found: list[Item] = []
    line = before = 0
    for sentence in sentences(text):
        span = sentence
        newline = text.rfind("\n", before, span.start)
        gap, before = text[before : span.start], span.end
        line = newline + 1 if newline >= 0 else line
        if _MARK_ONLY.fullmatch(text, line, span.end):
            continue
        glued = _GLUED.match(text, span.start, span.end)
        if glued and not text[line : span.start].strip():
            span = Span(glued.end(), span.end)
        prefix = text[line : span.start]
        continues = _PREFIX.fullmatch(prefix) is None and bool(found)
        level = found[-1].level if continues else _level(prefix)
        heading = not continues and _HEADING.match(text, line, span.end) is not None
        if heading:
            heading = len(span) <= HEADING_LENGTH and text[span.end : span.end + 1] in ("\n", "")
            level = 0
        opens = text[span.end : span.end + 1] == ":"
        found.append(Item(span, level, continues, continues and ";" in gap, opens, heading))
    return found


def _level(prefix: str) -> int:
    level, at = 0, 0
    while True:
        for mark, rank in _MARKS:
            match = mark.match(prefix, at)
            if match:
                level, at = rank, match.end()
                break
        else:
            return level


_DUTIES_OF = re.compile(
    r"^(?:trách nhiệm|nghĩa vụ|nhiệm vụ)(?: và nghĩa vụ| và quyền hạn|, quyền hạn)? của (?P<who>.+)$"
)
_RIGHTS_OF = re.compile(r"^quyền(?: hạn)? của (?P<who>.+)$")
_BOTH_OF = re.compile(
    r"^(?:quyền(?: hạn)?(?: và|,) (?:nghĩa vụ|trách nhiệm|nhiệm vụ)|nhiệm vụ(?: và|,) quyền hạn) của (?P<who>.+)$"
)
_PROHIBITED = re.compile(
    r"(?:hành vi|việc|điều)\s+(?:bị\s+)?(?:nghiêm\s+)?cấm(?!\w)|(?:^|\s)nghiêm cấm (?:các )?(?:hành vi|việc)"
)
_TERMS = re.compile(
    r"(?:từ ngữ|thuật ngữ|cụm từ|khái niệm)[^.;\n]{0,80}?(?:hiểu như sau|có nghĩa như sau|được hiểu là|được giải thích)|"
    r"^giải thích (?:từ ngữ|thuật ngữ)"
)
_DOSSIER = re.compile(
    r"(?:hồ sơ|giấy tờ|thành phần hồ sơ|tài liệu)(?!\w)[^:;\n]{0,200}?(?:bao gồm|gồm(?: có)?|sau đây|sau|như sau)$|"
    r"^thành phần(?:,)? (?:số lượng )?hồ sơ$|^hồ sơ$"
)


def terms_lead(folded: str) -> bool:
    """Whether the sentence announces definitions ("các từ ngữ dưới đây được hiểu như sau")."""
    return _TERMS.search(folded) is not None


def heading_lead(reading: Reading, item: Item) -> Lead | None:
    """The lead that a heading gives: duties or rights of somebody, prohibited acts, definitions; None for any other heading."""
    folded, text = reading.folded[item.span.start : item.span.end], item.span.of(reading.text)
    if terms_lead(folded):
        return Lead(0, ListKind.TERMS)
    if _PROHIBITED.search(folded):
        return Lead(0, ListKind.RULES, modality=Modality.PROHIBITION, cue=item.span)
    for pattern, modality in (
        (_DUTIES_OF, Modality.OBLIGATION),
        (_RIGHTS_OF, Modality.PERMISSION),
        (_BOTH_OF, Modality.STATEMENT),
    ):
        match = pattern.match(folded)
        if match:
            cue = item.span if modality is not Modality.STATEMENT else None
            return Lead(0, ListKind.RULES, text[match.start("who") : match.end("who")].strip(), modality, cue)
    return None


def list_kind(folded: str) -> ListKind:
    """What the points under a lead are, by the lead's folded words."""
    if terms_lead(folded):
        return ListKind.TERMS
    return ListKind.DOSSIER if _DOSSIER.search(folded) else ListKind.RULES


def prohibits(folded: str) -> bool:
    """Whether a lead names prohibited acts ("Nghiêm cấm các hành vi sau đây", "Các hành vi bị cấm")."""
    return _PROHIBITED.search(folded) is not None

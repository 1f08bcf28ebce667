"""Changes to a clause that alter the law, each with its type of conflict; None where a clause offers nothing to change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.law.finding import ConflictType
from nlp.law.norm import Comparator
from nlp.text.clauses import find_bodies, find_cues
from nlp.text.segment import fold
from nlp.training import edit_words as words
from nlp.training.edit_operations import (
    IN_WORDS,
    MEASURED,
    TIME,
    Edit,
    figures_of,
    occurrences,
    other_value,
    points_of,
    put,
    swap,
)

if TYPE_CHECKING:
    from random import Random

    from nlp.law.norm import Quantity

DECIDING_REACH = 70  # characters between a body and its verb
PUNISHING_REACH = 80  # characters between a sanction and its figure
_POTENTIAL = re.compile(r"\s+(?:từ|cho|bằng|tại|ở|về)(?!\w)")  # "thu thập được từ": what can be done, no permission


def other_number(text: str, rng: Random) -> Edit | None:
    """Another amount outside sanctions."""
    figures = [found for found in figures_of(text, frozenset(MEASURED - TIME)) if not _punishes(text, found[1])]
    return _figure(text, rng, figures, ConflictType.NUMBER)


def other_sanction(text: str, rng: Random) -> Edit | None:
    """Another fine or another time of a suspension."""
    figures = [found for found in figures_of(text, frozenset(MEASURED)) if _punishes(text, found[1])]
    return _figure(text, rng, figures, ConflictType.SANCTION)


def _punishes(text: str, match: re.Match[str]) -> bool:
    before = fold(text[max(0, match.start() - PUNISHING_REACH) : match.start()])
    return re.search(r"phạt|tước quyền|đình chỉ", before) is not None


def other_deadline(text: str, rng: Random) -> Edit | None:
    """A longer or other time limit, or working days instead of days where that makes a maximum longer."""
    figures = [found for found in figures_of(text, TIME) if not _punishes(text, found[1])]
    days = [
        (quantity, match)
        for quantity, match in figures
        if quantity.unit == "ngày" and quantity.comparator is Comparator.AT_MOST
    ]
    if days and rng.random() < 0.25:
        quantity, _ = rng.choice(days)
        return put(text, quantity.span.end, quantity.span.end, " làm việc", ConflictType.DEADLINE)
    return _figure(text, rng, figures, ConflictType.DEADLINE)


def _figure(text: str, rng: Random, figures: list[tuple[Quantity, re.Match[str]]], kind: ConflictType) -> Edit | None:
    if not figures:
        return None
    quantity, match = rng.choice(figures)
    new = other_value(quantity, match.group(), rng)
    if new is None:
        return None
    spoken = IN_WORDS.match(text, match.end())
    return put(text, match.start(), spoken.end() if spoken else match.end(), new, kind)


def other_start(text: str, rng: Random) -> Edit | None:
    """A time limit that starts with another event."""
    found = list(re.finditer(r"(?:kể|tính) từ (?:ngày|khi|thời điểm)[^,.;\n]{3,60}", text))
    if not found:
        return None
    match = rng.choice(found)
    return put(text, match.start(), match.end(), rng.choice(words.EVENTS), ConflictType.DEADLINE)


def other_modality(text: str, rng: Random) -> Edit | None:
    """Another force of the command."""
    cues = [
        cue
        for cue in find_cues(text)
        if cue.form in words.MODALITY and not (cue.form == "được" and _POTENTIAL.match(text, cue.span.end))
    ]
    if not cues:
        return None
    cue = rng.choice(cues)
    return put(text, cue.span.start, cue.span.end, rng.choice(words.MODALITY[cue.form]), ConflictType.MODALITY)


def other_authority(text: str, rng: Random) -> Edit | None:
    """Another body decides."""
    verb = re.compile("|".join(words.DECIDING))
    folded = fold(text)
    bodies = [
        match
        for match in find_bodies(text)
        if verb.search(folded, match.span.end, match.span.end + DECIDING_REACH)
        and not folded.endswith("cơ ", 0, match.span.start)  # "cơ sở" names no office
    ]
    if not bodies:
        return None
    match = rng.choice(bodies)
    old = fold(text[match.span.start : match.span.end])
    others = [group for group in words.AUTHORITIES if not any(fold(form) in old or old in fold(form) for form in group)]
    return put(text, match.span.start, match.span.end, rng.choice(rng.choice(others)), ConflictType.AUTHORITY)


def condition_added(text: str, rng: Random) -> Edit | None:
    """A condition at the end of a commanding sentence, or a paper in a list of papers."""
    if "hồ sơ" in fold(text) and (listed := points_of(text)):
        start = listed[-1].start()
        paper = rng.choice(words.ADDED_PAPERS)
        return Edit(
            f"{text[:start]}{text[start : start + 2]} {paper};\n{text[start:]}", "", paper, ConflictType.CONDITION
        )
    ends = [match.start() for match in re.finditer(r"[.;](?=\s|$)", text) if find_cues(text[: match.start()])]
    if not ends:
        return None
    condition = rng.choice(words.ADDED_CONDITIONS).format(n=rng.choice((2, 3, 5, 10)))
    at = rng.choice(ends)
    return Edit(f"{text[:at]} {condition}{text[at:]}", "", condition, ConflictType.CONDITION)


def condition_dropped(text: str, rng: Random) -> Edit | None:
    """An exception, a condition or a point of a list left out."""
    found = [
        (m.start(), m.end())
        for m in re.finditer(
            r",? (?:trừ trường hợp|nếu|khi có|(?<!phù hợp )với điều kiện)[^,.;\n]{12,120}(?=[,.;\n])", text
        )
    ]
    points = points_of(text)
    if len(points) >= 3 and re.search(r"điều kiện|hồ sơ|tiêu chuẩn|yêu cầu", fold(text)):
        at = rng.randrange(1, len(points) - 1)
        found.append((points[at].start(), points[at + 1].start()))
    if not found:
        return None
    start, end = rng.choice(found)
    return put(text, start, end, "", ConflictType.CONDITION)


def other_addressee(text: str, rng: Random) -> Edit | None:
    """A narrower circle of those bound or entitled."""
    table = [(old, new) for old, circles in words.ADDRESSEES.items() for new in circles]
    return swap(text, rng, table, ConflictType.SCOPE)


def other_procedure(text: str, rng: Random) -> Edit | None:
    """Another step, form or order."""
    return swap(text, rng, words.PROCEDURE, ConflictType.PROCEDURE)


def other_definition(text: str, rng: Random) -> Edit | None:
    """A definition that lost its last mark or whose marks are joined otherwise."""
    if not re.match(r"(?:\d+\. )?[^.,;\n]{4,70} (?:là|được hiểu là) ", text):
        return None
    tail = re.search(r"(?:,| và| hoặc| bao gồm) [^,.;\n]{12,120}(?=\.?$)", text)
    if tail:
        return put(text, tail.start(), tail.end(), "", ConflictType.DEFINITION)
    return swap(text, rng, (("hoặc", "và"), ("và", "hoặc")), ConflictType.DEFINITION)


def other_connective(text: str, rng: Random) -> Edit | None:
    """All of several conditions instead of one of them, or the other way round."""
    return swap(text, rng, words.CONNECTIVES, ConflictType.CONDITION)


# as often as the kinds of conflict come in practice
CHANGES = (
    *(other_number,) * 6, *(other_deadline,) * 4, other_start, *(other_modality,) * 5, *(other_authority,) * 5, *(condition_added,) * 2,
    *(condition_dropped,) * 2, *(other_connective,), *(other_addressee,) * 2, *(other_sanction,) * 2, other_procedure, other_definition,
)  # fmt: skip


def saved(text: str, rng: Random) -> Edit | None:
    """A saving clause at the end."""
    body = text.rstrip().rstrip(".;")
    clause = rng.choice(words.SAVINGS)
    return Edit(f"{body}{clause}.", "", clause)


def other_subject(text: str, rng: Random) -> Edit | None:
    """The same rule for something that is governed apart: every mention is replaced."""
    found = [(old, group) for group in words.SUBJECTS for old in group if occurrences(text, old)]
    if not found:
        return None
    old, group = rng.choice(found)
    new = rng.choice([name for name in group if name != old])
    pattern = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)", re.IGNORECASE)
    changed = pattern.sub(lambda match: new[:1].upper() + new[1:] if match.group()[:1].isupper() else new, text)
    return None if changed == text else Edit(changed, old, new)

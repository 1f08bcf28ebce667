"""Norms of a text: who must, may or must not do what, when, how much, unless."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from nlp.law.norm import Modality, Norm
from nlp.law.span import Span
from nlp.parsing import norm_parts as parts
from nlp.parsing.norm_clauses import Clause, main_clause
from nlp.parsing.norm_lists import Item, Lead, ListKind, heading_lead, items, list_kind, prohibits, terms_lead
from nlp.parsing.norm_reading import Reading, read_text

# where a sentence turns to a second rule: both parts are norms when each has a cue of its own
_TURN = re.compile(r",\s+(?:nhưng|tuy nhiên|đồng thời|song)(?!\w)\s*|\.\s+")
_DENIES = re.compile(
    r"(?<!\w)(?<!hàng )(?<!phòng )(?<!trên )(?:không|chưa|chẳng)(?!\w)"
    r"(?!\s+(?:quá|vượt|gian|khí|những|chỉ|kể|dưới|thấp hơn|ít hơn|nhiều hơn|cao hơn|lớn hơn|nhỏ hơn|phải là))"
)
_DENIAL_REACH = 24  # characters after the subject in which a denial is that of the verb
_DENIED = frozenset({Modality.PROHIBITION, Modality.EXEMPTION})


@lru_cache(maxsize=32_768)
def extract_norms(text: str) -> tuple[Norm, ...]:
    """The norms of a clause or point in text order, one per sentence part; spans are over `text`. Linear in the text; never raises.

    A lead that ends with a colon, or a heading that names duties, rights or prohibited acts of somebody, gives bearer and modality to the points
    below it that have none of their own. Points of a dossier list become `dossier` of the lead's norm; points of a list of definitions, and
    defining sentences, are DEFINITION with their term. Without a deontic word a norm is a STATEMENT. Headings give no norm. Empty text gives ().
    """
    reading = read_text(text)
    found: list[Norm] = []
    leads: list[Lead] = []
    for item in items(text):
        _close(leads, item)
        lead = leads[-1] if leads else None
        if item.heading:
            opened = heading_lead(reading, item)
            leads[:] = [opened] if opened else []
            continue
        if lead is not None and lead.kind is ListKind.DOSSIER and lead.norm >= 0 and not item.opens:
            found[lead.norm] = _with_paper(found[lead.norm], item.span.of(text))
            continue
        folded = reading.folded[item.span.start : item.span.end]
        if item.opens and terms_lead(folded):
            leads.append(Lead(item.level, ListKind.TERMS))
            continue
        found.extend(_norm(reading, span, lead) for span in _pieces(reading, item.span))
        opened = _opened(reading, item, found[-1], len(found) - 1, lead)
        if opened is not None:
            leads.append(opened)
    return tuple(found)


def _close(leads: list[Lead], item: Item) -> None:
    """Drop the leads whose list ended before this item, and tell the remaining one at which level its points stand.

    A list ends at a new line of its lead's level or above, or at a mark above that of its first point; an inline list ends with its sentence.
    """
    if item.continues:
        while leads and leads[-1].level > item.level and not item.row:
            leads.pop()
        return
    while leads and (leads[-1].level >= max(item.level, 1) or 0 < item.level < leads[-1].points):
        leads.pop()
    if not leads:
        return
    if item.level == 0 and leads[-1].norm >= 0 and leads[-1].points and leads[-1].kind is not ListKind.TERMS:
        leads.pop()  # an unmarked line after marked points stands for itself
    elif not leads[-1].points and item.level:
        leads[-1] = replace(leads[-1], points=item.level)


def _opened(reading: Reading, item: Item, norm: Norm, index: int, above: Lead | None) -> Lead | None:
    """The lead that this item is for what follows, None where it opens no list."""
    folded = reading.folded[item.span.start : item.span.end]
    if not item.opens:
        inline = bool(norm.dossier) and reading.text[item.span.end : item.span.end + 1] == ";"
        return Lead(item.level + 1, ListKind.DOSSIER, norm=index) if inline else None
    modality = Modality.PROHIBITION if prohibits(folded) else norm.modality
    bearer, cue = norm.bearer, norm.cue
    if modality in (Modality.STATEMENT, Modality.DEFINITION) and above is not None and above.kind is ListKind.RULES:
        modality, cue = above.modality, cue or above.cue
    return Lead(item.level, list_kind(folded), bearer or (above.bearer if above else ""), modality, cue, index)


def _with_paper(norm: Norm, paper: str) -> Norm:
    return replace(norm, dossier=(*norm.dossier, paper.strip()))


def _pieces(reading: Reading, span: Span) -> list[Span]:
    pieces, begin = [], span.start
    for match in _TURN.finditer(reading.folded, span.start, span.end):
        if reading.cues_in(begin, match.start()) and reading.cues_in(match.end(), span.end):
            pieces.append(Span(begin, match.start()))
            begin = match.end()
    pieces.append(Span(begin, span.end))
    return pieces


def _norm(reading: Reading, span: Span, lead: Lead | None) -> Norm:
    text, folded = reading.text, reading.folded
    listed = lead is not None and lead.kind is ListKind.TERMS
    definition = parts.defined(reading, span, listed=listed)
    clause = main_clause(reading, span.start, span.end)
    modality, cue = clause.modality, clause.cue.span if clause.cue else None
    bearer = clause.bearer.of(text) if clause.bearer else ""
    term = ""
    if definition is not None and (listed or cue is None or cue.start > definition[1]):
        modality, cue, bearer, term = Modality.DEFINITION, None, "", definition[0].of(text)
        start = definition[1]
    else:
        start = cue.end if cue else (clause.bearer.end if clause.bearer else clause.start)
        if lead is not None and lead.kind is ListKind.RULES:
            bearer = bearer or lead.bearer
            if cue is None and lead.modality is not Modality.STATEMENT:
                modality, cue = lead.modality, lead.cue
    exceptions = parts.exceptions(reading, span)
    conditions = parts.conditions(reading, span, exceptions)
    action = _action(reading, start, span.end, (*exceptions, *conditions))
    acts = modality is not Modality.DEFINITION and (cue is not None or bearer != "" or lead is not None)
    acted_on = parts.acted_on(folded, action.start, action.end) if acts else None
    quantities = tuple(parts.with_role(reading, q, span.start) for q in reading.quantities_in(span.start, span.end))
    return Norm(
        span=span,
        bearer=bearer,
        modality=modality,
        cue=cue,
        action=action.of(text),
        object=acted_on.of(text) if acted_on else "",
        conditions=conditions,
        exceptions=exceptions,
        saving=parts.savings(reading, span, exceptions),
        quantities=quantities,
        deadlines=parts.time_limits(reading, span, quantities),
        authority=parts.authority(reading, span),
        dossier=parts.papers(reading, span),
        sanction=parts.sanction(reading, span),
        term=term,
        negated=modality in _DENIED or _denied(reading, clause, start, span.end),
    )


def _action(reading: Reading, start: int, end: int, cuts: tuple[Span, ...]) -> Span:
    """What is done: from after the cue or subject to the first condition or exception that follows, without outer marks."""
    text = reading.text
    while start < end and text[start] in " ,:":
        start += 1
    stop = min((cut.start for cut in cuts if cut.start > start), default=end)
    while stop > start and text[stop - 1] in " ,:(./":
        stop -= 1
    return Span(start, stop)


def _denied(reading: Reading, clause: Clause, start: int, end: int) -> bool:
    """Whether the verb of the main clause is denied: right after the subject or the cue."""
    if clause.modality is Modality.STATEMENT and clause.bearer is None:
        start = clause.start
        return _DENIES.search(reading.folded, start, min(end, start + 2 * _DENIAL_REACH)) is not None
    return _DENIES.search(reading.folded, start, min(end, start + _DENIAL_REACH)) is not None

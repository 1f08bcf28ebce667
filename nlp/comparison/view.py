"""A pair as rules see it: both analysed texts, their alignment, matched quantities, polarity and deciders."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from nlp.comparison.align import MATCHED, Alignment, align
from nlp.comparison.amounts import Amounts, match_amounts
from nlp.comparison.commands import Command, commands
from nlp.comparison.deciding import Decider, deciders
from nlp.comparison.facts import Facts, read_facts
from nlp.comparison.orient import equals
from nlp.law.span import Span
from nlp.law.territory import TerritoryRelation, relate
from nlp.text.segment import folded_pattern

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nlp.comparison.wordspace import WordSpace
    from nlp.law.finding import ConflictType, ProvisionPair


@dataclass(frozen=True, slots=True)
class Hit:
    """What one rule saw in a pair. `strength` in 0..1 is how clearly; the model decides what it weighs. `a`/`b` are the words it rests on."""

    rule: str
    strength: float
    a: tuple[Span, ...] = ()
    b: tuple[Span, ...] = ()
    conflict_type: ConflictType | None = None
    detail: str = ""  # fills the rule's sentence beside the quotes


_NEGATION = folded_pattern(r"(?<!\w)(?:không|chưa|chẳng|cấm|nghiêm cấm|miễn|khỏi|bỏ qua|khước từ|từ chối)(?!\w)")
# "không quá 30 ngày" bounds, "không gian" is a noun, "không những" adds: none of them denies the clause
_NO_DENIAL = folded_pattern(
    r"(?:không|chưa)\s+(?:được\s+)?(?:quá|vượt|dưới|thấp hơn|ít hơn|nhiều hơn|cao hơn|lớn hơn|nhỏ hơn|muộn hơn|"
    r"chậm quá|kể|gian|khí|chỉ|những|đầy đủ|hợp lệ|còn nhu cầu|đủ điều kiện|thuộc|may)"
)
_CLAUSE_END = folded_pattern(r"[,;.\n:]|(?<!\w)(?:nhưng|thì|để|mà|vẫn|(?<!không )(?<!chưa )phải)(?!\w)")
NEGATION_REACH = 60  # characters that a negation governs at most


@dataclass(frozen=True)
class View:
    """Everything that rules may look at."""

    pair: ProvisionPair
    a: Facts
    b: Facts
    alignment: Alignment
    amounts: Amounts

    @cached_property
    def a_denied(self) -> NDArray[np.bool_]:
        """Which words of A stand under a negation."""
        return denied_words(self.a)

    @cached_property
    def b_denied(self) -> NDArray[np.bool_]:
        """Which words of B stand under a negation."""
        return denied_words(self.b)

    @cached_property
    def a_commands(self) -> tuple[Command, ...]:
        """The commands of A."""
        return commands(self.a)

    @cached_property
    def b_commands(self) -> tuple[Command, ...]:
        """The commands of B."""
        return commands(self.b)

    @cached_property
    def a_deciders(self) -> tuple[Decider, ...]:
        """Who does what in A."""
        return deciders(self.a)

    @cached_property
    def b_deciders(self) -> tuple[Decider, ...]:
        """Who does what in B."""
        return deciders(self.b)

    def coverage(self, span: Span) -> float:
        """The share of the content of a span of A that stands in B, 0 where it has no content."""
        return _cover(self.a, self.alignment.a_best, span)

    def coverage_b(self, span: Span) -> float:
        """The share of the content of a span of B that stands in A."""
        return _cover(self.b, self.alignment.b_best, span)

    def coverage_in(self, span: Span, other: Span, *, reverse: bool = False, without: Span | None = None) -> float:
        """The share of the content of A's span found inside B's span; with `reverse`, of B's span inside A's span.

        Words of the first span that lie in `without` do not count.
        """
        mine, theirs = (self.b, self.a) if reverse else (self.a, self.b)
        window, target = mine.words_in(span.start, span.end), theirs.words_in(other.start, other.end)
        weight = mine.weight[window]
        if without is not None:
            left_out = mine.words_in(without.start, without.end)
            weight = weight.copy()
            weight[max(0, left_out.start - window.start) : max(0, left_out.stop - window.start)] = 0.0
        total = float(weight.sum())
        if not total or target.start >= target.stop:
            return 0.0
        grid = self.alignment.similar.T if reverse else self.alignment.similar
        return float((weight * grid[window, target].max(1)).sum() / total)

    def clause_end(self, start: int, reach: int) -> int:
        """Where the clause of A that begins at `start` ends: at the next comma, colon or stop, at most `reach` characters on."""
        stop = _STOP.search(self.a.folded, start)
        return min(stop.start() if stop else len(self.a.text), start + reach)

    def span(self, start: int, end: int) -> Span:
        """[start, end) of A with cut words completed and outer blanks and marks dropped."""
        return _whole_words(self.a.text, start, end)

    def span_b(self, start: int, end: int) -> Span:
        """[start, end) of B with cut words completed and outer blanks and marks dropped."""
        return _whole_words(self.b.text, start, end)

    @cached_property
    def territory(self) -> TerritoryRelation:
        """How A's area stands to B's on the later day of issue."""
        a, b = self.pair.a, self.pair.b
        days = [day for day in (a.issued, b.issued) if day is not None]
        return relate(a.territory, b.territory, max(days)) if days else relate(a.territory, b.territory, TODAY_UNKNOWN)

    def answers(self, start: int, end: int) -> Span | None:
        """The stretch of B that most words of A's [start, end) are matched to, None when fewer than two are."""
        window = self.a.words_in(start, end)
        best, arg = self.alignment.a_best[window], self.alignment.a_arg[window]
        chosen = [int(j) for j, s, w in zip(arg, best, self.a.weight[window], strict=True) if s >= MATCHED and w > 0]
        return _dense_run(self.b, chosen)

    def sentence_of_a(self, position: int) -> Span:
        """The sentence of A around a position, the whole text where there is none."""
        return self.a.sentence_at(position) or Span(0, len(self.a.text))

    def sentence_of_b(self, position: int) -> Span:
        """The sentence of B around a position, the whole text where there is none."""
        return self.b.sentence_at(position) or Span(0, len(self.b.text))

    def partner_sentence(self, position: int) -> Span:
        """The sentence of B that answers the sentence of A around a position best."""
        span = self.a.sentence_at(position)
        if span is None or not self.b.sentences or not self.alignment.grid.size:
            return Span(0, len(self.b.text))
        return self.b.sentences[self.alignment.partner(self.a.sentences.index(span))]


_STOP = folded_pattern(r"[,;.:\n]")
# without any date the areas are compared as they were before the merger of 2025: disjoint stays disjoint
TODAY_UNKNOWN = dt.date(2025, 6, 30)


def _whole_words(text: str, start: int, end: int) -> Span:
    while end < len(text) and text[end - 1 : end].isalnum() and text[end].isalnum():
        end += 1
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "%)”²³"):
        end -= 1
    return Span(start, end)


def see(pair: ProvisionPair, space: WordSpace) -> View:
    """The view of a pair."""
    a, b = read_facts(pair.a.text, space), read_facts(pair.b.text, space)
    alignment = align(a, b, space)
    return View(pair, a, b, alignment, match_amounts(alignment, peers=equals(pair)))


def denied_words(facts: Facts) -> NDArray[np.bool_]:
    """Which words of a text stand under a negation: from it to the end of its clause."""
    denied = np.zeros(len(facts.words), dtype=np.bool_)
    for match in _NEGATION.finditer(facts.folded):
        if _NO_DENIAL.match(facts.folded, match.start()):
            continue
        end = _CLAUSE_END.search(facts.folded, match.end())
        stop = min(end.start() if end else len(facts.folded), match.end() + NEGATION_REACH)
        denied[facts.words_in(match.start(), stop)] = True
    return denied


def _cover(facts: Facts, best: NDArray[np.float32], span: Span) -> float:
    window = facts.words_in(span.start, span.end)
    weight = facts.weight[window]
    total = float(weight.sum())
    return float((weight * best[window]).sum() / total) if total else 0.0


def _dense_run(facts: Facts, chosen: list[int]) -> Span | None:
    """The span of the largest group of word positions that lie within 8 words of each other."""
    groups: list[list[int]] = []
    for index in sorted(chosen):
        if groups and index - groups[-1][-1] <= 8:
            groups[-1].append(index)
        else:
            groups.append([index])
    if not groups:
        return None
    best = max(groups, key=len)
    if len(best) < 2:
        return None
    return Span(facts.words[best[0]].start, facts.words[best[-1]].end)

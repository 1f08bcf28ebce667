"""How often each rule fires, and how often it is right, on labelled pairs: what `rasoat rules` shows beside a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.comparison import shipped_scorer
from nlp.comparison.orient import orient
from nlp.comparison.rules import RULES, check_all
from nlp.comparison.view import see
from nlp.law.finding import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nlp.comparison.records import LabelledPair
    from nlp.comparison.rules import Rule
    from nlp.comparison.view import Hit
    from nlp.comparison.wordspace import WordSpace


@dataclass(frozen=True, slots=True)
class RuleCount:
    """What one rule did on a set of labelled pairs, each read in the order in which it is judged.

    `right` of the `fired` pairs lie on the rule's side: contradictions for an accusing rule, anything else for an exonerating one. `found` of the
    `asked` pairs are those that the rule is for: contradictions of its type, 0 of 0 for a rule without a type.
    """

    code: str
    fired: int
    right: int
    found: int
    asked: int


def count_rules(pairs: Iterable[LabelledPair], space: WordSpace | None = None) -> tuple[RuleCount, ...]:
    """One row per rule, in the order of `RULES`; `space` is that of the shipped scorer unless another is given."""
    words = space or shipped_scorer().space
    seen = [(pair, fired(pair, words)) for pair in pairs]
    return tuple(_count(rule, seen) for rule in RULES)


def fired(pair: LabelledPair, space: WordSpace) -> dict[str, Hit]:
    """The hits on a pair by the code of their rule."""
    return {hit.rule: hit for hit in check_all(see(orient(pair.pair).pair, space))}


def _count(rule: Rule, seen: list[tuple[LabelledPair, dict[str, Hit]]]) -> RuleCount:
    mine = [pair for pair, hits in seen if rule.code in hits]
    right = sum((pair.relation is Relation.CONTRADICTION) is not rule.exonerates for pair in mine)
    asked = sum(rule.conflict_type is not None and pair.conflict_type is rule.conflict_type for pair, _ in seen)
    found = sum(rule.conflict_type is not None and pair.conflict_type is rule.conflict_type for pair in mine)
    return RuleCount(rule.code, len(mine), right, found, asked)

"""How often each rule fires, and how often it is right, on labelled pairs: what `rasoat rules` shows beside a rule."""

from __future__ import annotations

import datetime as dt  # noqa: TC003  (a field type, needed by dataclass users)
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
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

MEASURED_FILE = "measured_rules.toml"  # in nlp/evaluation/data: a measurement is no part of the rules' fingerprint


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


@dataclass(frozen=True, slots=True)
class Measured:
    """What every rule did on one set of labelled pairs, on a day."""

    name: str  # of the set: "train_pairs"
    day: dt.date
    pairs: int
    contradictions: int
    counts: tuple[RuleCount, ...]

    def of(self, code: str) -> RuleCount | None:
        """The row of a rule, None for one that is younger than the measurement."""
        return next((row for row in self.counts if row.code == code), None)


def measure(name: str, pairs: tuple[LabelledPair, ...], day: dt.date, space: WordSpace | None = None) -> Measured:
    """The measurement of a set of pairs on a day."""
    contradictions = sum(pair.relation is Relation.CONTRADICTION for pair in pairs)
    return Measured(name, day, len(pairs), contradictions, count_rules(pairs, space))


@lru_cache(maxsize=1)
def shipped_measures() -> tuple[Measured, ...]:
    """The last measurement on the development sets, as `python -m tests.benchmark.rules` wrote it."""
    source = resources.files("nlp.evaluation") / "data" / MEASURED_FILE
    rows = tomllib.loads(source.read_text(encoding="utf-8"))["set"]
    return tuple(
        Measured(
            row["name"], row["day"], row["pairs"], row["contradictions"],
            tuple(RuleCount(code, *counts) for code, counts in row["rules"].items()),
        )
        for row in rows
    )  # fmt: skip


def write_measures(sets: Iterable[Measured]) -> str:
    """The measurements as TOML: of each rule how often it fired, how often rightly, how many of its type it found, of how many."""
    lines = [
        "# Written by python -m tests.benchmark.rules; per rule: fired, right, found, asked (see nlp.evaluation.rules.RuleCount)."
    ]
    for row in sets:
        lines += ["[[set]]", f'name = "{row.name}"', f"day = {row.day.isoformat()}", f"pairs = {row.pairs}"]
        lines += [f"contradictions = {row.contradictions}", "[set.rules]"]
        lines += [
            f"{count.code} = [{count.fired}, {count.right}, {count.found}, {count.asked}]" for count in row.counts
        ]
    return "\n".join(lines) + "\n"

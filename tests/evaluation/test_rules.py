"""Counting what each rule does alone, and the page that shows it."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest

from nlp.comparison.features import GROUPS
from nlp.comparison.guide import guides, signal_name
from nlp.comparison.judging import READING
from nlp.comparison.opinion import RULE as SECOND_OPINION
from nlp.comparison.records import LabelledPair
from nlp.comparison.rules import RULES
from nlp.errors import Language
from nlp.evaluation.rules import Measured, RuleCount, measure, shipped_measures, write_measures
from nlp.law.finding import ConflictType, ProvisionPair, Relation, Side
from service.reports.rules_page import rule_rows, rules_html, rules_markdown

LONG, SHORT = "Trong thời hạn 30 ngày, Sở Y tế trả lời.", "Trong thời hạn 15 ngày, Sở Y tế trả lời."
DAY, OLDER = dt.date(2026, 11, 24), dt.date(2020, 1, 1)


def _labelled(a: str, b: str, relation: Relation, kind: ConflictType | None) -> LabelledPair:
    return LabelledPair(f"{a}{b}", ProvisionPair(Side(a, issued=DAY), Side(b, issued=OLDER)), relation, kind, "", "")


PAIRS = (
    _labelled(LONG, SHORT, Relation.CONTRADICTION, ConflictType.DEADLINE),
    _labelled(LONG, SHORT, Relation.CONSISTENT, None),  # the rule fires here wrongly
    _labelled(LONG, LONG, Relation.CONTRADICTION, ConflictType.DEADLINE),  # and misses this one
    _labelled(SHORT, SHORT, Relation.DUPLICATE, None),
)


def test_firings_and_misses_are_counted() -> None:
    measured = measure("mine", PAIRS, DAY)
    assert measured.of("deadline") == RuleCount("deadline", fired=2, right=1, found=1, asked=2)
    assert measured.of("same_content") == RuleCount("same_content", fired=2, right=1, found=0, asked=0)
    assert (measured.pairs, measured.contradictions) == (4, 2)
    assert measured.of("nonsense") is None


def test_written_measures_are_read_back() -> None:
    row = tomllib.loads(write_measures([measure("mine", PAIRS, DAY)]))["set"][0]
    assert (row["name"], row["day"], row["pairs"], row["contradictions"]) == ("mine", DAY, 4, 2)
    assert row["rules"]["deadline"] == [2, 1, 1, 2]
    assert set(row["rules"]) == {rule.code for rule in RULES}


def test_the_shipped_measurement_holds_every_rule() -> None:
    sets = shipped_measures()
    assert [row.name for row in sets] == ["train_pairs", "contrast_pairs"]
    for row in sets:
        assert {count.code for count in row.counts} == {rule.code for rule in RULES}, (
            "python -m tests.benchmark.rules FILES --write"
        )
        assert all(0 <= count.right <= count.fired <= row.pairs for count in row.counts)


@pytest.mark.parametrize("language", list(Language))
def test_the_page_lists_every_rule_with_ground_examples_and_measurement(language: Language) -> None:
    markdown, html = rules_markdown(language), rules_html(language)
    rows = rule_rows(language)
    assert [row.code for row in rows] == [rule.code for rule in RULES]
    for row in rows:
        assert f"## {row.code} (" in markdown
        assert f'<section id="{row.code}">' in html
        assert row.ground
        assert row.ground in markdown
        assert len(row.measured) == len(shipped_measures())
        assert all(line in markdown for line in row.measured)
        assert row.name != row.code
        assert row.name in html
        assert len(row.examples) >= 2
        assert not any("{" in line for line in (row.sentence, *row.examples))


def test_every_signal_has_a_guide_and_every_guide_a_signal() -> None:
    signals = {rule.code for rule in RULES} | (set(GROUPS) - {"rule"}) | {READING, SECOND_OPINION}
    assert set(guides()) == signals
    assert signal_name("younger") == "younger"


def test_what_a_vietnamese_reviewer_reads_of_a_rule_is_vietnamese() -> None:
    for row in rule_rows(Language.VI):
        assert not {"against", "the", "Fires"} & set(" ".join((row.sentence, *row.examples)).split()), row.code


def test_a_rule_younger_than_the_measurement_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.reports.rules_page.shipped_measures", lambda: (Measured("old", DAY, 1, 0, ()),))
    assert {line for row in rule_rows(Language.EN) for line in row.measured} == {"old (2026-11-24): not measured yet"}

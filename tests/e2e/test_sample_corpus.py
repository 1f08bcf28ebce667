"""The main job on the sample corpus: what must be found, what must stay silent."""

from __future__ import annotations

import pytest

from nlp.law.finding import FindingKind
from tests.sample_corpus.audited import audited, scored

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "kind",
    [
        FindingKind.CONTRADICTION,
        FindingKind.DUPLICATE,
        FindingKind.DIVERGENT,
        FindingKind.DEAD_BASIS,
        FindingKind.OUTDATED,
        FindingKind.BROKEN_REFERENCE,
        FindingKind.FORM,
    ],
)
def test_planted_defects_of_every_kind_are_found(kind: FindingKind) -> None:
    found = [planted.id for planted, finding in scored().found if finding.kind is kind]
    assert found, f"none of the planted {kind.value} findings was reported"


def test_no_trap_is_a_contradiction_among_the_first_ten() -> None:
    first = {finding.id for finding in audited().findings[:10]}
    assert [
        trap.id
        for trap, finding in scored().sprung
        if finding.id in first and finding.kind is FindingKind.CONTRADICTION
    ] == []


def test_checks_of_links_are_exact() -> None:
    for kind in (FindingKind.DEAD_BASIS, FindingKind.BROKEN_REFERENCE, FindingKind.OUTDATED):
        hits, planted = scored().recall(kind)
        right, reported = scored().precision(kind)
        assert (hits, right) == (planted, reported), kind


def test_every_finding_of_a_pair_quotes_both_sides() -> None:
    pairs = [finding for finding in audited().findings if finding.right and finding.signals]
    assert pairs
    for finding in pairs:
        assert finding.right is not None
        assert finding.left.quote
        assert finding.right.quote
        assert finding.left.citation in finding.why
        assert finding.right.citation in finding.why


def test_coverage_accounts_for_every_provision() -> None:
    coverage = audited().coverage
    assert coverage.documents == 27
    skipped = dict(coverage.skipped)
    assert skipped["not_in_force"] > 0
    assert skipped["disjoint_territory"] > 0
    pairs_left_out = sum(
        skipped.get(reason, 0)
        for reason in ("disjoint_territory", "same_article", "different_addressee", "no_counterpart")
    )
    assert skipped["no_counterpart"] > 0
    assert coverage.compared == coverage.candidates - pairs_left_out

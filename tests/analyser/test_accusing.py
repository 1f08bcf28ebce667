"""What a contradiction must rest on to reach a reviewer: a conflict rule, and nothing that takes it back in the same words."""

from __future__ import annotations

from nlp.analyser.findings import _rests_on_a_rule
from nlp.law.finding import ConflictType, Judgement, Prevailing, Relation, Signal
from nlp.law.span import Span

ACCUSED = (Span(0, 40),)


def judged(*signals: Signal) -> Judgement:
    return Judgement(
        Relation.CONTRADICTION, ConflictType.NUMBER, ((Relation.CONTRADICTION, 0.9),), ACCUSED, ACCUSED, signals, Prevailing.B, "", "", (), ""
    )  # fmt: skip


NUMBER = Signal("number", 1.0, "", ACCUSED, ACCUSED, ConflictType.NUMBER)
LIKENESS = Signal("likeness", 3.0, "")


def test_likeness_alone_accuses_nobody() -> None:
    assert not _rests_on_a_rule(judged(LIKENESS))
    assert _rests_on_a_rule(judged(LIKENESS, NUMBER))


def test_internal_steps_explain_only_their_own_sentence() -> None:
    archive = Signal("implementing_detail", -1.0, "", (Span(60, 110),), ())
    same = Signal("implementing_detail", -1.0, "", (Span(10, 50),), ())
    assert _rests_on_a_rule(judged(NUMBER, archive))
    assert not _rests_on_a_rule(judged(NUMBER, same))


def test_a_detail_that_the_other_text_asks_for_explains_the_whole() -> None:
    delegated = Signal("implementing_detail", -1.0, "", (Span(60, 110),), (Span(0, 30),))
    assert not _rests_on_a_rule(judged(NUMBER, delegated))

"""Probes of cue words: what they change, whom they apply to, what is counted."""

from __future__ import annotations

from nlp.comparison.records import LabelledPair
from nlp.evaluation.cues import DEFERRING_TAIL, DENYING_TAIL, PROBES, probe
from nlp.law.finding import ConflictType, Judgement, ProvisionPair, Relation, Side

FIVE = (Relation.CONTRADICTION, Relation.DUPLICATE, Relation.OVERLAP, Relation.CONSISTENT, Relation.UNRELATED)


def _labelled(a: str, relation: Relation, kind: ConflictType | None = None, evidence: str = "") -> LabelledPair:
    return LabelledPair(
        "x", ProvisionPair(Side(a), Side("Sở trả lời trong 15 ngày.")), relation, kind, "", "", evidence
    )


def _credulous(pair: LabelledPair) -> Judgement:
    """A judge that believes every "không" and every "thực hiện theo"."""
    text = pair.pair.a.text.lower()
    accuses = "không" in text and "thực hiện theo" not in text
    chances = tuple((relation, float((relation is Relation.CONTRADICTION) == accuses)) for relation in FIVE)
    found = Relation.CONTRADICTION if accuses else Relation.CONSISTENT
    return Judgement(found, None, chances, (), (), (), None, "", "", (), "")


def _edited(name: str, pair: LabelledPair) -> str | None:
    return next(each for each in PROBES if each.name.startswith(name)).edit(pair)


def test_a_denial_inside_the_evidence_is_left_alone() -> None:
    text = "Sở trả lời trong 30 ngày, không thu phí."
    inside = _labelled(text, Relation.CONTRADICTION, ConflictType.DEADLINE, "không thu phí")
    outside = _labelled(text, Relation.CONTRADICTION, ConflictType.DEADLINE, "trong 30 ngày")
    assert _edited("denial masked, conflict", inside) is None
    assert _edited("denial masked, conflict", outside) == "Sở trả lời trong 30 ngày, thu phí."
    assert _edited("denial masked, conflict", _labelled(text, Relation.CONTRADICTION, ConflictType.MODALITY)) is None


def test_a_deferral_is_masked_whole() -> None:
    pair = _labelled("Hồ sơ thực hiện theo quy định tại Luật Đất đai.", Relation.CONSISTENT)
    assert _edited("deferral masked, consistent", pair) == "Hồ sơ Luật Đất đai."
    assert _edited("deferral masked, consistent", _labelled("Hồ sơ gồm 02 bộ.", Relation.CONSISTENT)) is None


def test_harmless_sentences_are_put_in_on_the_other_side_only() -> None:
    fine, conflict = _labelled("Sở trả lời.", Relation.CONSISTENT), _labelled("Sở trả lời.", Relation.CONTRADICTION)
    assert _edited("harmless denial", fine) == f"Sở trả lời. {DENYING_TAIL}"
    assert _edited("harmless denial", conflict) is None
    assert _edited("harmless deferral", conflict) == f"Sở trả lời. {DEFERRING_TAIL}"


def test_a_judge_that_believes_cues_is_found_out() -> None:
    pairs = (
        _labelled(
            "Sở trả lời trong 30 ngày, không thu phí.", Relation.CONTRADICTION, ConflictType.DEADLINE, "trong 30 ngày"
        ),
        _labelled("Sở trả lời trong 15 ngày.", Relation.DUPLICATE),
    )
    rows = {row.name: row for row in probe(pairs, _credulous)}
    masked = rows["denial masked, conflict of amounts or authority, outside the evidence"]
    assert (masked.pairs, masked.accused, masked.cleared, masked.newly) == (1, 1, 1, 0)
    assert (masked.before, masked.after) == (1.0, 0.0)
    put = rows["harmless denial put in, no contradiction"]
    assert (put.pairs, put.accused, put.cleared, put.newly) == (1, 0, 0, 1)
    assert rows["harmless deferral put in, contradiction"].cleared == 1
    assert rows["deferral masked, consistent"].pairs == 0

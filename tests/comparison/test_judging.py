"""Judging as a whole: order of the sides, edits that change nothing in law, evidence and probabilities."""

from __future__ import annotations

import datetime as dt

import pytest

from nlp.comparison import judge
from nlp.comparison.orient import turned
from nlp.law.finding import ProvisionPair, Relation, Side
from nlp.law.rank import Kind
from nlp.law.territory import parse_territory

HIGH = Side(
    "Trong thời hạn 15 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ, Sở Y tế cấp giấy phép hoạt động cho phòng khám; "
    "trường hợp không cấp phải trả lời bằng văn bản và nêu rõ lý do.",
    number="78/2020/NĐ-CP", kind=Kind.DECREE, rank=5, issued=dt.date(2020, 4, 1), territory=parse_territory("cả nước"),
)  # fmt: skip


def _low(text: str, area: str = "tỉnh Lâm Đồng") -> Side:
    return Side(
        text, number="12/2022/QĐ-UBND", kind=Kind.DECISION, rank=11, issued=dt.date(2022, 5, 1),
        territory=parse_territory(area, dt.date(2022, 5, 1)),
    )  # fmt: skip


LONGER = HIGH.text.replace("15 ngày làm việc", "45 ngày làm việc")


def test_a_longer_time_limit_contradicts_the_decree() -> None:
    judgement = judge(ProvisionPair(_low(LONGER), HIGH))
    assert judgement.relation is Relation.CONTRADICTION
    assert "45 ngày làm việc" in judgement.evidence_a[0].of(LONGER)
    assert "15 ngày làm việc" in judgement.evidence_b[0].of(HIGH.text)
    assert "45 ngày làm việc" in judgement.why
    assert "15 ngày làm việc" in judgement.why


def test_the_same_words_are_a_repetition() -> None:
    assert judge(ProvisionPair(_low(HIGH.text), HIGH)).relation is Relation.DUPLICATE


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (_low(LONGER), HIGH),
        (_low(HIGH.text), HIGH),
        (Side(LONGER), Side(HIGH.text)),  # nothing known but the texts: both readings are averaged
        (_low("Hộ nghèo được hỗ trợ 3.000.000 đồng."), _low("Hộ nghèo được hỗ trợ 5.000.000 đồng.")),
    ],
    ids=["contradiction", "duplicate", "texts-only", "equals"],
)
def test_the_order_of_the_sides_changes_nothing(a: Side, b: Side) -> None:
    pair = ProvisionPair(a, b)
    one, other = judge(pair), judge(turned(pair))
    assert one.relation is other.relation
    assert one.conflict_type is other.conflict_type
    assert dict(one.probabilities) == pytest.approx(dict(other.probabilities))
    assert (one.evidence_a, one.evidence_b) == (other.evidence_b, other.evidence_a)


@pytest.mark.parametrize("turn", [False, True])
def test_quotes_carry_the_letter_of_their_side(*, turn: bool) -> None:
    pair = ProvisionPair(_low(LONGER), HIGH)
    judgement = judge(turned(pair) if turn else pair)
    note = next(signal.note for signal in judgement.signals if signal.rule == "deadline")
    first, second = ("15", "45") if turn else ("45", "15")
    assert (
        note
        == f"Thời hạn của cùng một việc khác nhau: “{first} ngày làm việc” (A) so với “{second} ngày làm việc” (B)."
    )
    assert note in judgement.why
    assert f"{first} ngày làm việc" in judgement.evidence_a[0].of(HIGH.text if turn else LONGER)


HARMLESS = [
    ("renumbered", lambda text: f"3. {text}"),
    ("tone placement", lambda text: text.replace("ợp lệ", "ợp lệ").replace("lý do", "lí do")),
    ("number in words", lambda text: text.replace("45 ngày", "bốn mươi lăm ngày").replace("15 ngày", "mười lăm ngày")),
    ("leading zero", lambda text: text.replace("45 ngày", "045 ngày")),
    (
        "both forms",
        lambda text: text.replace("15 ngày", "15 (mười lăm) ngày").replace("45 ngày", "45 (bốn mươi lăm) ngày"),
    ),
]


@pytest.mark.parametrize("text", [LONGER, HIGH.text], ids=["contradiction", "duplicate"])
@pytest.mark.parametrize("edit", [edit for _, edit in HARMLESS], ids=[name for name, _ in HARMLESS])
def test_edits_that_change_nothing_in_law_keep_the_verdict(text: str, edit: object) -> None:
    changed = edit(text)  # type: ignore[operator]
    before, after = judge(ProvisionPair(_low(text), HIGH)), judge(ProvisionPair(_low(changed), HIGH))
    assert after.relation is before.relation


def test_separate_areas_are_no_contradiction() -> None:
    a = _low("Hộ nghèo được hỗ trợ làm nhà 30.000.000 đồng.", "tỉnh Lâm Đồng")
    b = _low("Hộ nghèo được hỗ trợ làm nhà 50.000.000 đồng.", "tỉnh Khánh Hòa")
    judgement = judge(ProvisionPair(a, b))
    assert judgement.relation is not Relation.CONTRADICTION
    assert judgement.probability(Relation.CONTRADICTION) == 0
    assert "disjoint_territory" in {signal.rule for signal in judgement.signals}


def test_probabilities_and_signals_are_well_formed() -> None:
    judgement = judge(ProvisionPair(_low(LONGER), HIGH))
    assert sum(value for _, value in judgement.probabilities) == pytest.approx(1)
    assert len(judgement.probabilities) == 5
    assert {"deadline", "wording", "likeness"} <= {signal.rule for signal in judgement.signals}
    assert all(signal.note for signal in judgement.signals)


@pytest.mark.parametrize("text", ["", " ", "...", "1.", "“”", "không", "5"])
def test_odd_texts_are_judged_without_a_crash(text: str) -> None:
    judgement = judge(ProvisionPair(Side(text), HIGH))
    assert judgement.relation is not Relation.CONTRADICTION

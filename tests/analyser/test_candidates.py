"""Blocking: which pairs are judged, and the account of those that are not."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from nlp.analyser.audit import orient
from nlp.analyser.candidates import cannot_conflict, choose, not_compared
from nlp.analyser.corpus import CorpusProvision
from nlp.analyser.facts import side_from_facts
from nlp.retrieval.vectors import Ranking
from nlp.settings import RetrievalSettings

DAY = dt.date(2026, 1, 1)
TEXT = "Diện tích tối thiểu của thửa đất được phép tách thửa là 50 mét vuông"


def unit(
    name: str, issuer: str, number: str, path: str = "main/art_1", issued: dt.date = dt.date(2024, 1, 1)
) -> CorpusProvision:
    return CorpusProvision(
        name, side_from_facts(TEXT, number=number, issuer=issuer, issued=issued, path=path), f"{name}.pdf"
    )


LAW = unit("law", "Quốc hội", "31/2024/QH15")
THAI_BINH = unit("tb", "Ủy ban nhân dân tỉnh Thái Bình", "12/2024/QĐ-UBND")
HUNG_YEN = unit("hy", "Ủy ban nhân dân tỉnh Hưng Yên", "12/2024/QĐ-UBND")
SON_LA = unit("sl", "Ủy ban nhân dân tỉnh Sơn La", "12/2024/QĐ-UBND")


def ranking(*keys: int) -> Ranking:
    return Ranking(np.array(keys, dtype=np.int64), np.linspace(0.9, 0.5, len(keys), dtype=np.float32))


def test_other_provinces_cannot_conflict_but_merged_ones_can() -> None:
    assert cannot_conflict(THAI_BINH, SON_LA, DAY) == "disjoint_territory"
    assert cannot_conflict(THAI_BINH, HUNG_YEN, DAY) == ""
    assert cannot_conflict(THAI_BINH, HUNG_YEN, dt.date(2025, 1, 1)) == "disjoint_territory"
    assert cannot_conflict(THAI_BINH, LAW, DAY) == ""


def test_clauses_of_one_article_are_no_pair() -> None:
    first = unit("a", "Quốc hội", "31/2024/QH15", "main/art_1/cl_1")
    second = unit("b", "Quốc hội", "31/2024/QH15", "main/art_1/cl_2")
    third = unit("c", "Quốc hội", "31/2024/QH15", "main/art_2/cl_1")
    assert cannot_conflict(first, second, DAY) == "same_article"
    assert cannot_conflict(first, third, DAY) == ""


@pytest.mark.parametrize(
    ("mine", "other", "reason"),
    [
        (
            "Phạt tiền 2.000.000 đồng đối với tổ chức vi phạm.",
            "Phạt tiền 1.000.000 đồng đối với cá nhân vi phạm.",
            "different_addressee",
        ),
        ("Phạt tiền 2.000.000 đồng đối với cá nhân vi phạm.", "Phạt tiền 1.000.000 đồng đối với cá nhân vi phạm.", ""),
        (
            "Phạt tiền 2.000.000 đồng đối với tổ chức, cá nhân vi phạm.",
            "Phạt tiền 1.000.000 đồng đối với cá nhân vi phạm.",
            "",
        ),
    ],
)
def test_persons_and_organisations_are_apart(mine: str, other: str, reason: str) -> None:
    a, b = (CorpusProvision(text, side_from_facts(text), "x.pdf") for text in (mine, other))
    assert cannot_conflict(a, b, DAY) == reason


def test_choice_accounts_for_every_pair() -> None:
    units = [LAW, THAI_BINH, HUNG_YEN, SON_LA]
    settings = RetrievalSettings(neighbours=2)
    rankings = [(i, ranking(*range(4)), ranking(*range(4))) for i in range(4)]
    chosen = choose(units, rankings, DAY, settings)
    assert [(pair.left, pair.right) for pair in chosen.pairs] == [(0, 1), (0, 2), (0, 3), (1, 2)]
    assert dict(chosen.skipped) == {"disjoint_territory": 2, "no_counterpart": 0}
    assert chosen.truncated == 1  # the law has three neighbours


def test_a_citation_makes_a_candidate_however_far_the_texts_are() -> None:
    units = [LAW, THAI_BINH, HUNG_YEN]
    settings = RetrievalSettings(neighbours=1)
    far = Ranking(np.array([0, 1, 2], dtype=np.int64), np.array([10.0, 9.0, 0.1], dtype=np.float32))
    plain = choose(units, [(0, far, far)], DAY, settings)
    assert [(pair.left, pair.right) for pair in plain.pairs] == [(0, 1)]
    assert plain.truncated == 1
    linked = choose(units, [(0, far, far)], DAY, settings, {0: frozenset({2}), 2: frozenset({0})})
    assert [(pair.left, pair.right) for pair in linked.pairs] == [(0, 1), (0, 2)]
    assert linked.pairs[1].lexical == pytest.approx(0.01)  # the words they share are known, though they would not do
    assert (linked.truncated, linked.skipped["no_counterpart"]) == (0, 0)


def test_what_cannot_conflict_is_no_candidate_cited_or_not() -> None:
    near = ranking(0, 1)
    chosen = choose(
        [SON_LA, THAI_BINH], [(0, near, near)], DAY, RetrievalSettings(), {0: frozenset({1}), 1: frozenset({0})}
    )
    assert not chosen.pairs
    assert chosen.skipped["disjoint_territory"] == 1


def test_short_and_amending_units_are_named() -> None:
    short = CorpusProvision("s", side_from_facts("Giá: 5.000 đồng."), "s.pdf")
    amending = CorpusProvision("m", side_from_facts(TEXT), "m.pdf", skip="amending")
    assert not_compared(short, RetrievalSettings()) == "too_short"
    assert not_compared(amending, RetrievalSettings()) == "amending"
    assert not_compared(LAW, RetrievalSettings()) == ""


def test_the_weaker_and_among_equals_the_older_is_reviewed() -> None:
    newer = unit("new", "Ủy ban nhân dân tỉnh Thái Bình", "20/2025/QĐ-UBND", issued=dt.date(2025, 5, 1))
    assert orient(LAW, THAI_BINH) == (THAI_BINH, LAW)
    assert orient(THAI_BINH, LAW) == (THAI_BINH, LAW)
    assert orient(newer, THAI_BINH) == (THAI_BINH, newer)

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nlp.errors import StateError
from nlp.law.rank import Kind
from nlp.retrieval.entries import Entry, Filter
from nlp.retrieval.search import Probe, SearchIndex
from nlp.retrieval.vectors import FloatArray, unit_rows

if TYPE_CHECKING:
    from pathlib import Path

DIM = 16
LAND, ROAD = "Luật Đất đai", "Luật Giao thông đường bộ"
ROWS: list[tuple[Entry, str]] = [
    (Entry("l5", "31/2024/QH15", "main/art_5", LAND, Kind.LAW, 2, issued=dt.date(2024, 1, 18), effective=dt.date(2024, 8, 1)), "Nguyên tắc sử dụng đất."),
    (Entry("l5.1", "31/2024/QH15", "main/art_5/cl_1", LAND, Kind.LAW, 2, issued=dt.date(2024, 1, 18), effective=dt.date(2024, 8, 1)), "Đúng mục đích sử dụng đất."),
    (Entry("l5.2", "31/2024/QH15", "main/art_5/cl_2", LAND, Kind.LAW, 2, issued=dt.date(2024, 1, 18), effective=dt.date(2024, 8, 1)), "Bền vững, tiết kiệm, có hiệu quả."),
    (Entry("old5.2", "45/2013/QH13", "main/art_5/cl_2", "Luật Đất đai năm 2013", Kind.LAW, 2, issued=dt.date(2013, 11, 29), effective=dt.date(2014, 7, 1), expires=dt.date(2024, 8, 1)), "Tổ chức trong nước sử dụng đất."),
    (Entry("r3", "23/2008/QH12", "main/art_3", ROAD, Kind.LAW, 2), "Người lái xe phải có giấy phép lái xe."),
    (Entry("tb1", "12/2024/QĐ-UBND", "main/art_1", "Quyết định về hạn mức đất ở", Kind.DECISION, 11, "ubnd.thai-binh", "thai-binh", issued=dt.date(2024, 5, 20)), "Hạn mức giao đất ở là 120 m2."),
    (Entry("hy1", "12/2024/QĐ-UBND", "main/art_1", "Quyết định về hạn mức đất ở", Kind.DECISION, 11, "ubnd.hung-yen", "hung-yen", issued=dt.date(2024, 6, 1)), "Hạn mức giao đất ở là 100 m2."),
]  # fmt: skip


def vectors() -> FloatArray:
    rows = np.random.default_rng(3).normal(size=(len(ROWS), DIM)).astype(np.float32)
    rows[6] = rows[5] + 0.1 * rows[6]  # the two provinces write of the same matter
    rows += 4  # crowded, as the encoder's are
    return unit_rows(rows)


@pytest.fixture
def index() -> SearchIndex:
    made = SearchIndex(DIM, "model-a")
    made.add([entry for entry, _ in ROWS], [text for _, text in ROWS], vectors())
    return made


def ids(index: SearchIndex, query: str, k: int = 3, where: Filter | None = None) -> list[str]:
    away = unit_rows(np.ones((1, DIM), dtype=np.float32))[0]
    return [hit.id for hit in index.search(query, away, k, where)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("khoản 2 Điều 5 Luật Đất đai", ["l5.2"]),
        ("khoan 2 dieu 5 luat dat dai", ["l5.2"]),  # without diacritics
        ("Điều 5 Luật Đất đai", ["l5"]),
        ("điểm a khoản 2 Điều 5 Luật Đất đai", ["l5", "l5.2"]),  # the point is not indexed: what contains it
        ("khoản 2 Điều 5 Luật Đất đai năm 2013", ["old5.2"]),  # the longest title
        ("Điều 5 31/2024/qh15", ["l5"]),
        ("12/2024/QĐ-UBND", ["tb1", "hy1"]),  # two provinces used the number: both, the reader chooses
        ("12/2024/qd-ubnd", ["tb1", "hy1"]),
    ],
)
def test_named_provisions_come_first(index: SearchIndex, query: str, expected: list[str]) -> None:
    found = ids(index, query, 5)
    assert set(found[: len(expected)]) == set(expected)
    named = [hit.id for hit in index.search(query, vectors()[0], 7) if hit.named]
    assert sorted(named) == sorted(expected)


def test_a_plain_query_names_nothing(index: SearchIndex) -> None:
    hits = index.search("giấy phép lái xe", vectors()[4], 3)
    assert hits[0].id == "r3"
    assert not any(hit.named for hit in hits)
    assert (hits[0].dense_rank, hits[0].lexical_rank) == (1, 1)
    assert hits[0].similarity == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize(
    ("where", "admitted"),
    [
        (Filter(kinds=frozenset({Kind.DECISION})), {"tb1", "hy1"}),
        (Filter(territories=frozenset({"hung-yen"})), {"hy1"}),
        (Filter(in_force_on=dt.date(2024, 7, 31)), {"old5.2", "r3", "tb1", "hy1"}),
        (Filter(in_force_on=dt.date(2024, 8, 1)), {"l5", "l5.1", "l5.2", "r3", "tb1", "hy1"}),
        (Filter(issued_from=dt.date(2024, 5, 21), issued_to=dt.date(2024, 6, 1)), {"hy1"}),
        (Filter(ranks=frozenset({2}), without_numbers=frozenset({"31/2024/QH15"})), {"old5.2", "r3"}),
        (Filter(issuers=frozenset({"không có"})), set()),
        (Filter(), {entry.id for entry, _ in ROWS}),
    ],
)
def test_filters_apply_before_ranking(index: SearchIndex, where: Filter, admitted: set[str]) -> None:
    assert set(ids(index, "sử dụng đất", 7, where)) == admitted


def test_a_text_met_word_for_word_stays_before_one_that_is_only_near(index: SearchIndex) -> None:
    query, near_another = "phải có giấy phép lái xe", vectors()[1]
    hits = {hit.id: hit for hit in index.search(query, near_another, len(ROWS))}
    assert (hits["l5.1"].dense_rank, hits["r3"].lexical_rank) == (1, 1)
    assert hits["r3"].score > hits["l5.1"].score
    assert hits["l5.1"].score > hits["old5.2"].score
    # both measures are known of every hit, whoever found it: share of the best BM25 plus three times the cosine, which counts 1.67 for a question
    cosine = float(vectors()[4] @ near_another)
    assert hits["r3"].score == pytest.approx(1 + 3 * 1.67 * cosine, abs=1e-4)
    assert all(hit.similarity is not None for hit in hits.values())
    # between provisions words say more than between a question and its answer
    ((*_, alike),) = [
        [hit for hit in hits if hit.id == "r3"] for hits in index.related([Probe(query, near_another)], 7)
    ]
    assert alike.score == pytest.approx(1 + 3 * cosine, abs=1e-4)


def test_related_leaves_out_itself_and_puts_citations_forward(index: SearchIndex) -> None:
    probe = Probe(ROWS[5][1], vectors()[5], id="tb1")
    (plain,) = index.related([probe], 6)
    assert plain[0].id == "hy1"
    assert "tb1" not in {hit.id for hit in plain}
    linked = Probe(probe.text, probe.vector, id="tb1", cited=("r3", "unknown", "tb1"))
    ((first, *_rest),) = index.related([linked], 6)
    assert (first.id, first.cited) == ("r3", True)


def test_of_two_versions_of_an_article_the_date_chooses() -> None:
    """The old law and the one that replaced it carry the same article; without a date the newer comes first, whichever was added first."""
    change = dt.date(2025, 1, 1)
    old = Entry("a-old", "10/2015/QH13", "main/art_5", LAND, Kind.LAW, 2, effective=dt.date(2015, 7, 1), expires=change)
    new = Entry("b-new", "20/2024/QH15", "main/art_5", LAND, Kind.LAW, 2, effective=change)
    text = "Hạn mức giao đất ở là 120 m2."
    for order in ([old, new], [new, old]):
        versions = SearchIndex(DIM, "model-a")
        rows = vectors()
        versions.add([*order, ROWS[4][0]], [text, text, ROWS[4][1]], rows[[5, 5, 4]])

        def found(where: Filter | None, versions: SearchIndex = versions) -> list[str]:
            return [hit.id for hit in versions.search("hạn mức đất ở", vectors()[5], 3, where)]

        assert found(None) == ["b-new", "a-old", "r3"]
        assert found(Filter(in_force_on=dt.date(2024, 12, 31))) == ["a-old", "r3"]
        assert found(Filter(in_force_on=change)) == ["b-new", "r3"]
        ((nearest, *_),) = versions.related([Probe(text, rows[5], id="b-new")], 3)
        assert nearest.id == "a-old"  # an audit leaves it out as no longer in force; comparing versions needs it


def test_replace_remove_save_load(index: SearchIndex, tmp_path: Path) -> None:
    index.add([Entry("r3", "23/2008/QH12", "main/art_3", ROAD, Kind.LAW, 2)], ["Xe đạp đi bên phải."], vectors()[4:5])
    index.remove(["l5", "không có"])
    index.save(tmp_path)
    loaded = SearchIndex.load(tmp_path, "model-a")
    assert list(loaded.entries()) == list(index.entries())
    assert len(loaded) == len(ROWS) - 1
    for query in ("giấy phép lái xe", "xe đạp", "khoản 2 Điều 5 Luật Đất đai"):
        assert ids(loaded, query) == ids(index, query)
    assert ids(loaded, "xe đạp")[0] == "r3"
    assert np.allclose(loaded.vector("tb1"), vectors()[5])
    with pytest.raises(StateError):
        SearchIndex.load(tmp_path, "model-b")

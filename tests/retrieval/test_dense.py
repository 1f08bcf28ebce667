"""One contract for both forms of the dense index; the oracle is a plain matrix product."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nlp.errors import StateError
from nlp.retrieval.dense import DenseIndex
from nlp.retrieval.vectors import FloatArray, unit_rows

if TYPE_CHECKING:
    from pathlib import Path

DIM, SIZE = 32, 3_000
FORMS = [pytest.param(200_000, id="exact"), pytest.param(2_500, id="lists")]


def vectors(size: int = SIZE, seed: int = 7) -> FloatArray:
    """Clustered unit rows, as texts of one topic are; rows 100 to 139 are the same text."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(60, DIM))
    rows = centres[random.integers(0, 60, size)] + 0.4 * random.normal(size=(size, DIM))
    rows[100:140] = rows[100]
    return unit_rows(rows.astype(np.float32))


def oracle(rows: FloatArray, query: FloatArray, k: int, among: list[int] | None = None) -> list[int]:
    places = np.arange(len(rows)) if among is None else np.array(among)
    similarities = np.round(rows[places] @ query, 5)
    return list(places[np.lexsort((places, -similarities))[:k]].tolist())


@pytest.fixture(params=FORMS)
def index(request: pytest.FixtureRequest) -> DenseIndex:
    made = DenseIndex(DIM, "model-a", exact_limit=request.param)
    made.add(range(SIZE), vectors())
    assert made.exact is (request.param > SIZE)
    return made


def test_nearest_agree_with_the_oracle(index: DenseIndex) -> None:
    rows = vectors()
    hits = 0
    for place in range(0, SIZE, 50):
        (ranking,) = index.search(rows[place : place + 1], 10)
        hits += len(set(ranking.keys.tolist()) & set(oracle(rows, rows[place], 10)))
        assert (np.diff(ranking.scores) <= 0).all()
    assert hits / 600 >= (1.0 if index.exact else 0.98)


def test_equal_vectors_are_ordered_by_key_at_the_cut_too(index: DenseIndex) -> None:
    (ranking,) = index.search(vectors()[120:121], 5)
    assert ranking.keys.tolist() == [100, 101, 102, 103, 104]


def test_filter_finds_all_that_is_allowed(index: DenseIndex) -> None:
    rows = vectors()
    allowed = list(range(2_000, 2_040))
    (ranking,) = index.search(rows[5:6], 10, np.array(allowed))
    assert ranking.keys.tolist() == oracle(rows, rows[5], 10, allowed)
    (few,) = index.search(rows[5:6], 10, np.array([7, 8]))
    assert set(few.keys.tolist()) == {7, 8}


def test_remove_and_replace_in_place(index: DenseIndex) -> None:
    rows = vectors()
    index.remove([5, 999_999])
    assert len(index) == SIZE - 1
    assert 5 not in index.search(rows[5:6], 3)[0].keys
    index.add([6], rows[5:6])
    assert len(index) == SIZE - 1
    assert index.search(rows[5:6], 1)[0].keys.tolist() == [6]
    index.add([5_000], rows[7:8])
    assert index.search(rows[7:8], 2)[0].keys.tolist() == [7, 5_000]


def test_vectors_come_back(index: DenseIndex) -> None:
    rows = vectors()
    assert np.array_equal(index.vectors(np.array([3, 1])), rows[[3, 1]])
    assert index.keys.tolist() == list(range(SIZE))


def test_neighbours_leave_out_the_row_itself(index: DenseIndex) -> None:
    table = index.neighbours(3)
    assert table.neighbours.shape == (SIZE, 3)
    assert not (table.neighbours == table.keys[:, None]).any()
    assert table.neighbours[110].tolist() == [100, 101, 102]
    assert table.similarities[110] == pytest.approx([1, 1, 1], abs=1e-5)


def test_save_load_and_change(index: DenseIndex, tmp_path: Path) -> None:
    rows = vectors()
    index.save(tmp_path)
    loaded = DenseIndex.load(tmp_path, "model-a")
    assert loaded.exact is index.exact
    assert loaded.search(rows[9:10], 5)[0].keys.tolist() == index.search(rows[9:10], 5)[0].keys.tolist()
    loaded.remove([9])
    loaded.add([8_000], rows[9:10])
    assert loaded.search(rows[9:10], 1)[0].keys.tolist() == [8_000]
    loaded.save(tmp_path)
    assert len(DenseIndex.load(tmp_path, "model-a")) == SIZE


def test_other_encoder_is_refused_with_a_remedy(index: DenseIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    with pytest.raises(StateError) as caught:
        DenseIndex.load(tmp_path, "model-b")
    assert caught.value.code == "index_encoder_mismatch"
    assert "model-a" in caught.value.what
    assert "model-b" in caught.value.what
    assert "Lập lại chỉ mục" in caught.value.remedy


def test_empty_index() -> None:
    empty = DenseIndex(DIM, "model-a")
    assert empty.search(vectors(200)[:2], 3)[0].keys.tolist() == []
    empty.remove([1])
    assert len(empty) == 0

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nlp.retrieval.lexical import LexicalIndex

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    1: "Thời hạn cấp giấy chứng nhận quyền sử dụng đất là 30 ngày.",
    2: "Thời hạn cấp giấy phép lái xe là 05 ngày làm việc.",
    3: "Ủy ban nhân dân tỉnh quyết định giá đất cụ thể.",
    4: "Quyết định số 12/2024/QĐ-UBND hết hiệu lực.",
    5: "Người lái xe phải mang giấy phép lái xe.",
    7: "Đạt tiêu chuẩn là dắt xe qua cầu.",
}


@pytest.fixture
def index() -> LexicalIndex:
    made = LexicalIndex()
    made.add(list(TEXTS), list(TEXTS.values()))
    return made


def keys(index: LexicalIndex, query: str, k: int = 10, allowed: list[int] | None = None) -> list[int]:
    return list(index.search(query, k, None if allowed is None else np.array(allowed)).keys.tolist())


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("thời hạn cấp giấy chứng nhận quyền sử dụng đất", 1),
        ("thoi han cap giay chung nhan quyen su dung dat", 1),  # no diacritics
        ("gia dat", 3),
        ("uỷ ban nhân dân", 3),  # the other place of the tone mark
        ("12/2024/QĐ-UBND", 4),
        ("giấy phép lái xe", 5),
    ],
)
def test_first_hit(index: LexicalIndex, query: str, first: int) -> None:
    assert keys(index, query)[0] == first


def test_only_texts_that_share_a_term(index: LexicalIndex) -> None:
    assert keys(index, "hàng không vũ trụ") == []
    assert keys(index, "đất") == [3, 1]
    assert keys(index, "") == []


def test_filter_before_ranking(index: LexicalIndex) -> None:
    assert keys(index, "giấy phép lái xe", 1, allowed=[1, 2]) == [2]


def test_equal_scores_by_key() -> None:
    index = LexicalIndex()
    index.add([9, 3, 5], ["một hai ba"] * 3)
    assert keys(index, "hai ba", 2) == [3, 5]


def test_added_later_scores_like_built_at_once() -> None:
    """The second part uses the rarity and the mean length of the whole, so that where a text was added changes little."""
    base = {number: f"quy định chung về lĩnh vực số {number} của cơ quan nhà nước" for number in range(100)}
    later = {
        500: "thời hạn giải quyết hồ sơ",
        501: "quy định chung về thời hạn của cơ quan nhà nước và nhiều nội dung khác nữa",
    }
    grown, whole = LexicalIndex(), LexicalIndex()
    grown.add(list(base), list(base.values()))
    grown.search("thời", 1)  # builds the first part
    grown.add(list(later), list(later.values()))
    whole.add([*base, *later], [*base.values(), *later.values()])
    for query in ("thời hạn", "quy định về thời hạn", "lĩnh vực số 7"):
        got, want = grown.search(query, 5), whole.search(query, 5)
        assert got.keys.tolist() == want.keys.tolist()
        assert got.scores == pytest.approx(want.scores, rel=0.05, abs=0.05)


def test_replace_and_remove(index: LexicalIndex) -> None:
    index.search("đất", 1)
    index.add([3], ["Giá nước sạch."])
    assert keys(index, "giá đất") == [3, 1]
    assert keys(index, "giá đất cụ thể") == [3, 1]
    index.remove([1, 99])
    assert keys(index, "quyền sử dụng đất") == []
    assert len(index) == len(TEXTS) - 1


def test_save_and_load_with_both_parts(tmp_path: Path) -> None:
    index = LexicalIndex()
    index.add(range(50), [f"điều khoản thứ {number}" for number in range(50)])
    index.search("điều", 1)
    index.add([77], ["phí bảo vệ môi trường"])
    index.remove([4])
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    assert len(loaded) == len(index) == 50
    for query in ("phí môi trường", "điều khoản thứ 7", "dieu khoan thu 4"):
        assert keys(loaded, query) == keys(index, query)
    loaded.add([78], ["phí vệ sinh"])
    loaded.save(tmp_path)
    assert keys(LexicalIndex.load(tmp_path), "phí vệ sinh")[0] == 78

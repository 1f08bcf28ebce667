"""Vectors are kept by shard; what was interrupted goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from service.store.vectors import VectorFolder

if TYPE_CHECKING:
    from pathlib import Path


def rows(*values: float) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.array([[value, 0.0] for value in values], dtype=np.float32)


def test_vectors_come_back_by_key_and_survive_reopening(tmp_path: Path) -> None:
    folder = VectorFolder(tmp_path, "model-1", 2)
    folder.add(["a", "b"], rows(1, 2))
    folder.add(["c"], rows(3))
    for opened in (folder, VectorFolder(tmp_path, "model-1", 2)):
        assert opened.matrix(["c", "a", "b", "a"])[:, 0].tolist() == [3, 1, 2, 1]
        assert opened.missing(["d", "a", "d", "e"]) == ("d", "e")
        assert len(opened) == 3
    with pytest.raises(KeyError):
        folder.matrix(["d"])


def test_another_encoder_has_vectors_of_its_own(tmp_path: Path) -> None:
    VectorFolder(tmp_path, "model-1", 2).add(["a"], rows(1))
    assert VectorFolder(tmp_path, "model-2", 2).missing(["a"]) == ("a",)


def test_a_shard_that_was_not_finished_does_not_count(tmp_path: Path) -> None:
    folder = VectorFolder(tmp_path, "model-1", 2)
    folder.add(["a"], rows(1))
    # killed between the two files of the second shard
    folder.add(["b"], rows(2))
    (tmp_path / "model-1" / "000001.keys").unlink()
    again = VectorFolder(tmp_path, "model-1", 2)
    assert again.missing(["a", "b"]) == ("b",)
    again.add(["b"], rows(5))
    assert VectorFolder(tmp_path, "model-1", 2).matrix(["a", "b"])[:, 0].tolist() == [1, 5]


def test_what_another_process_wrote_is_seen_after_a_refresh(tmp_path: Path) -> None:
    one, two = VectorFolder(tmp_path, "m", 2), VectorFolder(tmp_path, "m", 2)
    one.add(["a"], rows(1))
    assert two.missing(["a"]) == ("a",)
    two.refresh()
    assert two.missing(["a"]) == ()
    two.add(["b"], rows(2))
    one.refresh()
    assert one.matrix(["a", "b"])[:, 0].tolist() == [1, 2]

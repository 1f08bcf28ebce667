"""The quality goals of references on real texts: hand-made annotations over the development packs."""

from __future__ import annotations

import pytest

from tests.links.annotated import PACKS, Score, score, windows

pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.skipif(not PACKS.is_dir(), reason="the development packs of ../shared are not on this machine"),
]


@pytest.mark.parametrize("name", ["references", "references_heldout"])
def test_goal_of_extraction(name: str) -> None:
    total = Score()
    for window in windows(name):
        score(window, total)
    assert total.f1 >= 0.97
    assert total.document_right >= 0.97 * total.matched

"""Every golden document parses to its golden tree; a missing golden file fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.golden.rewrite import inputs, rendered

if TYPE_CHECKING:
    from pathlib import Path


def test_there_are_golden_documents() -> None:
    assert len(inputs()) >= 14


@pytest.mark.parametrize("path", inputs(), ids=lambda path: path.stem)
def test_tree(path: Path) -> None:
    expected = path.with_suffix(".tree")
    assert expected.exists(), f"run `make golden`: {expected.name} is missing"
    assert rendered(path) == expected.read_text(encoding="utf-8")

"""The wheel carries every shipped weight: what the build is told to copy are files, and they are all of `models`."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODELS = "share/rasoat/models"


def test_every_file_of_models_is_copied_to_its_place_and_no_folder_is() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["data-files"]
    copied = {}
    for place, patterns in table.items():
        for found in (found for pattern in patterns for found in ROOT.glob(pattern)):
            assert found.is_file(), f"{found} is a folder: the build would fail"
            copied[found] = Path(place) / found.name
    wanted = {
        path: Path(MODELS) / path.relative_to(ROOT / "models")
        for path in (ROOT / "models").rglob("*")
        if path.is_file()
    }
    assert copied == wanted

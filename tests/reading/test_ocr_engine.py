"""The engines of recognition: quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

tesserocr = pytest.importorskip("tesserocr")

from nlp.reading.ocr import data_folder  # noqa: E402

if TYPE_CHECKING:
    from pathlib import Path


def test_the_picture_library_is_quiet(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with tesserocr.PyTessBaseAPI(path=data_folder(), lang="vie") as engine, pytest.raises(FileNotFoundError):
        engine.SetImageFile(str(tmp_path / "missing.png"))  # leptonica tells of it unless it was silenced
    assert capfd.readouterr().err == ""

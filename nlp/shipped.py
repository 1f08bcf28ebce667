"""Where the shipped weights lie: beside the packages in a checkout, under share/rasoat of an installed one."""

from __future__ import annotations

import sysconfig
from pathlib import Path

from nlp.errors import SettingsError

MANIFEST = "manifest.toml"


def models_folder() -> Path:
    """The folder `models` with its manifest. Raises SettingsError where the installation lacks it."""
    checkout = Path(__file__).resolve().parents[1] / "models"
    installed = Path(sysconfig.get_path("data")) / "share" / "rasoat" / "models"
    for folder in (checkout, installed):
        if (folder / MANIFEST).is_file():
            return folder
    raise SettingsError(
        "models_missing",
        where=str(installed / MANIFEST),
        what="Không tìm thấy thư mục models.",
        remedy="Cài lại gói hoặc lấy lại mã nguồn đầy đủ.",
        what_en="The folder models was not found.",
        remedy_en="Install the package again or clone the whole repository.",
    )

"""Rules of the house that no linter knows: sizes of files, names of rooms, no machine paths, no third-party texts."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HARD_CAP = 600
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "misc", "common", "manager"}


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listing.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def python_files() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py"]


def test_files_stay_small() -> None:
    sizes = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert sizes, "no tracked Python file found"
    assert {name: size for name, size in sizes.items() if size > HARD_CAP} == {}


def test_no_drawer_modules() -> None:
    assert [
        path for path in python_files() if path.stem in FORBIDDEN_NAMES or path.parent.name in FORBIDDEN_NAMES
    ] == []


def test_no_python_in_data_folders() -> None:
    assert [path for path in python_files() if path.relative_to(ROOT).parts[0] in {"corpora", "models"}] == []


@pytest.mark.parametrize(
    "pattern",
    [r"/work/(main|shared|team)", r"/home/\w+", r"/root/", r"https?://(pypi|files\.pythonhosted)", r"index-url"],
)
def test_no_machine_paths_or_registries(pattern: str) -> None:
    text_types = {".py", ".toml", ".md", ".txt", ".json", ".html", ".yml", ".cfg", ".ini", ".sh", ""}
    found = []
    for path in tracked():
        if path == Path(__file__) or path.suffix not in text_types:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if re.search(pattern, line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []


def test_weights_stay_below_the_limit() -> None:
    limit = 40 * 2**20
    assert [path for path in tracked() if path.stat().st_size > limit] == []

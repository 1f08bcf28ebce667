"""What the documents promise exists: commands, targets, files, exit codes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from nlp.errors import (
    EXIT_PARTIAL,
    EXIT_USAGE,
    InputError,
    LegalTextError,
    NotFoundError,
    ResourceError,
    SettingsError,
    StateError,
)

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ["README.md", "ARCHITECTURE.md", "BENCHMARKS.md", "CHANGELOG.md"]


def rasoat(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "service.cli", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=120,
    )


def test_commands_of_the_readme_exist() -> None:
    named = set(re.findall(r"^rasoat (\w+)", README, re.MULTILINE))
    assert named >= {"ingest", "audit", "check", "search", "compare", "parse", "serve", "show"}
    for command in sorted(named):
        answer = rasoat(command, "--help")
        assert answer.returncode == 0, answer.stderr
        assert command in answer.stdout


def test_make_targets_of_the_documents_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for name in DOCUMENTS:
        used = set(re.findall(r"(?:^|`)make ([a-z-]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        assert used <= targets, name


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_of_documents_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_benchmark_commands_exist() -> None:
    modules = set(
        re.findall(r"python -m (tests\.benchmark[\w.]*)", (ROOT / "BENCHMARKS.md").read_text(encoding="utf-8"))
    )
    missing = [
        name
        for name in modules
        if not (ROOT / (name.replace(".", "/") + ".py")).exists() and not (ROOT / name.replace(".", "/")).is_dir()
    ]
    assert missing == []


def test_exit_codes_of_the_readme() -> None:
    listed = {
        int(code) for code in re.findall(r"\b(\d) (?:done|wrong|invalid|not found|conflicting|resource|part)", README)
    }
    kinds: list[type[LegalTextError]] = [InputError, NotFoundError, StateError, ResourceError, SettingsError]
    assert listed == {0, EXIT_USAGE, EXIT_PARTIAL, *(kind.exit_code for kind in kinds)}

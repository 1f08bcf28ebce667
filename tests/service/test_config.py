"""Settings are overlaid once, and a wrong one is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nlp.errors import SettingsError
from service.config import load_config

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)


def test_defaults(tmp_path: Path) -> None:
    config = load_config(tmp_path / "w", {})
    assert config.nlp.retrieval.neighbours == 20
    assert config.service.host == "127.0.0.1"
    assert config.database_url == f"sqlite:///{tmp_path / 'w' / 'rasoat.sqlite'}"


def test_later_layers_win(tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    workspace.mkdir()
    (tmp_path / "here" / "rasoat.toml").write_text("[retrieval]\nneighbours = 5\nrrf_k = 7\nmin_syllables = 1\n")
    (workspace / "rasoat.toml").write_text(
        '[retrieval]\nneighbours = 6\nrrf_k = 8\n[service]\ndatabase = "sqlite://"\n'
    )
    environment = {
        "RASOAT_RETRIEVAL_NEIGHBOURS": "9",
        "RASOAT_READING_OCR": "no",
        "RASOAT_COMPARISON_REPORT_THRESHOLD": "0.7",
    }
    config = load_config(workspace, environment)
    assert (config.nlp.retrieval.neighbours, config.nlp.retrieval.rrf_k, config.nlp.retrieval.min_syllables) == (
        9,
        8,
        1,
    )
    assert config.nlp.reading.ocr is False
    assert config.nlp.comparison.report_threshold == 0.7
    assert config.database_url == "sqlite://"


@pytest.mark.parametrize("foreign", ["RASOAT_LANG", "RASOAT_TEST_POSTGRES_URL", "HOME", "RASOATX"])
def test_foreign_variables_are_left_alone(tmp_path: Path, foreign: str) -> None:
    assert load_config(tmp_path, {foreign: "x"}) == load_config(tmp_path, {})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[retrieval]\nneighbors = 5\n", "neighbors"),
        ("[nonsense]\nx = 1\n", "nonsense"),
        ("neighbours = 5\n", "neighbours"),
        ('[retrieval]\nneighbours = "many"\n', "many"),
        ("[retrieval]\nneighbours = -1\n", "-1"),
        ("[retrieval]\nneighbours = 1.5\n", "1.5"),
        ("[retrieval]\nneighbours = true\n", "True"),
        ("[reading]\nocr = 7\n", "7"),
        ("[service]\nhost = 7\n", "7"),
        ("[retrieval\n", "rasoat.toml"),
    ],
)
def test_a_wrong_file_is_named_with_its_key(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "rasoat.toml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_config(tmp_path, {})
    assert "rasoat.toml" in caught.value.where
    assert named in caught.value.message()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("RASOAT_RETRIEVAL_NEIGHBOURS", "viele"),
        ("RASOAT_RETRIEVAL_NOPE", "1"),
        ("RASOAT_NOPE_X", "1"),
        ("RASOAT_X", "1"),
    ],
)
def test_a_wrong_variable_is_named(tmp_path: Path, variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match="RASOAT_"):
        load_config(tmp_path, {variable: value})

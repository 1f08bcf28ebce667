"""The words that readers see for codes: one editable table."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nlp.errors import Language


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("service.reports").joinpath("labels.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels in one language."""

    language: Language

    def of(self, section: str, code: str) -> str:
        """The label of a code, the code itself where the table has none."""
        row = _table()[section].get(code)
        return code if row is None else row[0 if self.language is Language.VI else 1]

    def word(self, code: str) -> str:
        """A word of the report itself; KeyError for one that is not in the table."""
        return _table()["words"][code][0 if self.language is Language.VI else 1]

    def codes(self, section: str) -> tuple[str, ...]:
        """The codes of a section in the order of the table."""
        return tuple(_table()[section])

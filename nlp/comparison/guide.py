"""What a reviewer reads about rules and signals (`data/rules.toml`): names in both languages, and in Vietnamese what a rule looks for, with examples."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from nlp.errors import Language


@dataclass(frozen=True, slots=True)
class Guide:
    """One signal as people read it; what is not a rule has names only."""

    name: str
    name_en: str
    looks_for: str = ""
    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def guides() -> dict[str, Guide]:
    """The guide of each signal by its code, rules first."""
    source = resources.files("nlp.comparison") / "data" / "rules.toml"
    return {
        code: Guide(
            row["name"],
            row["name_en"],
            row.get("looks_for", ""),
            tuple(row.get("fires", ())),
            tuple(row.get("silent", ())),
        )
        for code, row in tomllib.loads(source.read_text(encoding="utf-8")).items()
    }


def signal_name(code: str, language: Language = Language.VI) -> str:
    """The name of a signal; its code where it has none (a result of a younger version)."""
    guide = guides().get(code)
    if guide is None:
        return code
    return guide.name_en if language is Language.EN else guide.name

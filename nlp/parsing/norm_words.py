"""Patterns of the words by which norms are read, made from `data/norms.toml`; all are over folded text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from nlp.text.lexicon import alternatives
from nlp.text.segment import fold


@dataclass(frozen=True, slots=True)
class Guard:
    """What makes another word of a verb: folded syllables right before or right after it."""

    before: re.Pattern[str]
    after: re.Pattern[str]


@lru_cache(maxsize=1)
def _table() -> dict[str, object]:
    source = resources.files("nlp.parsing") / "data" / "norms.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _forms(group: str) -> tuple[str, ...]:
    forms = _table()[group]
    assert isinstance(forms, list), f"{group}: a list expected"
    return tuple(fold(str(form)) for form in forms)


@cache
def words(group: str) -> str:
    """A regular expression for any form of a group, longest first, whole syllables only, without anchors."""
    return rf"(?<!\w)(?:{alternatives(_forms(group))})(?!\w)"


@cache
def pattern(group: str) -> re.Pattern[str]:
    """The compiled pattern of a group."""
    return re.compile(words(group))


@lru_cache(maxsize=1)
def _guards() -> dict[str, Guard]:
    table = _table()["guards"]
    assert isinstance(table, dict), "[guards] expected"
    never = r"(?!)"
    return {
        fold(form): Guard(
            re.compile(rf"(?<!\w)(?:{fold(row['before'])})\s+$" if row["before"] else never),
            re.compile(rf"\s+(?:{fold(row['after'])})(?!\w)" if row["after"] else never),
        )
        for form, row in table.items()
    }


GUARD_REACH = 24  # characters before a verb that its guard looks at


def find_verb(group: str, folded: str, start: int, end: int) -> re.Match[str] | None:
    """The first verb of a group in [start, end) that is not part of another word ("trung cấp", "giao thông")."""
    for match in pattern(group).finditer(folded, start, end):
        if is_verb(match, folded):
            return match
    return None


def verb_at(group: str, folded: str, place: int, end: int) -> re.Match[str] | None:
    """The verb of a group that begins at `place`, None where there is none."""
    match = pattern(group).match(folded, place, end)
    return match if match and is_verb(match, folded) else None


def is_verb(match: re.Match[str], folded: str) -> bool:
    """Whether the match is the verb itself, by its guard."""
    guard = _guards().get(match.group())
    if guard is None:
        return True
    before = folded[max(0, match.start() - GUARD_REACH) : match.start()]
    return not guard.before.search(before) and not guard.after.match(folded, match.end())

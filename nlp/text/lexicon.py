"""Tables of words that carry legal meaning, read once from `data/*.toml`; every form is folded as `segment.fold` folds texts."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from importlib import resources

from nlp.law.norm import Comparator, Dimension, Modality
from nlp.text.segment import fold


def _table(name: str) -> dict[str, object]:
    source = resources.files("nlp.text") / "data" / name
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _rows(name: str, key: str) -> list[dict[str, object]]:
    rows = _table(name)[key]
    assert isinstance(rows, list), f"{name}: [[{key}]] rows expected"
    return rows


def _forms(row: dict[str, object], key: str = "forms") -> tuple[str, ...]:
    forms = row[key]
    assert isinstance(forms, list), f"{key}: a list expected"
    return tuple(fold(str(form)) for form in forms)


def alternatives(forms: tuple[str, ...]) -> str:
    """A regular expression for any of the forms, longest first, blanks matching any run of blanks."""
    ordered = sorted(set(forms), key=len, reverse=True)
    return "|".join(r"\s+".join(re.escape(part) for part in form.split()) for form in ordered)


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed unit: what it measures and how many base units it is."""

    form: str
    dimension: Dimension
    factor: Fraction


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    """Units by folded form."""
    found: dict[str, Unit] = {}
    for row in _rows("units.toml", "unit"):
        for form in _forms(row):
            found[form] = Unit(form, Dimension(str(row["dimension"])), Fraction(str(row["factor"])))
    return found


@lru_cache(maxsize=2)
def comparators(side: str) -> dict[str, Comparator]:
    """Comparators by folded form; `side` is "before" or "after" the number."""
    table = _table("comparators.toml")[side]
    assert isinstance(table, dict), f"[{side}] expected"
    return {fold(form): Comparator(symbol) for symbol, forms in table.items() for form in forms}


def _nouns(key: str) -> frozenset[str]:
    forms = _table("counted.toml")[key]
    assert isinstance(forms, list), f"{key}: a list expected"
    return frozenset(fold(str(form)) for form in forms)


@lru_cache(maxsize=1)
def counted_nouns() -> frozenset[str]:
    """First syllables, folded, of things that a numeral in words may count without a unit."""
    return _nouns("nouns")


@lru_cache(maxsize=1)
def no_nouns() -> frozenset[str]:
    """Syllables, folded, that never name a counted thing."""
    return _nouns("never")


@dataclass(frozen=True, slots=True)
class Cue:
    """A deontic cue: its folded form and the modality it carries."""

    form: str
    modality: Modality


@lru_cache(maxsize=1)
def modality_cues() -> dict[str, Modality]:
    """Deontic cues by folded form; the longest match wins ("không được" before "được")."""
    return {form: Modality(str(row["modality"])) for row in _rows("modality.toml", "cue") for form in _forms(row)}


@dataclass(frozen=True, slots=True)
class Body:
    """A kind of authority as texts name it: `id` groups spellings, `level` is its administrative level, `tier` orders levels (1 strongest)."""

    id: str
    level: str
    tier: int


@lru_cache(maxsize=1)
def bodies() -> dict[str, Body]:
    """Authorities by folded form."""
    found: dict[str, Body] = {}
    for row in _rows("bodies.toml", "body"):
        body = Body(str(row["id"]), str(row["level"]), int(str(row["tier"])))
        for form in _forms(row):
            found[form] = body
    return found


@lru_cache(maxsize=1)
def phrase_groups() -> dict[str, tuple[str, ...]]:
    """Groups of phrases by group name: saving clauses, exceptions, conditions, delegations, boilerplate, changes of force."""
    return {str(row["group"]): _forms(row) for row in _rows("phrases.toml", "phrases")}


@lru_cache(maxsize=64)
def group_pattern(group: str) -> re.Pattern[str]:
    """The compiled pattern of a phrase group, over folded text, whole syllables only."""
    return re.compile(rf"(?<!\w)(?:{alternatives(phrase_groups()[group])})(?!\w)")


@lru_cache(maxsize=1)
def synonyms() -> dict[str, str]:
    """Folded phrase -> folded canonical phrase, for wordings that mean the same in law ("gửi" and "nộp" a dossier stay apart)."""
    found: dict[str, str] = {}
    for row in _rows("synonyms.toml", "same"):
        canonical, *others = _forms(row)
        found.update(dict.fromkeys((canonical, *others), canonical))
    return found

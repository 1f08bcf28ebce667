"""What to do with a judged pair: a decision table in `data/handling.toml`, each row with its legal ground."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from nlp.comparison.precedence import Force
from nlp.errors import Language
from nlp.law.finding import Relation

if TYPE_CHECKING:
    from nlp.comparison.precedence import Standing
    from nlp.law.territory import TerritoryRelation

_CONDITIONS = ("relation", "territory", "force", "issuer", "basis", "order")


@dataclass(frozen=True, slots=True)
class Handling:
    """The proposed handling: code of the row, text with its places filled, grounds (conflict rule first)."""

    code: str
    text: str
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table; `conditions` are (name, value)."""

    code: str
    conditions: tuple[tuple[str, str], ...]
    text: str
    text_en: str
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """The clauses on conflict of the law in force since a day."""

    since: dt.date
    higher: str
    later: str


@lru_cache(maxsize=1)
def table() -> tuple[tuple[Row, ...], tuple[Version, ...]]:
    """The rows in order and the versions of the conflict rule, newest first."""
    source = resources.files("nlp.comparison") / "data" / "handling.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    rows = tuple(
        Row(
            row["code"],
            tuple((name, row[name]) for name in _CONDITIONS if name in row),
            row["text"],
            row["text_en"],
            tuple(row["grounds"]),
        )
        for row in data["row"]
    )
    versions = tuple(Version(row["since"], row["higher"], row["later"]) for row in data["version"])
    return rows, versions


def handle(
    relation: Relation, standing: Standing, territory: TerritoryRelation, citations: tuple[str, str], language: Language
) -> Handling:
    """The handling of a relation; `citations` are (side to be handled, other side)."""
    facts = {
        "relation": str(relation),
        "territory": str(territory),
        "force": str(standing.force),
        "issuer": str(standing.issuer),
        "basis": standing.basis,
        "order": "dated" if standing.dated else "open",
    }
    row = next(row for row in table()[0] if all(facts[name] == value for name, value in row.conditions))
    text = row.text_en if language is Language.EN else row.text
    text = text.replace("{weak}", citations[0]).replace("{strong}", citations[1])
    grounds = row.grounds
    if relation is Relation.CONTRADICTION and standing.prevailing is not None:
        version = conflict_law(standing.judged_on)
        grounds = (version.higher if standing.force is Force.LOWER else version.later, *grounds)
    return Handling(row.code, text, grounds)


def conflict_law(on: dt.date | None) -> Version:
    """The version of the conflict rule in force on a day; today's law when no day is known."""
    versions = table()[1]
    return versions[0] if on is None else next(version for version in versions if version.since <= on)

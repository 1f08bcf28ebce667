"""The decision table of handling (`data/handling.toml`): what is proposed in each case, in whose name, on which legal ground."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


class Case(StrEnum):
    """How two provisions stand to each other in law: the rows of the table."""

    NOTHING = "nothing"  # consistent or unrelated
    DISJOINT_AREA = "disjoint_area"
    DISJOINT_TIME = "disjoint_time"
    MERGED_AREA = "merged_area"
    MERGED_ALIKE = "merged_alike"
    EXPIRED = "expired"
    OUTDATED = "outdated"
    UNLAWFUL = "unlawful"  # trái văn bản cấp trên khi ban hành
    LATER_HIGHER = "later_higher"  # văn bản cấp trên ban hành sau: căn cứ rà soát
    UNDATED_HIGHER = "undated_higher"
    SAME_ISSUER = "same_issuer"
    SAME_DOCUMENT = "same_document"
    SUCCESSOR = "successor"
    NO_RULE = "no_rule"
    ADMINISTRATIVE = "administrative"
    UNKNOWN = "unknown"
    DUPLICATE_HIGHER = "duplicate_higher"
    DUPLICATE_SAME_ISSUER = "duplicate_same_issuer"
    DUPLICATE_OTHER = "duplicate_other"
    OVERLAP_HIGHER = "overlap_higher"
    OVERLAP_SAME_ISSUER = "overlap_same_issuer"
    OVERLAP_OTHER = "overlap_other"


class Extent(StrEnum):
    """How much of the handled document is concerned."""

    PART = "part"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: proposal and reason with places {target} (the side to be handled), {kept} (the other) and {reason}."""

    case: Case
    extent: Extent
    handling: str  # a code of `codes()`
    text: str
    text_en: str
    note: str
    note_en: str
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConflictLaw:
    """The clauses on differing rules of the law in force since a day; `checked` when read in the text of the law, not remembered."""

    since: dt.date
    higher: str
    later: str
    checked: bool


@lru_cache(maxsize=1)
def _data() -> tuple[tuple[Row, ...], tuple[ConflictLaw, ...], dict[str, tuple[str, str]]]:
    source = resources.files("nlp.comparison") / "data" / "handling.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    rows = tuple(
        Row(
            Case(row["case"]),
            Extent(row.get("extent", "part")),
            row["handling"],
            row["text"],
            row["text_en"],
            row["note"],
            row["note_en"],
            tuple(row["grounds"]),
        )
        for row in data["row"]
    )
    laws = tuple(ConflictLaw(row["since"], row["higher"], row["later"], row["checked"]) for row in data["law"])
    return rows, laws, {row["code"]: (row["name"], row["name_en"]) for row in data["code"]}


def rows() -> tuple[Row, ...]:
    """Every row, in the order of the file."""
    return _data()[0]


def codes() -> dict[str, tuple[str, str]]:
    """The codes of handling with their names in Vietnamese and English."""
    return _data()[2]


def row_of(case: Case, extent: Extent) -> Row:
    """The row of a case; the row for a part where the table has none for the whole document."""
    fitting = [row for row in rows() if row.case is case]
    return next((row for row in fitting if row.extent is extent), fitting[0])


def conflict_law(on: dt.date | None) -> ConflictLaw:
    """The law on differing rules in force on a day; today's where no day is known or the day is before the first such law."""
    laws = _data()[1]
    return next((law for law in laws if on is not None and law.since <= on), laws[0])

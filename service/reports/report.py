"""A finished run as the reports show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.errors import Language

if TYPE_CHECKING:
    import datetime as dt

    from nlp.law.finding import Coverage, Finding


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of the corpus in the coverage: read with its pages, or failed with the reason."""

    name: str
    version: int
    pages: int
    pages_unread: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything about one audit or check. `settings` and `fingerprints` are (name, value) in a fixed order; `draft` names the checked file."""

    kind: str  # "audit", "check"
    as_of: dt.date
    made_at: dt.datetime
    findings: tuple[Finding, ...]
    coverage: Coverage
    files: tuple[FileLine, ...]
    settings: tuple[tuple[str, str], ...] = ()
    fingerprints: tuple[tuple[str, str], ...] = ()
    draft: str = ""
    language: Language = Language.VI

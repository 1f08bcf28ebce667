"""What the index knows of a provision besides its text, and filters over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from nlp.law.rank import Kind


@dataclass(frozen=True, slots=True)
class Entry:
    """One indexed provision; only `id` is required. `id` is the caller's, any string without line breaks.

    `number` "12/2024/QĐ-UBND"; `path` "main/art_5/cl_2"; `title` of the document with its kind, "Luật Đất đai"; `issuer`, `territory`, `field` are
    the caller's own words, compared whole; `expires` is the first day on which it no longer applies.
    """

    id: str
    number: str = ""
    path: str = ""
    title: str = ""
    kind: Kind | None = None
    rank: int | None = None
    issuer: str = ""
    territory: str = ""
    field: str = ""
    issued: dt.date | None = None
    effective: dt.date | None = None
    expires: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries a search may return: all given conditions hold. An empty set means any value.

    Days are inclusive. An entry whose date is unknown is kept by `in_force_on` (it may apply) and dropped by `issued_from` and `issued_to`.
    """

    kinds: frozenset[Kind] = frozenset()
    ranks: frozenset[int] = frozenset()
    issuers: frozenset[str] = frozenset()
    territories: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    in_force_on: dt.date | None = None
    issued_from: dt.date | None = None
    issued_to: dt.date | None = None
    numbers: frozenset[str] = frozenset()
    without_numbers: frozenset[str] = frozenset()

    @property
    def open(self) -> bool:
        """Whether everything passes."""
        return self == Filter()

    def admits(self, entry: Entry) -> bool:
        """Whether the entry passes."""
        chosen = (
            (self.kinds, entry.kind),
            (self.ranks, entry.rank),
            (self.issuers, entry.issuer),
            (self.territories, entry.territory),
            (self.fields, entry.field),
            (self.numbers, entry.number),
        )
        if any(wanted and value not in wanted for wanted, value in chosen) or entry.number in self.without_numbers:
            return False
        return self._in_force(entry) and self._issued(entry)

    def _in_force(self, entry: Entry) -> bool:
        day, start = self.in_force_on, entry.effective or entry.issued
        if day is None:
            return True
        return (start is None or start <= day) and (entry.expires is None or day < entry.expires)

    def _issued(self, entry: Entry) -> bool:
        if self.issued_from is None and self.issued_to is None:
            return True
        if entry.issued is None:
            return False
        after = self.issued_from is None or entry.issued >= self.issued_from
        return after and (self.issued_to is None or entry.issued <= self.issued_to)

"""Validity over time: Điều 53 to 57 Luật Ban hành văn bản quy phạm pháp luật 64/2025/QH15 and their predecessors."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from nlp.law.issuers import Issuer, UnitLevel

LAW_2025 = dt.date(2025, 4, 1)  # Luật 64/2025/QH15
LAW_2015 = dt.date(2016, 7, 1)  # Luật 80/2015/QH13
LAW_2008 = dt.date(2009, 1, 1)  # Luật 17/2008/QH12


class Status(StrEnum):
    """The status of a document; the Vietnamese names of vbpl.vn are in `STATUS_NAMES`."""

    IN_FORCE = "in_force"
    PARTLY_EXPIRED = "partly_expired"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"


STATUS_NAMES = {
    Status.IN_FORCE: "Còn hiệu lực",
    Status.PARTLY_EXPIRED: "Hết hiệu lực một phần",
    Status.EXPIRED: "Hết hiệu lực toàn bộ",
    Status.NOT_YET: "Chưa có hiệu lực",
    Status.SUSPENDED: "Ngưng hiệu lực",
    Status.UNKNOWN: "Chưa xác định",
}


class EventKind(StrEnum):
    """What happened to a document or provision."""

    AMENDED = "amended"
    REPLACED = "replaced"
    REPEALED = "repealed"
    EXPIRED = "expired"  # own term, or announced as expired
    SUSPENDED = "suspended"
    RESUMED = "resumed"


@dataclass(frozen=True, slots=True)
class ValidityEvent:
    """A change of validity from day `on`: of the whole document when `path` is None, else of that provision and all below it. `by` is a document key."""

    kind: EventKind
    on: dt.date
    by: str = ""
    path: str | None = None


_ENDS = frozenset({EventKind.REPLACED, EventKind.REPEALED, EventKind.EXPIRED})


@dataclass(frozen=True, slots=True)
class Validity:
    """The life of a document. Dates are days; `expires` is the first day on which it no longer applies."""

    issued: dt.date | None = None
    effective: dt.date | None = None
    expires: dt.date | None = None
    events: tuple[ValidityEvent, ...] = ()

    def with_event(self, event: ValidityEvent) -> Validity:
        """The same life with one more event, events in order of time."""
        return replace(
            self, events=tuple(sorted((*self.events, event), key=lambda e: (e.on, e.kind.value, e.path or "")))
        )

    def status(self, on: dt.date, path: str | None = None) -> Status:
        """The status on a day, of the document or of one provision; UNKNOWN when neither issue nor effect date is known.

        A document with an expired provision is PARTLY_EXPIRED; suspension holds until a RESUMED event.
        """
        start = self.effective or self.issued
        if start is None:
            return Status.UNKNOWN
        if on < start:
            return Status.NOT_YET
        if self.expires is not None and on >= self.expires:
            return Status.EXPIRED
        past = [event for event in self.events if event.on <= on]
        own = [event for event in past if event.path is None or (path is not None and _covers(event.path, path))]
        if any(event.kind in _ENDS for event in own):
            return Status.EXPIRED
        switches = [event.kind for event in own if event.kind in (EventKind.SUSPENDED, EventKind.RESUMED)]
        if switches and switches[-1] is EventKind.SUSPENDED:
            return Status.SUSPENDED
        if path is None and any(event.kind in _ENDS for event in past):
            return Status.PARTLY_EXPIRED
        return Status.IN_FORCE

    def in_force(self, on: dt.date, path: str | None = None) -> bool | None:
        """Whether the document (or provision) applies on a day; None when that is not known."""
        status = self.status(on, path)
        if status is Status.UNKNOWN:
            return None
        return status in (Status.IN_FORCE, Status.PARTLY_EXPIRED)


def _covers(scope: str, path: str) -> bool:
    return path == scope or path.startswith(scope + "/")


def earliest_effective(issuer: Issuer, issued: dt.date) -> dt.date | None:
    """The first day on which a document may take effect by the ordinary procedure, None where the old law set no term of days.

    45 days for central texts, 10 for local ones (Điều 53 Luật 64/2025/QH15); from 1/7/2016 central 45, province 10, district and commune 7 (Điều 151
    Luật 80/2015/QH13); from 2009 central 45 (Điều 78 Luật 17/2008/QH12), provinces 10, districts 7, communes 5 (Điều 51 Luật of 2004, since 1/4/2005).
    """
    if not issuer.local:
        return issued + dt.timedelta(days=45) if issued >= LAW_2008 else None
    if issued >= LAW_2025:
        return issued + dt.timedelta(days=10)
    local_since = dt.date(2005, 4, 1)
    if issued < local_since:
        return None
    level = issuer.level or UnitLevel.PROVINCE
    days = {UnitLevel.PROVINCE: 10, UnitLevel.DISTRICT: 7, UnitLevel.COMMUNE: 7 if issued >= LAW_2015 else 5}[level]
    return issued + dt.timedelta(days=days)

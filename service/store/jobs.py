"""The table of jobs: long work that outlives the process that asked for it and the process that does it.

A job is claimed by one worker at a time. A worker that stops giving signs of life loses its job to the next one; since every kind of job may be
run again from its start (files are kept once, vectors go on where they were, reports are written whole), that is all that durability needs.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Row, and_, insert, or_, select, update

from nlp.errors import NotFoundError
from nlp.progress import Progress
from service.store.codec import pack, unpack
from service.store.schema import JOB

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement, Engine

STALE = dt.timedelta(seconds=60)  # without a sign of life a worker is taken for dead
MAX_ATTEMPTS = 3  # a job that kills its worker this often is given up


class JobState(StrEnum):
    """The life of a job."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Job:
    """One job. `arguments` and `result` are JSON texts whose form belongs to the kind; `result` is "" until done."""

    id: str
    kind: str
    arguments: str
    state: JobState
    attempts: int
    progress: Progress
    created_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    result: str
    error_code: str
    error_message: str


class JobStore:
    """Jobs of one workspace; `now` is the clock (UTC)."""

    def __init__(self, engine: Engine, now: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._now = now

    def add(self, kind: str, arguments: str, number: str = "") -> Job:
        """A new job at the end of the queue; `number` is its id when the caller has prepared files under it."""
        number = number or uuid.uuid4().hex
        row = {"id": number, "kind": kind, "arguments": pack(arguments), "state": JobState.QUEUED.value, "attempts": 0}
        empty = dict.fromkeys(("worker", "stage", "detail", "error_code", "error_message"), "")
        with self._engine.begin() as connection:
            connection.execute(insert(JOB).values(**row, **empty, done=0, total=0, created_at=self._now()))
        return self.get(number)

    def get(self, number: str) -> Job:
        """The job with this id. Raises NotFoundError."""
        with self._engine.connect() as connection:
            row = connection.execute(select(JOB).where(JOB.c.id == number)).first()
        if row is None:
            raise NotFoundError(
                "no_such_job",
                where=number[:64],
                what="Không có công việc này.",
                remedy="Xem danh sách công việc.",
                what_en="There is no such job.",
                remedy_en="See the list of jobs.",
            )
        return _job(row)

    def newest(self, limit: int) -> tuple[Job, ...]:
        """The newest jobs first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(JOB).order_by(JOB.c.created_at.desc(), JOB.c.id).limit(limit)).all()
        return tuple(map(_job, rows))

    def claim(self, worker: str) -> Job | None:
        """The oldest job that waits, or whose worker died, now run by `worker`; None when there is nothing to do."""
        while True:
            with self._engine.begin() as connection:
                row = connection.execute(
                    select(JOB).where(self._free(worker)).order_by(JOB.c.created_at, JOB.c.id).limit(1)
                ).first()
                if row is None:
                    return None
                given_up = row.attempts >= MAX_ATTEMPTS
                change = _given_up(self._now()) if given_up else self._running(worker, row.attempts + 1)
                # two workers may have seen the same row: the one whose update finds it unchanged has it
                seen = and_(JOB.c.id == row.id, JOB.c.state == row.state, JOB.c.attempts == row.attempts)
                mine = connection.execute(update(JOB).where(seen).values(change)).rowcount == 1
            if mine and not given_up:
                return self.get(row.id)

    def _free(self, worker: str) -> ColumnElement[bool]:
        # a worker that starts again under its name was the one that died
        dead = or_(JOB.c.worker == worker, JOB.c.heartbeat_at < self._now() - STALE)
        return or_(JOB.c.state == JobState.QUEUED.value, and_(JOB.c.state == JobState.RUNNING.value, dead))

    def _running(self, worker: str, attempts: int) -> dict[str, object]:
        now = self._now()
        state = JobState.RUNNING.value
        return {"state": state, "worker": worker, "attempts": attempts, "started_at": now, "heartbeat_at": now}

    def beat(self, job: Job, progress: Progress | None = None) -> bool:
        """Whether the job is still ours to run; a sign of life, with progress where it is known."""
        values: dict[str, object] = {"heartbeat_at": self._now()}
        if progress is not None:
            values |= {
                "stage": progress.stage,
                "done": progress.done,
                "total": progress.total,
                "detail": progress.detail,
            }
        return self._change(job, values)

    def finish(self, job: Job, result: str) -> bool:
        """Whether the result was taken: False when the job was cancelled or given to another worker meanwhile."""
        return self._change(job, {"state": JobState.DONE.value, "finished_at": self._now(), "result": pack(result)})

    def fail(self, job: Job, code: str, message: str) -> bool:
        """Whether the failure was taken, as in `finish`."""
        ended = {"state": JobState.FAILED.value, "finished_at": self._now()}
        return self._change(job, {**ended, "error_code": code, "error_message": message})

    def cancel(self, number: str) -> Job:
        """The job, cancelled unless it had ended. Raises NotFoundError."""
        self.get(number)
        unfinished = and_(JOB.c.id == number, JOB.c.state.in_([state.value for state in OPEN]))
        with self._engine.begin() as connection:
            ended = {"state": JobState.CANCELLED.value, "finished_at": self._now()}
            connection.execute(update(JOB).where(unfinished).values(ended))
        return self.get(number)

    def _change(self, job: Job, values: dict[str, object]) -> bool:
        mine = and_(JOB.c.id == job.id, JOB.c.state == JobState.RUNNING.value, JOB.c.attempts == job.attempts)
        with self._engine.begin() as connection:
            return connection.execute(update(JOB).where(mine).values(values)).rowcount == 1


def _given_up(now: dt.datetime) -> dict[str, object]:
    return {
        "state": JobState.FAILED.value,
        "finished_at": now,
        "error_code": "worker_died",
        "error_message": f"Tiến trình xử lý dừng đột ngột {MAX_ATTEMPTS} lần khi làm công việc này.",
    }


def _job(row: Row[tuple[object, ...]]) -> Job:
    return Job(
        id=row.id,
        kind=row.kind,
        arguments=unpack(str, row.arguments),
        state=JobState(row.state),
        attempts=row.attempts,
        progress=Progress(row.stage, row.done, row.total, row.detail),
        created_at=_utc(row.created_at),
        started_at=row.started_at and _utc(row.started_at),
        finished_at=row.finished_at and _utc(row.finished_at),
        result="" if row.result is None else unpack(str, row.result),
        error_code=row.error_code,
        error_message=row.error_message,
    )


def _utc(moment: dt.datetime) -> dt.datetime:
    """SQLite forgets the zone; all our moments are UTC."""
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)

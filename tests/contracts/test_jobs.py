"""Jobs outlive their workers on every database."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from nlp.errors import InputError, NotFoundError
from nlp.progress import OnProgress, Progress
from service.jobs.worker import Worker
from service.store.jobs import MAX_ATTEMPTS, STALE, Job, JobState, JobStore

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Clock:
    def __init__(self) -> None:
        self.time = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        self.time += dt.timedelta(milliseconds=1)
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def jobs(engine: Engine, clock: Clock) -> JobStore:
    return JobStore(engine, clock)


def no_tidying(_: Job) -> None:
    pass


def test_jobs_are_claimed_oldest_first_and_once(jobs: JobStore) -> None:
    first, second = jobs.add("audit", '{"n": 1}'), jobs.add("audit", '{"n": 2}')
    one, two = jobs.claim("w1"), jobs.claim("w2")
    assert one is not None
    assert two is not None
    assert (one.id, two.id) == (first.id, second.id)
    assert (one.state, one.attempts, one.arguments) == (JobState.RUNNING, 1, '{"n": 1}')
    assert jobs.claim("w3") is None
    assert [each.id for each in jobs.newest(10)] == [second.id, first.id]


def test_progress_and_result_are_seen_by_others(jobs: JobStore) -> None:
    jobs.add("audit", "{}")
    job = jobs.claim("w1")
    assert job is not None
    assert jobs.beat(job, Progress("compare", 3, 10, "a.pdf"))
    assert jobs.get(job.id).progress == Progress("compare", 3, 10, "a.pdf")
    assert jobs.finish(job, '{"found": 1}')
    done = jobs.get(job.id)
    assert (done.state, done.result) == (JobState.DONE, '{"found": 1}')
    assert done.finished_at is not None
    assert done.finished_at.tzinfo is not None


def test_a_worker_that_went_silent_loses_its_job(jobs: JobStore, clock: Clock) -> None:
    jobs.add("audit", "{}")
    lost = jobs.claim("w1")
    assert lost is not None
    clock.time += STALE / 2
    assert jobs.claim("w2") is None
    clock.time += STALE
    taken = jobs.claim("w2")
    assert taken is not None
    assert (taken.id, taken.attempts) == (lost.id, 2)
    # the first one wakes up again: nothing it says counts
    assert not jobs.beat(lost)
    assert not jobs.finish(lost, "{}")
    assert not jobs.fail(lost, "x", "y")
    assert jobs.get(lost.id).state is JobState.RUNNING


def test_a_worker_started_again_takes_up_its_own_job_at_once(jobs: JobStore) -> None:
    jobs.add("audit", "{}")
    before = jobs.claim("w1")
    again = jobs.claim("w1")
    assert before is not None
    assert again is not None
    assert (again.id, again.attempts) == (before.id, 2)


def test_a_job_that_kills_its_worker_is_given_up(jobs: JobStore) -> None:
    added = jobs.add("audit", "{}")
    other = jobs.add("ingest", "{}")
    for _ in range(MAX_ATTEMPTS):
        claimed = jobs.claim("w1")
        assert claimed is not None
        assert claimed.id == added.id
    following = jobs.claim("w1")
    assert following is not None
    assert following.id == other.id
    ended = jobs.get(added.id)
    assert (ended.state, ended.error_code) == (JobState.FAILED, "worker_died")


def test_cancelling(jobs: JobStore) -> None:
    waiting, running = jobs.add("audit", "{}"), jobs.add("audit", "{}")
    assert jobs.cancel(waiting.id).state is JobState.CANCELLED
    claimed = jobs.claim("w1")
    assert claimed is not None
    assert claimed.id == running.id
    assert jobs.cancel(running.id).state is JobState.CANCELLED
    assert not jobs.beat(claimed)
    # what has ended stays ended
    assert jobs.cancel(running.id).state is JobState.CANCELLED
    with pytest.raises(NotFoundError):
        jobs.cancel("nope")


def test_a_worker_reports_results_errors_and_bugs(jobs: JobStore, caplog: pytest.LogCaptureFixture) -> None:
    def good(job: Job, on_progress: OnProgress) -> str:
        on_progress(Progress("read", 1, 2, job.arguments))
        return '{"ok": true}'

    def bad(_: Job, __: OnProgress) -> str:
        raise InputError("pdf_truncated", where="a.pdf", what="Tệp bị cắt.", remedy="Gửi lại.")

    def buggy(_: Job, __: OnProgress) -> str:
        raise ZeroDivisionError("secret detail")

    ended: list[str] = []
    worker = Worker(jobs, "w1", {"good": good, "bad": bad, "buggy": buggy}, lambda job: ended.append(job.kind))
    numbers = [jobs.add(kind, "x").id for kind in ("good", "bad", "buggy", "unheard")]
    while worker.run_one():
        pass
    done, failed, bug, unknown = (jobs.get(number) for number in numbers)
    assert (done.state, done.result, done.progress.stage) == (JobState.DONE, '{"ok": true}', "read")
    assert (failed.state, failed.error_code) == (JobState.FAILED, "pdf_truncated")
    assert failed.error_message == "a.pdf: Tệp bị cắt. Gửi lại."
    assert (bug.state, bug.error_code) == (JobState.FAILED, "unexpected")
    assert "secret detail" not in bug.error_message
    assert "secret detail" in caplog.text
    assert unknown.error_code == "unknown_job_kind"
    assert ended == ["good", "bad", "buggy", "unheard"]


def test_a_cancelled_job_stops_at_its_next_sign_of_progress(jobs: JobStore) -> None:
    steps: list[int] = []

    def long(job: Job, on_progress: OnProgress) -> str:
        for step in range(5):
            steps.append(step)
            if step == 1:
                jobs.cancel(job.id)
            on_progress(Progress(f"stage {step}", step, 5))
        return "{}"

    number = jobs.add("long", "{}").id
    Worker(jobs, "w1", {"long": long}, no_tidying).run_one()
    assert steps == [0, 1]
    assert jobs.get(number).state is JobState.CANCELLED

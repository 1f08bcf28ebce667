"""The loop of a worker process: claim, run, report; one job at a time."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nlp.errors import LegalTextError, StateError
from service.usecases.boundary import LOG, attempt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from nlp.progress import OnProgress, Progress
    from service.store.jobs import Job, JobStore


IDLE_SECONDS = 0.5  # between looks at an empty queue
BEAT_SECONDS = 5.0  # between signs of life, also while a step says nothing
PROGRESS_SECONDS = 0.5  # between writes of progress


class Worker:
    """Runs the jobs of one workspace under a fixed `name`: started again, it takes up what it was doing."""

    def __init__(
        self,
        jobs: JobStore,
        name: str,
        handlers: Mapping[str, Callable[[Job, OnProgress], str]],
        tidy: Callable[[Job], None],
    ) -> None:
        self._jobs = jobs
        self._tidy = tidy  # called when a job has ended for good
        self._name = name
        self._handlers = handlers
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End after the job at hand."""
        self._stopped.set()

    def run(self) -> None:
        """Work until `stop`."""
        while not self._stopped.is_set():
            if not self.run_one():
                self._stopped.wait(IDLE_SECONDS)

    def run_one(self) -> bool:
        """Whether there was a job to do."""
        job = self._jobs.claim(self._name)
        if job is None:
            return False
        LOG.info("job %s (%s), attempt %d", job.id, job.kind, job.attempts)
        with self._alive(job) as on_progress:
            handler = self._handlers.get(job.kind)
            result = attempt(lambda: _unknown(job) if handler is None else handler(job, on_progress), job.id)
        if self._end(job, result):
            self._tidy(job)
        return True

    def _end(self, job: Job, result: str | LegalTextError) -> bool:
        if isinstance(result, LegalTextError):
            return self._jobs.fail(job, result.code, result.message())
        return self._jobs.finish(job, result)

    @contextmanager
    def _alive(self, job: Job) -> Iterator[OnProgress]:
        """A progress callback for the time of a job, during which signs of life are given; it raises when the job was cancelled."""
        ended = threading.Event()
        lost = threading.Event()

        def beat() -> None:
            while not ended.wait(BEAT_SECONDS):
                if not self._jobs.beat(job):
                    lost.set()
                    return

        thread = threading.Thread(target=beat, name=f"beat-{job.id}", daemon=True)
        thread.start()
        last, stage = 0.0, ""

        def on_progress(step: Progress) -> None:
            nonlocal last, stage
            now = time.monotonic()
            if step.stage == stage and now - last < PROGRESS_SECONDS and step.done < step.total:
                return
            last, stage = now, step.stage
            if lost.is_set() or not self._jobs.beat(job, step):
                raise _cancelled(job)

        try:
            yield on_progress
        finally:
            ended.set()
            thread.join()


def _cancelled(job: Job) -> StateError:
    return StateError(
        "job_cancelled",
        where=job.id,
        what="Công việc đã bị hủy.",
        remedy="Tạo công việc mới nếu vẫn cần.",
        what_en="The job was cancelled.",
        remedy_en="Make a new one if it is still wanted.",
    )


def _unknown(job: Job) -> str:
    raise StateError(
        "unknown_job_kind",
        where=job.kind,
        what="Tiến trình xử lý không biết loại công việc này.",
        remedy="Cập nhật rasoat trên máy chạy tiến trình xử lý.",
        what_en="The worker does not know this kind of job.",
        remedy_en="Update rasoat where the worker runs.",
    )

"""The kinds of jobs: what each takes, does and leaves. Every one may be run again from its start."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.reports.folder import write_report
from service.reports.wire import coverage_json
from service.usecases.ingest import Ingester, Outcome, outcome_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from nlp.progress import OnProgress
    from service.reports.report import Report
    from service.store.jobs import Job
    from service.usecases.review import Reviewer

INGEST, CHECK, AUDIT = "ingest", "check", "audit"
UPLOADS = "uploads"  # folder below the run's own, with the files that were sent


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent: its name as the sender gave it, and where it lies below the run's uploads."""

    name: str
    stored: str


@dataclass(frozen=True, slots=True)
class JobArguments:
    """What a job is asked to do; `as_of` is None for an ingestion."""

    uploads: tuple[Upload, ...] = ()
    as_of: dt.date | None = None

    def text(self) -> str:
        """The JSON form."""
        files = [[upload.name, upload.stored] for upload in self.uploads]
        return json.dumps({"uploads": files, "as_of": self.as_of.isoformat() if self.as_of else None})

    @classmethod
    def parse(cls, text: str) -> JobArguments:
        """The arguments that `text` wrote."""
        given = json.loads(text)
        day = given["as_of"]
        return cls(
            tuple(Upload(name, stored) for name, stored in given["uploads"]),
            dt.date.fromisoformat(day) if day else None,
        )


@dataclass(frozen=True, slots=True)
class Handlers:
    """The parts that jobs need. `runs` is the folder in which each job has one of its own, named by its id."""

    ingester: Ingester
    index: Callable[[OnProgress], int]
    reviewer: Callable[[], Reviewer]
    runs: Path

    def table(self) -> Mapping[str, Callable[[Job, OnProgress], str]]:
        """What a worker does for each kind."""
        return {INGEST: self.ingest, CHECK: self.check, AUDIT: self.audit}

    def tidy(self, job: Job) -> None:
        """Remove what was sent: the workspace has its own copy of what it keeps."""
        shutil.rmtree(self.runs / job.id / UPLOADS, ignore_errors=True)

    def ingest(self, job: Job, on_progress: OnProgress) -> str:
        """Keep the files that were sent; the result lists their outcomes."""
        uploads = JobArguments.parse(job.arguments).uploads
        folder = self.runs / job.id / UPLOADS
        outcomes = [
            outcome
            for each in uploads
            for outcome in self.ingester.ingest_file(
                folder / each.stored, each.name, f"upload:{each.name}", on_progress
            )
        ]
        provisions = self.index(on_progress)
        failed = sum(1 for each in outcomes if each.outcome is Outcome.FAILED)
        return json.dumps(
            {"files": [outcome_json(each) for each in outcomes], "failed": failed, "provisions": provisions},
            ensure_ascii=False,
        )

    def check(self, job: Job, on_progress: OnProgress) -> str:
        """Check the draft that was sent; the result is its coverage, the findings lie in the run's folder."""
        arguments = JobArguments.parse(job.arguments)
        (draft,) = arguments.uploads
        assert arguments.as_of is not None
        path = self.runs / job.id / UPLOADS / draft.stored
        return self._leave(job, self.reviewer().check(path, draft.name, arguments.as_of, on_progress))

    def audit(self, job: Job, on_progress: OnProgress) -> str:
        """Audit the workspace; the result is its coverage, the findings lie in the run's folder."""
        arguments = JobArguments.parse(job.arguments)
        assert arguments.as_of is not None
        return self._leave(job, self.reviewer().audit(arguments.as_of, on_progress))

    def _leave(self, job: Job, report: Report) -> str:
        write_report(report, self.runs / job.id)
        return json.dumps(coverage_json(report), ensure_ascii=False)

"""The routes. Each does little: it turns the wire into a call and back."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import uuid
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Response, UploadFile
from fastapi.responses import FileResponse, JSONResponse

from nlp.errors import InputError, NotFoundError, StateError
from service.api.desk import Desk, DeskOf
from service.api.wire import (
    AuditRequest,
    DocumentView,
    Health,
    HitView,
    JobError,
    JobView,
    Mark,
    ProgressView,
    SearchAnswer,
)
from service.jobs.handlers import AUDIT, CHECK, INGEST, UPLOADS, JobArguments, Upload
from service.store.jobs import OPEN, Job, JobState
from service.usecases.fingerprints import rasoat_version
from service.usecases.search import Wanted, filter_of
from service.wiring import today

router = APIRouter()
REPORT_FILES = {
    "findings.jsonl": "application/jsonl",
    "coverage.json": "application/json",
    "report.html": "text/html; charset=utf-8",
    "report.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_NEWEST_JOBS = 100
# a report quotes documents of unknown origin: it may run its own few lines and nothing from elsewhere
_REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; sandbox allow-scripts"


@router.get("/health", summary="Tình trạng dịch vụ")
def health(desk: DeskOf) -> Health:
    """Whether the service works and what the workspace holds."""
    documents, provisions = desk.rooms.store.counts()
    waiting = sum(1 for job in desk.rooms.jobs.newest(_NEWEST_JOBS) if job.state in OPEN)
    return Health(status="ok", version=rasoat_version(), documents=documents, provisions=provisions, jobs_open=waiting)


@router.get("/documents", summary="Các văn bản trong không gian làm việc")
def documents(desk: DeskOf) -> list[DocumentView]:
    """Every current document, in order of ingestion."""
    names = DocumentView.model_fields
    return [DocumentView(**{name: getattr(each, name) for name in names}) for each in desk.rooms.store.documents()]


@router.get("/search", summary="Tìm điều khoản")
def search(
    desk: DeskOf,
    q: Annotated[str, Query(description="Câu hỏi hoặc viện dẫn", examples=["diện tích tối thiểu tách thửa"])],
    k: Annotated[int, Query(description="Số kết quả", ge=1)] = 10,
    in_force_on: Annotated[dt.date | None, Query(description="Chỉ điều khoản có hiệu lực tại ngày này")] = None,
    number: Annotated[list[str] | None, Query(description="Chỉ trong các văn bản có số, ký hiệu này")] = None,
    kind: Annotated[list[str] | None, Query(description="Chỉ các loại văn bản này", examples=["Nghị định"])] = None,
    rank: Annotated[list[int] | None, Query(description="Chỉ các bậc hiệu lực pháp lý này (1: Hiến pháp)")] = None,
    issuer: Annotated[list[str] | None, Query(description="Chỉ các cơ quan ban hành này")] = None,
    territory: Annotated[list[str] | None, Query(description="Chỉ các địa bàn này")] = None,
    field: Annotated[list[str] | None, Query(description="Chỉ các lĩnh vực (đề mục pháp điển) này")] = None,
    issued_from: Annotated[dt.date | None, Query(description="Ban hành từ ngày này")] = None,
    issued_to: Annotated[dt.date | None, Query(description="Ban hành đến ngày này")] = None,
) -> SearchAnswer:
    """The provisions that answer a question, best first."""
    wanted = Wanted(
        kinds=tuple(kind or ()),
        ranks=tuple(rank or ()),
        issuers=tuple(issuer or ()),
        territories=tuple(territory or ()),
        fields=tuple(field or ()),
        numbers=tuple(number or ()),
        in_force_on=in_force_on,
        issued_from=issued_from,
        issued_to=issued_to,
    )
    searcher = desk.searcher()
    (found,) = searcher.search([q], k, filter_of(wanted, searcher.index.entries()))
    hits = [
        HitView(
            id=each.id,
            number=each.number,
            citation=each.citation,
            score=each.score,
            quote=each.quote,
            marks=[Mark(start=mark.start, end=mark.end) for mark in each.marks],
            file=each.file,
            page=each.page,
        )
        for each in found
    ]
    return SearchAnswer(query=q, hits=hits)


@router.post("/ingest", status_code=202, summary="Nạp văn bản (công việc)")
def ingest(
    desk: DeskOf, response: Response, files: Annotated[list[UploadFile], File(description="Tệp hoặc danh sách .jsonl")]
) -> JobView:
    """A job that keeps the files that were sent."""
    return _start(desk, response, INGEST, files, None)


@router.post("/check", status_code=202, summary="Kiểm tra dự thảo (công việc)")
def check(
    desk: DeskOf,
    response: Response,
    file: Annotated[UploadFile, File(description="Dự thảo")],
    as_of: Annotated[dt.date | None, Form(description="Ngày xét hiệu lực")] = None,
) -> JobView:
    """A job that checks a draft against the workspace."""
    return _start(desk, response, CHECK, [file], as_of or today())


@router.post("/audit", status_code=202, summary="Rà soát toàn bộ (công việc)")
def audit(desk: DeskOf, response: Response, request: AuditRequest | None = None) -> JobView:
    """A job that audits the workspace."""
    return _start(desk, response, AUDIT, [], (request.as_of if request else None) or today())


@router.get("/jobs", summary="Các công việc mới nhất")
def jobs(desk: DeskOf) -> list[JobView]:
    """The newest jobs first."""
    return [_view(job) for job in desk.rooms.jobs.newest(_NEWEST_JOBS)]


@router.get("/jobs/{number}", summary="Một công việc")
def job(desk: DeskOf, number: str) -> JobView:
    """A job with its progress."""
    return _view(desk.rooms.jobs.get(number))


@router.delete("/jobs/{number}", summary="Hủy công việc")
def cancel(desk: DeskOf, number: str) -> JobView:
    """The job, cancelled unless it had ended."""
    return _view(desk.rooms.jobs.cancel(number))


@router.get("/jobs/{number}/result", summary="Kết quả công việc")
def result(desk: DeskOf, number: str) -> JSONResponse:
    """The result of a finished job: outcomes of an ingestion, coverage and findings of a review."""
    done = _done(desk, number)
    content = json.loads(done.result)
    findings = desk.rooms.runs / done.id / "findings.jsonl"
    if done.kind != INGEST:
        lines = findings.read_text(encoding="utf-8").splitlines()
        content = {"coverage": content, "findings": [json.loads(line) for line in lines]}
    return JSONResponse(content)


@router.get("/jobs/{number}/files/{name}", summary="Tệp kết quả")
def file(desk: DeskOf, number: str, name: str) -> FileResponse:
    """One of the four files of a review."""
    done = _done(desk, number)
    path = desk.rooms.runs / done.id / name
    if name not in REPORT_FILES or not path.is_file():
        raise NotFoundError(
            "no_such_file",
            where=name[:64],
            what="Công việc này không có tệp đó.",
            remedy=f"Các tệp có thể có: {', '.join(REPORT_FILES)}.",
            what_en="This job has no such file.",
            remedy_en=f"Possible files: {', '.join(REPORT_FILES)}.",
        )
    headers = {"content-security-policy": _REPORT_POLICY, "x-content-type-options": "nosniff"}
    return FileResponse(path, media_type=REPORT_FILES[name], headers=headers)


def _start(desk: Desk, response: Response, kind: str, files: list[UploadFile], as_of: dt.date | None) -> JobView:
    number = uuid.uuid4().hex
    folder = desk.rooms.runs / number / UPLOADS
    uploads = tuple(_receive(upload, folder, place) for place, upload in enumerate(files))
    started = desk.rooms.jobs.add(kind, JobArguments(uploads, as_of).text(), number)
    response.headers["location"] = f"/jobs/{started.id}"
    return _view(started)


def _receive(upload: UploadFile, folder: Path, place: int) -> Upload:
    """The upload, written under a name of ours: a sender's name never becomes a path."""
    name = Path((upload.filename or "").replace("\\", "/")).name.replace("\x00", "").strip()[-200:]
    if not name:
        raise InputError(
            "unnamed_file",
            where="files",
            what="Tệp gửi lên không có tên.",
            remedy="Gửi kèm tên tệp.",
            what_en="The file has no name.",
            remedy_en="Send the file with its name.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    stored = f"{place:04}{''.join(Path(name.lower()).suffixes[-2:])[-12:]}"
    with (folder / stored).open("wb") as target:
        shutil.copyfileobj(upload.file, target)
    return Upload(name, stored)


def _done(desk: Desk, number: str) -> Job:
    found = desk.rooms.jobs.get(number)
    if found.state is not JobState.DONE:
        raise StateError(
            "job_not_done",
            where=found.id,
            what=f"Công việc chưa có kết quả (trạng thái: {found.state.value}).",
            remedy="Xem tiến độ và chờ trạng thái done.",
            what_en=f"The job has no result (state: {found.state.value}).",
            remedy_en="Watch its progress until the state is done.",
        )
    return found


def _view(job: Job) -> JobView:
    here = f"/jobs/{job.id}"
    links = {"self": here}
    if job.state is JobState.DONE:
        links["result"] = f"{here}/result"
        if job.kind != INGEST:
            links |= {name: f"{here}/files/{name}" for name in REPORT_FILES}
    step = job.progress
    return JobView(
        id=job.id,
        kind=job.kind,
        state=job.state.value,
        attempts=job.attempts,
        progress=ProgressView(stage=step.stage, done=step.done, total=step.total, detail=step.detail),
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        error=JobError(code=job.error_code, message=job.error_message) if job.error_code else None,
        links=links,
    )

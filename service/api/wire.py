"""The forms on the wire. Pydantic lives here only; the core keeps its own nouns."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field


class Problem(BaseModel):
    """An error (RFC 9457). `code` is stable; `detail` says where, what and what to do."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "urn:rasoat:problem:no_such_job",
                "title": "Không tìm thấy",
                "status": 404,
                "detail": "0a1b: Không có công việc này. Xem danh sách công việc.",
                "instance": "/jobs/0a1b",
                "code": "no_such_job",
                "errors": [],
            }
        }
    )
    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    errors: list[FieldProblem] = Field(default_factory=list)


class FieldProblem(BaseModel):
    """One faulty field of a request."""

    where: str = Field(examples=["query.k"])
    what: str = Field(examples=["Input should be greater than or equal to 1"])


class Health(BaseModel):
    """Whether the service works and what it holds."""

    status: str = Field(examples=["ok"])
    version: str = Field(examples=["0.1.0"])
    documents: int = Field(examples=[27])
    provisions: int = Field(examples=[412])
    jobs_open: int = Field(description="Công việc đang chờ hoặc đang chạy", examples=[0])


class DocumentView(BaseModel):
    """A document of the workspace."""

    key: str = Field(examples=["ubnd.thai-binh:decision:12/2024/QĐ-UBND:2024-05-20"])
    file: str = Field(examples=["12_2024_QD-UBND.pdf"])
    number: str = Field(examples=["12/2024/QĐ-UBND"])
    kind: str = Field(examples=["decision"])
    issuer: str = Field(examples=["Ủy ban nhân dân tỉnh Thái Bình"])
    territory: str = Field(examples=["tỉnh Thái Bình"])
    title: str
    issued: dt.date | None
    effective: dt.date | None
    expires: dt.date | None


class Mark(BaseModel):
    """A run of characters of a quote that answers the question: half-open."""

    start: int
    end: int


class HitView(BaseModel):
    """A found provision; `id` is that of the provision list it came from, where there was one."""

    id: str = Field(examples=["ubnd.thai-binh:decision:12/2024/QĐ-UBND:2024-05-20#attached_1/art_3/cl_1"])
    number: str = Field(examples=["12/2024/QĐ-UBND"])
    citation: str = Field(examples=["khoản 1 Điều 3 Quyết định số 12/2024/QĐ-UBND"])
    score: float = Field(description="Chỉ dùng để xếp thứ tự", examples=[0.18])
    quote: str = Field(examples=["1. Diện tích tối thiểu được tách thửa đối với đất ở tại phường là 50 m²."])
    marks: list[Mark]
    file: str
    page: int | None


class SearchAnswer(BaseModel):
    """The hits of a question, best first."""

    query: str = Field(examples=["diện tích tối thiểu tách thửa"])
    hits: list[HitView]


class ProgressView(BaseModel):
    """How far a job is; `total` 0 when unknown."""

    stage: str = Field(examples=["compare"])
    done: int = Field(examples=[120])
    total: int = Field(examples=[400])
    detail: str


class JobError(BaseModel):
    """Why a job failed."""

    code: str
    message: str


class JobView(BaseModel):
    """A job. When `state` is "done", the result and the files are at the links."""

    id: str = Field(examples=["6f0c2b8e4d0d4a6f9a6c1a2b3c4d5e6f"])
    kind: str = Field(examples=["audit"])
    state: str = Field(examples=["queued", "running", "done", "failed", "cancelled"])
    attempts: int
    progress: ProgressView
    created_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    error: JobError | None
    links: dict[str, str] = Field(examples=[{"self": "/jobs/6f0c", "result": "/jobs/6f0c/result"}])


class AuditRequest(BaseModel):
    """What to audit. Without `as_of` validity is judged today (in Vietnam)."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"as_of": "2026-11-23"}})
    as_of: dt.date | None = None

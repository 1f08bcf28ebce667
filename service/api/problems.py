"""Every failure in one form: problem+json (RFC 9457), Vietnamese unless the reader asks for English."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from nlp.errors import Language, LegalTextError
from service.api.wire import FieldProblem, Problem
from service.usecases.boundary import unexpected

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    400: ("Yêu cầu sai", "Bad request"),
    404: ("Không tìm thấy", "Not found"),
    405: ("Không dùng được phương thức này", "Method not allowed"),
    413: ("Yêu cầu quá lớn", "Content too large"),
    422: ("Dữ liệu không hợp lệ", "Invalid data"),
}
_INVALID = ("Yêu cầu có trường không hợp lệ; xem danh sách errors.", "The request has invalid fields; see errors.")


# pydantic's messages are English; the common ones for a Vietnamese reader, by their type, fields in braces
_FIELD_MESSAGES = {
    "missing": "Thiếu trường này.",
    "greater_than_equal": "Phải lớn hơn hoặc bằng {ge}.",
    "less_than_equal": "Phải nhỏ hơn hoặc bằng {le}.",
    "int_parsing": "Phải là số nguyên.",
    "int_type": "Phải là số nguyên.",
    "string_type": "Phải là chuỗi.",
    "date_from_datetime_parsing": "Phải là ngày dạng 2026-11-23.",
    "date_parsing": "Phải là ngày dạng 2026-11-23.",
    "date_type": "Phải là ngày dạng 2026-11-23.",
    "extra_forbidden": "Không có trường này.",
    "json_invalid": "Không phải JSON.",
    "model_attributes_type": "Phải là một đối tượng JSON.",
}


def language_of(request: Request) -> Language:
    """The language that the reader prefers: Vietnamese unless English is named first."""
    wanted = request.headers.get("accept-language", "").strip().lower()
    return Language.EN if wanted.startswith("en") else Language.VI


def problem_response(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    """The response of a problem."""
    content = problem.model_dump()
    return JSONResponse(content, status_code=problem.status, media_type=MEDIA_TYPE, headers=headers)


def add_handlers(app: FastAPI) -> None:
    """Answer every failure of this application with a problem."""
    app.add_exception_handler(LegalTextError, _legal_text_error)  # type: ignore[arg-type]  # starlette types Exception
    app.add_exception_handler(RequestValidationError, _invalid_request)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _http_error)  # type: ignore[arg-type]
    app.add_exception_handler(Exception, _bug)  # the HTTP boundary: nothing leaves without an id


def from_error(error: LegalTextError, request: Request) -> Problem:
    """The problem of one of our errors; its class decides the status."""
    language = language_of(request)
    return Problem(
        type=f"urn:rasoat:problem:{error.code}",
        title=error.title_en if language is Language.EN else error.title_vi,
        status=error.http_status,
        detail=error.message(language),
        instance=request.url.path,
        code=error.code,
    )


def http_problem(status: int, request: Request, detail: str = "", code: str = "") -> Problem:
    """The problem of a plain HTTP status."""
    place = 1 if language_of(request) is Language.EN else 0
    phrase = HTTPStatus(status).phrase
    title = _TITLES.get(status, (phrase, phrase))[place]
    return Problem(
        type="about:blank" if not code else f"urn:rasoat:problem:{code}",
        title=title,
        status=status,
        detail=detail or title,
        instance=request.url.path,
        code=code or phrase.lower().replace(" ", "_"),
    )


async def _legal_text_error(request: Request, error: LegalTextError) -> JSONResponse:
    return problem_response(from_error(error, request))


async def _invalid_request(request: Request, error: RequestValidationError) -> JSONResponse:
    english = language_of(request) is Language.EN
    problem = http_problem(422, request, _INVALID[1 if english else 0], "invalid_request")
    for each in error.errors():
        template = _FIELD_MESSAGES.get(each["type"], "Giá trị không hợp lệ.")
        what = str(each["msg"]) if english else template.format(**each.get("ctx", {}))
        problem.errors.append(FieldProblem(where=".".join(map(str, each["loc"])), what=what))
    return problem_response(problem)


async def _http_error(request: Request, error: HTTPException) -> JSONResponse:
    return problem_response(http_problem(error.status_code, request), dict(error.headers or {}))


async def _bug(request: Request, error: Exception) -> JSONResponse:
    return problem_response(from_error(unexpected(error, request.url.path), request))

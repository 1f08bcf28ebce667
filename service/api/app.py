"""The application: search answers at once, everything long is a job of the worker process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI

from service.api.desk import Desk
from service.api.limits import BodyLimit
from service.api.problems import MEDIA_TYPE, add_handlers
from service.api.routes import router
from service.api.wire import Problem
from service.usecases.fingerprints import rasoat_version

if TYPE_CHECKING:
    from service.wiring import Rooms

_DESCRIPTION = """Rà soát văn bản quy phạm pháp luật: nạp văn bản, tìm kiếm, kiểm tra dự thảo, rà soát toàn bộ.

Việc dài (nạp, kiểm tra, rà soát) trả về một công việc: theo dõi tại `/jobs/{id}`, lấy kết quả tại `/jobs/{id}/result`.
Mọi lỗi có dạng `application/problem+json` (RFC 9457)."""


def create_app(rooms: Rooms) -> FastAPI:
    """The API of one workspace."""
    problem = {"model": Problem, "description": "Lỗi", "content": {MEDIA_TYPE: {}}}
    app = FastAPI(
        title="rasoat",
        version=rasoat_version(),
        description=_DESCRIPTION,
        responses={"4XX": problem, "5XX": problem},
    )
    app.state.desk = Desk(rooms)
    app.add_middleware(BodyLimit, limit=rooms.config.service.max_upload_bytes)
    add_handlers(app)
    app.include_router(router)
    return app

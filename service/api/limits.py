"""No request body may be larger than the settings allow, whatever its headers say."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

from service.api.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyTooLargeError(Exception):
    """Raised inside the application when it reads beyond the limit."""


class BodyLimit:
    """ASGI middleware: 413 as a problem when more than `limit` bytes arrive."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting what is read."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if announced.isdigit() and int(announced) > self._limit:
            await self._refuse(scope, send)
            return
        read = 0
        started = False

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._limit:
                raise BodyTooLargeError
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            # the application may have turned our exception into an answer of its own: ours goes out instead
            if read <= self._limit or started:
                started = True
                await send(message)

        with contextlib.suppress(BodyTooLargeError):
            await self._app(scope, counted, watched)
        if read > self._limit and not started:
            await self._refuse(scope, send)

    async def _refuse(self, scope: Scope, send: Send) -> None:
        limit = self._limit // 2**20
        problem = {
            "type": "urn:rasoat:problem:content_too_large",
            "title": "Yêu cầu quá lớn",
            "status": 413,
            "detail": f"Dữ liệu gửi lên lớn hơn giới hạn {limit} MB. Chia nhỏ tệp, hoặc tăng service.max_upload_bytes.",
            "instance": scope["path"],
            "code": "content_too_large",
            "errors": [],
        }
        body = json.dumps(problem, ensure_ascii=False).encode()
        headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 413, "headers": headers})
        await send({"type": "http.response.body", "body": body})

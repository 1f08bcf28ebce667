"""The job boundary: one piece of a batch may fail without taking the others with it."""

from __future__ import annotations

import logging
import uuid
from typing import TYPE_CHECKING, TypeVar

from nlp.errors import LegalTextError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
LOG = logging.getLogger("rasoat")


class UnexpectedError(LegalTextError):
    """A bug of ours: never "no conflict", always a failed piece with an id under which the log has the details."""

    title_vi = "Lỗi ngoài dự kiến"
    title_en = "Unexpected error"


def attempt(work: Callable[[], T], where: str) -> T | LegalTextError:
    """What `work` returns, or the error that stopped it; bugs are logged with an id and become `UnexpectedError`."""
    try:
        return work()
    except LegalTextError as error:
        return error
    except Exception as bug:  # noqa: BLE001  the job boundary: see the module's docstring
        return unexpected(bug, where)


def unexpected(bug: Exception, where: str) -> UnexpectedError:
    """The error a reader sees for a bug, logged with its traceback under the id that the message names."""
    number = uuid.uuid4().hex[:12]
    LOG.error("bug %s at %s", number, where, exc_info=bug)
    return UnexpectedError(
        "unexpected",
        where=where,
        what=f"Lỗi ngoài dự kiến của chương trình (mã {number}: {type(bug).__name__}).",
        remedy="Gửi mã này cùng nhật ký cho người phát triển.",
        what_en=f"An unexpected error of the program (id {number}: {type(bug).__name__}).",
        remedy_en="Send this id with the log to the developers.",
    )

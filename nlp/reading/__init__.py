"""Reading: bytes of a document file in, its faithful text with page positions out.

`Sandbox` and `ReadingCache` are for the process that serves users: they load none of the libraries that touch untrusted bytes. `read` and
what belongs to it load them on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from nlp.reading.cache import ReadingCache
from nlp.reading.sandbox import Sandbox, read_sandboxed

if TYPE_CHECKING:
    from nlp.reading.archive import Member, members
    from nlp.reading.drawing import draw_pages
    from nlp.reading.readers import READERS, Reader, read

__all__ = ["READERS", "Member", "Reader", "ReadingCache", "Sandbox", "draw_pages", "members", "read", "read_sandboxed"]

_HOMES = {
    "READERS": "readers",
    "Reader": "readers",
    "read": "readers",
    "Member": "archive",
    "members": "archive",
    "draw_pages": "drawing",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"nlp.reading.{_HOMES[name]}"), name)

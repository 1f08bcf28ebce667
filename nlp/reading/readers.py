"""The one table of document formats, and `read`, which picks a row by what the bytes are."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.errors import InputError
from nlp.law.source import SourceText
from nlp.reading.docx import read_docx
from nlp.reading.pdf import read_pdf
from nlp.reading.plain import read_plain
from nlp.settings import ReadingSettings

if TYPE_CHECKING:
    pass

ReadFormat = Callable[[bytes, str, str, ReadingSettings], SourceText]


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: how its files begin and are named, and what reads them."""

    format: str
    suffixes: tuple[str, ...]
    starts: Callable[[bytes], bool]
    read: ReadFormat


READERS: tuple[Reader, ...] = (
    Reader("pdf", (".pdf",), lambda data: b"%PDF-" in data[:1024], read_pdf),
    Reader("docx", (".docx",), lambda data: data.startswith(b"PK\x03\x04") and b"word/" in data, read_docx),
    Reader("plain", (".txt", ".md"), lambda data: True, read_plain),
)


def read(data: bytes, name: str, settings: ReadingSettings | None = None) -> SourceText:
    """The text of a document file; the bytes decide the format, the name is only shown.

    Pure: the same bytes and settings give the same text. Raises LegalTextError subclasses for files that cannot be read.
    """
    settings = settings or ReadingSettings()
    if not data:
        raise InputError("file_empty", where=name, what="Tệp rỗng (0 byte).", remedy="Chọn lại tệp gốc.", what_en="The file is empty.", remedy_en="Choose the original file.")
    sha256 = hashlib.sha256(data).hexdigest()
    for reader in READERS:
        if reader.starts(data):
            return reader.read(data, name, sha256, settings)
    raise AssertionError("the last reader takes everything")

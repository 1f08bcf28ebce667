"""The one table of document formats, and `read`, which picks a row by what the bytes are."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from nlp.law.source import ParseIssue, Severity, SourceText
from nlp.reading.archive import members
from nlp.reading.docx import read_docx
from nlp.reading.failures import failure
from nlp.reading.html import read_html
from nlp.reading.office import read_doc, read_rtf
from nlp.reading.pdf import read_pdf
from nlp.reading.pictures import read_picture
from nlp.reading.plain import read_plain
from nlp.settings import ReadingSettings

ReadFormat = Callable[[bytes, str, str, ReadingSettings], SourceText]
_HEAD = 2048  # bytes in which a format must show itself


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: its name, the suffixes of its files, how its bytes are known, and what reads them."""

    format: str
    suffixes: tuple[str, ...]
    knows: Callable[[bytes], bool]
    read: ReadFormat


def _is_html(data: bytes) -> bool:
    return re.search(rb"<\s*(?:!doctype\s+html|html|head|body|table|div)\b", data[:_HEAD], re.IGNORECASE) is not None


def _is_picture(data: bytes) -> bool:
    return (
        data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"BM", b"GIF8"))
        or data[8:12] == b"WEBP"
    )


def _read_archive(data: bytes, name: str, sha256: str, settings: ReadingSettings) -> SourceText:
    """The text of the only document of an archive; several are read one by one with `members`."""
    del sha256
    found = list(members(data, name, settings))
    if not found:
        raise failure("archive_without_documents", name)
    if len(found) > 1:
        raise failure("archive_with_several", name, count=len(found))
    return read(found[0].data, f"{name}/{found[0].name}", settings)


# in the order of asking; the last takes what is left
READERS: tuple[Reader, ...] = (
    Reader("pdf", (".pdf",), lambda data: b"%PDF-" in data[:_HEAD], read_pdf),
    Reader("docx", (".docx", ".docm"), lambda data: data.startswith(b"PK\x03\x04") and b"word/" in data, read_docx),
    Reader("zip", (".zip",), lambda data: data.startswith((b"PK\x03\x04", b"PK\x05\x06")), _read_archive),
    Reader("doc", (".doc",), lambda data: data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), read_doc),
    Reader("rtf", (".rtf",), lambda data: data.startswith(b"{\\rtf"), read_rtf),
    Reader("picture", (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".gif"), _is_picture, read_picture),
    Reader("html", (".html", ".htm"), _is_html, read_html),
    Reader("plain", (".txt", ".md"), lambda _: True, read_plain),
)


def read(data: bytes, name: str, settings: ReadingSettings | None = None) -> SourceText:
    """The text of a document file; the bytes decide the format, the name is only shown.

    Pure: the same bytes and settings give the same text. Raises LegalTextError subclasses for files that cannot be read.
    """
    settings = settings or ReadingSettings()
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise failure("file_empty", name)
    if len(data) > settings.max_file_bytes:
        raise failure("file_too_large", name, size=len(data) / 2**20, limit=settings.max_file_bytes / 2**20)
    reader = next(reader for reader in READERS if reader.knows(data))
    source = reader.read(data, name, hashlib.sha256(data).hexdigest(), settings)
    return _checked(source, reader, name)


def _checked(source: SourceText, reader: Reader, name: str) -> SourceText:
    """The text with an issue where the file's name tells another format than its bytes."""
    suffix = re.search(r"\.\w{2,5}$", name.lower())
    named = next((row for row in READERS if suffix and suffix.group() in row.suffixes), None)
    if named is None or named is reader or {named.format, reader.format} <= {"plain", "html"}:
        return source
    note = f"Tên tệp có đuôi {suffix.group() if suffix else ''} nhưng nội dung là dạng {reader.format}; đã đọc theo nội dung."
    return replace(source, issues=(ParseIssue("format_differs_from_name", note, Severity.WARNING), *source.issues))

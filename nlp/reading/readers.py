"""The one table of document formats, and `read`, which picks a row by what the bytes are."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from nlp.errors import InputError, LegalTextError
from nlp.law.source import ParseIssue, Severity, SourceText
from nlp.reading.archive import members
from nlp.reading.docx import read_docx
from nlp.reading.failures import failure
from nlp.reading.html import is_web_archive, read_html
from nlp.reading.office import read_doc, read_rtf
from nlp.reading.pdf import read_pdf
from nlp.reading.pictures import read_picture
from nlp.reading.plain import decoded, read_plain
from nlp.settings import ReadingSettings

ReadFormat = Callable[[bytes, str, str, ReadingSettings], SourceText]
_HEAD = 2048  # bytes in which a format must show itself


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: its name, the name that users know, the suffixes of its files, how its bytes are known, and what reads them.

    `damaged` is the failure of a file with such a suffix whose bytes are of no format at all.
    """

    format: str
    shown: str
    suffixes: tuple[str, ...]
    knows: Callable[[bytes], bool]
    read: ReadFormat
    damaged: str


def _is_html(data: bytes) -> bool:
    return (
        is_web_archive(data)
        or re.search(rb"<\s*(?:!doctype\s+html|html|head|body|table|div)\b", data[:_HEAD], re.IGNORECASE) is not None
    )


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
    Reader("pdf", "PDF", (".pdf",), lambda data: b"%PDF-" in data[:_HEAD], read_pdf, "pdf_damaged"),
    Reader("docx", "Word", (".docx", ".docm"), lambda data: data.startswith(b"PK\x03\x04") and b"word/" in data, read_docx, "package_damaged"),
    Reader("zip", "ZIP", (".zip",), lambda data: data.startswith((b"PK\x03\x04", b"PK\x05\x06")), _read_archive, "package_damaged"),
    Reader("doc", "Word 97-2003", (".doc",), lambda data: data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), read_doc, "office_failed"),
    Reader("rtf", "RTF", (".rtf",), lambda data: data.startswith(b"{\\rtf"), read_rtf, "office_failed"),
    Reader("picture", "JPEG/PNG/TIFF", (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".gif"), _is_picture, read_picture,
           "picture_damaged"),
    Reader("html", "HTML", (".html", ".htm"), _is_html, read_html, "html_damaged"),
    Reader("plain", "văn bản thuần (text)", (".txt", ".md"), lambda _: True, read_plain, "text_encoding_unknown"),
)  # fmt: skip

# formats that offices save under each other's suffix, and that are read as what they are: Word saves web pages and RTF as .doc
_CUSTOMARY = {
    "docx": {"doc", "rtf", "html"},
    "doc": {"docx", "rtf", "html", "plain"},
    "rtf": {"docx", "doc", "plain"},
    "html": {"plain"},
    "plain": {"html"},
    "zip": {"docx"},
}


def read(data: bytes, name: str, settings: ReadingSettings | None = None) -> SourceText:
    """The text of a document file; the bytes decide the format.

    Pure: the same bytes and settings give the same text. Raises LegalTextError subclasses for files that cannot be read,
    and for a name that contradicts the bytes in a way that no program saves: a JPEG or an error page named .pdf is a mistake to be told.
    """
    settings = settings or ReadingSettings()
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise failure("file_empty", name)
    if len(data) > settings.max_file_bytes:
        raise failure("file_too_large", name, size=len(data) / 2**20, limit=settings.max_file_bytes / 2**20)
    reader = next(reader for reader in READERS if reader.knows(data))
    named = _named(name)
    if named is None or named is reader:
        return reader.read(data, name, hashlib.sha256(data).hexdigest(), settings)
    if reader.format not in _CUSTOMARY.get(named.format, set()):
        raise _contradiction(data, name, named, reader)
    source = reader.read(data, name, hashlib.sha256(data).hexdigest(), settings)
    note = f"Tên tệp có đuôi {_suffix(name)} nhưng nội dung là dạng {reader.shown}; đã đọc theo nội dung."
    return replace(source, issues=(ParseIssue("format_differs_from_name", note, Severity.WARNING), *source.issues))


def _suffix(name: str) -> str:
    match = re.search(r"\.\w{2,5}$", name.lower())
    return match.group() if match else ""


def _named(name: str) -> Reader | None:
    """The format that a file's name tells, None where it tells none."""
    return next((row for row in READERS if _suffix(name) in row.suffixes), None)


def _contradiction(data: bytes, name: str, named: Reader, found: Reader) -> LegalTextError:
    """The error for a file that is not what its name says: bytes of another known format, or of none."""
    if found.format == "plain":
        try:
            decoded(data, name)
        except InputError:
            return failure(named.damaged, name)
    shown, suffix = next(
        ((shown, suffix) for mark, shown, suffix in _PICTURES if data.startswith(mark)),
        (found.shown, found.suffixes[0]),
    )
    if found.format == "zip" and b"xl/" in data:
        shown, suffix = "Excel", ".xlsx"
    return failure("format_contradicts_name", name, named=named.shown, old=_suffix(name), found=shown, suffix=suffix)


_PICTURES = (
    (b"\xff\xd8\xff", "JPEG", ".jpg"),
    (b"\x89PNG", "PNG", ".png"),
    (b"II*\x00", "TIFF", ".tif"),
    (b"MM\x00*", "TIFF", ".tif"),
)

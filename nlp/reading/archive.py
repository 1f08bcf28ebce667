"""Zip archives of documents: their members, one by one."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.errors import InputError
from nlp.reading.package import Package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlp.law.source import SourceText
    from nlp.settings import ReadingSettings

_SUFFIXES = (".pdf", ".docx", ".docm", ".doc", ".rtf", ".html", ".htm", ".txt", ".md", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp")


@dataclass(frozen=True, slots=True)
class Member:
    """One document inside an archive: its path there, as shown, and its bytes."""

    name: str
    data: bytes


def members(data: bytes, name: str, settings: ReadingSettings) -> Iterator[Member]:
    """The documents of a zip archive in order of their names; archives inside archives, folders and other files are left out.

    Raises InputError for damaged, encrypted or bomb-like archives; what is unpacked counts against one limit for all members.
    """
    package = Package(data, name, settings)
    for path in sorted(package.names):
        base = posixpath.basename(path)
        if base.lower().endswith(_SUFFIXES) and not base.startswith((".", "~$")) and not path.startswith("__MACOSX/"):
            yield Member(_shown(path), package.read(path))


def _shown(path: str) -> str:
    """The path without steps upwards; names of old Windows archives are shown as zipfile decoded them."""
    return "/".join(part for part in path.replace("\\", "/").split("/") if part not in {"", ".", ".."})


def read_archive(data: bytes, name: str, sha256: str, settings: ReadingSettings) -> SourceText:
    """The text of the only document of an archive; raises InputError where it holds none or several (read those with `members`)."""
    from nlp.reading.readers import read

    del sha256
    found = list(members(data, name, settings))
    if len(found) == 1:
        return read(found[0].data, f"{name}/{found[0].name}", settings)
    if not found:
        raise InputError("archive_without_documents", where=name, what="Tệp nén không có văn bản nào đọc được.", remedy="Nén lại các tệp .pdf, .docx, .doc, .html hoặc .txt.",
                         what_en="The archive holds no document.", remedy_en="Put .pdf, .docx, .doc, .html or .txt files into it.")  # fmt: skip
    raise InputError("archive_with_several", where=name, what=f"Tệp nén có {len(found)} văn bản; mỗi lần chỉ đọc được một.", remedy="Giải nén rồi nộp từng tệp hoặc cả thư mục.",
                     what_en=f"The archive holds {len(found)} documents.", remedy_en="Unpack it and submit the files or the folder.")  # fmt: skip

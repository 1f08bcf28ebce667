"""Zip archives of documents: their members, one by one."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.reading.package import Package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlp.settings import ReadingSettings

_SUFFIXES = (
    ".pdf",
    ".docx",
    ".docm",
    ".doc",
    ".rtf",
    ".html",
    ".htm",
    ".txt",
    ".md",
    ".jpg",
    ".jpeg",
    ".png",
    ".tif",
    ".tiff",
    ".bmp",
    ".webp",
    ".gif",
)


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

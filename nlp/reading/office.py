"""Old Word files (.doc) and .rtf; what is not read here is converted by LibreOffice, or its bare text taken by catdoc, when installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.law.source import ParseIssue, Severity, SourceText
from nlp.reading.assemble import TextBuilder
from nlp.reading.docx import read_docx
from nlp.reading.failures import failure
from nlp.reading.flat import add_blocks, paragraph
from nlp.reading.msdoc import OlderWordError, OtherWordFormatError, read_msdoc
from nlp.text.legacy import decode, detect
from nlp.text.normalise import normalise

if TYPE_CHECKING:
    from nlp.settings import ReadingSettings

DOC_TYPE, RTF_TYPE = "application/msword", "application/rtf"
_CONVERT_SECONDS = 120
_BARE_SECONDS = 20
_SEARCH = "/usr/bin:/usr/local/bin:/opt/libreoffice/program:/usr/lib/libreoffice/program"


def read_doc(data: bytes, name: str, sha256: str, settings: ReadingSettings) -> SourceText:
    """The text of a .doc file: of Word 97-2003 by this program, of other kinds by LibreOffice or catdoc where installed."""
    try:
        return read_msdoc(data, name, sha256)
    except OlderWordError:
        return _read(data, name, sha256, settings, ".doc", DOC_TYPE, is_older=True)
    except OtherWordFormatError:
        return _read(data, name, sha256, settings, ".doc", DOC_TYPE)


def read_rtf(data: bytes, name: str, sha256: str, settings: ReadingSettings) -> SourceText:
    """The text of an .rtf file."""
    return _read(data, name, sha256, settings, ".rtf", RTF_TYPE)


def _read(
    data: bytes,
    name: str,
    sha256: str,
    settings: ReadingSettings,
    suffix: str,
    media_type: str,
    *,
    is_older: bool = False,
) -> SourceText:
    """The text as a converter gives it; catdoc is asked for older files alone: of a damaged one it makes garbage, or no end."""
    if "EncryptedPackage".encode("utf-16-le") in data:  # a .docx with a password is such a container
        raise failure("archive_encrypted", name)
    office = shutil.which("soffice", path=_SEARCH) or shutil.which("libreoffice", path=_SEARCH)
    with tempfile.TemporaryDirectory(prefix="rasoat-") as folder:
        source = Path(folder) / f"input{suffix}"
        source.write_bytes(data)
        if office is not None:
            converted = _convert(office, source, name)
            if converted is not None:
                return replace(read_docx(converted, name, sha256, settings), media_type=media_type)
        catdoc = shutil.which("catdoc", path=_SEARCH) if is_older else None
        if catdoc is not None:
            return _bare(catdoc, source, name, sha256, media_type)
    if office is None and (is_older or suffix == ".rtf"):
        raise failure("office_missing", name)
    raise failure("office_failed", name)


def _convert(office: str, source: Path, name: str) -> bytes | None:
    folder = source.parent
    command = [
        office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck", "--convert-to",
        "docx:MS Word 2007 XML", "--outdir", str(folder), str(source),
    ]  # fmt: skip
    environment = {"PATH": _SEARCH, "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    try:
        subprocess.run(command, env=environment, cwd=folder, capture_output=True, timeout=_CONVERT_SECONDS, check=False)  # noqa: S603  (a fixed program, no shell)
    except subprocess.TimeoutExpired as error:
        raise failure("office_timeout", name, seconds=_CONVERT_SECONDS) from error
    result = source.with_suffix(".docx")
    return result.read_bytes() if result.is_file() else None


# no replacement of characters: catdoc drops soft hyphens, in TCVN3 the code of ư
_CATDOC = "charset_path=/usr/share/catdoc\nmap_path={folder}\nsource_charset=cp1252\ntarget_charset=utf-8\n"


def _bare(catdoc: str, source: Path, name: str, sha256: str, media_type: str) -> SourceText:
    folder = source.parent
    (folder / ".catdocrc").write_text(_CATDOC.format(folder=folder))
    for table in ("ascii.replchars", "ascii.specchars"):
        (folder / table).touch()
    try:
        run = subprocess.run(  # noqa: S603  (a fixed program, no shell)
            [catdoc, "-w", "-d", "utf-8", str(source)],
            env={"PATH": _SEARCH, "LC_ALL": "C.UTF-8", "HOME": str(folder)},
            capture_output=True,
            timeout=_BARE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise failure("office_failed", name) from error
    text = run.stdout.decode("utf-8", "replace")
    if run.returncode != 0 or not text.strip():
        raise failure("office_failed", name)
    legacy = detect(text)
    builder = TextBuilder()
    add_blocks(
        builder, [paragraph(line) for line in normalise(decode(text, legacy) if legacy else text).text.splitlines()]
    )
    issues = [
        ParseIssue(
            "layout_lost",
            "Tệp được đọc bằng catdoc: không giữ được bảng và kiểu chữ. Cài libreoffice-writer để đọc đầy đủ.",
            Severity.WARNING,
        )
    ]
    return builder.source(name, media_type, sha256, (), issues)

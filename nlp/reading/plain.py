"""Plain text files in whatever code they come."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from nlp.law.source import ParseIssue, Severity, SourceText
from nlp.reading.assemble import TextBuilder
from nlp.reading.failures import failure
from nlp.reading.flat import add_blocks, paragraph
from nlp.text.legacy import decode, detect
from nlp.text.normalise import normalise
from nlp.text.syllables import marked_share, syllable_share

if TYPE_CHECKING:
    from nlp.errors import LegalTextError
    from nlp.settings import ReadingSettings

MEDIA_TYPE = "text/plain"


def read_plain(data: bytes, name: str, sha256: str, settings: ReadingSettings) -> SourceText:
    """The text of a .txt or .md file; raises InputError if its code cannot be told."""
    del settings
    text, code = decoded(data, name)
    builder = TextBuilder()
    add_blocks(builder, [paragraph(line) for line in normalise(text).text.splitlines()])
    issues = []
    if code not in {"utf-8", "utf-8-sig"}:
        issues.append(
            ParseIssue("text_recoded", f"Văn bản được giải mã từ bảng mã {code.upper()} sang Unicode.", Severity.INFO)
        )
    return builder.source(name, MEDIA_TYPE, sha256, (), issues)


_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text of bytes of unknown code and the code's name: a Unicode form, or TCVN3, VNI, VISCII, Windows-1258 by evidence."""
    for mark, code in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(code), code
            except UnicodeDecodeError as error:
                raise _unreadable(name) from error
    if b"\x00" in data[:4096]:
        code = "utf-16-le" if data[1:2] == b"\x00" or data[3:4] == b"\x00" else "utf-16-be"
        try:
            text = data.decode(code)
        except UnicodeDecodeError as error:
            raise _unreadable(name) from error
        if _is_text(text) and (text.isascii() or marked_share(text) > 0.05):
            return text, code
        raise _unreadable(name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(data, name)
    if not _is_text(text):
        raise _unreadable(name)
    legacy = detect(text)
    return (decode(text, legacy), legacy.value) if legacy else (text, "utf-8")


def _eight_bit(data: bytes, name: str) -> tuple[str, str]:
    shown = data.decode("latin-1")
    legacy = detect(shown)
    if legacy is not None:
        return decode(shown, legacy), legacy.value
    text = normalise(data.decode("cp1258", errors="replace")).text
    if _is_text(text) and syllable_share(text) > 0.75 and marked_share(text) > 0.12:
        return text, "cp1258"
    raise _unreadable(name)


def _is_text(text: str) -> bool:
    return len(re.findall("[\x00-\x08\x0e-\x1f\ufffd]", text)) <= 0.01 * len(text)


def _unreadable(name: str) -> LegalTextError:
    return failure("text_encoding_unknown", name)

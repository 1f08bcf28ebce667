"""Source texts made from plain text, as reading would hand them over."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from nlp.law.source import Furniture, FurnitureKind, SourceText
from nlp.law.span import Span

_RUNNING_HEAD = re.compile(r"^[ \t]*(?:\d{1,4}[ \t]+)?CÔNG BÁO/Số[^\n]*$|^[ \t]*\d{1,4}[ \t]*$", re.MULTILINE)
_OVERLAY = re.compile(r"^(?:Ký bởi|Người ký|Email|Cơ quan|Thời gian ký|Ngày ký):[^\n]*$", re.MULTILINE)


def plain_source(text: str, name: str = "text.txt") -> SourceText:
    """A source without layout; nothing is marked."""
    text = unicodedata.normalize("NFC", text)
    return SourceText(name, "text/plain", hashlib.sha256(text.encode()).hexdigest(), text)


def gazette_source(text: str, name: str = "text.txt") -> SourceText:
    """A raw gazette dump: running heads, page numbers and signature overlays are moved behind the body and marked, as reading does."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    moved: list[str] = []

    def cut(match: re.Match[str]) -> str:
        moved.append(match[0].strip())
        return ""

    body = _RUNNING_HEAD.sub(cut, _OVERLAY.sub(cut, text))
    body = re.sub(r"[ \t]*\n(?:[ \t]*\n)*", "\n", body).strip("\n") + "\n"
    furniture = []
    at = len(body)
    for piece in moved:
        furniture.append(Furniture(FurnitureKind.RUNNING_HEAD, Span(at, at + len(piece) + 1), 1))
        at += len(piece) + 1
    full = body + "".join(piece + "\n" for piece in moved)
    return SourceText(name, "text/plain", hashlib.sha256(full.encode()).hexdigest(), full, furniture=tuple(furniture))

"""Source texts made from plain text, as reading would hand them over."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace

from nlp.law.source import Furniture, FurnitureKind, SourceText, Table, TableCell
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


_TABLE = re.compile(r"(?:^[^\n|]*\|[^\n]*\n){2,}", re.MULTILINE)


def golden_source(text: str, name: str = "text.txt") -> SourceText:
    """A source in which two or more lines with cells (" | ") are a table with one header row; letterheads stand above the first "Căn cứ" and are none."""
    source = gazette_source(text, name)
    body = source.text.find("Căn cứ")
    tables = []
    for match in _TABLE.finditer(source.text, max(body, 0)):
        rows: list[Span] = []
        at = match.start()
        for line in match[0].splitlines(keepends=True):
            rows.append(Span(at, at + len(line.rstrip("\n"))))
            at += len(line)
        cells = tuple(cell for index, row in enumerate(rows) for cell in _cells(source.text, row, index))
        tables.append(Table(Span(match.start(), match.end()), 1, tuple(rows), cells, header_rows=1))
    return replace(source, tables=tuple(tables))


def _cells(text: str, row: Span, index: int) -> list[TableCell]:
    cells = []
    at = row.start
    for column, words in enumerate(row.of(text).split(" | ")):
        cells.append(TableCell(index, column, Span(at, at + len(words))))
        at += len(words) + 3
    return cells

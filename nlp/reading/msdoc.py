"""Word 97-2003 files (.doc): paragraphs with their printed numbers and fonts, tables, footnotes apart; read here, without another program."""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from nlp.law.source import FurnitureKind, ParseIssue, Severity, SourceText
from nlp.reading.assemble import TextBuilder
from nlp.reading.compound import streams_of
from nlp.reading.failures import failure
from nlp.reading.flat import FlatCell, FlatTable, add_blocks, paragraph
from nlp.reading.msdoc_parts import (
    Formatting,
    Piece,
    fonts_of,
    numbering_of,
    pieces_of,
    properties,
    runs_of_properties,
    styles_of,
)
from nlp.text.legacy import LegacyEncoding, decode, detect, encoding_of_font
from nlp.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nlp.reading.flat import Block

MEDIA_TYPE = "application/msword"
_WORD, _OLD_WORD = 0xA5EC, {0xA5DC, 0xA697, 0xA698, 0xA699}  # the first two bytes
_WORD_97 = 0xC1  # the oldest form that has tables of pieces as read here
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
# places of (offset, length) pairs in the file information block
_STYLES, _CHARACTERS, _PARAGRAPHS, _FONTS, _PIECES, _LISTS, _OVERRIDES = 1, 12, 13, 15, 33, 73, 74

# codes of properties
_DELETED, _INSERTED, _CAPITALS, _HIDDEN, _FONT, _CHARACTER_STYLE, _SYMBOL = (
    0x0800,
    0x0801,
    0x083B,
    0x083C,
    0x4A4F,
    0x4A30,
    0x6A09,
)
_IN_TABLE, _ROW_END, _LIST, _LIST_LEVEL = 0x2416, 0x2417, 0x460B, 0x260A
_MAX_STYLES = 20  # based on each other

_LAYOUT_WORDS = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI|Nơi\s+nhận|^\s*(?:TM|KT|TL|TUQ)\.", re.IGNORECASE | re.MULTILINE
)
_MAX_LAYOUT_ROWS = 6


class OtherWordFormatError(ValueError):
    """No sound file of Word 97-2003: older, damaged, or another program's; a converter may know it."""


class OlderWordError(OtherWordFormatError):
    """A file of Word 6 or 95."""


@dataclass(slots=True)
class _Paragraph:
    """Runs of text with their properties, up to a paragraph mark at a place of the main stream."""

    runs: list[tuple[str, bytes]] = field(default_factory=list)
    mark: str = "\r"
    place: int = 0


def read_msdoc(data: bytes, name: str, sha256: str) -> SourceText:
    """The text of a .doc file; raises OtherWordFormatError for files of another kind, InputError for those with a password."""
    try:
        return _Document(data, name).source(sha256)
    except OtherWordFormatError:
        raise
    except (struct.error, IndexError, KeyError, ValueError) as error:
        raise OtherWordFormatError(name) from error


class _Document:
    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        streams = streams_of(data, {"WordDocument", "0Table", "1Table"})
        self._main = streams["WordDocument"]
        ident, version, flags = struct.unpack_from("<HH6xH", self._main)
        if ident in _OLD_WORD or (ident == _WORD and version < _WORD_97):
            raise OlderWordError(name)
        if ident != _WORD:
            raise OtherWordFormatError(name)
        if flags & _ENCRYPTED:
            raise failure("archive_encrypted", name)
        self._table = streams["1Table" if flags & _SECOND_TABLE else "0Table"]
        self._pieces = pieces_of(self._part(_PIECES))
        styles, font = styles_of(self._part(_STYLES))
        self._formatting = Formatting(
            fonts_of(self._part(_FONTS)),
            font,
            styles,
            runs_of_properties(self._main, self._part(_CHARACTERS), paragraphs=False),
            runs_of_properties(self._main, self._part(_PARAGRAPHS), paragraphs=True),
            numbering_of(self._lists(), self._part(_OVERRIDES)),
        )
        self._starts = [start for start, _, _ in self._formatting.characters]
        self._paragraph_starts = [start for start, _, _ in self._formatting.paragraphs]
        self._legacy: LegacyEncoding | None = None
        self._tracked = 0

    def _part(self, index: int) -> bytes:
        at, length = struct.unpack_from("<II", self._main, 0x9A + 8 * index)
        return self._table[at : at + length]

    def _lists(self) -> bytes:
        """The list definitions and what follows: their levels stand behind the part that its length tells."""
        at, length = struct.unpack_from("<II", self._main, 0x9A + 8 * _LISTS)
        return self._table[at:] if length else b""

    def source(self, sha256: str) -> SourceText:
        """The body, then notes and heads as furniture."""
        # characters of the body, footnotes, heads, (macros), annotations, endnotes, boxes: one after the other
        counts = struct.unpack_from("<8I", self._main, 0x4C)
        bounds = [0]
        for count in counts:
            bounds.append(bounds[-1] + count)
        parts = [self._paragraphs(first, last) for first, last in pairwise(bounds)]
        if not any(text.strip() for each in parts[0] for text, _ in each.runs):
            raise OtherWordFormatError(self._name)
        self._legacy = detect("".join(text for each in parts[0] for text, _ in each.runs))
        builder = TextBuilder()
        add_blocks(builder, list(self._blocks(parts[0])))
        for index, kind in (
            (1, FurnitureKind.FOOTNOTE),
            (5, FurnitureKind.FOOTNOTE),
            (6, FurnitureKind.OTHER),
            (2, FurnitureKind.RUNNING_HEAD),
        ):
            texts = [text for each in parts[index] if (text := self._text(each).strip())]
            if texts:
                builder.add_furniture(kind, 1, texts)
        return builder.source(self._name, MEDIA_TYPE, sha256, (), self._issues())

    def _issues(self) -> list[ParseIssue]:
        issues: list[ParseIssue] = []
        if self._tracked:
            note = f"Tệp còn {self._tracked} thay đổi đang theo dõi (track changes); văn bản được đọc như đã chấp nhận tất cả."
            issues.append(ParseIssue("tracked_changes_accepted", note, Severity.WARNING))
        if self._legacy is not None:
            note = f"Văn bản dùng phông chữ cũ, được giải mã từ {self._legacy.value.upper()} sang Unicode."
            issues.append(ParseIssue("text_recoded", note, Severity.INFO))
        return issues

    def _paragraphs(self, first: int, last: int) -> list[_Paragraph]:
        """The paragraphs between two character positions."""
        found = [_Paragraph()]
        for text, own, place, width in self._runs(first, last):
            begin = 0
            for match in re.finditer("[\r\x07\x0c]", text):
                found[-1].runs.append((text[begin : match.start()], own))
                found[-1].mark, found[-1].place = match.group(), place + width * match.start()
                found.append(_Paragraph())
                begin = match.end()
            found[-1].runs.append((text[begin:], own))
        if not any(text for text, _ in found[-1].runs):
            found.pop()
        return found

    def _runs(self, first: int, last: int) -> Iterator[tuple[str, bytes, int, int]]:
        """Stretches of text of one formatting: text, properties, place in the main stream, bytes of a character."""
        for piece in self._pieces:
            a, b = max(piece.first, first), min(piece.last, last)
            if a >= b:
                continue
            at, end = piece.start + (a - piece.first) * piece.width, piece.start + (b - piece.first) * piece.width
            index = max(bisect_right(self._starts, at) - 1, 0)
            while at < end:
                while index < len(self._starts) and self._formatting.characters[index][1] <= at:
                    index += 1
                start, stop, own = self._formatting.characters[index] if index < len(self._starts) else (end, end, b"")
                upto, own = (min(start, end), b"") if start > at else (min(stop, end), own)
                upto += (upto - at) % piece.width
                yield self._decoded(piece, at, upto), own, at, piece.width
                at = upto

    def _decoded(self, piece: Piece, at: int, upto: int) -> str:
        raw = self._main[at:upto]
        if piece.width == 2:
            return raw.decode("utf-16-le", "replace")
        return "".join(_CP1252[code] for code in raw)

    def _own(self, place: int) -> bytes:
        """The properties of the paragraph whose mark stands at a place of the main stream; its style's number first."""
        index = bisect_right(self._paragraph_starts, place) - 1
        if index < 0:
            return b""
        start, stop, own = self._formatting.paragraphs[index]
        return own if start <= place < stop else b""

    def _styled(self, number: int, *, paragraphs: bool) -> bytes:
        """All properties of a style, those of the styles that it is based on first."""
        found: list[bytes] = []
        while len(found) < _MAX_STYLES and (style := self._formatting.styles.get(number)) is not None:
            found.append(style.paragraphs if paragraphs else style.characters)
            number = style.based
        return b"".join(reversed(found))

    def _text(self, held: _Paragraph) -> str:
        """The printed text of a paragraph, NFC; results of fields stand for their codes, deleted and hidden runs are left out."""
        own = self._own(held.place)
        base = dict(properties(self._styled(int.from_bytes(own[:2], "little"), paragraphs=False)))
        parts: list[str] = []
        depth: list[bool] = []  # of fields: whether their result is being read
        for text, given in held.runs:
            values = dict(properties(given))
            character = values.get(_CHARACTER_STYLE)
            style = self._styled(int.from_bytes(character, "little"), paragraphs=False) if character else b""
            values = {**base, **dict(properties(style)), **values}
            if _is_on(values.get(_DELETED)):
                self._tracked += 1
                continue
            self._tracked += _is_on(values.get(_INSERTED))
            shown: list[str] = []
            for letter in text:
                if letter == "\x13":
                    depth.append(False)
                elif letter == "\x14" and depth:
                    depth[-1] = True
                elif letter == "\x15" and depth:
                    depth.pop()
                elif all(depth):
                    shown.append(_SHOWN.get(letter, letter))
            if _is_on(values.get(_HIDDEN)):
                continue
            parts.append("•" if _SYMBOL in values and shown else self._recoded("".join(shown), values))
        joined = re.sub("[\x00-\x08\x0e-\x1f]", "", "".join(parts))
        text = normalise(joined).text
        label = self._label(own) if text.strip() else ""
        return f"{label} {text.lstrip()}" if label else text

    def _recoded(self, text: str, values: dict[int, bytes]) -> str:
        number = int.from_bytes(values[_FONT], "little") if _FONT in values else self._formatting.default_font
        font = self._formatting.fonts[number] if number < len(self._formatting.fonts) else ""
        encoding, capitals = encoding_of_font(font)
        if self._legacy is not None:
            text = decode(text, encoding or self._legacy)
            capitals = capitals and encoding is not None
        else:
            text, capitals = text.replace("\u00ad", ""), False  # a soft hyphen; in TCVN3 the code of ư
        return text.upper() if capitals or _is_on(values.get(_CAPITALS)) else text

    def _label(self, own: bytes) -> str:
        values = dict(properties(self._styled(int.from_bytes(own[:2], "little"), paragraphs=True)))
        values |= dict(properties(own[2:]))
        number = int.from_bytes(values.get(_LIST, b""), "little")
        label = self._formatting.numbering.label(str(number), (values.get(_LIST_LEVEL) or b"\0")[0]) if number else ""
        return decode(label, self._legacy) if self._legacy is not None else label

    def _blocks(self, paragraphs: Iterable[_Paragraph]) -> Iterator[Block]:
        rows: list[list[list[str]]] = []
        row: list[list[str]] = []
        cell: list[str] = []
        for held in paragraphs:
            values = dict(properties(self._own(held.place)[2:]))
            if _is_on(values.get(_ROW_END)):
                rows.append(row)
                row, cell = [], []
            elif _is_on(values.get(_IN_TABLE)) or held.mark == "\x07":
                cell.append(self._text(held))
                if held.mark == "\x07":
                    row.append(cell)
                    cell = []
            else:
                yield from _table([*rows, row] if row else rows)
                rows, row = [], []
                for line in self._text(held).split("\n"):
                    yield paragraph(line)
        yield from _table([*rows, row] if row else rows)


def _table(rows: list[list[list[str]]]) -> Iterator[Block]:
    """A data table; a letterhead, a signature block or a frame as the lines of its cells."""
    width = max(map(len, rows), default=0)
    words = "\n".join(line for row in rows for cell in row for line in cell)
    if width <= 1 or (width <= 3 and len(rows) <= _MAX_LAYOUT_ROWS and _LAYOUT_WORDS.search(words)):
        for column in range(width):
            for row in rows:
                for text in row[column] if column < len(row) else ():
                    for line in text.split("\n"):
                        if line.strip():
                            yield paragraph(line, min(column + 1, 2) if width > 1 else 0)
        return
    cells = [
        tuple(FlatCell(re.sub(r"\s+", " ", " ".join(cell)).strip(), place) for place, cell in enumerate(row))
        for row in rows
    ]
    yield FlatTable(tuple(row for row in cells if any(cell.text for cell in row)))


def _is_on(operand: bytes | None) -> bool:
    return operand is not None and operand[:1] == b"\x01"


# line break, page break, non-breaking hyphen; a tab stays
_SHOWN = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "", "\xa0": " "}
_CP1252 = [bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(256)]

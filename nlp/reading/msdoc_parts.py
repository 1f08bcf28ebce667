"""The tables of a Word 97-2003 file: pieces of text, fonts, styles, runs of properties, lists. Names and offsets as in [MS-DOC]."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.reading.docx_numbers import ListLevel, Numbering

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGE = 512  # bytes of a page of formatting
_OPERAND = (
    1,
    1,
    2,
    4,
    2,
    2,
    0,
    3,
)  # bytes of a property's operand by the top bits of its code; 0: told by the first byte
_LONG_OPERANDS = {0xD608}  # properties whose length takes two bytes


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that lie together in the file: `start` bytes into the main stream, `width` bytes each."""

    first: int  # character position
    last: int
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Style:
    """A style: the one it is based on, and its own properties of characters and paragraphs."""

    based: int
    characters: bytes = b""
    paragraphs: bytes = b""


@dataclass(slots=True)
class Formatting:
    """What the table stream says, ready to be asked."""

    fonts: list[str] = field(default_factory=list)
    default_font: int = 0
    styles: dict[int, Style] = field(default_factory=dict)
    characters: list[tuple[int, int, bytes]] = field(
        default_factory=list
    )  # from, to (bytes of the main stream), properties
    paragraphs: list[tuple[int, int, bytes]] = field(default_factory=list)  # the first two bytes number the style
    numbering: Numbering = field(default_factory=Numbering)


def properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The (code, operand) pairs of a list of properties; what is cut short ends it."""
    at = 0
    while at + 2 < len(data):
        code = int.from_bytes(data[at : at + 2], "little")
        at += 2
        length = _OPERAND[code >> 13]
        if not length:
            if code in _LONG_OPERANDS:
                length, at = int.from_bytes(data[at : at + 2], "little") - 1, at + 2
            else:
                length, at = data[at], at + 1
        if length < 0 or at + length > len(data):
            return
        yield code, data[at : at + length]
        at += length


def pieces_of(clx: bytes) -> list[Piece]:
    """The pieces of the text in its order; raises ValueError where there are none."""
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + int.from_bytes(clx[at + 1 : at + 3], "little")
    if at >= len(clx) or clx[at] != 2:
        raise ValueError("no table of pieces")
    plc = clx[at + 5 : at + 5 + int.from_bytes(clx[at + 1 : at + 5], "little")]
    count = (len(plc) - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", plc)
    found: list[Piece] = []
    for index in range(count):
        (place,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)
        narrow = place & 0x40000000
        start = (place & 0x3FFFFFFF) // 2 if narrow else place & 0x3FFFFFFF
        if bounds[index] < bounds[index + 1]:
            found.append(Piece(bounds[index], bounds[index + 1], start, 1 if narrow else 2))
    return found


def runs_of_properties(main: bytes, plc: bytes, *, paragraphs: bool) -> list[tuple[int, int, bytes]]:
    """The properties of characters or paragraphs by stretches of the main stream, in order."""
    count = (len(plc) - 4) // 8
    found: list[tuple[int, int, bytes]] = []
    for (number,) in struct.iter_unpack("<I", plc[4 * (count + 1) : 4 * (2 * count + 1)]):
        page = main[(number & 0x3FFFFF) * _PAGE : (number & 0x3FFFFF) * _PAGE + _PAGE]
        if len(page) < _PAGE:
            continue
        own = page[-1]
        step = 13 if paragraphs else 1
        if 4 * (own + 1) + step * own > _PAGE:
            continue
        bounds = struct.unpack_from(f"<{own + 1}I", page)
        for index in range(own):
            at = 2 * page[4 * (own + 1) + step * index]
            found.append((bounds[index], bounds[index + 1], _held(page, at, paragraphs=paragraphs) if at else b""))
    return sorted(found)


def _held(page: bytes, at: int, *, paragraphs: bool) -> bytes:
    length = page[at]
    if not paragraphs:
        return page[at + 1 : at + 1 + length]
    if length:
        return page[at + 1 : at + 2 * length]
    return page[at + 2 : at + 2 + 2 * page[at + 1]]


def fonts_of(data: bytes) -> list[str]:
    """The names of the fonts."""
    found: list[str] = []
    at = 4
    for _ in range(int.from_bytes(data[:2], "little")):
        if at >= len(data):
            break
        length = data[at] + 1
        name = data[at + 40 : at + length].decode("utf-16-le", "replace")
        found.append(name.split("\0", 1)[0])
        at += length
    return found


def styles_of(data: bytes) -> tuple[dict[int, Style], int]:
    """The styles by number, and the number of the font where no style says any."""
    if len(data) < 16:
        return {}, 0
    head = int.from_bytes(data[:2], "little")
    count, base = struct.unpack_from("<HH", data, 2)
    (font,) = struct.unpack_from("<H", data, 2 + 12)
    found: dict[int, Style] = {}
    at = 2 + head
    for number in range(count):
        if at + 2 > len(data):
            break
        length = int.from_bytes(data[at : at + 2], "little")
        style = data[at + 2 : at + 2 + length]
        at += 2 + length + length % 2
        if length > base + 2:
            found[number] = _style(style, base)
    return found, font


def _style(data: bytes, base: int) -> Style:
    kind = int.from_bytes(data[2:4], "little")
    at = base + 2 + 2 * int.from_bytes(data[base : base + 2], "little") + 2
    held: list[bytes] = []
    for _ in range(int.from_bytes(data[4:6], "little") & 0xF):
        length = int.from_bytes(data[at : at + 2], "little")
        held.append(data[at + 2 : at + 2 + length])
        at += 2 + length + length % 2
    based = kind >> 4
    if kind & 0xF == 1:  # of paragraphs: the first two bytes number the style itself
        return Style(based, held[1] if len(held) > 1 else b"", held[0][2:] if held else b"")
    return Style(based, held[0] if held else b"")


_FORMS = {
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    22: "decimalZero",
    23: "bullet",
    255: "none",
}


def numbering_of(lists: bytes, overrides: bytes) -> Numbering:
    """The list definitions as those of a .docx: by the number that a paragraph's property names, counted from 1."""
    result = Numbering()
    count = int.from_bytes(lists[:2], "little")
    heads = [lists[2 + 28 * index : 30 + 28 * index] for index in range(count)]
    at = 2 + 28 * count
    levels: dict[bytes, dict[int, ListLevel]] = {}
    for head in heads:
        if len(head) < 28:
            break
        own: dict[int, ListLevel] = {}
        for depth in range(1 if head[26] & 1 else 9):
            if at + 28 > len(lists):
                break
            own[depth], at = _level(lists, at)
        levels[head[:4]] = own
    for index in range(int.from_bytes(overrides[:4], "little")):
        entry = overrides[4 + 16 * index : 20 + 16 * index]
        if len(entry) < 16:
            break
        result.levels[str(index + 1)] = levels.get(entry[:4], {})
        result.shared[str(index + 1)] = f"list {entry[:4].hex()}"
    return result


def _level(data: bytes, at: int) -> tuple[ListLevel, int]:
    start, form, flags = struct.unpack_from("<iBB", data, at)
    length = data[at + 24] + data[at + 25]
    restart = data[at + 26] if flags & 0x08 else None
    at += 28 + length
    letters = int.from_bytes(data[at : at + 2], "little")
    text = data[at + 2 : at + 2 + 2 * letters].decode("utf-16-le", "replace")
    shown = "".join(f"%{ord(letter) + 1}" if ord(letter) < 9 else letter for letter in text)
    return ListLevel(_FORMS.get(form, "decimal"), shown, start, bool(flags & 0x04), restart), at + 2 + 2 * letters

"""Word 97 files written by hand: a compound file with the tables that reading asks for."""

from __future__ import annotations

import struct
from itertools import accumulate

_SECTOR = 512
_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF

FONT = 0x4A4F
DELETED = b"\x00\x08\x01"
HIDDEN = b"\x3c\x08\x01"
IN_TABLE = b"\x16\x24\x01"
ROW_END = b"\x16\x24\x01\x17\x24\x01"


def font(number: int) -> bytes:
    return struct.pack("<HH", FONT, number)


def in_list(number: int) -> bytes:
    return struct.pack("<HB", 0x260A, 0) + struct.pack("<HH", 0x460B, number)


def doc(
    runs: list[tuple[str, bytes]], marks: list[bytes], fonts: tuple[str, ...] = ("Times New Roman",), flags: int = 0
) -> bytes:
    """A .doc of these runs (eight-bit text, properties of characters); `marks` are the properties of each paragraph in turn."""
    text = "".join(part for part, _ in runs)
    begin = 2 * _SECTOR
    ends = [begin + end for end in accumulate(len(part) for part, _ in runs)]
    paragraph_ends = [begin + index + 1 for index, letter in enumerate(text) if letter in "\r\x07"]
    held = text.encode("latin-1")
    held += bytes(-len(held) % _SECTOR)
    characters = _page([begin, *ends], [bytes([len(own)]) + own if own else b"" for _, own in runs], 1)
    papx = [b"\x00\x00" + own for own in marks]
    papx = [own + bytes(len(own) % 2 == 0) for own in papx]  # an odd length, its half told before
    paragraphs = _page([begin, *paragraph_ends], [bytes([(len(own) + 1) // 2]) + own for own in papx], 13)
    table, places = b"", {}
    first = (begin + len(held)) // _SECTOR
    ffn = b"".join(_font(name) for name in fonts)
    for index, part in (
        (1, struct.pack("<H9H", 18, 0, 10, 0, 0, 0, 0, 0, 0, 0)),
        (12, struct.pack("<III", begin, ends[-1], first)),
        (13, struct.pack("<III", begin, ends[-1], first + 1)),
        (15, struct.pack("<HH", len(fonts), 0) + ffn),
        (33, b"\x02" + struct.pack("<I", 16) + struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, 0x40000000 | 2 * begin, 0)),
        (73, struct.pack("<H", 1) + b"LIST" + bytes(22) + b"\x01\x00" + _level("Điều \x00.")),
        (74, struct.pack("<I", 1) + b"LIST" + bytes(12)),
    ):  # fmt: skip
        # the levels of a list stand behind the part whose length is told
        places[index] = (len(table), 30 if index == 73 else len(part))
        table += part
    fib = bytearray(begin)
    struct.pack_into("<HH6xH", fib, 0, 0xA5EC, 0xC1, 0x0200 | flags)
    struct.pack_into("<I", fib, 0x4C, len(text))
    for index, place in places.items():
        struct.pack_into("<II", fib, 0x9A + 8 * index, *place)
    return compound({"WordDocument": bytes(fib) + held + characters + paragraphs, "1Table": table})


def _page(bounds: list[int], held: list[bytes], step: int) -> bytes:
    page = bytearray(_SECTOR)
    struct.pack_into(f"<{len(bounds)}I", page, 0, *bounds)
    at = _SECTOR - 1
    for index, own in enumerate(held):
        if own:
            at = (at - len(own)) // 2 * 2
            page[at : at + len(own)] = own
            page[4 * len(bounds) + step * index] = at // 2
    page[-1] = len(held)
    return bytes(page)


def _font(name: str) -> bytes:
    body = bytes(39) + (name + "\0").encode("utf-16-le")
    return bytes([len(body)]) + body


def _level(text: str) -> bytes:
    return struct.pack("<iBB", 1, 0, 0) + bytes(22) + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file whose streams lie one after the other, none of them in small sectors."""
    sectors: list[bytes] = []
    chain: list[int] = []
    entries = [_entry("Root Entry", 5, _END, 0)]
    for name, data in streams.items():
        padded = data.ljust(4096, b"\0")
        padded += bytes(-len(padded) % _SECTOR)
        count = len(padded) // _SECTOR
        entries.append(_entry(name, 2, len(sectors), max(len(data), 4096)))
        chain += [*range(len(sectors) + 1, len(sectors) + count), _END]
        sectors += [padded[at : at + _SECTOR] for at in range(0, len(padded), _SECTOR)]
    directory = len(sectors)
    held = b"".join(entries)
    sectors.append(held + bytes(-len(held) % _SECTOR))
    chain += [_END, 0xFFFFFFFD]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    sectors.append(table)
    head = bytearray(_SECTOR)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 0x18, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 0x2C, 1, directory, 0, 4096, _END, 0, _END, 0, len(sectors) - 1)
    head[0x50:] = b"\xff" * (_SECTOR - 0x50)
    return bytes(head) + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    own = bytearray(128)
    encoded = name.encode("utf-16-le")
    own[: len(encoded)] = encoded
    struct.pack_into("<HB", own, 64, len(encoded) + 2, kind)
    struct.pack_into("<II", own, 116, start, size)
    return bytes(own)

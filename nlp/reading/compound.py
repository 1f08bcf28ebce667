"""The streams of a compound file (OLE), the container of Word 97-2003: [MS-CFB]."""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  # sector numbers above mean the end of a chain, or nothing
_ENTRY = 128  # bytes of a directory entry
_STREAM, _ROOT = 2, 5  # kinds of entries


def streams_of(data: bytes, names: set[str]) -> dict[str, bytes]:
    """The first stream of each of these names in a compound file; raises ValueError or struct.error for damage. None is longer than the file."""
    if not data.startswith(MAGIC) or len(data) < 512:
        raise ValueError("no compound file")
    shift, mini_shift = struct.unpack_from("<HH", data, 0x1E)
    first_directory, cutoff, first_mini, first_difat, difats = struct.unpack_from("<I4xII4xII", data, 0x30)
    if shift not in {9, 12} or mini_shift != 6:
        raise ValueError("sectors of an unknown size")
    size = 1 << shift

    def sector(number: int) -> bytes:
        return data[(number + 1) << shift : (number + 2) << shift]

    heads = list(struct.unpack_from("<109I", data, 0x4C))
    limit = len(data) // size + 2
    while difats and first_difat < _LAST and len(heads) < limit:
        more = _numbers(sector(first_difat))
        if not more:
            break
        heads.extend(more[:-1])
        first_difat, difats = more[-1], difats - 1
    table = [number for head in heads[:limit] if head < _LAST for number in _numbers(sector(head))]
    directory = b"".join(map(sector, _chain(first_directory, table, limit)))
    minis = [number for each in _chain(first_mini, table, limit) for number in _numbers(sector(each))]
    entries = [directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
    root = next((entry for entry in entries if entry[66] == _ROOT), b"")
    if not root:
        raise ValueError("no root")
    small = b"".join(map(sector, _chain(struct.unpack_from("<I", root, 116)[0], table, limit)))
    streams: dict[str, bytes] = {}
    for entry in entries:
        if entry[66] != _STREAM:
            continue
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
        if name not in names or name in streams:
            continue
        start, length = struct.unpack_from("<II", entry, 116)
        if length < cutoff:
            pieces = (small[number << 6 : (number + 1) << 6] for number in _chain(start, minis, len(small) // 64 + 1))
        else:
            pieces = (sector(number) for number in _chain(start, table, limit))
        streams[name] = b"".join(pieces)[:length]
    return streams


def _numbers(sector: bytes) -> list[int]:
    return list(struct.unpack_from(f"<{len(sector) // 4}I", sector))


def _chain(start: int, table: list[int], limit: int) -> list[int]:
    """The sectors from `start` on; raises ValueError for a chain that goes round."""
    found: list[int] = []
    while start < _LAST:
        if start >= len(table) or len(found) > limit:
            raise ValueError("a broken chain of sectors")
        found.append(start)
        start = table[start]
    return found

"""Provision lists: `.jsonl` or `.jsonl.gz`, one provision a line, for corpora that exist as data and not as files.

    {"id": "bld-117", "number": "91/2015/QH13", "kind": "Bộ luật", "issuer": "Quốc hội", "issued": "2015-11-24", "effective": "2017-01-01",
     "territory": "cả nước", "path": "Điều 117", "heading": "Điều kiện có hiệu lực của giao dịch dân sự", "text": "1. ..."}

All but `id` and `text` may be missing. Other fields are ignored.
"""

from __future__ import annotations

import codecs
import datetime as dt
import gzip
import io
import json
import unicodedata
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SUFFIXES = (".jsonl", ".jsonl.gz")
_SHOWN_PROBLEMS = 10  # lines named in one error; the rest is counted
_GZIP = b"\x1f\x8b"
_TEXTS = ("number", "kind", "issuer", "territory", "path", "heading", "title")


@dataclass(frozen=True, slots=True)
class ProvisionRecord:
    """One line as it was given, NFC; "" or None where a field is missing. `line` counts from 1."""

    line: int
    id: str
    text: str
    number: str = ""
    kind: str = ""
    issuer: str = ""
    territory: str = ""
    path: str = ""
    heading: str = ""
    title: str = ""
    issued: dt.date | None = None
    effective: dt.date | None = None


@dataclass(frozen=True, slots=True)
class FaultyRecord:
    """What is wrong with a line, in both languages."""

    line: int
    vi: str
    en: str


def is_provision_list(name: str) -> bool:
    """Whether a file name says that the file is a provision list."""
    return name.lower().endswith(SUFFIXES)


def read_provision_list(data: bytes, name: str, max_bytes: int) -> tuple[ProvisionRecord, ...]:
    """The records in file order, at least one.

    Raises one InputError that names every faulty line (the first ten, then their count): no JSON, no `id` or `text`, a field of the wrong
    type, an unreadable date, an id that occurs twice (with both lines); also for an empty file, broken gzip, non-UTF-8 text and more than
    `max_bytes` unpacked bytes.
    """
    records: list[ProvisionRecord] = []
    problems: list[FaultyRecord] = []
    lines_of: dict[str, int] = {}
    for number, line in enumerate(_lines(data, name, max_bytes), start=1):
        if not line.strip():
            continue
        record = _record(line, number)
        if isinstance(record, FaultyRecord):
            problems.append(record)
            continue
        first = lines_of.setdefault(record.id, number)
        if first != number:
            vi, en = f"mã “{record.id}” trùng với dòng {first}", f'id "{record.id}" repeats line {first}'
            problems.append(FaultyRecord(number, vi, en))
        records.append(record)
    if problems:
        raise _faulty_lines(name, problems)
    if not records:
        raise _unreadable(name, "empty_list", "Danh sách không có điều khoản nào.", "The list holds no provision.")
    return tuple(records)


def _lines(data: bytes, name: str, max_bytes: int) -> Iterator[str]:
    if data.startswith(_GZIP):
        data = _gunzip(data, name, max_bytes)
    # line by line: a list of the whole codification must not stand three times in memory
    for number, line in enumerate(io.BytesIO(data.removeprefix(codecs.BOM_UTF8)), start=1):
        try:
            yield unicodedata.normalize("NFC", line.decode("utf-8"))
        except UnicodeDecodeError as problem:
            vi, en = f"Dòng {number} không phải văn bản UTF-8.", f"Line {number} is not UTF-8 text."
            raise _unreadable(name, "not_utf8", vi, en) from problem


def _gunzip(data: bytes, name: str, max_bytes: int) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            unpacked = stream.read(max_bytes + 1)
    except (OSError, EOFError, zlib.error) as problem:
        raise _unreadable(
            name, "broken_gzip", "Tệp nén gzip bị hỏng hoặc bị cắt.", "The gzip file is broken or cut."
        ) from problem
    if len(unpacked) > max_bytes:
        vi = f"Danh sách giải nén lớn hơn {max_bytes // 2**20} MB."
        raise _unreadable(name, "list_too_large", vi, f"The unpacked list is larger than {max_bytes // 2**20} MB.")
    return unpacked


def _record(line: str, number: int) -> ProvisionRecord | FaultyRecord:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return FaultyRecord(number, "không phải JSON", "is no JSON")
    if not isinstance(fields, dict):
        return FaultyRecord(number, "không phải một đối tượng JSON", "is no JSON object")
    return record_of(fields, number)


def record_of(fields: Mapping[str, object], number: int) -> ProvisionRecord | FaultyRecord:
    """The record with these fields, or what is wrong with them; `number` is the line that holds them."""
    key = fields.get("id")
    if isinstance(key, int) and not isinstance(key, bool):
        key = str(key)
    text = fields.get("text")
    if not isinstance(key, str) or not key.strip():
        return FaultyRecord(number, "thiếu “id”", 'has no "id"')
    if not isinstance(text, str) or not text.strip():
        return FaultyRecord(number, "thiếu “text”", 'has no "text"')
    texts: dict[str, str] = {}
    for field in _TEXTS:
        value = fields.get(field)
        if value is not None and not isinstance(value, str):
            return FaultyRecord(number, f"trường “{field}” phải là chuỗi", f'field "{field}" must be a string')
        texts[field] = (value or "").strip()
    try:
        issued, effective = read_date(fields.get("issued")), read_date(fields.get("effective"))
    except ValueError:
        vi = "“issued” hoặc “effective” không phải ngày dạng 2024-05-20"
        return FaultyRecord(number, vi, 'has an "issued" or "effective" that is no date like 2024-05-20')
    # PostgreSQL cannot hold NUL characters, and none is part of a law
    return ProvisionRecord(number, key, text.replace("\x00", ""), **texts, issued=issued, effective=effective)


def read_date(value: object) -> dt.date | None:
    """The day that a wire field names: "2024-05-20" or "20/05/2024"; None when missing or empty. Raises ValueError for anything else."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError("a date is a string")  # noqa: TRY004  one error for callers: the field is no date
    if "/" in value:
        return dt.datetime.strptime(value.strip(), "%d/%m/%Y").replace(tzinfo=dt.UTC).date()
    return dt.date.fromisoformat(value.strip()[:10])


def _faulty_lines(name: str, problems: list[FaultyRecord]) -> InputError:
    shown, more = problems[:_SHOWN_PROBLEMS], len(problems) - _SHOWN_PROBLEMS
    vi = "; ".join(f"dòng {each.line}: {each.vi}" for each in shown) + (f"; và {more} dòng khác" if more > 0 else "")
    en = "; ".join(f"line {each.line} {each.en}" for each in shown) + (f"; and {more} more lines" if more > 0 else "")
    return InputError(
        "faulty_lines",
        where=name,
        what=f"Danh sách có {len(problems)} dòng lỗi ({vi}).",
        remedy="Sửa các dòng này rồi nạp lại; chưa có gì được ghi.",
        what_en=f"The list has {len(problems)} faulty lines ({en}).",
        remedy_en="Correct them and ingest again; nothing was written.",
    )


def _unreadable(name: str, code: str, vi: str, en: str) -> InputError:
    return InputError(
        code,
        where=name,
        what=vi,
        remedy="Mỗi dòng phải là một đối tượng JSON có “id” và “text”, mã hóa UTF-8.",
        what_en=en,
        remedy_en='Each line must be a JSON object with "id" and "text", in UTF-8.',
    )

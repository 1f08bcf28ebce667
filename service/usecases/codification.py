"""The official codification ("Bộ Pháp điển", Pháp lệnh 03/2012/UBTVQH13) as a provision list.

Reads `phapdien_provisions.jsonl[.gz]` (one article a line: anchor, heading, chuong, source_note, text, so_hieu) and, for kinds, issuers, titles and
dates, `phapdien_documents.jsonl[.gz]` (so_hieu, loai, ten, co_quan, ngay_ban_hanh, ngay_hieu_luc). Writes the list that `rasoat ingest` takes: `id` is
the anchor, `path` the article's number in its own document. Nothing is dropped: an anchor that occurs again gets "~2", an article without words of
its own (forms, tables) has its heading as text.
"""

from __future__ import annotations

import gzip
import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.errors import InputError
from service.store.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# "Điều 36.3.NĐ.1.1. Phạm vi điều chỉnh": the codification's own number is no part of the heading
_CODE = re.compile(r"^Điều [\w.]+\.\s*")
# "(Điều 1 Quyết định số Số: 12/2018/QĐ-TTg về tiêu chí ... ngày 06/03/2018 ..., có hiệu lực thi hành kể từ ngày 26/03/2018)"
_SOURCE = re.compile(r"^\(?Điều (?P<article>\w+)\b(?:.*?\bsố (?:Số: ?)?(?P<number>\d[\w/.-]*))?")
_EFFECTIVE = re.compile(r"có hiệu lực (?:thi hành )?kể từ ngày (\d{2}/\d{2}/\d{4})")


@dataclass(frozen=True, slots=True)
class Converted:
    """What a conversion wrote."""

    provisions: int
    repeated_ids: int  # anchors that occurred again
    headings_as_text: int
    without_document: int  # articles whose document is not in the metadata


def convert_codification(provisions: Path, documents: Path | None, out: Path) -> Converted:
    """The counts of what was written to `out` (gzip where its name ends in .gz), whole or not at all. Raises InputError with the line at fault."""
    known = {} if documents is None else {_text(row, "so_hieu"): row for row in _rows(documents)}
    seen: dict[str, int] = {}
    bare = unknown = 0
    buffer = io.StringIO()
    for row in _rows(provisions):
        anchor = _text(row, "anchor")
        seen[anchor] = seen.get(anchor, 0) + 1
        key = anchor if seen[anchor] == 1 else f"{anchor}~{seen[anchor]}"
        record = _record(key, row, known)
        bare += not _text(row, "text").strip()
        unknown += "kind" not in record
        buffer.write(json.dumps(record, ensure_ascii=False) + "\n")
    data = buffer.getvalue().encode()
    write_whole(out, gzip.compress(data, 6, mtime=0) if out.suffix == ".gz" else data)
    return Converted(sum(seen.values()), sum(seen.values()) - len(seen), bare, unknown)


def _record(key: str, row: Mapping[str, object], known: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    note = _text(row, "source_note")
    source = _SOURCE.match(note)
    number = _text(row, "so_hieu") or (source["number"] or "" if source else "")
    heading = _CODE.sub("", _text(row, "heading")).strip()
    document = known.get(number, {})
    effective = _EFFECTIVE.search(note)
    fields = {
        "number": number,
        "kind": _text(document, "loai"),
        "issuer": _text(document, "co_quan"),
        "issued": _iso(_text(document, "ngay_ban_hanh")),
        # the article's own date: an inserted article takes effect later than its document
        "effective": _iso(effective[1] if effective else _text(document, "ngay_hieu_luc")),
        "territory": "cả nước",  # the codification holds central documents only
        "path": f"Điều {source['article']}" if source else "",
        "heading": heading,
        "title": _text(document, "ten"),
    }
    text = _text(row, "text").strip() or heading or _text(row, "heading").strip() or note
    return {"id": key, **{name: value for name, value in fields.items() if value}, "text": text}


def _rows(path: Path) -> Iterator[Mapping[str, object]]:
    line = 0
    try:
        open_text = gzip.open if path.suffix == ".gz" else open
        with open_text(path, "rt", encoding="utf-8") as lines:
            for line, content in enumerate(lines, start=1):  # noqa: B007  named in the error
                row = json.loads(content)
                if not isinstance(row, dict):
                    raise ValueError("no JSON object")  # noqa: TRY004, TRY301  handled with malformed JSON below
                yield row
    except (OSError, EOFError, ValueError) as problem:
        raise InputError(
            "codification_unreadable",
            where=f"{path.name}, dòng {line}" if line else path.name,
            what="Không đọc được dữ liệu pháp điển.",
            remedy="Kiểm tra đường dẫn; tệp phải là .jsonl hoặc .jsonl.gz, mỗi dòng một điều.",
            what_en="The codification's data cannot be read.",
            remedy_en="Check the path; the file must be .jsonl or .jsonl.gz with one article a line.",
        ) from problem


def _text(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""


def _iso(day: str) -> str:
    """The day "26/03/2011" as "2011-03-26", "" for anything else."""
    match = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", day)
    return f"{match[3]}-{match[2]}-{match[1]}" if match else ""

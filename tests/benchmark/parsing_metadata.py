"""Header fields of the gazette pack against the official metadata of the same documents: python -m tests.benchmark.parsing_metadata

A gazette text is paired with the metadata row of the number in its own slug ("nghi-dinh-so-58-2014-nd-cp-123"), not with the number that we read.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

from nlp.law.identifiers import DocumentNumber
from nlp.law.rank import kind_from_name
from nlp.law.territory import slug
from nlp.parsing import parse
from tests.parsing.sources import gazette_source

PACKS = Path(__file__).parents[3] / "shared" / "data" / "packs" / "dev"


def rows(name: str) -> list[dict[str, str]]:
    """The records of one pack."""
    with gzip.open(PACKS / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def day(text: str) -> dt.date | None:
    """A date written 31/12/2024."""
    match = re.fullmatch(r"(\d\d?)/(\d\d?)/(\d{4})", text or "")
    return dt.date(int(match[3]), int(match[2]), int(match[1])) if match else None


def main() -> int:
    """Print the misses and the counts."""
    if not PACKS.is_dir():
        print("no ../shared/data here")
        return 0
    official: dict[str, dict[str, str]] = {}
    for row in rows("phapdien_documents"):
        official.setdefault(slug(row["so_hieu"]), row)
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    seen: set[str] = set()
    for row in rows("congbao_fulltext"):
        head = re.search(r"so-(\d.*?)-\d+$", row["slug"])
        truth = official.get(head[1]) if head else None
        if truth is None or row["slug"] in seen or "hop-nhat" in row["slug"]:
            continue
        seen.add(row["slug"])
        header = parse(gazette_source(row["text"])).header
        pairs = {
            "number": (header.number.folded if header.number else None, DocumentNumber.parse(truth["so_hieu"]).folded),
            "kind": (header.kind.value, kind_from_name(truth["loai"]).value),
            "issued": (header.issued, day(truth["ngay_ban_hanh"])),
            "effective": (header.effective, day(truth["ngay_hieu_luc"])),
            "title": (slug(header.title), slug(truth["ten"])),
        }
        for field, (ours, theirs) in pairs.items():
            if theirs is None:
                continue
            asked[field] += 1
            right[field] += ours == theirs
            if ours != theirs:
                print(f"{row['slug']}: {field} {ours!s:.90} / {theirs!s:.90}")
    print(", ".join(f"{field} {right[field]}/{asked[field]}" for field in asked))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The official codification ("Bộ Pháp điển") as training material: its articles, its documents' titles, its links between related articles."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.errors import InputError
from nlp.retrieval.units import unit_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# "Điều 36.3.NĐ.1.1. Phạm vi điều chỉnh": the codification's own number is not part of the heading
CODE = re.compile(r"^Điều [\w.]+\.\s*")
# "(Điều 1 Quyết định số Số: 12/2018/QĐ-TTg về tiêu chí ... ngày 06/03/2018 của ...": article and number for records without a number field
SOURCE = re.compile(r"^\(?Điều (?P<article>\w+)\b.*?\bsố (?:Số: ?)?(?P<number>\d[\w/.-]*)")


@dataclass(frozen=True, slots=True)
class CodifiedProvision:
    """One article of a document in force. `anchor`: its id, 40 or more digits; `number`: "12/2011/NĐ-CP", "" where unknown."""

    anchor: str
    number: str
    article: str  # number of the article in its own document, "15", "7a", "" where unknown
    title: str  # kind and title of the document, "" where unknown
    heading: str
    text: str
    topic: str  # "36.3", one of 214
    topic_name: str  # "Thanh niên"

    @property
    def passage(self) -> str:
        """What is encoded and indexed."""
        return unit_text(self.text, title=self.title, heading=self.heading)


def read_provisions(path: Path, documents: Path | None = None) -> tuple[CodifiedProvision, ...]:
    """The articles in file order, the first of each anchor; titles out of `documents` (phapdien_documents.jsonl.gz) where given."""
    titles = {} if documents is None else _titles(documents)
    found: dict[str, CodifiedProvision] = {}
    for record in _records(path):
        anchor = _text(record, "anchor")
        if anchor in found:
            continue
        source = SOURCE.match(_text(record, "source_note"))
        number = _text(record, "so_hieu") or (source["number"] if source else "")
        found[anchor] = CodifiedProvision(
            anchor=anchor,
            number=number,
            article=source["article"] if source else "",
            title=titles.get(number, ""),
            heading=CODE.sub("", _text(record, "heading")),
            text=_text(record, "text"),
            topic=_text(record, "demuc"),
            topic_name=_text(record, "demuc_ten"),
        )
    return tuple(found.values())


def read_related(path: Path) -> tuple[tuple[str, str], ...]:
    """The official pairs of related anchors, each unordered pair once, in file order, the smaller anchor first."""
    pairs: dict[tuple[str, str], None] = {}
    for record in _records(path):
        first, second = sorted((_text(record, "a"), _text(record, "b")))
        if first != second:
            pairs.setdefault((first, second))
    return tuple(pairs)


def _titles(path: Path) -> dict[str, str]:
    return {
        _text(record, "so_hieu"): f"{_text(record, 'loai')} {_text(record, 'ten')}".strip() for record in _records(path)
    }


def _records(path: Path) -> Iterator[Mapping[str, object]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, ValueError) as problem:
        raise InputError(
            "codification_unreadable",
            where=path.name,
            what="Không đọc được dữ liệu pháp điển.",
            remedy="Kiểm tra đường dẫn và định dạng .jsonl.gz.",
            what_en="The codification's data cannot be read.",
            remedy_en="Check the path and that it is a .jsonl.gz file.",
        ) from problem


def _text(record: Mapping[str, object], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""

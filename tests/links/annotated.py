"""Hand-made annotations of citations: short spans with offsets into the development texts (../shared/data, never committed).

Conventions: one row per cited unit; "Nghị định này" counts; a numbered document inside the title of another counts, a bare law name there does not;
captions "(Ban hành kèm theo ...)", headings, a document's own number and generic talk of the law do not count."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.law.document import NormativeDocument, Reference, TargetKind
from nlp.law.identifiers import DocumentNumber
from nlp.law.source import SourceText
from nlp.law.span import Span
from nlp.parsing.mentions import squeeze
from nlp.parsing.parse import parse
from nlp.text.segment import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
PACKS = HERE.parents[2] / "shared" / "data" / "packs" / "dev"
if not PACKS.is_dir():
    PACKS = HERE.parents[3] / "shared" / "data" / "packs" / "dev"


@dataclass(frozen=True)
class Expected:
    """One annotated citation. `path` "" is the whole document, "?" not judged, "*/cl_1" any article.

    `document`: "T" this, "AM" the amended one, "?" not judged, "=name" a law by name, else its number.
    """

    span: Span
    quote: str
    path: str
    document: str

    def same_place(self, found: Reference) -> bool:
        if not self.span.overlaps(found.span):
            return False
        path = found.path or ""
        if self.path == "?":
            return True
        return path.endswith(self.path[1:]) if self.path.startswith("*") else path == self.path

    def same_document(self, found: Reference) -> bool:
        mention = found.document
        if self.document == "?":
            return True
        if self.document == "T":
            return mention.target is TargetKind.THIS or (
                mention.target is TargetKind.ATTACHED and mention.number is None
            )
        if self.document == "AM":
            return mention.target is TargetKind.AMENDED or (
                mention.target is TargetKind.ATTACHED and mention.number is not None
            )
        if self.document.startswith("="):
            return fold(squeeze(mention.name)) == fold(self.document[1:])
        return mention.number is not None and mention.number.folded == DocumentNumber.parse(self.document).folded


@dataclass(frozen=True)
class Window:
    """A passage in which every citation is annotated."""

    pack: str
    document: str
    span: Span
    expected: tuple[Expected, ...]


def windows(name: str = "references") -> Iterator[Window]:
    """The windows of a file: "references" was seen while the grammar was written, "references_heldout" only after it."""
    for line in (HERE / "annotations" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        expected = tuple(
            Expected(Span(r["start"], r["end"]), r["quote"], r["path"], r["document"]) for r in row["references"]
        )
        yield Window(row["pack"], row["document"], Span(row["start"], row["end"]), expected)


@cache
def texts(pack: str) -> dict[str, str]:
    """The texts of a pack by the identifier that the annotations use; codified laws are joined article by article."""
    found: dict[str, str] = {}
    with gzip.open(PACKS / f"{pack}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if "articles" in row:
                text = "\n".join(f"{a['so']}. {a['ten']}\n{a['noi_dung']}" for a in row["articles"])
                found[row["so_hieu"]] = text
            else:
                found[row.get("file") or row.get("slug") or row["id"]] = row["text"]
    return found


@cache
def parsed(pack: str, document: str) -> NormativeDocument:
    return parse(SourceText(document, "text/plain", "0" * 64, texts(pack)[document]))


@dataclass
class Score:
    """Counts over all windows."""

    expected: int = 0
    found: int = 0
    matched: int = 0
    document_right: int = 0

    @property
    def precision(self) -> float:
        return self.matched / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.matched / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score(window: Window, total: Score) -> tuple[list[Expected], list[Reference], list[tuple[Expected, Reference]]]:
    """Add a window to `total`; the missed ones, the invented ones and those with a wrong document."""
    document = parsed(window.pack, window.document)
    found = [
        one
        for one in document.references
        if window.span.start <= one.span.start < window.span.end and one.document.target is not TargetKind.GENERIC
    ]
    left, missed, wrong = list(found), [], []
    for one in window.expected:
        fitting = [other for other in left if one.same_place(other)]
        if not fitting:
            missed.append(one)
            continue
        best = max(fitting, key=one.same_document)
        left.remove(best)
        total.matched += 1
        if one.same_document(best):
            total.document_right += 1
        else:
            wrong.append((one, best))
    total.expected += len(window.expected)
    total.found += len(found)
    return missed, left, wrong

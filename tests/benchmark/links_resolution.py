"""Resolution of the annotated references in a corpus of 4,291 catalogued documents and all parsed texts of three packs.

`python -m tests.benchmark.links_resolution [-v]`. A reference is in the corpus when its annotated document is; it is right when the link leads to that
document and, where the document's text is in the corpus, to the annotated unit. For references outside the corpus, NOT_IN_CORPUS is right.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from nlp.law.identifiers import DocumentKey, DocumentNumber
from nlp.law.issuers import parse_issuer
from nlp.law.link import Link, LinkKind, Resolution
from nlp.law.rank import Kind, kind_from_name
from nlp.links import Catalogue, DocumentEntry, entry_of, resolve
from tests.links.annotated import PACKS, Expected, parsed, texts, windows

if TYPE_CHECKING:
    from nlp.law.document import Reference

# Laws that the annotations name without number: the one in force when the citing document was issued
NAMED = {
    "Tố cáo": "25/2018/QH14",
    "Đấu thầu": "22/2023/QH15",
    "Dân sự": "91/2015/QH13",
    "Ngân sách nhà nước": "89/2025/QH15",
}
PARSED = ("congbao_fulltext", "fulltext_2025_2026_incl_provincial", "vbpl_review_articles")


def _day(text: str | None) -> dt.date | None:
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text or "")
    return dt.date(int(match[3]), int(match[2]), int(match[1])) if match else None


def _metadata() -> list[DocumentEntry]:
    found = []
    with gzip.open(PACKS / "phapdien_documents.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            try:
                number = DocumentNumber.parse(row["so_hieu"])
            except ValueError:
                continue
            issued = _day(row.get("ngay_ban_hanh"))
            issuer = parse_issuer(row.get("co_quan") or "", number.symbol, issued)
            kind = kind_from_name(row["loai"])
            key = DocumentKey(issuer.id if issuer else "", kind.value, str(number), str(issued or ""))
            title = re.sub(r"^(?:Bộ\s+)?[Ll]uật\s+", "", row.get("ten") or "")
            found.append(
                DocumentEntry(
                    str(key),
                    kind,
                    number,
                    title,
                    issued,
                    _day(row.get("ngay_hieu_luc")),
                    None,
                    issuer,
                    None,
                    frozenset(),
                    complete=False,
                )
            )
    return found


def catalogue() -> Catalogue:
    """Parsed documents first; metadata where the text is not there."""
    entries: dict[str, DocumentEntry] = {}
    listed = {entry.number.folded: entry for entry in _metadata() if entry.number is not None}
    for pack in PARSED:
        for name in texts(pack):
            entry = entry_of(parsed(pack, name))
            if entry.number is None and pack == "vbpl_review_articles":
                # these texts begin with their first article: title and kind stand in the metadata
                number = DocumentNumber.parse(name)
                known = listed.get(number.folded, entry)
                entry = replace(
                    entry,
                    number=number,
                    key=f":{known.kind.value}:{name}:",
                    kind=known.kind,
                    title=known.title,
                    issued=known.issued,
                )
            if entry.number is not None:
                entries.setdefault(entry.key, entry)
    numbers = {
        entry.number.folded for entry in entries.values() if entry.number and entry.kind is not Kind.CONSOLIDATED
    }
    for entry in listed.values():
        if entry.number is not None and entry.number.folded not in numbers:
            entries.setdefault(entry.key, entry)
    return Catalogue(tuple(entries.values()))


def _wanted(expected: Expected) -> DocumentNumber | None:
    text = NAMED.get(expected.document[1:], "") if expected.document.startswith("=") else expected.document
    try:
        return DocumentNumber.parse(text)
    except ValueError:
        return None


def _right(expected: Expected, link: Link, whole: Catalogue, own: str) -> bool | None:
    """Whether the link is right; None where the annotation does not say the document."""
    if expected.document in ("?", "AM"):
        return None
    if expected.document == "T":
        inside = link.target is not None and str(link.target.document) == own
        if expected.path in ("", "?") or expected.path.startswith("*"):
            return inside
        return (
            inside
            and link.target is not None
            and link.resolution is Resolution.RESOLVED
            and link.target.path.endswith(expected.path)
        )
    number = _wanted(expected)
    if number is None:
        return None
    if not whole.numbered(number):
        return link.resolution is Resolution.NOT_IN_CORPUS
    if link.target is None:
        return False
    target = DocumentKey.parse(str(link.target.document))
    return DocumentNumber.parse(target.number).folded == number.folded


def main() -> None:
    whole = catalogue()
    judged = right = inside = inside_right = claimed = claimed_right = 0
    for name in ("references", "references_heldout"):
        for window in windows(name):
            document = parsed(window.pack, window.document)
            links = [one for one in resolve(document, whole) if one.kind is LinkKind.CITES]
            pairs: list[tuple[Reference, Link]] = list(zip(document.references, links, strict=True))
            for expected in window.expected:
                fitting = [
                    link
                    for reference, link in pairs
                    if expected.same_place(reference) and expected.same_document(reference)
                ]
                if not fitting:
                    continue
                verdict = _right(expected, fitting[0], whole, str(document.key))
                if verdict is None:
                    continue
                number = _wanted(expected)
                known = expected.document == "T" or (number is not None and bool(whole.numbered(number)))
                judged, right = judged + 1, right + verdict
                inside, inside_right = inside + known, inside_right + (known and verdict)
                resolved = fitting[0].resolution in (Resolution.RESOLVED, Resolution.DOCUMENT_ONLY)
                claimed, claimed_right = claimed + resolved, claimed_right + (resolved and verdict)
                if "-v" in sys.argv and not verdict:
                    print(
                        window.document[:40],
                        expected.quote[:60],
                        expected.path,
                        expected.document,
                        "->",
                        fitting[0].resolution.value,
                        fitting[0].target,
                        fitting[0].candidates[:3],
                    )
    print(f"{len(whole.entries)} documents; {judged} references judged: {right / judged:.3f} right")
    recall, precision = inside_right / max(inside, 1), claimed_right / max(claimed, 1)
    print(
        f"in the corpus {inside}: recall {recall:.3f}, precision of resolved {precision:.3f}, F1 {2 * recall * precision / (recall + precision):.3f}"
    )


if __name__ == "__main__":
    main()

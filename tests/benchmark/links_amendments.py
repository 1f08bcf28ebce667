"""Amendments against the official codification's links (train) and the hand-made annotations: `python -m tests.benchmark.links_amendments [-v]`.

A link of the codification says that an article of one document was amended by articles of another. Only amending documents whose text is in the
packs can be judged; for these, recall is over the linked articles, precision over our amended articles of documents that the links name.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import defaultdict
from typing import TYPE_CHECKING

from nlp.law.source import SourceText
from nlp.parsing.parse import parse
from nlp.text.segment import fold
from tests.links.annotated import HERE, PACKS, parsed, texts

if TYPE_CHECKING:
    from nlp.law.document import NormativeDocument

_NUMBER = re.compile(r"[Ss]ố\s*:?\s*(\d+/\d{4}/[A-ZĐ]+(?:-?[A-ZĐ0-9]+)*)")
_ARTICLE = re.compile(r"art_(\w+)")


def _rows(name: str) -> list[dict[str, str]]:
    with gzip.open(PACKS / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _texts_by_number() -> dict[str, str]:
    found = dict(texts("vbpl_review_articles"))
    for row in _rows("congbao_fulltext"):
        match = _NUMBER.search(row["text"][:900])
        number = row.get("so_hieu") or (match[1] if match else "")
        if number and "hợp nhất" not in (row.get("loai") or "").lower():
            found.setdefault(number, row["text"])
    return found


def _names() -> dict[str, str]:
    """The names of laws by number, to follow amendments that name the law without its number."""
    return {
        row["so_hieu"]: fold(re.sub(r"^(?:Bộ\s+)?[Ll]uật\s+", "", row["ten"]))
        for row in _rows("phapdien_documents")
        if row.get("ten") and row.get("loai") in ("Luật", "Bộ luật", "Pháp lệnh")
    }


def _predicted(document: NormativeDocument, number: str, name: str) -> set[str]:
    """The articles of one document that `document` amends."""
    found = set()
    for one in document.amendments:
        mention = one.document
        same = mention.number is not None and str(mention.number) == number
        same = same or (mention.number is None and bool(name) and fold(mention.name).startswith(name))
        article = _ARTICLE.search(one.path or "")
        if same and article:
            found.add(article[1])
    return found


def codification(verbose: bool) -> None:
    links: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in _rows("phapdien_amend_links"):
        match = re.search(r"\.(\d+[a-zđ]?\d*)\.\s", row["heading"])
        if match:
            links[row["by"]][row["src"]].add(match[1])
    available, names = _texts_by_number(), _names()
    hit = expected = right = predicted = 0
    judged = sorted(set(links) & set(available))
    for by in judged:
        document = parse(SourceText(by, "text/plain", "0" * 64, available[by]))
        for source, articles in sorted(links[by].items()):
            ours = _predicted(document, source, names.get(source, ""))
            expected += len(articles)
            hit += len(articles & ours)
            predicted += len(ours)
            right += len(articles & ours)
            if verbose and (articles - ours or ours - articles):
                print(
                    f"{by} -> {source} {names.get(source, '')}: missed {sorted(articles - ours)} extra {sorted(ours - articles)}"
                )
    recall, precision = hit / max(expected, 1), right / max(predicted, 1)
    f1 = 2 * recall * precision / max(recall + precision, 1e-9)
    print(
        f"codification links: {len(judged)} amending documents, {expected} linked articles: recall {recall:.3f} precision {precision:.3f} F1 {f1:.3f}"
    )


def annotated(verbose: bool) -> None:
    """Operation, unit and document must all agree."""
    expected = found = matched = 0
    for line in (HERE / "annotations" / "amendments.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = parsed(row["pack"], row["document"])
        end = row["end"] or len(document.text)
        ours = [
            (str(one.operation), one.path or "", str(one.document.number))
            for one in document.amendments
            if one.span.start < end
        ]
        wanted = [tuple(one) for one in row["operations"]]
        left = list(ours)
        for one in wanted:
            if one in left:
                left.remove(one)
                matched += 1
            elif verbose:
                print(f"{row['document'][:40]} missed {one}")
        if verbose:
            for one in left:
                print(f"{row['document'][:40]} extra {one}")
        expected, found = expected + len(wanted), found + len(ours)
    recall, precision = matched / expected, matched / max(found, 1)
    f1 = 2 * recall * precision / max(recall + precision, 1e-9)
    print(f"annotated operations: {expected}: recall {recall:.3f} precision {precision:.3f} F1 {f1:.3f}")


def main() -> None:
    annotated("-v" in sys.argv)
    codification("-v" in sys.argv)


if __name__ == "__main__":
    main()

"""Articles of the two full-text packs: python -m tests.benchmark.parsing_articles [-v]

354 documents given article by article, and the gazette texts against the articles that the codification took from them. Every listed article that is not
a unit of its document falls into one class; the counts of khoản and điểm are compared where an article has no quoted payload.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.law.document import Level
from nlp.law.identifiers import DocumentKey
from nlp.law.territory import slug
from nlp.parsing.tree import Tree, build_tree
from nlp.parsing.units import provisions
from tests.parsing.sources import gazette_source, plain_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlp.law.document import Provision

PACKS = Path(__file__).parents[3] / "shared" / "data" / "packs" / "dev"
NO_KEY = DocumentKey("", "", "", "")
# the scraper of the article pack cuts "Điều 98b." and "tại\nĐiều 3.2" too, and leaves the annex in the last article
_PIECE = re.compile(r"[a-zđ]\b(?:\.|$)|\d+[.,;]|\d+ (?:của|này)")


def rows(name: str) -> Iterator[dict[str, object]]:
    """The records of one pack."""
    with gzip.open(PACKS / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def class_of(start: int, units: dict[int, Provision], tree: Tree, title: str, *, repeated: bool) -> str:
    """How a listed article that begins at `start` was read."""
    if start in units:
        return "unit, in a payload" if units[start].quoted else "unit"
    if any(span.start <= start < span.end for span in tree.payloads):
        return "inside a payload"
    if _PIECE.match(title):
        return "listed wrongly: a piece of a citation or an inserted article"
    return "listed twice in the same text" if repeated else "MISSED"


def codified_pack(verbose: bool) -> None:
    """The 354 documents."""
    classes: Counter[str] = Counter()
    equal: Counter[str] = Counter()
    counted = invented = characters = 0
    seconds = 0.0
    for row in rows("vbpl_review_articles"):
        text, chapter = "", ""
        listed: list[tuple[str, int, str, str]] = []
        articles = row["articles"]
        assert isinstance(articles, list)
        for article in articles:
            if article["chuong"] and article["chuong"] != chapter:
                chapter = article["chuong"]
                text += f"{chapter}\n"
            title, body = article["ten"] or "", article["noi_dung"] or ""
            listed.append((article["so"], len(text), title, body))
            text += f"{article['so']}{'. ' + title if title else '.'}\n{body}\n"
        began = time.process_time()
        tree = build_tree(plain_source(text))
        units = provisions(tree.units, NO_KEY)
        seconds += time.process_time() - began
        characters += len(text)
        starts = {unit.span.start: unit for unit in units if unit.level is Level.ARTICLE}
        named: set[str] = set()
        for number, start, title, body in listed:
            verdict = class_of(start, starts, tree, title, repeated=number in named)
            named.add(number)
            classes[verdict] += 1
            if verbose and verdict == "MISSED":
                print(row["so_hieu"], number, title[:60])
            unit = starts.get(start)
            if unit is None or unit.quoted:
                continue
            below = [other for other in units if other.path.startswith(unit.path + "/")]
            if any(other.quoted for other in below):
                continue
            counted += 1
            ours = (sum(other.level is Level.CLAUSE for other in below), sum(_lettered(other) for other in below))
            theirs = printed_counts(title, body)
            equal["khoản"] += ours[0] == theirs[0]
            equal["điểm"] += ours[1] == theirs[1]
            if verbose and ours != theirs:
                print("  counts", row["so_hieu"], number, ours, theirs, title[:50])
        places = {start for _, start, _, _ in listed}
        invented += sum(not unit.quoted and start not in places for start, unit in starts.items())
    print(f"354 documents, {sum(classes.values())} listed articles: {dict(classes)}; articles not listed: {invented}")
    print(
        f"khoản equal {equal['khoản']}/{counted} = {equal['khoản'] / counted:.4f}, điểm equal {equal['điểm']}/{counted} = {equal['điểm'] / counted:.4f}"
    )
    print(f"{characters / 1e6:.1f} M characters, {characters / 1e6 / seconds:.2f} M a second")


def _lettered(unit: Provision) -> bool:
    return unit.level is Level.POINT and "." not in unit.number


def printed_counts(title: str, body: str) -> tuple[int, int]:
    """The lines of an article that look like khoản and like điểm."""
    first = re.match(r"1\s?[-./]", title) is not None
    clauses = len(re.findall(r"^\d{1,3}[a-zđ]?[.\-/](?=\s)", body, re.MULTILINE)) + first
    return clauses, len(re.findall(r"^[a-zđ]\d?\s?(?:\)|[./]\s)", body, re.MULTILINE))


def gazette_pack(verbose: bool) -> None:
    """The gazette texts whose documents the codification has."""
    gold: dict[str, set[str]] = defaultdict(set)
    for row in rows("phapdien_provisions"):
        match = re.match(r"\(Điều (\d+[a-zđ]?) .{3,30}? số (\S+?/\S+?)\s", str(row.get("source_note", "")))
        if match:
            gold[slug(match[2])].add(match[1])
    found = listed = documents = cut_off = 0
    seen: set[str] = set()
    for row in rows("congbao_fulltext"):
        head = re.search(r"so-(\d.*?)-\d+$", str(row["slug"]))
        wanted = gold.get(head[1]) if head else None
        if wanted is None or str(row["slug"]) in seen or "hop-nhat" in str(row["slug"]):
            continue
        seen.add(str(row["slug"]))
        tree = build_tree(gazette_source(str(row["text"])))
        have = {
            unit.number for unit in provisions(tree.units, NO_KEY) if unit.level is Level.ARTICLE and not unit.quoted
        }
        if re.search(r"Xem tiếp (?:theo )?Công báo", str(row["text"])):
            cut_off += len(wanted - have)  # the rest stands in the next number of the gazette
            wanted &= have
        documents += 1
        listed += len(wanted)
        found += len(wanted & have)
        if verbose and wanted - have:
            print(row["slug"], sorted(wanted - have)[:12])
    print(
        f"{documents} gazette texts with codified articles: {found}/{listed} = {found / listed:.4f}; {cut_off} stand in a later number of the gazette"
    )


def main() -> int:
    """Print both tables."""
    if not PACKS.is_dir():
        print("no ../shared/data here")
        return 0
    verbose = "-v" in sys.argv
    codified_pack(verbose)
    gazette_pack(verbose)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Megabytes of text per CPU-second of references, amendments and resolution: `python -m tests.benchmark.links_speed`."""

from __future__ import annotations

import datetime as dt
import time

from nlp.law.source import SourceText
from nlp.law.span import Span
from nlp.links import Catalogue, changes_of, entry_of, find_outdated, resolve
from nlp.parsing.amendments import extract_amendments
from nlp.parsing.header import read_header
from nlp.parsing.lines import LineReader
from nlp.parsing.parse import parse
from nlp.parsing.references import extract_references
from nlp.parsing.tree import build_tree
from nlp.parsing.units import provisions
from tests.links.annotated import texts


def main() -> None:
    pack = texts("congbao_fulltext")
    chosen = [text for _, text in sorted(pack.items())][::4]
    size = sum(len(text.encode()) for text in chosen) / 2**20
    trees = []
    for text in chosen:
        source = SourceText("x", "text/plain", "0" * 64, text)
        tree = build_tree(source)
        lines = LineReader(source).lines(Span(0, tree.header_end))
        key = read_header(source, lines, tree.units, tree.closings).key
        trees.append((text, provisions(tree.units, key)))
    start = time.process_time()
    references = [extract_references(text, units, None) for text, units in trees]
    cited = time.process_time()
    changes = [extract_amendments(text, units, found) for (text, units), found in zip(trees, references, strict=True)]
    amended = time.process_time()
    print(
        f"{len(chosen)} gazette texts, {size:.1f} MB: references {size / (cited - start):.2f} MB/s ({sum(map(len, references))}), amendments {size / (amended - cited):.2f} MB/s ({sum(map(len, changes))})"
    )
    documents = [parse(SourceText(f"{i}", "text/plain", "0" * 64, text)) for i, text in enumerate(chosen)]
    start = time.process_time()
    catalogue = Catalogue(tuple({str(d.key): entry_of(d) for d in documents}.values()))
    links = sum(len(resolve(document, catalogue)) for document in documents)
    resolved = time.process_time()
    changes_of(documents, catalogue)
    changed = time.process_time()
    found = sum(len(find_outdated(document, dt.date(2026, 11, 23))) for document in documents)
    swept = time.process_time()
    print(
        f"{links} links resolved at {links / (resolved - start):.0f} per CPU-second; changes in {changed - resolved:.2f} s; outdated sweep {size / (swept - changed):.2f} MB/s ({found} provisions)"
    )
    worst = max(trees, key=lambda row: len(row[0]))
    start = time.process_time()
    found_references = extract_references(worst[0], worst[1], None)
    extract_amendments(worst[0], worst[1], found_references)
    print(f"largest text {len(worst[0]):,} characters: {time.process_time() - start:.2f} CPU-seconds")


if __name__ == "__main__":
    main()

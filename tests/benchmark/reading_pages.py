"""Which text of each page reading believes, file by file, beside what the manifest says of the file's text layer.

    .venv/bin/python -m tests.benchmark.reading_pages ../shared/data/pdfset/dev

A file agrees when all pages of a "scan" are recognised, none of a "text" except pages without any characters of their own, and both kinds stand in
a "mixed" one or its first page is recognised. Recognition itself is off: the decision comes before it.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.reading.readers import read
from nlp.reading.trust import Verdict
from nlp.settings import ReadingSettings

if TYPE_CHECKING:
    from nlp.law.source import Page

WITHOUT_CHARACTERS = {Verdict.OUTLINES, Verdict.IMAGE_ONLY, Verdict.BLANK}


def agrees(layer: str, pages: tuple[Page, ...]) -> bool:
    """Whether the decisions fit the manifest's word for the file."""
    verdicts = [Verdict(page.reason) for page in pages]
    if layer.startswith("scan"):
        return all(verdict.needs_ocr or verdict is Verdict.BLANK for verdict in verdicts)
    if layer.startswith("mixed"):
        return verdicts[0].needs_ocr
    return (
        all(not verdict.needs_ocr or verdict in WITHOUT_CHARACTERS for verdict in verdicts)
        and not verdicts[0].needs_ocr
    )


def main() -> None:
    folder = Path(sys.argv[1])
    right = files = total = 0
    with (folder / "MANIFEST.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    started = time.process_time()
    for row in rows:
        path = folder / Path(row["file"]).name
        source = read(path.read_bytes(), path.name, ReadingSettings(ocr=False))
        decided = Counter(page.reason for page in source.pages)
        well = agrees(row["text_layer"], source.pages)
        right, files, total = right + well, files + 1, total + len(source.pages)
        words = ", ".join(f"{reason} {count}" for reason, count in decided.most_common())
        print(
            f"{'ok ' if well else 'NOT'} {path.name:55s} {row['text_layer']:16s} {words}; tables {len(source.tables)}"
        )
    print(f"{right} of {files} files as the manifest says, {total} pages, {time.process_time() - started:.1f} CPU-s")


if __name__ == "__main__":
    main()

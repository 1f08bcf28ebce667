"""Ruled tables beside pdfplumber's: the same tables, the same cells, at what cost.

    .venv/bin/python tests/benchmark/reading_tables.py ../shared/data/pdfset/dev [--every 3]

Every so-many-th page on which either finds a table of two columns; agreement is by cell boxes (4 points) and by the letters of all cells of the page.
"""

from __future__ import annotations

import argparse
import re
import time
from difflib import SequenceMatcher
from pathlib import Path

import pdfplumber
import pypdfium2

from nlp.reading.characters import PageText
from nlp.reading.grids import find_grids
from nlp.reading.layout import GridTable, PageContent
from nlp.reading.order import order_page
from nlp.reading.rulings import rules_of
from nlp.text.normalise import normalise


def letters(texts: list[str]) -> str:
    return re.sub(r"[\W_]", "", normalise("".join(texts)).text)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--every", type=int, default=3)
    given = options.parse_args()
    pages = turned = same_cells = ours_only = theirs_only = 0
    own_time = their_time = 0.0
    alike: list[float] = []
    for path in sorted(given.folder.glob("*.pdf")):
        document = pypdfium2.PdfDocument(path)
        with pdfplumber.open(path) as other:
            for number in range(0, len(document), given.every):
                page = document[number]
                started = time.process_time()
                with PageText(page) as characters:
                    runs, turn = characters.runs()
                rules = rules_of(page, turn)
                width, height = page.get_width(), page.get_height()
                if turn in {90, 270}:
                    width, height = height, width
                content = PageContent(number + 1, width, height, runs, rules, turn=turn)
                tables = [item for item in order_page(content).items if isinstance(item, GridTable)]
                own_time += time.process_time() - started
                if not tables and not find_grids(rules):
                    continue
                started = time.process_time()
                theirs = [
                    table for table in other.pages[number].find_tables() if len({cell[0] for cell in table.cells}) > 1
                ]
                texts = [text for table in theirs for row in table.extract() for text in row if text]
                their_time += time.process_time() - started
                if not tables and not theirs:
                    continue
                pages += 1
                mine = {
                    tuple(round(side / 4) for side in (box.x0, box.top, box.x1, box.bottom))
                    for table in tables
                    for box in (content.shown(c.box) for c in table.cells)
                }
                other_cells = {tuple(round(side / 4) for side in cell) for table in theirs for cell in table.cells}
                near = {tuple(side + step for side in cell) for cell in other_cells for step in (0,)}
                missing = sum(
                    1
                    for cell in near
                    if not any(all(abs(a - b) <= 1 for a, b in zip(cell, own, strict=True)) for own in mine)
                )
                surplus = sum(
                    1
                    for own in mine
                    if not any(all(abs(a - b) <= 1 for a, b in zip(cell, own, strict=True)) for cell in near)
                )
                same_cells += missing == 0 and surplus == 0
                ours_only, theirs_only = ours_only + surplus, theirs_only + missing
                if turn:  # pdfplumber gives turned writing letter by letter
                    turned += 1
                    continue
                own_text = letters([line.text for table in tables for cell in table.cells for line in cell.lines])
                alike.append(
                    SequenceMatcher(None, own_text, letters(texts), autojunk=False).ratio()
                    if own_text or texts
                    else 1.0
                )
    print(
        f"pages {pages}, all cells the same {same_cells}, cells only ours {ours_only}, only pdfplumber's {theirs_only}"
    )
    print(
        f"letters of the cells alike ({turned} pages of turned writing left out): mean {sum(alike) / len(alike):.4f}, under 0.99: {sum(value < 0.99 for value in alike)}"
    )
    print(f"CPU: ours {own_time:.1f} s for all pages, pdfplumber {their_time:.1f} s for the {pages} pages with tables")


if __name__ == "__main__":
    main()

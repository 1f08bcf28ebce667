"""Letters and digits wrong on scanned pages, against transcripts made by hand.

    .venv/bin/python tests/benchmark/reading_scans.py --pages ../shared/data/pdfset/dev --transcripts FOLDER

reading_scans.json beside this script names the pages {"stem": ["file.pdf", page]}; FOLDER holds stem.txt for each: one printed line a line; "~" before a line that is furniture (page
number, running head, recipients, signer), "◊" for handwriting: its line is not scored, and a number read right there (it stands behind
the mark) is no junk. Junk is every number of the body that the body of the page does not have. Texts of third parties: the folder is not
part of this repository.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2

from nlp.reading import read
from nlp.settings import ReadingSettings

if TYPE_CHECKING:
    from nlp.law.source import SourceText


def distance(a: str, b: str) -> int:
    """Edit distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def nearest(needle: str, hay: str) -> tuple[int, str]:
    """The smallest edit distance of `needle` to any stretch of `hay`, and that stretch."""
    width = len(hay) + 1
    row = [(0, start) for start in range(width)]
    for i, x in enumerate(needle, 1):
        last, row[0] = row[0], (i, 0)
        for j in range(1, width):
            best = min(
                (row[j][0] + 1, row[j][1]), (row[j - 1][0] + 1, row[j - 1][1]), (last[0] + (x != hay[j - 1]), last[1])
            )
            last, row[j] = row[j], best
    end = min(range(width), key=lambda j: row[j][0])
    return row[end][0], hay[row[end][1] : end]


def squeeze(text: str) -> str:
    """The text with single spaces, without the marks of tables and handwriting."""
    return re.sub(r"\s+", " ", re.sub(r"[|◊]", " ", text)).strip()


def page_of(path: Path, number: int) -> bytes:
    """A PDF of one page."""
    source, single = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument.new()
    single.import_pages(source, [number - 1])
    out = Path("/tmp") / f"reading-scans-{path.stem[:20]}-{number}.pdf"
    single.save(out)
    return out.read_bytes()


def parts(source: SourceText) -> tuple[str, str]:
    """Body and furniture."""
    cut = min((piece.span.start for piece in source.furniture), default=len(source.text))
    return source.text[:cut], source.text[cut:]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--pages", type=Path, required=True)
    options.add_argument("--transcripts", type=Path, required=True)
    options.add_argument("--show", action="store_true")
    options.add_argument("--only", default="")
    given = options.parse_args()
    total: Counter[str] = Counter()
    reading = 0.0
    for stem, (name, number) in json.loads(Path(__file__).with_suffix(".json").read_text()).items():
        if given.only not in stem:
            continue
        truth = (given.transcripts / f"{stem}.txt").read_text().splitlines()
        body = [line for line in truth if not line.startswith("~")]
        page = page_of(given.pages / name, number)
        started = time.process_time()
        source = read(page, name, ReadingSettings())
        reading += time.process_time() - started
        total["pages"] += 1
        own, furniture = parts(source)
        found = squeeze(own)
        count: Counter[str] = Counter()
        for line in body:
            wanted = squeeze(line)
            count["letters"] += len(wanted)
            if "◊" in line:
                count["letters"] -= len(wanted)
                continue
            wrong, got = nearest(wanted, found)
            if given.show and wrong:
                print(f"   {wrong:3d} {wanted}\n       {got}")
            count["wrong"] += wrong
            digits, seen = re.sub(r"\D", "", wanted), re.sub(r"\D", "", got)
            count["digits"] += len(digits)
            count["digits_wrong"] += distance(digits, seen)
        expected = squeeze("\n".join(body))
        count["order_wrong"] = distance(expected, found)
        count["order_letters"] = len(expected)
        truly, got_numbers = Counter(re.findall(r"\d+", " ".join(body))), Counter(re.findall(r"\d+", found))
        count["junk_numbers"] = sum((got_numbers - truly).values())
        total += count
        print(
            f"{stem:18s} letters {count['letters']:5d} wrong {100 * count['wrong'] / count['letters']:5.2f} %  in order {100 * count['order_wrong'] / count['order_letters']:5.2f} %"
            f"  digits {count['digits_wrong']}/{count['digits']}  junk numbers {count['junk_numbers']}  furniture {len(furniture)} letters"
        )
    print(f"{'all':18s} letters {total['letters']:5d} wrong {100 * total['wrong'] / total['letters']:5.2f} %  in order {100 * total['order_wrong'] / total['order_letters']:5.2f} %"
          f"  digits {total['digits_wrong']}/{total['digits']}  junk numbers {total['junk_numbers']}")  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{total['pages']} pages, {total['pages'] / reading:.2f} pages a CPU-second, peak memory {peak:.0f} MiB")


if __name__ == "__main__":
    main()

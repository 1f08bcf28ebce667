"""CPU time of reading beside bare pypdfium2 on the same files, recognition speed, and memory over many files in one process.

    OMP_THREAD_LIMIT=1 .venv/bin/python tests/benchmark/reading_speed.py ../shared/data/pdfset/dev [--many 400]

Pages without tables and with tables are timed apart: one-page files are cut from each document first, so that both readers do the same work.
"""

from __future__ import annotations

import argparse
import io
import resource
import time
from pathlib import Path

import pypdfium2

from nlp.law.source import TextLayer
from nlp.reading import read
from nlp.settings import ReadingSettings


def bare(data: bytes) -> int:
    """Characters that pypdfium2 alone gives."""
    document = pypdfium2.PdfDocument(data)
    total = 0
    for page in document:
        text = page.get_textpage()
        total += len(text.get_text_bounded())
        text.close()
        page.close()
    document.close()
    return total


def only(document: pypdfium2.PdfDocument, pages: list[int]) -> bytes:
    single, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    single.import_pages(document, pages)
    single.save(out)
    return out.getvalue()


def timed(work: object, *given: object) -> float:
    started = time.process_time()
    work(*given)  # type: ignore[operator]
    return time.process_time() - started


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--many", type=int, default=0)
    given = options.parse_args()
    settings = ReadingSettings(ocr=False)
    totals = {"plain": [0, 0.0, 0.0], "tables": [0, 0.0, 0.0]}
    pictures: list[tuple[Path, list[int]]] = []
    read((given.folder / "36-2024-QH15.pdf").read_bytes(), "warm", settings)
    for path in sorted(given.folder.glob("*.pdf")):
        data = path.read_bytes()
        source = read(data, path.name, settings)
        tabled = {line.page for table in source.tables for line in source.lines if table.span.contains(line.span)}
        digital = [page.number - 1 for page in source.pages if page.reason == "born_digital"]
        pictures.append(
            (path, [page.number - 1 for page in source.pages if page.reason not in {"born_digital", "blank"}])
        )
        document = pypdfium2.PdfDocument(data)
        for name, pages in (
            ("plain", [page for page in digital if page + 1 not in tabled]),
            ("tables", [page for page in digital if page + 1 in tabled]),
        ):
            if not pages:
                continue
            cut = only(document, pages)
            own = min(timed(read, cut, path.name, settings) for _ in range(2))
            base = min(timed(bare, cut) for _ in range(2))
            total = totals[name]
            total[0], total[1], total[2] = total[0] + len(pages), total[1] + own, total[2] + base
    for name, (pages_read, own, base) in totals.items():
        print(
            f"{name:7s} pages {pages_read:4.0f}  reading {own:6.2f} s ({pages_read / own:5.0f} pages/CPU-s)  bare pypdfium2 {base:5.2f} s  ratio {own / base:.1f}"
        )
    print(f"peak memory after born-digital pages: {peak():.0f} MiB")
    chosen = [(path, pages[:4]) for path, pages in pictures if pages]
    started, done = time.process_time(), 0
    for path, pages in chosen:
        source = read(only(pypdfium2.PdfDocument(path), pages), path.name, ReadingSettings())
        done += sum(page.layer is TextLayer.OCR for page in source.pages)
    took = time.process_time() - started
    print(f"recognised pages {done}: {took:.1f} CPU-s, {done / took:.2f} pages/CPU-s; peak memory {peak():.0f} MiB")
    files = [path for path in sorted(given.folder.glob("*.pdf")) if path.stat().st_size < 10**6]
    for number in range(given.many):
        path = files[number % len(files)]
        read(path.read_bytes(), path.name, settings)
        if number in {0, 49, 99, 199, 299, 399}:
            rss = int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
            print(f"  after {number + 1:3d} documents: {rss:.0f} MiB resident")


if __name__ == "__main__":
    main()

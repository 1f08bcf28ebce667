"""Mutated real files through the sandbox: the parent must never crash, and no file may hang beyond its limit.

    .venv/bin/python -m tests.benchmark.reading_fuzz FOLDER... --minutes 20 --seed 1 --keep OUT

Each round takes a file of FOLDER (or one of the small pages made here), mutates it by a seeded choice and reads it: either its raw bytes (flipped,
cut, doubled or swapped stretches, a changed number, a lying length), or what its compressed parts hold (a stream of a PDF, a part of a Word file
or archive), which is packed again. What ends the child, misses the limit or gives a text with broken spans is kept in OUT with its seed; a round is
repeated by `--seed N --rounds 1`. Recognition is off: it is measured elsewhere.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import resource
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.errors import LegalTextError
from nlp.reading import Sandbox
from nlp.settings import ReadingSettings

if TYPE_CHECKING:
    from nlp.law.source import SourceText

LIMIT = 30  # seconds for one file
MOST = 3 * 2**20  # bytes of a file that is mutated

_CELLS = "".join(f"<tr><td rowspan=2>{n}</td><td colspan=3>Đối tượng {n}</td><td>{n}00.000</td></tr>" for n in range(9))
PAGES = {
    "page.html": f"<html><head><meta charset=utf-8></head><body><div id=toanvancontent><p>Điều 1. Phạm vi<br>1. Nghị quyết này</p><table>{_CELLS}</table>"
    "<table><tr><td>CỘNG HÒA XÃ HỘI</td><td>Nơi nhận</td></tr></table></div></body></html>",
    "page.txt": "QUYẾT ĐỊNH\nĐiều 1. Phạm vi điều chỉnh\n1. Quyết định này quy định mức thu phí 15.000 đồng.\n" * 20,
    "page.rtf": "{\\rtf1\\ansi{\\fonttbl{\\f0 Times;}}\\f0 \\'d0i\\u7873?u 1. Ph\\u7841?m vi\\par 1. Quy \\u273?\\u7883?nh\\par}",
}  # fmt: skip


def seeds(folders: list[Path]) -> list[tuple[str, bytes]]:
    """What is mutated: the files of the folders, the pages above, and an archive of both."""
    found = [
        (path.name, path.read_bytes())
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.is_file() and path.suffix != ".csv" and path.stat().st_size < MOST
    ]
    pages = [(name, text.encode()) for name, text in PAGES.items()]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("một/page.html", pages[0][1])
    return [*found, *pages, ("archive.zip", held.getvalue())]


def mutate(data: bytes, chance: random.Random) -> bytes:
    """`data` with one to six changes."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        if not out:
            break
        at = chance.randrange(len(out))
        span = min(chance.choice((1, 2, 8, 64, 1024, 16384)), len(out) - at)
        match chance.randrange(8):
            case 0:
                out[at] ^= 1 << chance.randrange(8)
            case 1:
                out[at : at + span] = chance.randbytes(span)
            case 2:
                del out[at : at + span]
            case 3:
                out[at:at] = out[at : at + span] * chance.choice((1, 2, 50))
            case 4:
                del out[max(len(out) // 8, at) :]
            case 5:
                found = list(re.finditer(rb"\d{1,9}", bytes(out[at : at + 4096])))
                if found:
                    match_ = chance.choice(found)
                    out[at + match_.start() : at + match_.end()] = str(
                        chance.choice((0, 1, -1, 2**31 - 1, 2**32, 10**12, 65536))
                    ).encode()
            case 6:
                other = chance.randrange(len(out))
                out[at : at + span] = out[other : other + span]
            case _:
                out[at : at + span] = bytes(span)
    return bytes(out)


def mutate_inside(data: bytes, chance: random.Random) -> bytes:
    """`data` with changes in one of its compressed parts; raw changes where it has none."""
    if data.startswith(b"PK\x03\x04"):
        source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
        names = [name for name in source.namelist() if not name.endswith("/")]
        chosen = chance.choice(names)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name in names:
                part = source.read(name)
                package.writestr(name, mutate(part, chance) if name == chosen else part)
        return out.getvalue()
    streams = list(re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL))
    chance.shuffle(streams)
    for stream in streams[:8]:
        try:
            plain = zlib.decompressobj().decompress(stream.group(1), 2**22)
        except zlib.error:
            continue
        packed = zlib.compress(mutate(plain, chance), 9)
        # the same length where it fits, so that the table of objects still holds
        packed += bytes(max(len(stream.group(1)) - len(packed), 0))
        return data[: stream.start(1)] + packed + data[stream.end(1) :]
    return mutate(data, chance)


def is_sound(source: SourceText) -> bool:
    """Whether spans lie inside the text, in order, and furniture comes after the body."""
    end = len(source.text)
    furniture = [piece.span for piece in source.furniture]
    body = min((span.start for span in furniture), default=end)
    lines = [line.span for line in source.lines]
    return (
        all(0 <= span.start <= span.end <= end for span in [*furniture, *lines, *source.uncertain])
        and all(a.end <= b.start for a, b in pairwise(furniture))
        and all(a.end <= b.start for a, b in pairwise(lines))
        and all(page.span.end <= body for page in source.pages)
        and all(table.span.contains(cell.span) for table in source.tables for cell in table.cells)
        and all(not line.edges or len(line.edges) == line.span.end - line.span.start + 1 for line in source.lines)
    )


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--minutes", type=float, default=20)
    options.add_argument("--rounds", type=int, default=10**9)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, required=True)
    given = options.parse_args()
    files = seeds(given.folders)
    kinds = [*sorted({Path(name).suffix for name, _ in files}), ".pdf", ".pdf", ".docx", ".docx"]
    given.keep.mkdir(parents=True, exist_ok=True)
    count: Counter[str] = Counter()
    formats: Counter[str] = Counter()
    slowest, end, seed = (0.0, ""), time.monotonic() + given.minutes * 60, given.seed
    trial = Path(tempfile.mkdtemp(prefix="rasoat-fuzz-")) / "trial"
    settings = ReadingSettings(ocr=False, max_seconds=LIMIT, max_memory_bytes=2 * 2**30, max_unpacked_bytes=2**28)
    with Sandbox(settings) as sandbox:
        while time.monotonic() < end and seed < given.seed + given.rounds:
            chance = random.Random(seed)
            suffix = chance.choice(kinds)  # every format alike, the common ones more
            name, data = chance.choice([file for file in files if file[0].endswith(suffix)])
            trial.write_bytes((mutate_inside if chance.random() < 0.5 else mutate)(data, chance))
            started = time.monotonic()
            try:
                outcome = "read" if is_sound(sandbox.read(trial, name)) else "broken_spans"
            except LegalTextError as error:
                outcome = error.code
                if outcome == "reading_failed":
                    print(f"seed {seed}: {error.what}", flush=True)
            took = time.monotonic() - started
            slowest = max(slowest, (took, f"seed {seed}, {name}"))
            count[outcome] += 1
            formats[suffix] += 1
            if (
                outcome in {"reader_died", "reading_failed", "time_limit", "cpu_limit", "memory_limit", "broken_spans"}
                or took > LIMIT + 10
            ):
                print(f"seed {seed}: {outcome} after {took:.1f} s, {name}", flush=True)
                (given.keep / f"{seed}-{outcome}{suffix}").write_bytes(trial.read_bytes())
            seed += 1
    trial.unlink()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{sum(count.values())} mutated files ({', '.join(f'{n} {kind}' for kind, n in formats.most_common())}), seeds {given.seed} to {seed - 1}"
    )
    print(f"slowest {slowest[0]:.1f} s ({slowest[1]}; limit {LIMIT} s); parent alive, {peak:.0f} MiB at most")
    for outcome, times in count.most_common():
        print(f"  {outcome:24s} {times}")


if __name__ == "__main__":
    main()

"""Mutated real files through the sandbox: the parent must never crash, and no file may hang beyond its limit.

    .venv/bin/python tests/benchmark/reading_fuzz.py FOLDER... --minutes 20 --seed 1 --keep OUT

Each round takes a file of FOLDER, mutates it by a seeded choice (flipped bytes, cut, doubled or swapped stretches, a changed number or name in a
PDF or zip, a lying length) and reads it. What ends the child or misses the limit is kept in OUT with its seed. Recognition is off: it is measured elsewhere.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from pathlib import Path

from nlp.errors import LegalTextError
from nlp.reading import Sandbox
from nlp.settings import ReadingSettings

LIMIT = 30  # seconds for one file
MOST = 3 * 2**20  # bytes of a file that is mutated


def mutate(data: bytes, chance: random.Random) -> bytes:
    """`data` with one to six changes."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
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
        if not out:
            return b"%PDF-1.4"
    return bytes(out)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--minutes", type=float, default=20)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, required=True)
    given = options.parse_args()
    files = [
        path
        for folder in given.folders
        for path in sorted(folder.iterdir())
        if path.is_file() and path.stat().st_size < MOST
    ]
    given.keep.mkdir(parents=True, exist_ok=True)
    count: Counter[str] = Counter()
    slowest, end, seed = 0.0, time.monotonic() + given.minutes * 60, given.seed
    trial = given.keep / "trial"
    with Sandbox(ReadingSettings(ocr=False, max_seconds=LIMIT, max_memory_bytes=2 * 2**30)) as sandbox:
        while time.monotonic() < end:
            chance = random.Random(seed)
            path = chance.choice(files)
            trial.write_bytes(mutate(path.read_bytes(), chance))
            started = time.monotonic()
            try:
                sandbox.read(trial, path.name)
                outcome = "read"
            except LegalTextError as error:
                outcome = error.code
            took = time.monotonic() - started
            slowest = max(slowest, took)
            count[outcome] += 1
            if outcome in {"reader_died", "time_limit"} or took > LIMIT + 10:
                (given.keep / f"{seed}-{outcome}{path.suffix}").write_bytes(trial.read_bytes())
            seed += 1
    trial.unlink()
    print(
        f"{sum(count.values())} mutated files, seeds {given.seed} to {seed - 1}, slowest {slowest:.1f} s (limit {LIMIT} s); parent alive"
    )
    for outcome, times in count.most_common():
        print(f"  {outcome:24s} {times}")


if __name__ == "__main__":
    main()

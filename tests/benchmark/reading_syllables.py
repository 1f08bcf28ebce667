"""Writes nlp/reading/data/syllable_pairs.tsv: how often two syllables follow each other in normative texts.

    .venv/bin/python tests/benchmark/reading_syllables.py ../shared/data/packs/dev

Counts only, of pairs seen at least MIN times in data marked "train"; small letters, one tone placement as printed.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from nlp.text.normalise import normalise
from nlp.text.syllables import is_syllable

MIN = 25
FILES = (
    "phapdien_provisions",
    "provincial_provisions_vbpl",
    "central_provisions_vbpl",
    "fulltext_2025_2026_incl_provincial",
    "congbao_fulltext",
    "vbpl_review_articles",
)


def texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if len(value) > 40 else []
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    return []


def main() -> None:
    folder, pairs = Path(sys.argv[1]), Counter[tuple[str, str]]()
    for name in FILES:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                for text in texts(json.loads(line)):
                    for clause in re.split(r"[^\w\s]|\d|_", normalise(text).text.lower()):
                        words = clause.split()
                        pairs.update(pair for pair in pairwise(words) if is_syllable(pair[0]) and is_syllable(pair[1]))
    kept = sorted((pair, count) for pair, count in pairs.items() if count >= MIN)
    out = Path(__file__).parents[2] / "nlp" / "reading" / "data" / "syllable_pairs.tsv"
    out.parent.mkdir(exist_ok=True)
    groups: dict[str, list[str]] = {}
    for (first, second), count in kept:
        groups.setdefault(first, []).append(f"{second} {count}")
    out.write_text("".join(f"{first}\t{' '.join(rest)}\n" for first, rest in groups.items()), "utf-8")
    print(len(pairs), "pairs,", len(kept), "kept,", out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()

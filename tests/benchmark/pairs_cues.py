"""How much judging leans on single cue words: `python -m tests.benchmark.pairs_cues FILE.jsonl ...` (counts only, no texts)."""

from __future__ import annotations

import sys
from pathlib import Path

from nlp.evaluation.cues import probe
from nlp.evaluation.pairs import read_labelled_lines


def main(arguments: list[str]) -> int:
    for word in arguments:
        path = Path(word)
        pairs = read_labelled_lines(path.read_text(encoding="utf-8").splitlines(), path.name)
        sys.stdout.write(f"{path.stem}: {len(pairs)} pairs\n")
        sys.stdout.write(
            "| probe | pairs | called contradictions | cleared by it | newly called | mean P before | after |\n|---|---|---|---|---|---|---|\n"
        )
        for row in probe(pairs):
            sys.stdout.write(
                f"| {row.name} | {row.pairs} | {row.accused} | {row.cleared} | {row.newly} | {row.before:.3f} | {row.after:.3f} |\n"
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

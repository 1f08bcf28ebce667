"""Measure every comparison rule alone on labelled pairs: `python -m tests.benchmark.rules FILE.jsonl ... [--write]`.

With `--write` the counts become the ones that `rasoat rules` shows (nlp/evaluation/data/measured_rules.toml). Only for development files.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from nlp.comparison.judging import shipped_scorer
from nlp.evaluation import rules
from nlp.evaluation.pairs import read_labelled_lines

TARGET = Path(rules.__file__).parent / "data" / rules.MEASURED_FILE


def main(arguments: list[str]) -> int:
    paths = [Path(word) for word in arguments if not word.startswith("--")]
    today = dt.datetime.now(dt.UTC).date()
    space = shipped_scorer().space
    sets = []
    for path in paths:
        pairs = read_labelled_lines(path.read_text(encoding="utf-8").splitlines(), path.name)
        sets.append(rules.measure(path.stem, pairs, today, space))
    for row in sets:
        sys.stdout.write(f"{row.name}: {row.pairs} pairs, {row.contradictions} contradictions\n")
        for count in row.counts:
            share = f"{count.right / count.fired:.3f}" if count.fired else "-"
            sys.stdout.write(
                f"  {count.code:20} fired {count.fired:4} right {share:>5} found {count.found}/{count.asked}\n"
            )
    if "--write" in arguments:
        TARGET.write_text(rules.write_measures(sets), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

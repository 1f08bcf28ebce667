"""Print the quality of judging on labelled pairs: `python -m tests.benchmark.pairs_quality FILE.jsonl [--hide-errors]`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from nlp.evaluation.pairs import evaluate, read_labelled_lines, render


def main(arguments: list[str]) -> int:
    path = Path(arguments[0])
    report = evaluate(read_labelled_lines(path.read_text(encoding="utf-8").splitlines(), path.name))
    if "--hide-errors" in arguments:  # an evaluation file is measured, its errors are not looked at
        report = replace(report, worst=())
    sys.stdout.write(render(report) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

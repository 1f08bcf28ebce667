"""Print pairs per CPU-second of each stage of judging: `python -m tests.benchmark.pairs_speed FILE.jsonl`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.comparison import judge, shipped_scorer
from nlp.comparison.rules import check_all
from nlp.comparison.view import View, see
from nlp.evaluation.pairs import read_labelled_lines

if TYPE_CHECKING:
    from collections.abc import Callable


def main(arguments: list[str]) -> int:
    path = Path(arguments[0])
    pairs = [row.pair for row in read_labelled_lines(path.read_text(encoding="utf-8").splitlines(), path.name)]
    scorer = shipped_scorer()

    def rate(name: str, work: Callable[[], object]) -> None:
        begin = time.process_time()
        work()
        sys.stdout.write(f"{name}: {len(pairs) / (time.process_time() - begin):.0f} pairs per CPU-second\n")

    rate("align, texts read the first time", lambda: [see(pair, scorer.space) for pair in pairs])
    views: list[View] = []
    rate("align, texts known", lambda: views.extend(see(pair, scorer.space) for pair in pairs))
    rate("rules on aligned pairs", lambda: [check_all(view) for view in views])
    rate("judge, texts known", lambda: [judge(pair, scorer=scorer) for pair in pairs])
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

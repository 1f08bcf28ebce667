"""Print how often natural pairs are called a contradiction: `python -m tests.benchmark.pairs_natural PACKS [COUNT]`.

Two sets of pairs that a search finds, real provisions on both sides. The labelled set (corpora/contrast/natural.jsonl, its words fetched from the
packs) is told by label, the nearest neighbours (up to DRAWN) apart from the look-alikes that were picked for their numbers. The links are the
codifiers' own, COUNT of them, between articles of different documents: nobody labelled them, nearly all are compatible, so what is called a
contradiction is nearly always a false alarm. Whole articles of at most LONGEST characters are judged there.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.comparison import judge
from nlp.comparison.records import read_labelled, read_pair
from nlp.law.finding import Relation
from nlp.training.codification import read_provisions, read_related
from nlp.training.contrast import CODIFIED, anchors, join, read_lines, read_packs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nlp.comparison.records import LabelledPair
    from nlp.law.finding import Judgement

NATURAL = Path(__file__).parents[2] / "corpora" / "contrast" / "natural.jsonl"
RELATED = "phapdien_related_pairs.jsonl.gz"
DRAWN = "n-400"  # the last pair of nearest neighbours; those behind it were picked
SHORTEST, LONGEST = 80, 1_500  # characters of an article
LEVELS = (0.5, 0.7, 0.9)


def main(arguments: list[str]) -> int:
    packs, count = Path(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 1_000
    labelled = read_natural(packs)
    drawn = [pair for pair in labelled if pair.id <= DRAWN]
    report_labels("nearest neighbours", drawn)
    report_labels("picked look-alikes", [pair for pair in labelled if pair.id > DRAWN])
    report_links(packs, count)
    return 0


def read_natural(packs: Path) -> list[LabelledPair]:
    """The labelled pairs with their words out of the packs; what the packs do not hold is left out."""
    records = list(read_lines([NATURAL]))
    provisions = read_packs(packs, frozenset(anchor for record in records for anchor in anchors(record)))
    joined = [full for record in records if (full := join(record, provisions)) is not None]
    return [read_labelled(record) for record in joined]


def report_labels(title: str, pairs: Sequence[LabelledPair]) -> None:
    """Print label against verdict, and the share of each label called a contradiction."""
    verdicts = [judge(pair.pair) for pair in pairs]
    right = sum(pair.relation is verdict.relation for pair, verdict in zip(pairs, verdicts, strict=True))
    sys.stdout.write(f"{title}: {len(pairs)} pairs, {right} relations as labelled\n")
    for relation in Relation:
        chosen = [verdict for pair, verdict in zip(pairs, verdicts, strict=True) if pair.relation is relation]
        if chosen:
            counts = Counter(verdict.relation for verdict in chosen)
            called = ", ".join(f"{name} {number}" for name, number in counts.most_common())
            sys.stdout.write(f"  {relation} {len(chosen)}: {called}; as contradiction {_levels(chosen)}\n")
    harmless = [v for pair, v in zip(pairs, verdicts, strict=True) if pair.relation is not Relation.CONTRADICTION]
    sys.stdout.write(f"  false alarms among {len(harmless)}: {_levels(harmless)}\n")


def report_links(packs: Path, count: int) -> None:
    """Print the verdicts over unlabelled links of the codification."""
    known = {p.anchor: p for p in read_provisions(packs / CODIFIED) if SHORTEST <= len(p.text) <= LONGEST}
    links = [
        (a, b)
        for a, b in read_related(packs / RELATED)
        if a in known and b in known and known[a].number != known[b].number
    ]
    chosen = random.Random(0).sample(links, min(count, len(links)))
    sides = read_packs(packs, frozenset(anchor for pair in chosen for anchor in pair))
    verdicts = [judge(read_pair({"a": sides[a], "b": sides[b]})) for a, b in chosen]
    sys.stdout.write(f"codification links: {len(verdicts)} of {len(links)} between different documents\n")
    for relation, number in Counter(verdict.relation for verdict in verdicts).most_common():
        sys.stdout.write(f"  {relation} {number}\n")
    sys.stdout.write(f"  as contradiction: {_levels(verdicts)}\n")


def _levels(verdicts: Iterable[Judgement]) -> str:
    """How many reach each probability of contradiction: "p>=0.5 3, p>=0.7 2, p>=0.9 0"."""
    chances = [verdict.probability(Relation.CONTRADICTION) for verdict in verdicts]
    return ", ".join(f"p>={level} {sum(chance >= level for chance in chances)}" for level in LEVELS)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

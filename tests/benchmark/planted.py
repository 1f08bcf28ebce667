"""Findings on the sample corpus against its gold: `python -m tests.benchmark.planted`."""

from __future__ import annotations

from nlp.law.finding import FindingKind
from tests.sample_corpus.audited import audited, scored


def main() -> None:
    """Print recall and precision by kind, then what was missed, sprung and reported beside the gold."""
    score = scored()
    coverage = audited().coverage
    print(f"{coverage.documents} documents, {coverage.provisions} provisions, {coverage.compared} pairs compared\n")
    print("| kind | found of planted | right of reported |\n|---|---|---|")
    for kind in (*FindingKind, None):
        hits, planted = score.recall(kind)
        right, reported = score.precision(kind)
        print(f"| {kind.value if kind else 'all'} | {hits} of {planted} | {right} of {reported} |")
    for planted_defect in score.missed:
        print("missed", planted_defect.id, sorted(planted_defect.kinds), planted_defect.left, planted_defect.right)
    for trap, finding in score.sprung:
        print("sprung", trap.id, trap.trap, finding.kind.value, finding.probability, finding.why)
    for finding in score.extra:
        right_side = finding.right.citation if finding.right else ""
        print(
            "extra",
            finding.kind.value,
            finding.conflict_type,
            finding.probability,
            finding.left.citation,
            "|",
            right_side,
        )


if __name__ == "__main__":
    main()

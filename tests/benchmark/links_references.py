"""Extraction of references against the hand-made annotations: `python -m tests.benchmark.links_references [references_heldout] [-v]`."""

from __future__ import annotations

import sys

from tests.links.annotated import Score, parsed, score, windows


def main() -> None:
    total = Score()
    verbose = "-v" in sys.argv
    documents = set()
    name = next((word for word in sys.argv[1:] if word != "-v"), "references")
    for number, window in enumerate(windows(name)):
        documents.add(window.document)
        missed, invented, wrong = score(window, total)
        if not verbose:
            continue
        text = parsed(window.pack, window.document).text
        for one in missed:
            print(f"{number:2} missed    {one.quote!r} {one.path}")
        for other in invented:
            print(
                f"{number:2} invented  {' '.join(other.span.of(text).split())[:90]!r} {other.path} {other.document.target.value}"
            )
        for one, other in wrong:
            print(
                f"{number:2} document  {one.quote!r} {one.path} expected {one.document}, got {other.document.target.value} {other.document.number} {other.document.name}"
            )
    print(
        f"references {total.expected} in {len(documents)} documents: precision {total.precision:.3f} recall {total.recall:.3f} F1 {total.f1:.3f}"
    )
    print(
        f"right document among the matched: {total.document_right}/{total.matched} = {total.document_right / max(total.matched, 1):.3f}"
    )


if __name__ == "__main__":
    main()

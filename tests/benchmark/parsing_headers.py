"""Header fields against header_truth.tsv on the development PDFs: python -m tests.benchmark.parsing_headers [FOLDER OF PICKLED SOURCES]

Fields written by hand count apart: right, left out, or wrong; a wrong one is worse than none.
"""

from __future__ import annotations

import pickle
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.law.source import SourceText
from nlp.parsing import parse
from nlp.reading import read

if TYPE_CHECKING:
    from nlp.law.document import NormativeDocument

HERE = Path(__file__).parent
PDFS = HERE.parents[2] / "shared" / "data" / "pdfset" / "dev"
FIELDS = ("number", "kind", "issuer", "issued", "effective", "place")


def truths() -> list[dict[str, str]]:
    """The rows of the truth table by column name."""
    lines = (HERE / "header_truth.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [dict(zip(("file", "layer", *FIELDS), row, strict=True)) for row in rows]


def found(document: NormativeDocument) -> dict[str, str]:
    """The same fields as the parser read them, "-" for none."""
    header = document.header
    return {
        "number": str(header.number or "-"),
        "kind": header.kind.value,
        "issuer": header.issuer.id if header.issuer else "-",
        "issued": str(header.issued or "-"),
        "effective": str(header.effective or "-"),
        "place": header.place or "-",
    }


def load(name: str, cache: Path | None) -> SourceText:
    """The source of a PDF: read anew, or from a folder of pickles made by an earlier run."""
    if cache is not None:
        source = pickle.loads((cache / f"{name}.pkl").read_bytes())
        assert isinstance(source, SourceText)
        return source
    return read((PDFS / f"{name}.pdf").read_bytes(), f"{name}.pdf")


def main() -> int:
    """Print each miss, then the counts by layer and field."""
    if not PDFS.is_dir():
        print("no ../shared/data/pdfset/dev here")
        return 0
    cache = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    right: Counter[tuple[str, str]] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    hand: Counter[str] = Counter()
    for truth in truths():
        ours = found(parse(load(truth["file"], cache)))
        for field in FIELDS:
            want, have = truth[field], ours[field]
            if want == "?":
                continue
            if want.startswith("~"):
                hand["right" if have == want[1:] else "left out" if have == "-" else "wrong"] += 1
                continue
            asked[truth["layer"], field] += 1
            right[truth["layer"], field] += have == want
            if have != want:
                print(f"{truth['file']}: {field} {have!r}, printed {want!r}")
    for layer in ("text", "scan"):
        cells = [f"{field} {right[layer, field]}/{asked[layer, field]}" for field in FIELDS]
        total, of = sum(right[layer, field] for field in FIELDS), sum(asked[layer, field] for field in FIELDS)
        print(f"{layer}: {total}/{of} = {total / of:.3f} ({', '.join(cells)})")
    print(f"written by hand: {dict(hand)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

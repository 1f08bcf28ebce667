"""Golden files of parsed documents: python -m tests.golden.rewrite writes them anew, prints the difference and fails when there was one.

Each tests/golden/parsing/NAME.txt is a document of our own writing, NAME.tree its expected tree: one line per unit, `path | heading | own words`.
"""

from __future__ import annotations

import difflib
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.exchange.tables import mention_words
from nlp.parsing import parse
from tests.parsing.sources import golden_source

if TYPE_CHECKING:
    from nlp.law.document import NormativeDocument

FOLDER = Path(__file__).parent / "parsing"
_WORDS = 60  # characters of a unit's own words that are shown


def inputs() -> list[Path]:
    """The golden documents, in order of name."""
    return sorted(FOLDER.glob("*.txt"))


def rendered(path: Path) -> str:
    """The tree, header and issues of one golden document as text."""
    return render(parse(golden_source(path.read_text(encoding="utf-8"), path.name)))


def render(document: NormativeDocument) -> str:
    """A document as stable lines: identity, legal bases, units, closing furniture, issues."""
    header = document.header
    lines = [
        f"key: {document.key}",
        f"title: {header.title}",
        f"issuer: {header.issuer_text}",
        f"place: {header.place}",
        f"effective: {header.effective} expires: {header.expires}",
        f"rank: {header.rank} {header.normativity.value} territory: {header.territory.name if header.territory else None}",
        f"signed: {header.signer_role}",
    ]
    lines += [f"consolidates: {mention.number}" for mention in header.consolidates]
    lines += [f"basis: {', '.join(mention_words(item) for item in basis.documents)}" for basis in document.legal_bases]
    for unit in document.provisions:
        depth = "  " * unit.path.count("/")
        words = _words(unit.own.of(document.text))
        lines.append(f"{depth}{unit.path}{' quoted' if unit.quoted else ''} | {unit.heading} | {words}")
    lines += [
        f"furniture {piece.kind.value}: {_words(piece.span.of(document.text))}" for piece in document.source.furniture
    ]
    lines += [f"issue {issue.code}: {issue.note}" for issue in document.issues]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()[:_WORDS]


def main() -> int:
    """Rewrite every golden file; 1 when any changed."""
    changed = False
    for path in inputs():
        target = path.with_suffix(".tree")
        old = target.read_text(encoding="utf-8") if target.exists() else ""
        new = rendered(path)
        if old != new:
            changed = True
            diff = difflib.unified_diff(
                old.splitlines(), new.splitlines(), f"{target.name} (old)", f"{target.name} (new)", lineterm=""
            )
            print("\n".join(diff))
            target.write_text(new, encoding="utf-8")
    return int(changed)


if __name__ == "__main__":
    sys.exit(main())

"""Article recall on ../shared/data/parse_gold (measure only): python -m tests.benchmark.parsing_gold

The codification leaves closing and transitional articles out: articles that only we find are listed with their headings, to be accounted for one by one.
"""

from __future__ import annotations

import json
import re
import sys
import time
from difflib import SequenceMatcher
from pathlib import Path

from nlp.law.document import Level, NormativeDocument, Provision
from nlp.parsing import parse
from nlp.reading import read

GOLD = Path(__file__).parents[3] / "shared" / "data" / "parse_gold"


def own_articles(document: NormativeDocument) -> dict[str, Provision]:
    """The articles of the document itself by number, quoted ones left out."""
    return {
        unit.number: unit
        for unit in document.provisions
        if unit.level is Level.ARTICLE and not unit.quoted and unit.path.startswith("main/")
    }


def counts(document: NormativeDocument, article: Provision) -> tuple[int, int]:
    """How many khoản and lettered điểm an article has."""
    below = [unit for unit in document.provisions if unit.path.startswith(article.path + "/") and not unit.quoted]
    clauses = sum(unit.level is Level.CLAUSE for unit in below)
    return clauses, sum(unit.level is Level.POINT and "." not in unit.number for unit in below)


def gold_counts(text: str) -> tuple[int, int]:
    """The same counts of a codified article, whose lines are paragraphs."""
    clauses = re.findall(r"^\d{1,3}[a-zđ]?\.(?=\s)", text, re.MULTILINE)
    return len(clauses), len(re.findall(r"^[a-zđ]\d?\)", text, re.MULTILINE))


def similarity(left: str, right: str) -> float:
    """The ratio of equal words in order."""
    return SequenceMatcher(None, left.split(), right.split(), autojunk=False).ratio()


def main() -> int:
    """Print one line per document and the totals."""
    if not GOLD.is_dir():
        print("no ../shared/data/parse_gold here")
        return 0
    listed = found = same = counted = 0
    fidelity: list[float] = []
    reading = parsing = 0.0
    characters = 0
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))["articles"]
        start = time.process_time()
        source = read(path.with_suffix(".pdf").read_bytes(), path.with_suffix(".pdf").name)
        middle = time.process_time()
        document = parse(source)
        reading += middle - start
        parsing += time.process_time() - middle
        characters += len(source.text)
        articles = own_articles(document)
        listed += len(gold)
        missing = [number for number in gold if number not in articles]
        found += len(gold) - len(missing)
        different = []
        for number, entry in gold.items():
            article = articles.get(number)
            if article is None or entry["amended_note"]:
                continue
            counted += 1
            ours, theirs = counts(document, article), gold_counts(entry["text"])
            if ours == theirs:
                same += 1
            else:
                different.append(f"{number} {ours}!={theirs}")
            words = (
                article.span.of(document.text).partition("\n")[2] if article.heading else article.span.of(document.text)
            )
            fidelity.append(similarity(words, entry["text"]))
        extra = [f"{number} ({unit.heading or '-'})" for number, unit in articles.items() if number not in gold]
        print(
            f"{path.stem}: {len(gold)} listed, missing {missing}, counts {different}, extra {len(extra)}: {'; '.join(extra)}"
        )
    print(
        f"articles {found}/{listed}; khoản and điểm equal {same}/{counted}; mean word similarity {sum(fidelity) / len(fidelity):.4f}"
    )
    print(f"reading {reading:.1f} s, parsing {parsing:.1f} s for {characters / 1e6:.2f} M characters")
    return 0 if found == listed else 1


if __name__ == "__main__":
    sys.exit(main())

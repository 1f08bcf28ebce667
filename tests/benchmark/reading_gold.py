"""Articles of gazette PDFs against the official codification's text, cut from what reading returns.

    .venv/bin/python tests/benchmark/reading_gold.py ../shared/data/parse_gold

The articles are cut by their headings alone; similarity is 1 - edits / length over letters and digits (white space, punctuation and case aside).
Articles with later amendments are left out. Data for measuring only: reading is never tuned by its errors.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
from difflib import SequenceMatcher
from pathlib import Path

from nlp.reading import read
from nlp.settings import ReadingSettings
from nlp.text.normalise import comparison_form, normalise


def letters(text: str) -> str:
    """Letters and digits in the comparison form."""
    return re.sub(r"[\W_]", "", comparison_form(normalise(text).text))


def articles(body: str) -> dict[str, list[str]]:
    """Every stretch from one "Điều n." at the start of a line to the next, by number."""
    starts = [
        (match.start(), match.group(1)) for match in re.finditer(r"^Điều (\d+[a-zđ]?)\s*[.:]", body, re.MULTILINE)
    ]
    found: dict[str, list[str]] = {}
    for (start, number), (end, _) in zip(starts, [*starts[1:], (len(body), "")], strict=True):
        stretch = body[start:end]
        stop = re.search(
            r"^(?:Chương [IVXLC]+|Mục \d+|CHƯƠNG [IVXLC]+|Phần thứ|Phụ lục|PHỤ LỤC|MỤC \d+)\b", stretch, re.MULTILINE
        )
        found.setdefault(number, []).append(stretch[: stop.start()] if stop else stretch)
    return found


def difference(wanted: str, found: str, article: str, whole: str) -> str:
    """Where two texts differ, by counts alone: letters only in the gold or only in the reading, at the end or inside, in how many stretches.

    What the gold has more at its end may stand nowhere in the file (`whole`): a note of the codification, not a line that was lost.
    """
    place = ""
    extra_end = missing_end = extra = missing = stretches = 0
    for tag, a, b, c, d in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        stretches += 1
        if b == len(wanted) and d == len(found):
            extra_end, missing_end = d - c, b - a
            if missing_end > 12:
                place = (
                    " (the gold's end stands nowhere in the file)"
                    if wanted[a + 6 : b] not in whole
                    else " (printed elsewhere in the file)"
                )
        else:
            extra, missing = extra + d - c, missing + b - a
    table = ", the gold has a table or formula" if "\n|" in article else ""
    return f"inside +{extra} -{missing} letters in {stretches} stretches, at the end +{extra_end} -{missing_end}{place}{table}"


def main() -> None:
    scores: list[tuple[float, str]] = []
    missing = listed = 0
    for gold in sorted(Path(sys.argv[1]).glob("*.json")):
        source = read(gold.with_suffix(".pdf").read_bytes(), gold.stem, ReadingSettings())
        body = source.text[: min((piece.span.start for piece in source.furniture), default=len(source.text))]
        cut, whole = articles(body), letters(source.text)
        for number, article in json.loads(gold.read_text("utf-8"))["articles"].items():
            if article["amended_note"]:
                continue
            listed += 1
            wanted = letters(f"Điều {number}. {article['heading']} {article['text']}")
            best, closest = 0.0, ""
            for own in cut.get(number, []):
                found = letters(own)
                matcher = SequenceMatcher(None, wanted, found, autojunk=False)
                same = sum(block.size for block in matcher.get_matching_blocks())
                if same / max(len(wanted), len(found)) > best:
                    best, closest = same / max(len(wanted), len(found)), found
            missing += number not in cut
            why = (
                "" if best >= 0.95 else f"{len(wanted)} letters: {difference(wanted, closest, article['text'], whole)}"
            )
            scores.append((best, f"{gold.stem} Điều {number}  {why}"))
    values = [score for score, _ in scores]
    print(
        f"articles {listed}, missing {missing}, median {statistics.median(values):.4f}, mean {statistics.mean(values):.4f}, under 0.95: {sum(value < 0.95 for value in values)}"
    )
    for score, name in sorted(scores):
        if score >= 0.95:
            break
        print(f"   {score:.3f} {name}")


if __name__ == "__main__":
    main()

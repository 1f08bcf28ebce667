"""Letters wrong in files of old Vietnamese codes, against the transcripts beside them.

    .venv/bin/python tests/benchmark/reading_legacy.py ../shared/data/pdfset/legacy/dev

Letters are compared in order and without case: the transcripts lost the capitals of .VnTimeH fonts, which reading restores.
The body and the furniture are both compared (a recipient's line is text, too); white space, dashes and bullets are not.
"""

from __future__ import annotations

import re
import sys
from difflib import SequenceMatcher
from pathlib import Path

from nlp.reading import read
from nlp.text.normalise import normalise


def letters(text: str) -> str:
    """Letters and digits in small form."""
    return re.sub(r"[\W_]", "", normalise(text).text.lower())


def main() -> None:
    wrong = total = marked = 0
    for transcript in sorted(Path(sys.argv[1]).glob("*.txt")):
        file = next(path for path in transcript.parent.glob(f"{transcript.stem}.*") if path.suffix != ".txt")
        wanted = letters(transcript.read_text("utf-8"))
        found = letters(read(file.read_bytes(), file.name).text)
        matcher = SequenceMatcher(None, wanted, found, autojunk=False)
        changes = [(wanted[a:b], found[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
        own = sum(max(len(a), len(b)) for a, b in changes if not _moved(a, b, changes))
        bare = sum(len(a) for a, b in changes if len(a) == len(b) and _base(a) == _base(b))
        wrong, total, marked = wrong + own, total + len(wanted), marked + bare
        print(
            f"{file.name:50s} letters {len(wanted):6d}  wrong {own:4d} = {100 * own / len(wanted):.3f} %  diacritics only {bare}"
        )
        if "--show" in sys.argv:
            print("   ", [(a[:30], b[:30]) for a, b in changes][:40])
    print(f"all: {wrong} of {total} = {100 * wrong / total:.3f} %, diacritics only {marked}")


def _moved(a: str, b: str, changes: list[tuple[str, str]]) -> bool:
    """Whether a stretch only stands elsewhere (recipients and footers come last in our text)."""
    if a and b:
        return False
    return any((a and a == other[1]) or (b and b == other[0]) for other in changes)


def _base(text: str) -> str:
    import unicodedata

    return "".join(
        letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)
    ).replace("đ", "d")


if __name__ == "__main__":
    main()

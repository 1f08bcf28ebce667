"""Queries that name what they want: "khoản 2 Điều 5 Luật Đất đai", "12/2024/QĐ-UBND", "dieu 3 luat dat dai"."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from nlp.law.identifiers import parse_citation_path
from nlp.retrieval.terms import NUMBER, fold_marks

if TYPE_CHECKING:
    from nlp.retrieval.entries import Entry

MIN_TITLE_SYLLABLES = 3  # "Luật Đất đai"; shorter titles are met by chance
_ZEROS = re.compile(r"^0+(?=\d)")


class Lookup:
    """Entries by the number and the title of their document, and by their path in it. Numbers and titles are compared without marks."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, set[int]] = defaultdict(set)
        self._titles: defaultdict[str, set[int]] = defaultdict(set)
        self._paths: dict[int, str] = {}

    def add(self, key: int, entry: Entry) -> None:
        """Know an entry under its key."""
        if entry.number:
            self._numbers[_folded_number(entry.number)].add(key)
        title = _folded_title(entry.title)
        if title.count(" ") >= MIN_TITLE_SYLLABLES - 1:
            self._titles[title].add(key)
        self._paths[key] = entry.path

    def remove(self, key: int, entry: Entry) -> None:
        """Forget an entry."""
        self._numbers[_folded_number(entry.number)].discard(key)
        self._titles[_folded_title(entry.title)].discard(key)
        self._paths.pop(key, None)

    def find(self, query: str) -> tuple[int, ...]:
        """The keys that the query names, ascending: the provision where it names one that is there, else the document; () where it names none.

        Two documents of one number, or one title, are both returned: the reader chooses.
        """
        folded = fold_marks(query)
        found: set[int] = set()
        for match in NUMBER.finditer(folded):
            found |= self._numbers.get(_folded_number(match.group()), set())
        if not found:
            found = self._by_title(folded)
        path = parse_citation_path(query) if found else None
        if path is not None:
            found = self._within(found, path)
        return tuple(sorted(found))

    def _by_title(self, folded: str) -> set[int]:
        """The document with the longest title that stands in the query."""
        words = _folded_title(folded).split()
        for size in range(len(words), MIN_TITLE_SYLLABLES - 1, -1):
            for start in range(len(words) - size + 1):
                keys = self._titles.get(" ".join(words[start : start + size]))
                if keys:
                    return keys
        return set()

    def _within(self, keys: set[int], path: str) -> set[int]:
        """Of a document's entries those at the path, else those below it, else those that contain it, else none."""
        exact, below, above = set(), set(), set()
        for key in keys:
            own = "/" + self._paths[key]
            if own.endswith("/" + path):
                exact.add(key)
            elif f"/{path}/" in own:
                below.add(key)
            elif any(own.endswith("/" + parent) for parent in _parents(path)):
                above.add(key)
        return exact or below or above


def _parents(path: str) -> list[str]:
    steps = path.split("/")
    return ["/".join(steps[:size]) for size in range(len(steps) - 1, 0, -1)]


def _folded_number(number: str) -> str:
    return _ZEROS.sub("", fold_marks(number))


def _folded_title(title: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold_marks(title)))

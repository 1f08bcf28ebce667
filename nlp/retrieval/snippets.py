"""The part of a provision to show for a query, with the matching words marked."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.law.span import Span
from nlp.retrieval.terms import SYLLABLE, fold_marks, has_marks, syllables

SNIPPET_WORDS = 40
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Snippet:
    """An excerpt; `marks` are spans over `text`, in order; `start` is where the excerpt begins in the provision (the "…" not counted)."""

    text: str
    marks: tuple[Span, ...]
    start: int


def make_snippet(text: str, query: str, words: int = SNIPPET_WORDS) -> Snippet:
    """The run of `words` words of the text with the most different words of the query, the earliest of equals; ends cut off are shown as "…".

    A query without diacritics matches words with any.
    """
    marked = has_marks(query)
    wanted = set(syllables(query)) if marked else set(SYLLABLE.findall(fold_marks(query)))
    places = [match.span() for match in SYLLABLE.finditer(text)]
    if not places:
        return Snippet(text, (), 0)
    forms = [_form(text[start:end], marked=marked) for start, end in places]
    first = _best_start(forms, wanted, words)
    last = min(len(places), first + words) - 1
    start = 0 if first == 0 else places[first][0]
    end = len(text) if last == len(places) - 1 else places[last][1]
    head = ELLIPSIS if start > 0 else ""
    tail = ELLIPSIS if end < len(text) else ""
    shift = len(head) - start
    marks = tuple(
        Span(left + shift, right + shift)
        for (left, right), form in zip(places[first : last + 1], forms[first : last + 1], strict=True)
        if form in wanted
    )
    return Snippet(head + text[start:end] + tail, marks, start)


def _form(word: str, *, marked: bool) -> str:
    return "".join(syllables(word)) if marked else fold_marks(word)


def _best_start(forms: list[str], wanted: set[str], words: int) -> int:
    """Where the window with the most different wanted words starts."""
    best, best_start = -1, 0
    inside: dict[str, int] = {}
    for end, form in enumerate(forms):
        if form in wanted:
            inside[form] = inside.get(form, 0) + 1
        leaving = end - words
        if leaving >= 0 and forms[leaving] in wanted:
            inside[forms[leaving]] -= 1
            if not inside[forms[leaving]]:
                del inside[forms[leaving]]
        if len(inside) > best:
            best, best_start = len(inside), max(0, end - words + 1)
    return best_start

"""The headings of units: where the name of a Chương or Điều ends and its text begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.parsing.headings import article_marker, clause_marker, container_marker, point_marker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.parsing.lines import TextLine

_LONGEST_TITLE = 420
_LONGEST_SENTENCE_TITLE = 70  # a title that ends with a full stop: "Phạm vi điều chỉnh."
_CONTAINER_LINES = 6
# Words that make a sentence of what might be a title
_SENTENCE = re.compile(
    r"\b(?:có hiệu lực|chịu trách nhiệm|ban hành|phê duyệt|thay thế|bãi bỏ|nay|giao cho|căn cứ)\b", re.IGNORECASE
)
_NOTE = re.compile(r"\s*(?:\[\d{1,3}\]|(?<=[^\W\d])\d{1,3})\s*$")


def container_heading(rest: str, following: Sequence[TextLine]) -> str:
    """The title of a Phần, Chương or Mục: the words behind its number, or the lines below it up to the next marker."""
    title = [rest] if rest else []
    for line in following[:_CONTAINER_LINES]:
        if (
            line.table
            or line.glued
            or article_marker(line.text)
            or container_marker(line.text)
            or clause_marker(line.text)
        ):
            break
        if title and line.strength == 2 and not line.text.isupper():
            break
        title.append(line.text)
    return _clean(" ".join(title))


def article_heading(rest: str, following: Sequence[TextLine], quoted: Sequence[bool] = ()) -> str:
    """The title of a Điều, "" when it has none and its text begins at once ("Điều 2. Quyết định này có hiệu lực ...").

    `rest` is the line behind the number, `following` the lines of the article below it.
    """
    words = [rest] if rest else []
    used = 0
    for index, line in enumerate(following):
        if (words and line.strength == 2) or line.table or (index < len(quoted) and quoted[index]):
            break
        if clause_marker(line.text) and line.strength:
            break
        words.append(line.text)
        used += 1
        if sum(map(len, words)) > _LONGEST_TITLE:
            return ""
    title = " ".join(words)
    if used == len(following) or (not title[:1].isalnum() and title[:1] not in '“"('):
        return ""
    if title.endswith((":", ";", ",")) or point_marker(title):
        return ""
    if title.endswith((".", "./.")) and (len(title) > _LONGEST_SENTENCE_TITLE or _SENTENCE.search(title)):
        return ""
    return _clean(title)


def _clean(title: str) -> str:
    return _NOTE.sub("", re.sub(r"\s+", " ", title)).rstrip(". ").strip()

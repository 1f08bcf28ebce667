"""What comparison reads from one text, once: words, sentences, quantities, deontic cues, authorities, telling phrases."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from nlp.comparison.rows import is_row, ordinals, row_quantities
from nlp.comparison.wordspace import DEFAULT_IDF, Word
from nlp.law.norm import Dimension
from nlp.law.span import Span
from nlp.text.clauses import BodyMatch, CueMatch, PhraseMatch, find_bodies, find_cues, find_phrases
from nlp.text.numbers import find_deadlines, find_quantities
from nlp.text.segment import fold, sentences, tokenize

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nlp.comparison.wordspace import WordSpace
    from nlp.law.norm import Deadline, Quantity
    from nlp.text.segment import Token

# syllables that carry grammar, not matter: they never count as matched or unmatched content
FUNCTION_WORDS = frozenset(
    [
        "và",
        "hoặc",
        "là",
        "thì",
        "của",
        "để",
        "tại",
        "theo",
        "cho",
        "từ",
        "đến",
        "trong",
        "với",
        "khi",
        "do",
        "bị",
        "được",
        "các",
        "những",
        "này",
        "đó",
        "nói",
        "về",
        "như",
        "việc",
        "sau",
        "đây",
        "có",
        "một",
        "trên",
        "vào",
        "ra",
        "cùng",
        "bằng",
        "mà",
        "nếu",
        "phải",
    ]
) | frozenset({"có trách nhiệm", "kể từ ngày", "trường hợp"})  # canonical forms of "phải", "từ ngày", "nếu"


@dataclass(frozen=True)
class Facts:
    """One analysed text; every span is over `text`. Words inside numbering marks are left out."""

    text: str
    folded: str
    words: tuple[Word, ...]
    sentences: tuple[Span, ...]
    quantities: tuple[Quantity, ...]
    deadlines: tuple[Deadline, ...]
    cues: tuple[CueMatch, ...]
    bodies: tuple[BodyMatch, ...]
    phrases: tuple[PhraseMatch, ...]

    @cached_property
    def weight(self) -> NDArray[np.float32]:
        """Content weight of each word: its idf, 0 for function words and for words inside quantities."""
        inside = [quantity.span for quantity in self.quantities]
        return np.array(
            [
                0.0 if word.form in FUNCTION_WORDS or any(s.start <= word.start < s.end for s in inside) else word.idf
                for word in self.words
            ],
            dtype=np.float32,
        )

    @cached_property
    def sentence_of(self) -> NDArray[np.int32]:
        """The index of the sentence of each word."""
        starts = [span.start for span in self.sentences]
        return np.array([max(bisect_right(starts, word.start) - 1, 0) for word in self.words], dtype=np.int32)

    @cached_property
    def rows(self) -> NDArray[np.int32]:
        """Rows of the words in the word space."""
        return np.array([word.row for word in self.words], dtype=np.int32)

    def phrases_of(self, group: str) -> tuple[PhraseMatch, ...]:
        """The phrases of one lexicon group, in order."""
        return tuple(phrase for phrase in self.phrases if phrase.group == group)

    def words_in(self, start: int, end: int) -> slice:
        """The index range of the words that begin inside [start, end)."""
        starts = [word.start for word in self.words]
        return slice(bisect_right(starts, start - 1), bisect_right(starts, end - 1))

    def sentence_at(self, position: int) -> Span | None:
        """The sentence around a position."""
        starts = [span.start for span in self.sentences]
        index = bisect_right(starts, position) - 1
        return self.sentences[index] if index >= 0 else None


def read_facts(text: str, space: WordSpace) -> Facts:
    """The facts of a text, remembered per text and space: a provision is compared with many others."""
    return _read(text, id(space), _Hidden(space))


class _Hidden:
    """A cache argument that does not take part in equality."""

    def __init__(self, space: WordSpace) -> None:
        self.space = space

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hidden)


@lru_cache(maxsize=16_384)
def _read(text: str, _: int, hidden: _Hidden) -> Facts:
    spans = sentences(text)
    starts = [span.start for span in spans]

    numbering = ordinals(text) if is_row(text) else ()

    def counts(place: Span) -> bool:  # the number of a clause, point or row measures nothing
        index = bisect_right(starts, place.start) - 1
        return index >= 0 and place.start < spans[index].end and not any(place.overlaps(other) for other in numbering)

    tokens = tuple(token for token in tokenize(text) if counts(Span(token.start, token.end)))
    quantities = tuple(quantity for quantity in _quantities(text) if counts(quantity.span))
    return Facts(
        text,
        fold(text),
        _words(tokens, quantities, hidden.space),
        spans,
        quantities,
        find_deadlines(text),
        find_cues(text),
        find_bodies(text),
        find_phrases(text),
    )


def _quantities(text: str) -> tuple[Quantity, ...]:
    """The amounts of a text; bare cells of table rows are read with their row's unit."""
    found = find_quantities(text)
    cells = row_quantities(text) if is_row(text) else ()
    if not cells:
        return found
    others = (quantity for quantity in found if not any(quantity.span.overlaps(cell.span) for cell in cells))
    return tuple(sorted((*others, *cells), key=lambda quantity: quantity.span))


def _words(tokens: tuple[Token, ...], quantities: tuple[Quantity, ...], space: WordSpace) -> tuple[Word, ...]:
    """The words of a text with each quantity as one word of its exact amount: "15 ngày", "mười lăm ngày" and "15 (mười lăm) ngày" are one form."""
    found: list[Word] = []
    at = 0
    for quantity in quantities:
        run = at
        while at < len(tokens) and tokens[at].start < quantity.span.start:
            at += 1
        found += space.words(tokens[run:at])
        while at < len(tokens) and tokens[at].start < quantity.span.end:
            at += 1
        found.append(Word(_amount(quantity), -1, DEFAULT_IDF, quantity.span.start, quantity.span.end))
    found += space.words(tokens[at:])
    return tuple(found)


def _amount(quantity: Quantity) -> str:
    """An amount as a word: value, upper end and dimension. It begins with a digit, as printed numbers do."""
    upper = "" if quantity.upper is None else f"-{quantity.upper}"
    dimension = "" if quantity.dimension is Dimension.OTHER else quantity.dimension.value
    return f"{quantity.value}{upper}{dimension}"

"""Positions: spans over text, maps between two texts, and boxes on pages."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of character positions: `text[start:end]`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]

    def shift(self, by: int) -> Span:
        """The same span in a text that begins `by` characters earlier."""
        return Span(self.start + by, self.end + by)

    def contains(self, other: Span) -> bool:
        """Whether every position of `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether at least one position lies in both spans."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each run of a derived text came from in its original.

    `derived[i]` and `original[i]` are the starts of the i-th run in both texts; both ascend and begin with 0; inside a run
    positions advance together, a run that got shorter or longer is bounded by the next one. The last pair is (len(derived text), len(original text)).
    """

    derived: tuple[int, ...] = (0, 0)
    original: tuple[int, ...] = (0, 0)

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """The map of a text that was not changed."""
        return cls((0, length), (0, length))

    @classmethod
    def from_positions(cls, positions: Iterable[int], original_length: int) -> OffsetMap:
        """The map of a derived text whose i-th character came from `positions[i]` of the original (non-decreasing)."""
        derived: list[int] = [0]
        original: list[int] = [0]
        expected, index = 0, -1
        for index, position in enumerate(positions):
            if position != expected:
                if index == derived[-1]:
                    original[-1] = position
                else:
                    derived.append(index)
                    original.append(position)
            expected = position + 1
        derived.append(index + 1)
        original.append(original_length)
        return cls(tuple(derived), tuple(original))

    def to_original(self, position: int) -> int:
        """The original position of a derived position; positions inside an inserted run map to its end."""
        run = max(bisect_right(self.derived, position) - 1, 0)
        if run == len(self.derived) - 1:
            return self.original[-1]
        return min(self.original[run] + position - self.derived[run], self.original[run + 1])

    def span_to_original(self, span: Span) -> Span:
        """The original span of a derived span: from its first character to the end of its last."""
        if not len(span):
            at = self.to_original(span.start)
            return Span(at, at)
        start = self.to_original(span.start)
        return Span(start, max(start, self.to_original(span.end - 1) + 1))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in PDF points (1/72 inch), origin at the top left of the page as it is shown."""

    x0: float
    top: float
    x1: float
    bottom: float

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )


@dataclass(frozen=True, slots=True)
class PageRef:
    """A place on a page: `page` counts from 1; `box` is None where the format has no layout (plain text, Word)."""

    page: int
    box: Box | None = None

"""What is read once from a whole text before it is cut into norms: folded form, cues, bodies, quantities, time limits."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from nlp.text.clauses import BodyMatch, CueMatch, find_bodies, find_cues
from nlp.text.numbers import find_deadlines, find_quantities
from nlp.text.segment import fold

if TYPE_CHECKING:
    from nlp.law.norm import Deadline, Quantity
    from nlp.law.span import Span


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


_T = TypeVar("_T", bound=_Placed)


@dataclass(frozen=True, slots=True)
class Placed:
    """Items in text order with their starts, to be cut by place."""

    starts: tuple[int, ...]

    def cut(self, items: tuple[_T, ...], start: int, end: int) -> tuple[_T, ...]:
        """The items that begin inside [start, end) and end in it."""
        chosen = items[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return tuple(item for item in chosen if item.span.end <= end)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with everything that was found in it; all spans are over `text`, `folded` has the same length."""

    text: str
    folded: str
    cues: tuple[CueMatch, ...]
    bodies: tuple[BodyMatch, ...]
    quantities: tuple[Quantity, ...]
    deadlines: tuple[Deadline, ...]
    _cue_at: Placed
    _body_at: Placed
    _quantity_at: Placed
    _deadline_at: Placed

    def cues_in(self, start: int, end: int) -> tuple[CueMatch, ...]:
        """The deontic cues of [start, end)."""
        return self._cue_at.cut(self.cues, start, end)

    def bodies_in(self, start: int, end: int) -> tuple[BodyMatch, ...]:
        """The authorities of [start, end)."""
        return self._body_at.cut(self.bodies, start, end)

    def quantities_in(self, start: int, end: int) -> tuple[Quantity, ...]:
        """The quantities of [start, end)."""
        return self._quantity_at.cut(self.quantities, start, end)

    def deadlines_in(self, start: int, end: int) -> tuple[Deadline, ...]:
        """The time limits that begin in [start, end); their start event may be cut by the end."""
        chosen = self.deadlines[
            bisect_left(self._deadline_at.starts, start) : bisect_left(self._deadline_at.starts, end)
        ]
        return tuple(item for item in chosen if item.quantity.span.end <= end)


def read_text(text: str) -> Reading:
    """The reading of a text."""
    bodies = tuple(body for body in find_bodies(text) if _named(text, body))
    cues, quantities, deadlines = find_cues(text), find_quantities(text), find_deadlines(text)
    return Reading(
        text, fold(text), cues, bodies, quantities, deadlines,
        _placed(cues), _placed(bodies), _placed(quantities), _placed(deadlines),
    )  # fmt: skip


def _placed(items: tuple[_T, ...]) -> Placed:
    return Placed(tuple(item.span.start for item in items))


# words that begin like an office and are none: "cơ sở", "bộ hồ sơ", "tiến bộ", "phòng, chống dịch", "phòng cháy"
_OFFICE_WORD = re.compile(r"(?:bộ|sở|phòng|cục|chi cục|tổng cục|thôn|các sở|vụ)(?!\w)")
_LISTED_PREVENTION = re.compile(r"phòng\s*,\s*(?:chống|ngừa|tránh|trừ)")


def _named(text: str, body: BodyMatch) -> bool:
    """Whether the match names an office: short common words only with a capital ("Sở Y tế", not "cơ sở y tế")."""
    start = body.span.start
    if not _OFFICE_WORD.match(body.form):
        return True
    if _LISTED_PREVENTION.match(text[start : start + 16].lower()):
        return False
    return text[start].isupper()

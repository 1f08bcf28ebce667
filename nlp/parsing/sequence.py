"""Which of many numbered lines form one list: 1, 2, 3, 3a, 4 - and which are citations, dates or inner lists."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Order = tuple[int, int]  # (place, inserted place): "7" is (7, 0), "7a" (7, 1), "đ" (5, 0), "b1" (2, 1)

# The letters of points in their order; f, j, w and z are not used but seen: they count as inserted after their neighbour.
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_STRAY = {"f": "e", "j": "i", "w": "v", "z": "y"}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")

_LARGEST_GAP = 30  # numbers that may be missing between two articles (an extract, a repealed chapter)


def roman(number: str) -> int | None:
    """The value of a Roman numeral, None for anything else."""
    if not number or any(letter not in _ROMAN for letter in number):
        return None
    values = [_ROMAN[letter] for letter in number]
    return sum(-value if value < max(values[index:]) else value for index, value in enumerate(values))


def order_of(number: str) -> Order | None:
    """The place of a printed number in its list: of "7a", "IV", "đ", "b1", "thứ hai", "1.2" (its last part); None if it has none."""
    text = number.strip().lower()
    if match := re.fullmatch(r"(?:\d+\.)*(\d{1,6})([a-zđ]{0,2})", text):
        return int(match[1]), _suffix(match[2])
    if text.startswith("thứ ") and text[4:] in _ORDINALS:
        return _ORDINALS.index(text[4:]) + 1, 0
    if (value := roman(number.strip())) is not None:
        return value, 0
    if match := re.fullmatch(r"([a-zđ])(\d{0,3})", text):
        letter, digits = match[1], int(match[2] or 0)
        if letter in _STRAY:
            return _LETTERS.index(_STRAY[letter]) + 1, digits + 1
        return _LETTERS.index(letter) + 1, digits
    if re.fullmatch(r"([a-zđ])\1", text) and text[0] in _LETTERS:
        return len(_LETTERS) + _LETTERS.index(text[0]) + 1, 0  # "aa" follows "y"
    return None


def _suffix(letters: str) -> int:
    if not letters:
        return 0
    return _LETTERS.find(_STRAY.get(letters[0], letters[0])) + 1 + (len(letters) - 1) * len(_LETTERS)


def follows(last: Order, order: Order) -> bool:
    """Whether `order` is the next place after `last`: 7 after 6 or 6b, 7a after 7, b1 after b."""
    return order == (last[0] + 1, 0) or order == (last[0], last[1] + 1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may begin a unit: its index among the lines, its place and how sure a paragraph starts there (0 to 2)."""

    line: int
    order: Order
    strength: int


@dataclass(frozen=True, slots=True)
class Link:
    """An accepted candidate (by its index in the input); `gap` when places before it are missing, `run` counts restarts from 0."""

    index: int
    gap: bool = False
    run: int = 0


def choose_chain(
    candidates: Sequence[Candidate],
    *,
    free_start: bool = False,
    restarts: bool = False,
    largest_gap: int = _LARGEST_GAP,
) -> list[Link]:
    """The candidates that form one ascending list, in order.

    A candidate that continues the list is taken unless it is unsure and a sure twin follows; one that jumps ahead is taken only when it is sure and the
    missing number does not come later; one that falls back is never taken, except as a new run with `restarts` (a 1 that a 2 follows).
    `free_start` lets the list begin anywhere (payloads, extracts). O(n log n).
    """
    later: dict[Order, list[int]] = defaultdict(list)
    for index, candidate in enumerate(candidates):
        if candidate.strength == 2:
            later[candidate.order].append(index)
    chain: list[Link] = []
    last: Order = (0, 0)
    run = 0
    for index, candidate in enumerate(candidates):
        order = candidate.order
        if candidate.strength == 0:
            continue
        if order <= last:
            if not (restarts and order == (1, 0) and candidate.strength == 2 and _restarts(later, index)):
                continue
            run, last = run + 1, (0, 0)
        if follows(last, order) or (free_start and not chain):
            if candidate.strength == 1 and _next(later, order, index) < _next(later, (order[0] + 1, 0), index):
                continue
            chain.append(Link(index, run=run))
        elif _may_jump(later, last, candidate, index, largest_gap, first=not chain):
            chain.append(Link(index, gap=True, run=run))
        else:
            continue
        last = order
    return chain


_NEVER = 1 << 60


def _next(later: dict[Order, list[int]], order: Order, index: int) -> int:
    """The index of the next sure candidate with that place after `index`."""
    places = later.get(order)
    if not places:
        return _NEVER
    at = bisect_right(places, index)
    return places[at] if at < len(places) else _NEVER


def _restarts(later: dict[Order, list[int]], index: int) -> bool:
    return _next(later, (2, 0), index) < _next(later, (1, 0), index)


def _may_jump(
    later: dict[Order, list[int]], last: Order, candidate: Candidate, index: int, largest_gap: int, *, first: bool
) -> bool:
    missing = candidate.order[0] - last[0] - 1
    if candidate.strength < 2 or missing > largest_gap:
        return False
    if first and missing > 2 and largest_gap < _LARGEST_GAP:
        return False  # "12." as the first number of an article is no khoản
    wanted = _next(later, (last[0] + 1, 0), index)
    return wanted == _NEVER or _next(later, (candidate.order[0] + 1, 0), index) < wanted

"""Where in the document a position stands: its smallest provision, and whether it is inside a quoted payload."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlp.law.document import Provision
    from nlp.law.span import Span


class Places:
    """A lookup from text positions to units of this document and to payloads."""

    def __init__(self, provisions: tuple[Provision, ...], payloads: tuple[Span, ...]) -> None:
        self.provisions = tuple(sorted(provisions, key=lambda unit: (unit.span.start, -unit.span.end)))
        self._starts = [unit.span.start for unit in self.provisions]
        self._parents = self._find_parents()
        self.payloads = payloads
        self._payload_starts = [span.start for span in payloads]

    def _find_parents(self) -> list[int]:
        parents: list[int] = []
        open_: list[int] = []
        for index, unit in enumerate(self.provisions):
            while open_ and self.provisions[open_[-1]].span.end < max(unit.span.end, unit.span.start + 1):
                open_.pop()
            parents.append(open_[-1] if open_ else -1)
            open_.append(index)
        return parents

    def index(self, position: int) -> int:
        """The index of the smallest unit (quoted ones too) that holds the position, -1 if none."""
        index = bisect_right(self._starts, position) - 1
        while index >= 0 and self.provisions[index].span.end <= position:
            index = self._parents[index]
        return index

    def parent(self, index: int) -> int:
        """The index of the unit around a unit, -1 at the top."""
        return self._parents[index]

    def own_index(self, position: int) -> int:
        """As `index`, but only units of this document itself, not those of a quoted payload."""
        index = self.index(position)
        while index >= 0 and self.provisions[index].quoted:
            index = self._parents[index]
        return index

    def source(self, position: int) -> str | None:
        """The path of the smallest unit that holds the position, None in the preamble."""
        index = self.index(position)
        return self.provisions[index].path if index >= 0 else None

    def payload(self, position: int) -> Span | None:
        """The payload that holds the position."""
        at = bisect_right(self._payload_starts, position) - 1
        if at >= 0 and position < self.payloads[at].end:
            return self.payloads[at]
        return None

    def quoted(self, position: int) -> bool:
        """Whether the position stands in a quoted payload, as the tree or the quotes tell."""
        index = self.index(position)
        return (index >= 0 and self.provisions[index].quoted) or self.payload(position) is not None

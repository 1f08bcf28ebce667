"""A unit of the tree while it is being built, and the paths it will have."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.law.document import Level, Provision
from nlp.law.identifiers import ProvisionId
from nlp.law.span import Span
from nlp.parsing.sequence import order_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nlp.law.identifiers import DocumentKey

CONTAINERS = (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION)


@dataclass(slots=True)
class Unit:
    """One unit: its place in lines and text, its heading, and what lies below it."""

    level: Level
    number: str
    start: int
    end: int
    first: int  # index of its first line
    last: int  # index behind its last line
    heading: str = ""
    quoted: bool = False
    children: list[Unit] = field(default_factory=list)

    def walk(self) -> Iterator[Unit]:
        """The unit itself and all below it, parents first, in text order."""
        yield self
        for child in self.children:
            yield from child.walk()


def deepest(units: Sequence[Unit], position: int) -> Unit | None:
    """The smallest unit around a text position, quoted ones left out."""
    found = None
    level = units
    while True:
        below = next((unit for unit in level if unit.start <= position < unit.end and not unit.quoted), None)
        if below is None:
            return found
        found, level = below, below.children


def provisions(units: Sequence[Unit], document: DocumentKey) -> tuple[Provision, ...]:
    """The units as provisions with unique paths, parents before children, in text order.

    An article is named from its part, not from its chapter ("main/art_5"): its number is unique there. A path that a text uses twice gets "~2".
    """
    return tuple(_Namer(document).name(units))


class _Namer:
    def __init__(self, document: DocumentKey) -> None:
        self._document = document
        self._used: dict[str, int] = {}

    def name(self, units: Sequence[Unit]) -> list[Provision]:
        out: list[Provision] = []
        pending = [(unit, "", "main") for unit in reversed(units)]
        children: dict[str, list[str]] = {}
        order: list[tuple[Unit, str, str]] = []
        while pending:
            unit, parent, root = pending.pop()
            path = self._path(unit, parent, root)
            order.append((unit, path, parent))
            if parent:
                children.setdefault(parent, []).append(path)
            below = path if unit.level in (Level.ANNEX, Level.ATTACHED) or unit.quoted else root
            pending.extend((child, path, below) for child in reversed(unit.children))
        for unit, path, parent in order:
            own_end = unit.children[0].start if unit.children else unit.end
            out.append(
                Provision(
                    ProvisionId(self._document, path),
                    unit.level,
                    unit.number,
                    unit.heading,
                    Span(unit.start, unit.end),
                    Span(unit.start, own_end),
                    parent or None,
                    unit.quoted,
                    tuple(children.get(path, ())),
                )
            )
        return out

    def _path(self, unit: Unit, parent: str, root: str) -> str:
        step = f"{unit.level.value}_{path_number(unit)}"
        if unit.level in (Level.ANNEX, Level.ATTACHED) and not parent:
            path = step
        elif unit.level is Level.ARTICLE and not unit.quoted:
            path = f"{root}/{step}"
        else:
            path = f"{parent or root}/{step}"
        seen = self._used.get(path, 0) + 1
        self._used[path] = seen
        return path if seen == 1 else f"{path}~{seen}"


def path_number(unit: Unit) -> str:
    """The number as it stands in paths: letters, digits and dots only; "thứ hai" is "2", an unnumbered annex "1"."""
    number = unit.number
    if number.lower().startswith("thứ ") and (order := order_of(number)) is not None:
        return str(order[0])
    return re.sub(r"[^0-9A-Za-zĐđ.]", "", number.replace("-", ".")).strip(".") or "1"

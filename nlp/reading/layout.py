"""What stands on one page: runs of characters, ruling lines, then printed lines and tables in reading order."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from nlp.law.source import FurnitureKind, TextLayer
from nlp.law.span import Box


@dataclass(frozen=True, slots=True)
class Run:
    """Characters on one baseline without a wide gap; `edges` are len(text) + 1 ascending x positions in points."""

    text: str
    edges: tuple[float, ...]
    box: Box
    size: float  # height of the type in points
    order: int = 0  # position in the file's own order
    uncertain: tuple[tuple[int, int], ...] = ()  # stretches of the text that OCR doubts
    sideways: bool = False  # written in another direction than the page: a tall box, the text as a whole
    stamped: bool = False  # inside the frame of a stamp, or noise of recognition: never text of the document


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruling line of a table, horizontal or vertical, as a thin box."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        """Whether the line runs from left to right."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PageContent:
    """What a page reader (characters of the file, or OCR) found on one page, before any order.

    Positions are those of the page after `turn` and `angle`; `width` and `height` are those of the page after `turn`.
    """

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    rules: tuple[Rule, ...] = ()
    layer: TextLayer = TextLayer.TEXT
    reason: str = "born_digital"
    rotation: int = 0
    confidence: float = 1.0
    turn: int = 0  # the runs stand upright after this many degrees clockwise ...
    angle: float = 0.0  # ... and this fine turn about the middle

    def shown_size(self) -> tuple[float, float]:
        """Width and height of the page as it is shown."""
        return (self.height, self.width) if self.turn in {90, 270} else (self.width, self.height)

    def shown(self, box: Box) -> Box:
        """Where a box stands on the page as it is shown: both turns taken back."""
        corners = [self._point(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        if self.angle:
            cos, sin = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
            dx, dy = x - self.width / 2, y - self.height / 2
            x, y = self.width / 2 + dx * cos + dy * sin, self.height / 2 - dx * sin + dy * cos
        if self.turn == 90:
            return y, self.width - x
        if self.turn == 180:
            return self.width - x, self.height - y
        if self.turn == 270:
            return self.height - y, x
        return x, y


@dataclass(slots=True)
class PrintedLine:
    """One printed line of a page, in reading order; `left` and `right` are the margins of the column it stands in."""

    text: str
    edges: tuple[float, ...]
    box: Box
    size: float
    page: int
    left: float
    right: float
    column: int = 0  # 0: the whole width; otherwise columns side by side, counted from 1
    block: int = 0  # lines side by side in one block share a number above 0
    uncertain: tuple[tuple[int, int], ...] = ()
    furniture: FurnitureKind | None = None
    raised: tuple[tuple[int, int], ...] = ()  # stretches of superscript
    hang: float | None = None  # x of the lines below the first, once a paragraph is known to hang
    starts_block: bool = False  # a column or region begins here: never joined to the line before


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a ruled table: its box, its place, how much it covers, and its printed lines."""

    box: Box
    row: int
    column: int
    row_span: int
    column_span: int
    lines: tuple[PrintedLine, ...]


@dataclass(frozen=True, slots=True)
class GridTable:
    """A ruled table of one page: rows from the top, cells in reading order."""

    page: int
    box: Box
    rows: int
    columns: tuple[float, ...]  # x positions of the column borders
    cells: tuple[GridCell, ...]


@dataclass(slots=True)
class PageLayout:
    """A page in reading order: printed lines and tables as they follow each other."""

    content: PageContent
    items: list[PrintedLine | GridTable] = field(default_factory=list)

"""Small pages built by hand: characters of a fixed width at given places."""

from __future__ import annotations

from nlp.law.span import Box
from nlp.reading.layout import PageContent, PrintedLine, Rule, Run

WIDTH = 6.0  # points a letter


def run(text: str, x: float, top: float, size: float = 12.0, order: int = 0) -> Run:
    edges = tuple(x + WIDTH * index for index in range(len(text) + 1))
    return Run(text, edges, Box(x, top, edges[-1], top + size), size, order)


def page(runs: list[Run], rules: tuple[Rule, ...] = (), number: int = 1) -> PageContent:
    return PageContent(number, 595.0, 842.0, tuple(runs), rules)


def line(
    text: str, x: float = 80.0, top: float = 100.0, page_number: int = 1, column: int = 0, size: float = 12.0
) -> PrintedLine:
    edges = tuple(x + WIDTH * index for index in range(len(text) + 1))
    return PrintedLine(text, edges, Box(x, top, edges[-1], top + size), size, page_number, 80.0, 520.0, column)


def box_rules(xs: list[float], ys: list[float]) -> tuple[Rule, ...]:
    """The ruling lines of a full grid."""
    across = [Rule(xs[0], y - 0.25, xs[-1], y + 0.25) for y in ys]
    down = [Rule(x - 0.25, ys[0], x + 0.25, ys[-1]) for x in xs]
    return (*across, *down)

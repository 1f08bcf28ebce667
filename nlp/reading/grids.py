"""Tables from ruling lines: the cells that the lines wall in, with what they span."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nlp.law.span import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from nlp.reading.layout import Rule

_SNAP = 3.0  # points: lines closer than this are one border
_COVERED = 0.6  # a wall stands where this share of the cell's side is ruled
_MAX_BORDERS = 600  # of one direction; more is a drawing


@dataclass(frozen=True, slots=True)
class Cell:
    """An empty cell: its box and its place among the borders of its table."""

    box: Box
    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table in reading order, and the x positions of its column borders."""

    box: Box
    rows: int
    columns: tuple[float, ...]
    cells: tuple[Cell, ...]


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables that `rules` draw, from top to bottom: at least two columns and two cells each; frames around text are no tables."""
    horizontal = [(rule.x0, rule.x1, (rule.top + rule.bottom) / 2) for rule in rules if rule.horizontal]
    vertical = [(rule.top, rule.bottom, (rule.x0 + rule.x1) / 2) for rule in rules if not rule.horizontal]
    if len(horizontal) < 2 or len(vertical) < 2:
        return []
    grids: list[Grid] = []
    for group_h, group_v in _connected(horizontal, vertical):
        grid = _grid(group_h, group_v)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.box.top, grid.box.x0))


Stroke = tuple[float, float, float]  # from, to, position across


def _connected(horizontal: list[Stroke], vertical: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Strokes that touch each other, directly or through others, group by group."""
    boxes = np.array(
        [(a - _SNAP, at - _SNAP, b + _SNAP, at + _SNAP) for a, b, at in horizontal]
        + [(at - _SNAP, a - _SNAP, at + _SNAP, b + _SNAP) for a, b, at in vertical]
    )
    unseen = np.ones(len(boxes), dtype=bool)
    groups: list[tuple[list[Stroke], list[Stroke]]] = []
    for first in range(len(boxes)):
        if not unseen[first]:
            continue
        members, queue = [], [first]
        unseen[first] = False
        while queue:
            index = queue.pop()
            members.append(index)
            box = boxes[index]
            touching = (
                (boxes[:, 0] <= box[2])
                & (boxes[:, 2] >= box[0])
                & (boxes[:, 1] <= box[3])
                & (boxes[:, 3] >= box[1])
                & unseen
            )
            found = np.flatnonzero(touching)
            unseen[found] = False
            queue.extend(found.tolist())
        groups.append(
            (
                [horizontal[index] for index in members if index < len(horizontal)],
                [vertical[index - len(horizontal)] for index in members if index >= len(horizontal)],
            )
        )
    return groups


def _grid(horizontal: list[Stroke], vertical: list[Stroke]) -> Grid | None:
    ys = _borders(at for _, _, at in horizontal)
    xs = _borders(at for _, _, at in vertical)
    if len(xs) < 3 or len(ys) < 2 or max(len(xs), len(ys)) > _MAX_BORDERS:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    # above[r, c]: the side between row r-1 and row r is ruled over column c; beside[r, c]: the side left of column c
    above = np.stack([_ruled([s for s in horizontal if abs(s[2] - y) <= _SNAP], xs) for y in ys])
    beside = np.stack([_ruled([s for s in vertical if abs(s[2] - x) <= _SNAP], ys) for x in xs], axis=1)
    rooms = _rooms(above, beside, rows, columns)
    cells: list[Cell] = []
    for members in rooms.values():
        top, left = min(r for r, _ in members), min(c for _, c in members)
        bottom, right = max(r for r, _ in members) + 1, max(c for _, c in members) + 1
        if len(members) != (bottom - top) * (right - left):
            continue  # not a rectangle: a missing line; its text stays in the flow
        box = Box(float(xs[left]), float(ys[top]), float(xs[right]), float(ys[bottom]))
        cells.append(Cell(box, top, left, bottom - top, right - left))
    if len(cells) < 2 or len({cell.column for cell in cells}) < 2:
        return None
    cells.sort(key=lambda cell: (cell.row, cell.column))
    box = Box(float(xs[0]), float(ys[0]), float(xs[-1]), float(ys[-1]))
    return Grid(box, rows, tuple(float(x) for x in xs), tuple(cells))


def _borders(positions: Iterable[float]) -> NDArray[np.float64]:
    ordered = sorted(positions)
    clusters: list[list[float]] = []
    for position in ordered:
        if clusters and position - clusters[-1][0] <= _SNAP:
            clusters[-1].append(position)
        else:
            clusters.append([position])
    return np.array([sum(cluster) / len(cluster) for cluster in clusters])


def _ruled(strokes: list[Stroke], borders: NDArray[np.float64]) -> NDArray[np.bool_]:
    covered = np.zeros(len(borders) - 1)
    for a, b, _ in sorted(strokes):
        covered += np.clip(np.minimum(borders[1:], b) - np.maximum(borders[:-1], a), 0, None)
    return covered >= _COVERED * (borders[1:] - borders[:-1])


def _rooms(
    above: NDArray[np.bool_], beside: NDArray[np.bool_], rows: int, columns: int
) -> dict[int, list[tuple[int, int]]]:
    """Unit squares grouped by missing walls; squares open to the outside belong to no room."""
    room = np.full((rows, columns), 0)
    rooms: dict[int, list[tuple[int, int]]] = defaultdict(list)
    number = 0
    for row in range(rows):
        for column in range(columns):
            if room[row, column]:
                continue
            number += 1
            members, queue, is_open = [], [(row, column)], False
            room[row, column] = number
            while queue:
                r, c = queue.pop()
                members.append((r, c))
                for wall, nr, nc in (
                    (above[r, c], r - 1, c),
                    (above[r + 1, c], r + 1, c),
                    (beside[r, c], r, c - 1),
                    (beside[r, c + 1], r, c + 1),
                ):
                    if wall:
                        continue
                    if not (0 <= nr < rows and 0 <= nc < columns):
                        is_open = True
                    elif not room[nr, nc]:
                        room[nr, nc] = number
                        queue.append((nr, nc))
            if not is_open:
                rooms[number] = members
    return dict(rooms)

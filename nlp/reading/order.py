"""The reading order of a page: rows, the two sides of letterheads and signature blocks, columns, ruled tables."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from nlp.law.source import FurnitureKind
from nlp.law.span import Box
from nlp.reading.furniture import BOTTOM_ZONE, GAZETTE, PAGE_NUMBER, TOP_ZONE
from nlp.reading.grids import find_grids
from nlp.reading.layout import GridCell, GridTable, PageContent, PageLayout, PrintedLine, Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.reading.grids import Grid

_WORD_GAP = 0.12  # of the type height: a wider gap between runs is a space
_JOIN_GAP = 1.3  # of the type height: a wider gap parts two pieces of a row
_MARKER_GAP = 6.0  # of the type height: a list marker stands this far from its text at most, and a blank for handwriting is this wide
_GUTTER = 8.0  # points: the narrowest space between columns
_ROW_SHARE = 0.5  # runs of one row share at least half of the smaller height
# "1.", "1.2.", "a)", "đ)", "-", "+", "•", "Điều 5."; what stands alone before a tab
_BLANK_BEFORE = re.compile(r"(?:số\s*:?|ngày|tháng)\s*\d{0,2}$", re.IGNORECASE)
_BLANK_AFTER = re.compile(r"/|tháng\b|năm\b")
_MARKER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]?|[a-zđ]\d?[.)]|[ivxIVX]{1,5}[.)]|[-–+•*]|Điều \d+[a-zđ]?[.:]?)")


def order_page(content: PageContent) -> PageLayout:
    """The page's printed lines and tables in reading order: top to bottom, a pair of columns left before right."""
    grids = find_grids(content.rules)
    apart = [run for run in content.runs if run.stamped and not _is_figure_of_a_cell(run, grids)]
    noise = [_apart(run, content.number, FurnitureKind.STAMP) for run in apart]
    inside, free = _split_by_grids([run for run in content.runs if not any(run is other for other in apart)], grids)
    # the head of a page that stands across its turned table, a watermark: beside the text
    noise += [_apart(run, content.number, FurnitureKind.OTHER) for run in free if run.sideways]
    free = [run for run in free if not run.sideways]
    tables = [_fill(grid, runs, content.number) for grid, runs in zip(grids, inside, strict=True)]
    tables = [table for table in tables if any(cell.lines for cell in table.cells)]
    lines = _lines([run for run in free if _is_on_page(run, content)], content.number, content.height)
    return PageLayout(content, [*_merge(lines, tables), *noise])


_CELL_FIGURE = re.compile(r"\d{1,3}(?:[.,]\d{1,3})*%?|[IVX]{1,4}")


def _is_figure_of_a_cell(run: Run, grids: Sequence[Grid]) -> bool:
    """Whether a doubtful scrap is a number alone in its cell: it stays there, marked, for a price list without it is wrong."""
    if not _CELL_FIGURE.fullmatch(run.text):
        return False
    x, y = (run.box.x0 + run.box.x1) / 2, (run.box.top + run.box.bottom) / 2
    return any(
        cell.box.x0 <= x <= cell.box.x1 and cell.box.top <= y <= cell.box.bottom
        for grid in grids
        for cell in grid.cells
    )


def _is_on_page(run: Run, content: PageContent) -> bool:
    """Whether any of the run can be seen; templates leave old heads beside the page."""
    box = run.box
    return box.x1 > 0 and box.bottom > 0 and box.x0 < content.width and box.top < content.height


def _apart(run: Run, page: int, kind: FurnitureKind) -> PrintedLine:
    line = _line([run], page, run.box.x0, run.box.x1)
    line.furniture = kind
    return line


def _merge(lines: list[PrintedLine], tables: list[GridTable]) -> list[PrintedLine | GridTable]:
    """Tables stand before the first line that begins below their middle."""
    items: list[PrintedLine | GridTable] = list(lines)
    for table in tables:
        middle = (table.box.top + table.box.bottom) / 2
        place = len(items)
        for index, item in enumerate(items):
            if item.box.top >= middle and (isinstance(item, GridTable) or item.column <= 1):
                place = index
                break
        items.insert(place, table)
        if place + 1 < len(items):
            after = items[place + 1]
            if isinstance(after, PrintedLine):
                after.starts_block = True
    return items


def _split_by_grids(runs: Sequence[Run], grids: list[Grid]) -> tuple[list[dict[int, list[Run]]], list[Run]]:
    """Runs by grid and cell number, and the runs outside all cells; a run over a border is cut at it."""
    inside: list[dict[int, list[Run]]] = [{} for _ in grids]
    free: list[Run] = []
    for run in runs:
        middle = (run.box.top + run.box.bottom) / 2
        number = next(
            (
                n
                for n, g in enumerate(grids)
                if g.box.top <= middle <= g.box.bottom and run.box.x1 > g.box.x0 and run.box.x0 < g.box.x1
            ),
            -1,
        )
        if number < 0:
            free.append(run)
            continue
        cells = grids[number].cells
        row = [(index, cell.box) for index, cell in enumerate(cells) if cell.box.top <= middle <= cell.box.bottom]
        for piece, index in _cut(run, row):
            if index < 0:
                free.append(piece)
            else:
                inside[number].setdefault(index, []).append(piece)
    return inside, free


def _cut(run: Run, cells: list[tuple[int, Box]]) -> list[tuple[Run, int]]:
    """The run, or its pieces, with the cell of each; a character belongs to the cell that holds its middle."""
    for index, box in cells:
        if box.x0 - 1 <= run.box.x0 and run.box.x1 <= box.x1 + 1:
            return [(run, index)]
    owners = []
    for left, right in zip(run.edges[:-1], run.edges[1:], strict=True):
        middle = (left + right) / 2
        owners.append(next((index for index, box in cells if box.x0 <= middle < box.x1), -1))
    pieces: list[tuple[Run, int]] = []
    start = 0
    for end in range(1, len(owners) + 1):
        if end == len(owners) or owners[end] != owners[start]:
            piece = slice_run(run, start, end)
            if piece is not None:
                pieces.append((piece, owners[start]))
            start = end
    return pieces


def slice_run(run: Run, start: int, end: int) -> Run | None:
    """The characters start:end of a run without outer spaces, None if nothing is left."""
    while start < end and run.text[start].isspace():
        start += 1
    while end > start and run.text[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    edges = run.edges[start : end + 1]
    doubts = tuple((max(a, start) - start, min(b, end) - start) for a, b in run.uncertain if a < end and b > start)
    return replace(
        run,
        text=run.text[start:end],
        edges=edges,
        box=Box(edges[0], run.box.top, edges[-1], run.box.bottom),
        uncertain=doubts,
    )


def _fill(grid: Grid, inside: dict[int, list[Run]], page: int) -> GridTable:
    cells = tuple(
        GridCell(
            cell.box,
            cell.row,
            cell.column,
            cell.row_span,
            cell.column_span,
            tuple(_cell_lines(inside.get(index, []), cell.box, page)),
        )
        for index, cell in enumerate(grid.cells)
    )
    return GridTable(page, grid.box, grid.rows, grid.columns, cells)


def _cell_lines(runs: list[Run], box: Box, page: int) -> list[PrintedLine]:
    return [_line(row, page, box.x0, box.x1) for row in _rows(runs)]


@dataclass(slots=True)
class _Piece:
    """Runs of one row that belong together."""

    runs: list[Run]
    x0: float
    x1: float
    top: float
    bottom: float


def _rows(runs: list[Run]) -> list[list[Run]]:
    """Runs row by row, each from left to right."""
    rows: list[list[Run]] = []
    spans: list[tuple[float, float]] = []
    for run in sorted(runs, key=lambda run: (run.box.bottom + run.box.top) / 2):
        for index in range(len(rows) - 1, max(len(rows) - 4, -1), -1):
            top, bottom = spans[index]
            shared = min(bottom, run.box.bottom) - max(top, run.box.top)
            if shared >= _ROW_SHARE * min(bottom - top, run.box.bottom - run.box.top):
                rows[index].append(run)
                if run.size > spans[index][1] - spans[index][0]:
                    spans[index] = (run.box.top, run.box.bottom)
                break
        else:
            rows.append([run])
            spans.append((run.box.top, run.box.bottom))
    for row in rows:
        row.sort(key=lambda run: run.box.x0)
    return rows


def _pieces(row: list[Run]) -> list[_Piece]:
    """The row cut at wide gaps; a list marker keeps its text whatever the tab."""
    pieces: list[_Piece] = []
    for run in row:
        if pieces:
            last = pieces[-1]
            size = max(run.size, last.runs[-1].size)
            gap = run.box.x0 - last.x1
            lone_marker = len(last.runs) == 1 and _MARKER.fullmatch(last.runs[0].text) is not None
            if _BLANK_BEFORE.search(last.runs[-1].text) and _BLANK_AFTER.match(run.text):
                lone_marker = True  # a blank left for handwriting: "số:      /QĐ-UBND ngày      tháng"
            if gap <= (_MARKER_GAP if lone_marker else _JOIN_GAP) * size:
                last.runs.append(run)
                last.x1 = max(last.x1, run.box.x1)
                last.top, last.bottom = min(last.top, run.box.top), max(last.bottom, run.box.bottom)
                continue
        pieces.append(_Piece([run], run.box.x0, run.box.x1, run.box.top, run.box.bottom))
    return pieces


def _is_head(row: list[_Piece], height: float) -> bool:
    """Whether a row is a page number or the head of a gazette: no side of a letterhead, wherever it stands."""
    if TOP_ZONE * height < row[0].bottom and row[0].top < BOTTOM_ZONE * height:
        return False
    texts = [" ".join(run.text for run in piece.runs) for piece in row]
    return all(PAGE_NUMBER.fullmatch(text) or GAZETTE.fullmatch(text) for text in texts)


def _lines(runs: list[Run], page: int, height: float) -> list[PrintedLine]:
    if not runs:
        return []
    rows = [_pieces(row) for row in _rows(runs)]
    heads = [_is_head(row, height) for row in rows]
    lines = _flow([row for row, is_head in zip(rows, heads, strict=True) if not is_head], page)
    above: list[PrintedLine] = []
    for row in itertools.compress(rows, heads):
        own = [_line(piece.runs, page, piece.x0, piece.x1) for piece in row]
        for line in own:
            line.starts_block = True
        if row[0].top < height / 2:
            above.extend(own)
        else:
            lines.extend(own)
    return above + lines


def _flow(rows: list[list[_Piece]], page: int) -> list[PrintedLine]:
    """The rows without heads: blocks of two sides, left before right, and lines over the whole width."""
    if not rows:
        return []
    left = min(piece.x0 for row in rows for piece in row)
    right = max(piece.x1 for row in rows for piece in row)
    lines: list[PrintedLine] = []
    index = block_number = 0
    fresh = True
    while index < len(rows):
        end, gutter = _side_by_side(rows, index)
        if end > index:
            block_number += 1
            for column, (low, high) in enumerate(((left, gutter), (gutter, right)), start=1):
                own = [
                    run
                    for row in rows[index:end]
                    for piece in row
                    if low <= (piece.x0 + piece.x1) / 2 <= high
                    for run in piece.runs
                ]
                edge_left = min((run.box.x0 for run in own), default=low)
                edge_right = max((run.box.x1 for run in own), default=high)
                block = [_line(row, page, edge_left, edge_right, column) for row in _rows(own)]
                for line in block:
                    line.block = block_number
                    line.starts_block = line is block[0]
                lines.extend(block)
            index, fresh = end, True
            continue
        line = _line([run for piece in rows[index] for run in piece.runs], page, left, right)
        line.starts_block = fresh
        lines.append(line)
        fresh = False
        index += 1
    return lines


def _side_by_side(rows: list[list[_Piece]], start: int) -> tuple[int, float]:
    """The end of the block of rows from `start` that stand on two sides of one gutter, and the gutter's x; (start, 0) for none."""
    first = next((index for index in range(start, min(start + _LOOK_AHEAD, len(rows))) if len(rows[index]) > 1), None)
    if first is None:
        return start, 0.0
    low, high = max(_strips(rows[first]), key=lambda strip: strip[1] - strip[0])
    if any(
        _narrow(rows[index], low, high) is None or _below(rows[index], rows[index + 1]) > _ADJACENT
        for index in range(start, first)
    ):
        return start, 0.0
    end = first
    for index in range(start, len(rows)):
        strip = _narrow(rows[index], low, high)
        if strip is None or index - end > _MAX_LONE_ROWS:
            break
        low, high = strip
        if len(rows[index]) > 1:
            end = index
    end += 1
    # what follows on the right side alone still belongs to the block: a place and date below the number
    while (
        end < len(rows)
        and len(rows[end]) == 1
        and rows[end][0].x0 >= high - 1
        and _below(rows[end - 1], rows[end]) < 2.0
    ):
        end += 1
    return end, (low + high) / 2


_LOOK_AHEAD = 3  # rows before the first pair that may belong to one side: cells whose rows are not level
_ADJACENT = 0.3  # type heights between two rows that belong together although not level
_MAX_LONE_ROWS = 4  # rows on one side only, between two pairs


def _strips(row: list[_Piece]) -> list[tuple[float, float]]:
    return [(before.x1, after.x0) for before, after in itertools.pairwise(row)]


def _narrow(row: list[_Piece], low: float, high: float) -> tuple[float, float] | None:
    """What is left of the free strip (low, high) beside this row, None if the row stands in it."""
    for piece in row:
        if piece.x0 >= high or piece.x1 <= low:
            continue
        if piece.x1 - low < high - piece.x0:
            low = piece.x1
        else:
            high = piece.x0
        if high - low < _GUTTER:
            return None
    return low, high


def _below(row: list[_Piece], following: list[_Piece]) -> float:
    """The white between two rows in type heights; negative when they overlap."""
    bottom, top = max(piece.bottom for piece in row), min(piece.top for piece in following)
    return (top - bottom) / max(0.1, *(piece.bottom - piece.top for piece in row))


def _line(row: list[Run], page: int, left: float, right: float, column: int = 0) -> PrintedLine:
    text, edges = row[0].text, list(row[0].edges)
    doubts = list(row[0].uncertain)
    size = max(run.size for run in row)
    raised = [(0, len(text))] if _is_raised(row[0], row, size) else []
    for run in row[1:]:
        gap = run.box.x0 - edges[-1]
        if gap > _WORD_GAP * size and not text.endswith(" "):
            text += " "
            edges.append(max(edges[-1], run.edges[0]))
        if _is_raised(run, row, size):
            raised.append((len(text), len(text) + len(run.text)))
        doubts.extend((a + len(text), b + len(text)) for a, b in run.uncertain)
        text += run.text
        floor = edges[-1]
        edges[-1] = max(floor, run.edges[0]) if gap <= _WORD_GAP * size else floor
        edges.extend(max(edge, edges[-1]) for edge in run.edges[1:])
    top = min(run.box.top for run in row if run.size == size)
    bottom = max(run.box.bottom for run in row if run.size == size)
    box = Box(edges[0], top, edges[-1], bottom)
    usual = median(run.size for run in row for _ in run.text)
    return PrintedLine(
        text, tuple(edges), box, usual, page, left, right, column, 0, tuple(doubts), raised=tuple(raised)
    )


_SMALL, _HIGH = 0.8, 0.12  # of the row's type: a superscript is smaller than the first and stands higher by the second


def _is_raised(run: Run, row: list[Run], size: float) -> bool:
    if run.size >= _SMALL * size:
        return False
    base = max(other.box.bottom for other in row if other.size == size)
    return run.box.bottom < base - _HIGH * size

"""Ruling lines of a PDF page: the straight thin strokes and fills that tables are drawn with."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2.raw as pdfium

from nlp.reading.characters import turn_boxes, upright
from nlp.reading.layout import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

_THICKEST = 3.0  # points; a thicker bar is a drawing
_SHORTEST = 4.0  # points
_MAX_PATHS = 20_000  # a page with more is a drawing, not a table
_MAX_DEPTH = 4  # of forms inside forms

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def rules_of(page: pypdfium2.PdfPage, turn: int = 0) -> tuple[Rule, ...]:
    """The page's ruling lines in points from the top left of the page as shown and then turned by `turn` degrees; empty for drawings of too many strokes."""
    found: list[tuple[float, float, float, float]] = []
    for path, matrix in _paths(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, _IDENTITY, 0):
        found.extend(_straight(path, matrix))
        if len(found) > _MAX_PATHS:
            return ()
    if not found:
        return ()
    boxes = upright(page, np.array([(x0, y1, x1, y0) for x0, y0, x1, y1 in found], dtype=np.float64))
    boxes = turn_boxes(boxes, turn, page.get_width(), page.get_height())
    return tuple(Rule(*map(float, box)) for box in boxes)


def _paths(holder: object, count: object, get: object, matrix: Matrix, depth: int) -> Iterator[tuple[object, Matrix]]:
    for index in range(count(holder)):  # type: ignore[operator]
        item = get(holder, index)  # type: ignore[operator]
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield item, matrix
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            inner = _times(_matrix(item), matrix)
            yield from _paths(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1)


def _matrix(item: object) -> Matrix:
    raw = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, raw):
        return _IDENTITY
    return (raw.a, raw.b, raw.c, raw.d, raw.e, raw.f)


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _straight(path: object, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:
    """The straight pieces of a path: thin boxes, or the sides of its rectangles."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(path, left, bottom, right, top):
        return
    if right.value - left.value <= _SHORTEST and top.value - bottom.value <= _SHORTEST:
        return
    if min(right.value - left.value, top.value - bottom.value) <= _THICKEST:
        x0, y0 = _apply(matrix, left.value, bottom.value)
        x1, y1 = _apply(matrix, right.value, top.value)
        yield (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        return
    if not _drawn(path):
        return
    own = _times(_matrix(path), matrix)
    start = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _MAX_PATHS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _apply(own, x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _side(last, point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _side(point, start)
        last = point


def _drawn(path: object) -> bool:
    """Whether the outline itself is visible: stroked; a fill of any size (shading, a white mask) has no outline."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(path, fill, stroke)) and bool(stroke.value)


def _side(a: tuple[float, float], b: tuple[float, float]) -> Iterator[tuple[float, float, float, float]]:
    width, height = abs(a[0] - b[0]), abs(a[1] - b[1])
    if min(width, height) <= 1.0 and max(width, height) > _SHORTEST:
        yield (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f

"""Rows of tables as comparison reads them: the unit stands in one cell and the bare amount in another ("Hộ gia đình tại xã | đồng/hộ/tháng | 45.000")."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from nlp.law.norm import Comparator, Dimension, Quantity
from nlp.law.span import Span
from nlp.text.numbers import find_quantities
from nlp.text.segment import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_CELL = re.compile(r"[^|\n]+")
_ORDINAL = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[IVXLC]{1,6}|[a-zđ]|[A-ZĐ])[.)]?")
_BARE = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_MULTIPLE = (("1.000.000 đồng", "triệu đồng"), ("1.000 đồng", "nghìn đồng"), ("1000 đồng", "nghìn đồng"))
# units that are amounts by themselves; of any other unit ("m²", "cây") a table may give the price or the number, so only rows alike are compared
_OWN = frozenset(
    {Dimension.MONEY, Dimension.PERCENT, Dimension.DURATION, Dimension.CALENDAR_MONTHS, Dimension.WORKING_DAYS}
)
MIN_ALIKE = 0.6  # share of the words of two labels that both have
_WORD = re.compile(r"\w+")
_CLASS = re.compile(r"\d+\w?|[ivxlc]+|[a-zđ]")  # "hạng 2", "loại II", "nhóm b"
_TELLING = frozenset(
    fold(word)
    for word in (
        "không",
        "chưa",
        "đã",
        "đang",
        "trong",
        "ngoài",
        "trên",
        "dưới",
        "trước",
        "sau",
        "nam",
        "nữ",
        "mới",
        "lại",
        "cũ",
    )
)
LONGEST_UNIT = 30  # characters; longer cells say more than a unit


def is_row(text: str) -> bool:
    """Whether a text holds table rows (cells parted by " | ")."""
    return " | " in text


def _lines(text: str) -> Iterator[list[Span]]:
    """The cells of each row, without blanks round them."""
    at = 0
    for line in text.split("\n"):
        if " | " in line:
            found = []
            for match in _CELL.finditer(line):
                cell = match.group()
                start = at + match.start() + len(cell) - len(cell.lstrip())
                if cell.strip():
                    found.append(Span(start, start + len(cell.strip())))
            yield found
        at += len(line) + 1


def ordinals(text: str) -> tuple[Span, ...]:
    """The first cells that only number their rows."""
    return tuple(
        cells[0]
        for cells in _lines(text)
        if len(cells) > 2 and _ORDINAL.fullmatch(cells[0].of(text)) and not _BARE.fullmatch(cells[1].of(text))
    )


def label(text: str) -> str:
    """What a row is about: its cells without number, amounts and units; "" for other texts."""
    if not is_row(text):
        return ""
    numbering = ordinals(text)
    cells = [cell for line in _lines(text) for cell in line if cell not in numbering]
    units = {unit for line in _lines(text) for unit, _ in _amounts(text, line, numbering) if unit is not None}
    kept = (cell.of(text) for cell in cells if cell not in units)
    return " ".join(piece for piece in kept if not _is_amount(piece))


def same_row(a: str, b: str) -> bool:
    """Whether two texts may be rows about one thing: labels (nearly) alike, no number, class or telling word on one side only.

    True where either is no row or has no label.
    """
    mine, other = (frozenset(_WORD.findall(fold(label(text)))) for text in (a, b))
    if not mine or not other:
        return True
    apart = mine ^ other
    if any(word in _TELLING or _CLASS.fullmatch(word) for word in apart):
        return False
    return len(mine & other) >= MIN_ALIKE * len(mine | other)


def _is_amount(cell: str) -> bool:
    """Whether a cell prints an amount and nothing else."""
    return bool(_BARE.fullmatch(cell)) or any(len(quantity.span) == len(cell) for quantity in find_quantities(cell))


def row_quantities(text: str) -> tuple[Quantity, ...]:
    """The amounts of bare number cells, measured by the unit that stands in a cell before them.

    A price per "m²" or a number of "kg" whose own kind the row does not tell is a count of "/m²", comparable with other rows only.
    """
    numbering = ordinals(text)
    found = []
    for line in _lines(text):
        for unit, place in _amounts(text, line, numbering):
            quantity = _quantity(place.of(text), unit.of(text) if unit is not None else "")
            if quantity is not None:
                found.append(replace(quantity, span=place))
    return tuple(found)


def _amounts(text: str, cells: list[Span], numbering: tuple[Span, ...]) -> Iterator[tuple[Span | None, Span]]:
    """Each bare number cell with the cell of its unit; without one only the last cell of a row counts."""
    unit: Span | None = None
    named = [cell for cell in cells if cell not in numbering]
    for cell in named:
        printed = cell.of(text)
        if not _BARE.fullmatch(printed):
            # the first cell names the thing, which may look like something counted ("Lúa nước")
            unit = cell if cell != named[0] and _is_unit(printed) else unit
        elif unit is not None or (cell == named[-1] and cell != named[0]):
            yield unit, cell


def _is_unit(cell: str) -> bool:
    """Whether a cell prints a unit and nothing else: its words measure a number put before them wholly."""
    if len(cell) > LONGEST_UNIT or cell.startswith(("(", "-")):
        return False
    plain = _plain(cell)
    measured = find_quantities(f"5 {plain}")
    if len(measured) != 1:
        return False
    one = measured[0]
    if one.dimension is Dimension.COUNT:
        return one.unit == plain.lower()
    return one.dimension not in {Dimension.OTHER, Dimension.DATE} and len(one.span) == len(plain) + 2


def _plain(cell: str) -> str:
    for printed, word in _MULTIPLE:
        cell = cell.replace(printed, word)
    return cell


def _quantity(number: str, unit: str) -> Quantity | None:
    found = find_quantities(f"{number} {_plain(unit)}".rstrip())
    if len(found) != 1:
        return None
    quantity = found[0]
    if quantity.dimension in _OWN:
        return quantity
    value = Fraction(number.replace(".", "").replace(",", "."))
    plain = replace(quantity, value=value, upper=None, comparator=Comparator.EXACT)
    return replace(plain, dimension=Dimension.COUNT, unit=f"/{unit.lower()}")

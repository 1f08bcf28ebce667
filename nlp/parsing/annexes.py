"""The rows of tables as units: the rule often stands only there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.law.document import Level
from nlp.parsing.units import Unit

if TYPE_CHECKING:
    from nlp.law.source import Table


def table_rows(text: str, table: Table) -> list[Unit]:
    """One ROW for each row of a table below its header rows, numbered by position from 1; empty rows are left out but counted.

    A row reaches to the next row's start, so that rows of a table touch.
    """
    rows = table.rows[table.header_rows :]
    units: list[Unit] = []
    for position, row in enumerate(rows):
        if not row.of(text).replace("|", "").strip():
            continue
        end = rows[position + 1].start if position + 1 < len(rows) else max(row.end, table.span.end)
        units.append(Unit(Level.ROW, str(position + 1), row.start, end, -1, -1))
    return units

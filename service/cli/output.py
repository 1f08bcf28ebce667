"""Results on stdout: JSON for machines, tables for people."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def print_json(value: Mapping[str, object] | Sequence[object]) -> None:
    """The value as indented UTF-8 JSON."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_json_lines(values: Iterable[Mapping[str, object]]) -> None:
    """One JSON object a line."""
    for value in values:
        sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def print_line(text: str = "") -> None:
    """A line of text."""
    sys.stdout.write(text + "\n")


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "") -> None:
    """A table as wide as the terminal; cells are plain text."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        *headings, title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, show_lines=True
    )
    for row in rows:
        table.add_row(*map(Text, row))
    Console(soft_wrap=False).print(table)

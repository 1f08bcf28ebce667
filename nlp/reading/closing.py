"""Furniture in texts without layout: the same closing blocks, told by their words alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.law.span import Box
from nlp.reading.furniture import mark_closing
from nlp.reading.layout import PrintedLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nlp.law.source import FurnitureKind
    from nlp.reading.assemble import TextBuilder

_NOWHERE = Box(0, 0, 0, 0)


def add_lines(builder: TextBuilder, texts: Iterable[str]) -> None:
    """The paragraphs of a document put into `builder`: body first, then the closing blocks as furniture on page 1."""
    lines = [PrintedLine(text.strip(), (), _NOWHERE, 0.0, 1, 0.0, 0.0) for text in texts]
    mark_closing([line for line in lines if line.text])
    pieces: list[tuple[FurnitureKind, list[str]]] = []
    for line in lines:
        if line.furniture is None:
            builder.add(line.text + "\n")
        elif pieces and pieces[-1][0] is line.furniture:
            pieces[-1][1].append(line.text)
        else:
            pieces.append((line.furniture, [line.text]))
    for kind, own in pieces:
        builder.add_furniture(kind, 1, list(own))

"""Spans, offset maps, and quotes on their pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.law.source import Furniture, FurnitureKind, Line, Page, SourceText
from nlp.law.span import Box, OffsetMap, PageRef, Span


@given(st.text(max_size=60), st.sets(st.integers(0, 59)))
def test_offset_map_follows_deletions(text: str, dropped: set[int]) -> None:
    kept = [index for index in range(len(text)) if index not in dropped]
    derived = "".join(text[index] for index in kept)
    offsets = OffsetMap.from_positions(kept, len(text))
    for index, char in enumerate(derived):
        assert text[offsets.to_original(index)] == char
        assert offsets.span_to_original(Span(index, index + 1)) == Span(kept[index], kept[index] + 1)
    assert offsets.to_original(len(derived)) == len(text)


def test_bad_span_is_refused() -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(3, 2)


def test_boxes_cut_lines_at_the_quote() -> None:
    text = "Điều 1.\nPhạm vi\nTrang 1"
    lines = (
        Line(Span(0, 7), 1, Box(10, 20, 80, 30), tuple(range(10, 90, 10))),
        Line(Span(8, 15), 2, Box(10, 40, 80, 50), tuple(range(10, 90, 10))),
    )
    source = SourceText(
        "a.pdf", "application/pdf", "0" * 64, text,
        pages=(Page(1, Span(0, 8)), Page(2, Span(8, 16))), lines=lines,
        furniture=(Furniture(FurnitureKind.PAGE_NUMBER, Span(16, 23), 1),),
    )  # fmt: skip
    assert source.boxes(Span(5, 10)) == (PageRef(1, Box(60, 20, 80, 30)), PageRef(2, Box(10, 40, 30, 50)))
    assert (source.page_of(3), source.page_of(9), source.page_of(20)) == (1, 2, 1)

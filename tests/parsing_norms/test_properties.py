"""Whatever the text: no exception, spans inside the text and in order, linear time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.parsing.norms import extract_norms

if TYPE_CHECKING:
    from nlp.law.norm import Norm

WORDS = [
    "phải",
    "không",
    "được",
    "nếu",
    "thì",
    "trừ",
    "trường",
    "hợp",
    "Sở",
    "Y",
    "tế",
    "cấp",
    "là",
    "hồ",
    "sơ",
    "gồm",
    ":",
    ";",
    ",",
    ".",
    "(",
    ")",
    "“",
    "”",
    "1.",
    "a)",
    "-",
    "+",
    "\n",
    "Điều",
    "5.",
    "kể",
    "từ",
    "ngày",
    "15",
    "ngày",
    "làm",
    "việc",
    "trong",
    "thời",
    "hạn",
    "Phạt",
    "tiền",
    "nghiêm",
    "cấm",
    "các",
    "hành",
    "vi",
    "bị",
    "khi",
    "mà",
    "do",
    "chỉ",
    "có",
    "thể",
    "miễn",
    "phí",
    "5.000.000",
    "đồng",
    "theo",
    "quy",
    "định",
    "của",
    "Luật",
    "từ",
    "ngữ",
    "dưới",
    "đây",
    "được",
    "hiểu",
    "như",
    "sau",
    "Trách",
    "nhiệm",
    "của",
    "Ủy",
    "ban",
    "nhân",
    "dân",
    "cấp",
    "xã",
]

soup = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


def spans_of(norm: Norm) -> list[tuple[int, int]]:
    places = [norm.span, *norm.conditions, *norm.exceptions, *norm.saving]
    places += [quantity.span for quantity in norm.quantities] + [deadline.span for deadline in norm.deadlines]
    return [(place.start, place.end) for place in places]


def check(text: str) -> None:
    norms = extract_norms(text)
    assert [norm.span for norm in norms] == sorted(norm.span for norm in norms)
    for norm in norms:
        assert all(0 <= start <= end <= len(text) for start, end in spans_of(norm))
        assert norm.bearer in text
        assert norm.action in norm.span.of(text)
        assert norm.object in norm.action
        assert norm.term in norm.span.of(text)
        assert norm.authority in norm.span.of(text)
        for place in (*norm.conditions, *norm.exceptions, *norm.saving):
            assert norm.span.contains(place)


@settings(max_examples=300, deadline=None)
@given(soup)
def test_keyword_soup(text: str) -> None:
    check(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    check(text)

"""What holds for every text: the parser never refuses, loses nothing, and its tree is well formed."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.law.identifiers import DocumentKey, ProvisionId, parse_path
from nlp.law.span import Span
from nlp.parsing import parse
from nlp.parsing.lines import LineReader, body_end
from nlp.parsing.quotes import read_payloads
from tests.golden.rewrite import inputs
from tests.parsing.sources import gazette_source, golden_source, plain_source

if TYPE_CHECKING:
    from nlp.law.document import NormativeDocument

# The words that steer the parser, and what may stand between them
_SOUP = st.lists(
    st.sampled_from(
        [
            "Điều 1.", "Điều 2.", "Điều 3a.", "ĐIỀU 4:", "Điều 5 -", "Điều", "1.", "2.", "3a.", "a)", "b)", "đ)", "b1)", "1.1.", "-", "+", "(i)",
            "Chương I", "CHƯƠNG II", "Mục 1", "Tiểu mục 2.", "Phần thứ nhất", "PHỤ LỤC", "PHỤ LỤC II", "Phụ lục I.", "Mẫu số 01",
            "QUY ĐỊNH", "(Ban hành kèm theo Quyết định số 1/2024/QĐ-UBND)", "như sau:", "“", "”", '"', "”.", "Sửa đổi, bổ sung khoản 2 Điều 5 như sau:",
            "Căn cứ Luật Đất đai;", "QUYẾT ĐỊNH:", "Số: 12/2024/QĐ-UBND", "Số:   /2024/NQ-HĐND", "ỦY BAN NHÂN DÂN TỈNH THÁI BÌNH", "NGHỊ ĐỊNH",
            "Hà Nội, ngày 31 tháng 2 năm 2024", "ngày 1.7.2025", "có hiệu lực thi hành kể từ ngày 30/02/2024", "Nghị định này có hiệu lực sau 15 ngày kể từ ngày ký",
            "Nơi nhận:", "TM. CHÍNH PHỦ", "KT. CHỦ TỊCH", "VĂN BẢN HỢP NHẤT", "[1]", "1 Khoản này được bãi bỏ theo", "được sửa đổi, bổ sung bởi:", "I.", "II.", "A.",
            "khoản 1", "Điều 5 Luật này", "x | y", "| |", "\n", "\n\n", " ", ".", ";", ":", "\u0300", "\u2028", "\x0b", "𐀀",
        ]
    ),
    max_size=60,
)  # fmt: skip
_TEXTS = st.one_of(
    _SOUP.map(" ".join),
    _SOUP.map("\n".join),
    st.lists(st.one_of(st.text(max_size=30), _SOUP.map("\n".join)), max_size=6).map("".join),
)


def covered(document: NormativeDocument) -> list[Span]:
    """The header, the top units and the furniture, in order of place; without a unit all is header."""
    tops = [unit.span for unit in document.provisions if unit.parent is None]
    header = Span(0, tops[0].start if tops else len(document.text))
    return sorted([header, *tops, *(piece.span for piece in document.source.furniture)])


def assert_sound(document: NormativeDocument) -> None:
    """The invariants of a parsed document."""
    reached = 0
    for span in covered(document):
        assert not document.text[reached : span.start].strip(), "a piece of text lies in no unit"
        reached = max(reached, span.end)
    assert not document.text[reached:].strip()
    paths = [unit.path for unit in document.provisions]
    assert len(paths) == len(set(paths))
    by_path = {unit.path: unit for unit in document.provisions}
    places = {path: at for at, path in enumerate(paths)}
    for unit in document.provisions:
        parse_path(unit.path)
        assert ProvisionId.parse(str(unit.id)) == unit.id
        assert unit.span.contains(unit.own)
        assert unit.span.of(document.text).strip()
        assert all(by_path[child].parent == unit.path for child in unit.children)
        if unit.parent is not None:
            assert by_path[unit.parent].span.contains(unit.span)
            assert places[unit.parent] < places[unit.path]
            assert unit.path in by_path[unit.parent].children
        siblings = [by_path[child].span for child in unit.children]
        assert all(left.end <= right.start for left, right in itertools.pairwise(siblings))
    assert DocumentKey.parse(str(document.key)) == document.key


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_TEXTS)
def test_keyword_soup_never_fails_and_loses_nothing(text: str) -> None:
    assert_sound(parse(gazette_source(text)))


@pytest.mark.parametrize("path", inputs(), ids=lambda path: path.stem)
def test_golden_documents_are_sound(path: object) -> None:
    from pathlib import Path

    assert isinstance(path, Path)
    assert_sound(parse(golden_source(path.read_text(encoding="utf-8"), path.name)))


@settings(max_examples=100, deadline=None)
@given(_TEXTS)
def test_payloads_are_disjoint_and_inside(text: str) -> None:
    end = 0
    for payload in read_payloads(text):
        assert end <= payload.span.start <= payload.span.end <= len(text)
        end = payload.span.end


@settings(max_examples=100, deadline=None)
@given(_TEXTS)
def test_lines_are_the_text_without_blanks(text: str) -> None:
    source = plain_source(text)
    lines = LineReader(source).lines(Span(0, body_end(source)))
    assert all(line.text == line.span.of(source.text) for line in lines)
    assert "".join("".join(line.text.split()) for line in lines) == "".join(source.text.split())

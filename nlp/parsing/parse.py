"""One text in, one document out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nlp.law.document import NormativeDocument
from nlp.law.source import Furniture, ParseIssue, Severity
from nlp.law.span import Span
from nlp.parsing.amendments import extract_amendments
from nlp.parsing.header import read_header
from nlp.parsing.legal_bases import read_legal_bases
from nlp.parsing.lines import LineReader
from nlp.parsing.references import extract_references
from nlp.parsing.tree import Tree, build_tree
from nlp.parsing.units import provisions

if TYPE_CHECKING:
    from nlp.law.source import SourceText


def parse(source: SourceText) -> NormativeDocument:
    """The document that a source text prints: header, tree, legal bases, references and amendments.

    Guarantees: never raises on any text; the header, the top units and the furniture cover every character once, in text order up to the closing
    furniture; the signature blocks and recipients found here are added to the document's `source.furniture`.
    """
    tree = build_tree(source)
    head_lines = LineReader(source).lines(Span(0, tree.header_end))
    reading = read_header(source, head_lines, tree.units, tree.closings)
    units = provisions(tree.units, reading.key)
    bases = read_legal_bases(source.text, head_lines)
    preamble = Span(bases[0].span.start, bases[-1].span.end) if bases else None
    references = extract_references(source.text, units, preamble)
    amendments = extract_amendments(source.text, units, references)
    issues = (*source.issues, *reading.issues, *_no_provision(tree, source), *_continues(source), *tree.issues)
    return NormativeDocument(
        reading.key, reading.header, with_closings(source, tree), units, bases, references, amendments, issues
    )


def with_closings(source: SourceText, tree: Tree) -> SourceText:
    """The source with the closing pieces marked as furniture, in text order."""
    if not tree.closings:
        return source
    found = (Furniture(piece.kind, piece.span, source.page_of(piece.span.start) or 1) for piece in tree.closings)
    return replace(source, furniture=tuple(sorted((*source.furniture, *found), key=lambda piece: piece.span)))


_CONTINUED = re.compile(r"\(\s*Xem\s+tiếp\s+(?:theo\s+)?Công\s+báo[^)\n]{0,60}\)?", re.IGNORECASE)


def _continues(source: SourceText) -> tuple[ParseIssue, ...]:
    """An issue when a gazette says that the rest of the text stands in its next number."""
    note = "Văn bản chưa hết: phần tiếp theo đăng ở số Công báo khác, các quy định ở phần đó chưa được đọc."
    return tuple(
        ParseIssue("text_continues", note, span=Span(*match.span())) for match in _CONTINUED.finditer(source.text)
    )


def _no_provision(tree: Tree, source: SourceText) -> tuple[ParseIssue, ...]:
    if tree.units or not source.text.strip():
        return ()
    note = "Không tìm thấy điều, khoản hay mục nào: văn bản chỉ được tìm kiếm toàn văn."
    return (ParseIssue("no_provision", note, Severity.INFO),)

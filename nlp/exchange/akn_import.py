"""Import of Akoma Ntoso 3.0: the text of an act as reading would hand it over, ready for parsing."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from lxml import etree

from nlp.errors import InputError
from nlp.law.source import SourceText, Table, TableCell
from nlp.law.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

MEDIA_TYPE = "application/akn+xml"
_UNITS = frozenset(
    {
        "part",
        "chapter",
        "section",
        "subsection",
        "article",
        "paragraph",
        "point",
        "indent",
        "hcontainer",
        "clause",
        "alinea",
        "item",
    }
)
_SKIPPED = frozenset({"meta"})
_TITLED = frozenset(
    {"part", "chapter", "section", "subsection", "hcontainer", "attachment"}
)  # their title stands on a line of its own
_JOIN = "\x01"  # behind a number: its words follow on the same line; XML cannot hold it, so no text does
_LINE_ENDS = frozenset({"p", "heading", "docTitle", "tr", "li", "longTitle", "subheading"})


def read_akn(data: bytes, name: str) -> SourceText:
    """The source text of an Akoma Ntoso file: each numbered unit and each paragraph begins a line, quoted structures stand in “ ”.

    Raises InputError when the bytes are no XML or hold no Akoma Ntoso document. External entities and DTDs are not followed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(
            "invalid_xml",
            where=name,
            what=f"Tệp không phải là XML hợp lệ ({error.msg}).",
            remedy="Hãy xuất lại tệp Akoma Ntoso.",
            what_en=f"The file is not well-formed XML ({error.msg}).",
            remedy_en="Export the Akoma Ntoso file again.",
        ) from error
    if _local(root) != "akomaNtoso":
        raise InputError(
            "not_akoma_ntoso",
            where=name,
            what=f"Tệp XML có phần tử gốc là «{_local(root)}», không phải Akoma Ntoso.",
            remedy="Hãy nạp tệp có phần tử gốc là akomaNtoso.",
            what_en=f"The root element is {_local(root)}, not akomaNtoso.",
            remedy_en="Load a file whose root element is akomaNtoso.",
        )
    text = unicodedata.normalize("NFC", _layout("".join(_pieces(root))))
    return SourceText(name, MEDIA_TYPE, hashlib.sha256(data).hexdigest(), text, tables=tuple(_tables(text)))


_ROWS = re.compile(r"(?:^[^\n|]*(?:\|[^\n|]*)+\n){2,}", re.MULTILINE)


def _tables(text: str) -> Iterator[Table]:
    """Runs of lines with cells: the first line names the columns."""
    for match in _ROWS.finditer(text):
        rows: list[Span] = []
        cells: list[TableCell] = []
        at = match.start()
        for line in match[0].splitlines(keepends=True):
            row = Span(at, at + len(line) - 1)
            start = row.start
            for column, words in enumerate(line[:-1].split(" | ")):
                cells.append(TableCell(len(rows), column, Span(start, start + len(words))))
                start += len(words) + 3
            rows.append(row)
            at += len(line)
        yield Table(Span(match.start(), match.end()), 1, tuple(rows), tuple(cells), header_rows=1)


def _layout(text: str) -> str:
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.splitlines())
    joined = re.sub(rf"{_JOIN}\s*", " ", "\n".join(line for line in lines if line))
    return re.sub(r"“\n", "“", joined).replace("\n”", "”") + "\n"


def _pieces(element: etree._Element) -> Iterator[str]:
    tag = _local(element)
    if not tag or tag in _SKIPPED or (tag == "heading" and _parent(element) == "attachment"):
        return  # the title of an attachment stands once more among its own words
    if tag in _UNITS or tag in _LINE_ENDS or tag == "quotedStructure":
        yield "\n"
    if tag == "quotedStructure":
        yield element.get("startQuote") or "“"
    yield _words(element.text)
    for child in element:
        yield from _pieces(child)
        yield _words(child.tail)
    if tag == "num":
        # "Chương I" stands above its title; "I. QUY ĐỊNH CHUNG" and "Điều 5. Tên" share a line with it
        alone = _parent(element) in _TITLED and not (element.text or "").rstrip().endswith(
            (".", ")", "/", "-", "–", ":")
        )
        yield "\n" if alone else _JOIN
    if tag in _LINE_ENDS:
        yield "\n"
    if tag == "quotedStructure":
        yield (element.get("endQuote") or "”") + "\n"


def _words(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def _parent(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else _local(parent)


def _local(element: etree._Element) -> str:
    return (
        ""
        if element.tag in (etree.Comment, etree.Entity, etree.ProcessingInstruction)
        else etree.QName(element).localname
    )

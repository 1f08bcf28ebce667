"""HTML pages of vbpl.vn and the gazettes: paragraphs and tables of the document, without the site around it."""

from __future__ import annotations

import re
from email import message_from_bytes
from typing import TYPE_CHECKING

from lxml import etree, html

from nlp.reading.assemble import TextBuilder
from nlp.reading.failures import failure
from nlp.reading.flat import FlatCell, FlatTable, add_blocks, paragraph
from nlp.reading.plain import decoded
from nlp.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from nlp.law.source import SourceText
    from nlp.reading.flat import Block
    from nlp.settings import ReadingSettings

MEDIA_TYPE = "text/html"
_SKIPPED = {
    "script",
    "style",
    "head",
    "noscript",
    "iframe",
    "nav",
    "form",
    "select",
    "button",
    "svg",
    "template",
    "object",
    "embed",
    "canvas",
}
_BLOCKS = {
    "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "blockquote", "center", "pre", "dd", "dt", "dl",
    "fieldset", "main", "header", "footer", "body", "html", "tbody", "thead", "tr", "td", "th", "hr", "aside",
}  # fmt: skip
# where the sites keep the document itself, best first
_CONTENT = (
    "//*[@id='toanvancontent']",
    "//*[contains(concat(' ', @class, ' '), ' toanvan ')]",
    "//*[@id='divContentDoc']",
    "//*[contains(concat(' ', @class, ' '), ' content1 ')]",
    "//article",
    "//main",
)
_LAYOUT_WORDS = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI|Nơi nhận|^\s*(?:TM|KT|TL|TUQ)\.", re.IGNORECASE | re.MULTILINE
)
_MAX_LAYOUT_ROWS = 6
_MAX_DEPTH = 200
_MIN_CONTENT = 200  # letters


def read_html(data: bytes, name: str, sha256: str, settings: ReadingSettings) -> SourceText:
    """The text of an HTML page; raises InputError for pages nested beyond reason."""
    del settings
    text = _decoded(_page_of_archive(data), name)
    try:
        root = html.document_fromstring(
            text, parser=html.HTMLParser(huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise failure("html_damaged", name) from error
    builder = TextBuilder()
    add_blocks(
        builder, [block for block in _blocks(_content(root), 0, 0) if isinstance(block, FlatTable) or block.text]
    )
    return builder.source(name, MEDIA_TYPE, sha256)


def is_web_archive(data: bytes) -> bool:
    """Whether the bytes are a page saved by Word or a browser as one file (MHTML)."""
    head = data[:1024].lower()
    return head.lstrip().startswith((b"mime-version:", b"from: <saved by")) and b"multipart/related" in head


def _page_of_archive(data: bytes) -> bytes:
    """The page inside an MHTML file, with its code declared; other bytes as they are."""
    if not is_web_archive(data):
        return data
    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload
    return data


def _decoded(data: bytes, name: str) -> str:
    declared = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", data[:4096])
    if declared and declared.group(1).lower() not in {b"utf-8", b"utf8", b"iso-8859-1", b"windows-1252", b"us-ascii"}:
        try:
            return data.decode(declared.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    text, _ = decoded(data, name)
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _content(root: HtmlElement) -> HtmlElement:
    for path in _CONTENT:
        found = [item for item in root.xpath(path) if len(item.text_content()) >= _MIN_CONTENT]
        if found:
            return max(found, key=lambda item: len(item.text_content()))
    body = root.find("body")
    return root if body is None else body


def _blocks(item: HtmlElement, column: int, depth: int) -> Iterator[Block]:
    """Paragraphs and tables below an element; inline text between blocks is a paragraph of its own."""
    gathered: list[str] = [item.text or ""]

    def flush() -> Iterator[Block]:
        text = _clean("".join(gathered))
        gathered.clear()
        for line in text.split("\n"):
            if line.strip():
                yield paragraph(line, column)

    for child in item:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _SKIPPED or _is_hidden(child):
            pass
        elif tag == "br":
            gathered.append("\u2028")
        elif tag == "table":
            yield from flush()
            yield from _table(child, depth + 1)
        elif (
            tag in _BLOCKS
            or any(inner.tag in _BLOCKS or inner.tag == "table" for inner in child.iter() if isinstance(inner.tag, str))
        ) and depth < _MAX_DEPTH:
            yield from flush()
            yield from _blocks(child, column, depth + 1)
        else:
            gathered.append(_inline(child))
        gathered.append(child.tail or "")
    yield from flush()


def _inline(item: HtmlElement) -> str:
    parts = [item.text or ""]
    for child in item.iter():
        if child is item:
            continue
        if child.tag == "br":
            parts.append("\u2028")
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            parts.append(child.text or "")
        parts.append(child.tail or "")
    return "".join(parts)


def _is_hidden(item: HtmlElement) -> bool:
    return "display:none" in (item.get("style") or "").replace(" ", "").lower()


def _clean(text: str) -> str:
    """White space of the source is one space; only <br> (kept as U+2028 until here) breaks a line."""
    spaced = re.sub(r"[ \t\r\n\f\v]+", " ", normalise(text).text)
    return "\n".join(line.strip() for line in spaced.split("\u2028"))


def _table(table: HtmlElement, depth: int) -> Iterator[Block]:
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr") if _owner(row) is table]
    width = max(map(len, rows), default=0)
    nested = depth < _MAX_DEPTH
    if width <= 1 or (
        len(rows) <= _MAX_LAYOUT_ROWS and width <= 3 and _LAYOUT_WORDS.search(normalise(table.text_content()).text)
    ):
        for column in range(width):
            for row in rows:
                if column < len(row) and nested:
                    yield from _blocks(row[column], min(column + 1, 2) if width > 1 else 0, depth + 1)
        return
    yield FlatTable(tuple(_data_rows(rows)))


def _owner(row: HtmlElement) -> HtmlElement | None:
    return next(row.iterancestors("table"), None)


def _data_rows(rows: list[list[HtmlElement]]) -> Iterator[tuple[FlatCell, ...]]:
    covered: dict[int, int] = {}  # columns still taken by a cell from above, and for how many rows
    for row in rows:
        out: list[FlatCell] = []
        column = 0
        for cell in row:
            while covered.get(column, 0) > 0:
                covered[column] -= 1
                out.append(FlatCell("", column))
                column += 1
            wide, tall = _span(cell, "colspan"), _span(cell, "rowspan")
            out.append(FlatCell(re.sub(r"\s+", " ", _clean(" ".join(cell.itertext()))).strip(), column, tall, wide))
            for step in range(wide):
                covered[column + step] = tall - 1
            column += wide
        if any(cell.text for cell in out):
            yield tuple(out)


_MAX_SPAN = 200


def _span(cell: HtmlElement, name: str) -> int:
    text = cell.get(name) or "1"
    return min(max(int(text), 1), _MAX_SPAN) if text.isdigit() and len(text) < 6 else 1

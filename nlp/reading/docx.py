"""Word files (.docx): paragraphs with the numbers that Word prints, tables, tracked changes as accepted, footnotes apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.law.source import FurnitureKind, ParseIssue, Severity, SourceText
from nlp.reading.assemble import TextBuilder
from nlp.reading.docx_numbers import Numbering, W, numbering_of, whole
from nlp.reading.failures import failure
from nlp.reading.flat import FlatCell, FlatTable, add_blocks, paragraph
from nlp.reading.package import Package
from nlp.text.legacy import LegacyEncoding, decode, detect, encoding_of_font
from nlp.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from nlp.reading.flat import Block
    from nlp.settings import ReadingSettings

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LAYOUT_WORDS = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI|Nơi nhận|^\s*(?:TM|KT|TL|TUQ)\.", re.IGNORECASE | re.MULTILINE
)
_MAX_LAYOUT_ROWS = 6


def read_docx(data: bytes, name: str, sha256: str, settings: ReadingSettings) -> SourceText:
    """The text of a .docx file; raises InputError for damaged, encrypted or bomb-like packages."""
    package = Package(data, name, settings)
    root = package.xml(_main_part(package))
    if root is None:
        raise failure("not_a_word_file", name)
    styles = package.xml("word/styles.xml")
    reading = _Reading(numbering_of(package.xml("word/numbering.xml"), styles), _style_fonts(styles))
    body = root.find(f"{W}body")
    reading.legacy = detect("".join(item.text or "" for item in root.iter(f"{W}t")))
    blocks = list(reading.blocks(body)) if body is not None else []
    builder = TextBuilder()
    add_blocks(builder, blocks)
    for part, kind in (("word/footnotes.xml", FurnitureKind.FOOTNOTE), ("word/endnotes.xml", FurnitureKind.FOOTNOTE)):
        for note in _notes(package.xml(part), reading):
            builder.add_furniture(kind, 1, [note])
    for part in sorted(package.names):
        if re.fullmatch(r"word/(?:header|footer)\d*\.xml", part):
            held = package.xml(part)
            texts = (
                [] if held is None else [text for item in held.iter(f"{W}p") if (text := reading.text(item).strip())]
            )
            if texts:
                builder.add_furniture(FurnitureKind.RUNNING_HEAD, 1, texts)
    return builder.source(name, MEDIA_TYPE, sha256, (), _issues(package, reading))


_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def _main_part(package: Package) -> str:
    """The name of the part that holds the document: "word/document.xml", or what the package says (Word online writes document2.xml)."""
    relations = package.xml("_rels/.rels")
    for item in relations.iter(f"{_RELATIONS}Relationship") if relations is not None else ():
        if (item.get("Type") or "").endswith("/officeDocument"):
            return (item.get("Target") or "").lstrip("/")
    return "word/document.xml"


def _issues(package: Package, reading: _Reading) -> list[ParseIssue]:
    issues: list[ParseIssue] = []
    if reading.tracked:
        issues.append(
            ParseIssue(
                "tracked_changes_accepted",
                f"Tệp còn {reading.tracked} thay đổi đang theo dõi (track changes); văn bản được đọc như đã chấp nhận tất cả.",
                Severity.WARNING,
            )
        )
    if any(
        part.endswith(("vbaProject.bin", ".exe", ".js")) or part.startswith("word/embeddings/")
        for part in package.names
    ):
        issues.append(
            ParseIssue(
                "embedded_ignored", "Tệp có đối tượng nhúng hoặc macro; phần này không được đọc.", Severity.WARNING
            )
        )
    if reading.legacy is not None:
        issues.append(
            ParseIssue(
                "text_recoded",
                f"Văn bản dùng phông chữ cũ, được giải mã từ {reading.legacy.value.upper()} sang Unicode.",
                Severity.INFO,
            )
        )
    return issues


def _style_fonts(styles: _Element | None) -> dict[str, str]:
    """Font names by style id, inherited; "" holds the document's default."""
    if styles is None:
        return {}
    fonts: dict[str, str] = {"": _font(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))}
    parents: dict[str, str] = {}
    for style in styles.findall(f"{W}style"):
        identity = style.get(f"{W}styleId", "")
        based = style.find(f"{W}basedOn")
        parents[identity] = based.get(f"{W}val", "") if based is not None else ""
        fonts[identity] = _font(style.find(f"{W}rPr"))
        if style.get(f"{W}default") in {"1", "true"} and style.get(f"{W}type") == "paragraph" and fonts[identity]:
            fonts[""] = fonts[identity]
    for identity in list(fonts):
        at, steps = identity, 0
        while not fonts.get(at) and at in parents and steps < 20:
            at, steps = parents[at], steps + 1
        fonts[identity] = fonts.get(at, "")
    return fonts


def _font(properties: _Element | None) -> str:
    held = properties.find(f"{W}rFonts") if properties is not None else None
    if held is None:
        return ""
    return held.get(f"{W}ascii") or held.get(f"{W}hAnsi") or ""


def _notes(part: _Element | None, reading: _Reading) -> Iterator[str]:
    if part is None:
        return
    for note in part:
        if note.get(f"{W}type") in {"separator", "continuationSeparator", "continuationNotice"}:
            continue
        text = " ".join(filter(None, (reading.text(item).strip() for item in note.iter(f"{W}p"))))
        if text:
            yield f"[{note.get(f'{W}id', '')}] {text}"


@dataclass(slots=True)
class _Reading:
    """What is known while the paragraphs go by."""

    numbering: Numbering
    fonts: dict[str, str]
    legacy: LegacyEncoding | None = None
    tracked: int = 0
    pending: str = ""  # of paragraphs whose mark was deleted: it goes on in the next one
    boxes: list[str] = field(default_factory=list)  # texts of boxes that float beside the paragraph at hand

    def blocks(self, holder: _Element, column: int = 0) -> Iterator[Block]:
        """The paragraphs and tables of a body, content control or cell, in order."""
        for item in holder:
            if item.tag == f"{W}p":
                yield from self._paragraphs(item, column)
            elif item.tag == f"{W}tbl":
                yield from self._table(item)
            elif item.tag in {f"{W}sdt", f"{W}customXml", f"{W}ins", f"{W}moveTo"}:
                inner = item.find(f"{W}sdtContent")
                yield from self.blocks(item if inner is None else inner, column)

    def _paragraphs(self, item: _Element, column: int) -> Iterator[Block]:
        self.boxes.clear()
        text = self.text(item)
        if item.find(f"{W}pPr/{W}rPr/{W}del") is not None or item.find(f"{W}pPr/{W}rPr/{W}moveFrom") is not None:
            self.tracked += 1
            self.pending += text
            return
        # a deleted paragraph leaves no number; an empty one that is numbered prints its number
        label = self._label(item)
        text, self.pending = self.pending + text, ""
        if label and (text.strip() or label != "-"):
            text = f"{label} {text.lstrip()}".rstrip()
        for line in text.split("\n"):
            yield paragraph(line, column)
        for box in list(self.boxes):
            yield paragraph(box, column)

    def _label(self, item: _Element) -> str:
        properties = item.find(f"{W}pPr")
        if properties is None:
            return ""
        style = properties.find(f"{W}pStyle")
        number, level = self.numbering.styles.get(style.get(f"{W}val", "") if style is not None else "", ("", 0))
        held = properties.find(f"{W}numPr")
        if held is not None:
            own, depth = held.find(f"{W}numId"), held.find(f"{W}ilvl")
            number = own.get(f"{W}val", "") if own is not None else number
            level = whole(depth.get(f"{W}val", "0"), 0) if depth is not None else level
        return self.numbering.label(number, level) if number and number != "0" else ""

    def text(self, item: _Element) -> str:
        """The printed text of a paragraph; line breaks inside are kept, deleted and hidden runs left out."""
        style = item.find(f"{W}pPr/{W}pStyle")
        base = self.fonts.get(style.get(f"{W}val", "") if style is not None else "", "") or self.fonts.get("", "")
        joined = "".join(self._inline(item, base))
        return normalise(joined).text

    def _inline(self, holder: _Element, base: str) -> Iterator[str]:
        for item in holder:
            tag = item.tag
            if tag == f"{W}r":
                yield self._run(item, base)
            elif tag in {f"{W}del", f"{W}moveFrom"}:
                self.tracked += 1
            elif tag in {f"{W}ins", f"{W}moveTo"}:
                self.tracked += 1
                yield from self._inline(item, base)
            elif tag in {
                f"{W}hyperlink",
                f"{W}smartTag",
                f"{W}fldSimple",
                f"{W}sdt",
                f"{W}sdtContent",
                f"{W}customXml",
                f"{W}dir",
                f"{W}bdo",
            }:
                yield from self._inline(item, base)
            elif tag == f"{_MC}AlternateContent":
                choice = item.find(f"{_MC}Choice")
                if choice is not None:
                    yield from self._inline(choice, base)

    def _run(self, run: _Element, base: str) -> str:
        properties = run.find(f"{W}rPr")
        if properties is not None and _on(properties.find(f"{W}vanish")):
            return ""
        font = _font(properties)
        if not font and properties is not None and (style := properties.find(f"{W}rStyle")) is not None:
            font = self.fonts.get(style.get(f"{W}val", ""), "")
        text = "".join(self._pieces(run))
        encoding, capitals = encoding_of_font(font or base)
        # a legacy font name on a text that is already Unicode is common in converted files: the letters decide
        if self.legacy is not None:
            text = decode(text, encoding or self.legacy)
            capitals = capitals and encoding is not None
        else:
            capitals = False
        if capitals or (properties is not None and _on(properties.find(f"{W}caps"))):
            text = text.upper()
        return text

    def _pieces(self, run: _Element) -> Iterator[str]:
        for item in run:
            tag = item.tag
            if tag == f"{W}t":
                yield (item.text or "").replace("\u00ad", "\u00ad" if self.legacy else "").replace("\n", " ")
            elif tag == f"{W}tab":
                yield "\t"
            elif tag in {f"{W}br", f"{W}cr"}:
                yield "\n"
            elif tag == f"{W}noBreakHyphen":
                yield "-"
            elif tag == f"{W}softHyphen":
                yield "\u00ad" if self.legacy else ""  # in TCVN3 the code of ư
            elif tag == f"{W}sym":
                yield "-" if item.get(f"{W}char", "").upper() in {"F02D", "002D"} else "•"
            elif tag == f"{_MC}AlternateContent":
                choice = item.find(f"{_MC}Choice")
                self._box(choice if choice is not None else item)
            elif tag in {f"{W}drawing", f"{W}pict", f"{W}object"}:
                self._box(item)

    def _box(self, item: _Element) -> None:
        for content in item.iter(f"{W}txbxContent"):
            held = list(self.boxes)
            texts = [self.text(inner).strip() for inner in content.iter(f"{W}p")]
            self.boxes = held + [text for text in texts if text]

    def _table(self, table: _Element) -> Iterator[Block]:
        rows = list(_rows(table))
        cells = [list(_cells(row)) for row in rows]
        plain = "\n".join("".join(map(str, item.itertext())) for item in table.iter(f"{W}p"))
        decoded = decode(plain, self.legacy) if self.legacy else normalise(plain).text
        if len(rows) <= _MAX_LAYOUT_ROWS and max(map(len, cells), default=0) <= 3 and _LAYOUT_WORDS.search(decoded):
            # a letterhead or signature block: side by side, not a table
            width = max(map(len, cells))
            for column in range(width):
                for row_cells in cells:
                    if column < len(row_cells):
                        for block in self.blocks(row_cells[column], min(column + 1, 2)):
                            if isinstance(block, FlatTable) or block.text:
                                yield block
            return
        if max(map(len, cells), default=0) <= 1:
            for row_cells in cells:  # a frame
                for cell in row_cells:
                    yield from self.blocks(cell)
            return
        yield FlatTable(tuple(self._data_rows(cells)))

    def _data_rows(self, rows: list[list[_Element]]) -> Iterator[tuple[FlatCell, ...]]:
        spans = _vertical_spans(rows)
        for index, row in enumerate(rows):
            column = 0
            out: list[FlatCell] = []
            for cell in row:
                width = _width(cell)
                if (index, column) in spans:
                    out.append(FlatCell(self._cell_text(cell), column, spans[index, column], width))
                else:
                    out.append(FlatCell("", column, 1, width))  # goes on from the row above
                column += width
            if any(cell.text for cell in out):
                yield tuple(out)

    def _cell_text(self, cell: _Element) -> str:
        texts: list[str] = []
        for block in self.blocks(cell):
            if isinstance(block, FlatTable):
                texts.extend(" ".join(inner.text for inner in row) for row in block.rows)
            else:
                texts.append(block.text)
        return re.sub(r"\s+", " ", " ".join(texts)).strip()


def _on(flag: _Element | None) -> bool:
    return flag is not None and flag.get(f"{W}val") not in {"0", "false", "off"}


def _rows(table: _Element) -> Iterator[_Element]:
    for item in table:
        if item.tag == f"{W}tr":
            if item.find(f"{W}trPr/{W}del") is None:
                yield item
        elif item.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"}:
            yield from _rows(item)


def _cells(row: _Element) -> Iterator[_Element]:
    for item in row:
        if item.tag == f"{W}tc":
            yield item
        elif item.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml"}:
            yield from _cells(item)


def _width(cell: _Element) -> int:
    held = cell.find(f"{W}tcPr/{W}gridSpan")
    text = held.get(f"{W}val", "1") if held is not None else "1"
    return max(int(text), 1) if text.isdigit() and len(text) < 4 else 1


def _vertical_spans(rows: list[list[_Element]]) -> dict[tuple[int, int], int]:
    """Rows covered by each cell that is not the continuation of one above, by (row, column)."""
    spans: dict[tuple[int, int], int] = {}
    open_cells: dict[int, tuple[int, int]] = {}
    for index, row in enumerate(rows):
        column = 0
        for cell in row:
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(f"{W}val") != "restart" and column in open_cells:
                spans[open_cells[column]] += 1
            else:
                spans[index, column] = 1
                if merge is not None:
                    open_cells[column] = (index, column)
                else:
                    open_cells.pop(column, None)
            column += _width(cell)
    return spans

"""Documents as Word files in the official layout; one kind carries Word-generated numbers for "Điều" and "khoản"."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from .pdf import is_heading, label, vietnamese_month
from .source import Block, Mark, Part, Render, Source, is_enacting, is_recital

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_EPOCH = datetime(2025, 1, 1, tzinfo=UTC)  # fixed: a rebuild gives the same bytes
_ZIP_DATE = (2025, 1, 1, 0, 0, 0)
_CENTER = WD_ALIGN_PARAGRAPH.CENTER
_JUSTIFY = WD_ALIGN_PARAGRAPH.JUSTIFY
_ABSTRACT_ID = 90

# Level 0 prints "Điều 1.", level 1 prints "1.": the numbers are not in the text of the file.
_NUMBERING = """<w:abstractNum {ns} w:abstractNumId="{id}"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/><w:lvlText w:val="Điều %1."/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="0" w:firstLine="720"/></w:pPr><w:rPr><w:b/></w:rPr></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/><w:lvlText w:val="%2."/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="0" w:firstLine="720"/></w:pPr></w:lvl></w:abstractNum>"""


def render(source: Source) -> bytes:
    """The .docx bytes: the same for the same source and python-docx version."""
    word = Document()
    _page(word)
    numbered = source.head.render is Render.DOCX_NUMBERED
    _letterhead(word, source)
    _title(word, source)
    for line in source.preamble:
        if is_enacting(line):
            _paragraph(word, line, bold=True, align=_CENTER)
        else:
            _paragraph(word, line, italic=is_recital(line))
    for part in source.parts:
        _part(word, part, number=_numbering(word, part) if numbered else None)
        if part.part_id == "main":
            _signature(word, source)
    return _same_bytes(word)


def _page(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(20),
        Mm(20),
        Mm(30),
        Mm(15),
    )
    style = word.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = Pt(6)
    properties = word.core_properties
    properties.author, properties.last_modified_by, properties.title = "rasoat sample corpus", "", ""
    properties.created = properties.modified = _EPOCH
    _page_numbers(word)


def _page_numbers(word: WordDocument) -> None:
    section = word.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = _CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _numbering(word: WordDocument, part: Part) -> int:
    """The id of a fresh numbering that restarts at "Điều 1." for this part."""
    numbering = word.part.numbering_part.element
    if part.part_id == "main":
        numbering.insert(0, parse_xml(_NUMBERING.format(ns=nsdecls("w"), id=_ABSTRACT_ID)))
    number = numbering.add_num(_ABSTRACT_ID)
    for level in (0, 1):
        number.add_lvlOverride(ilvl=level).add_startOverride(1)
    return int(number.numId)


def _paragraph(
    owner: WordDocument | _Cell,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
    size: float | None = None,
) -> Paragraph:
    paragraph = owner.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    if size is not None:
        run.font.size = Pt(size)
        paragraph.paragraph_format.space_after = Pt(0)
    paragraph.alignment = align if align is not None else _JUSTIFY
    if align is None:
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
    return paragraph


def _letterhead(word: WordDocument, source: Source) -> None:
    head, day = source.head, source.head.issued
    table = word.add_table(rows=2, cols=2)
    table.autofit = False
    date_line = f"{head.place}, ngày {day.day:02d} tháng {vietnamese_month(day.month)} năm {day.year}"
    cells = (
        [(line, True, False) for line in head.letterhead] + [("-------", False, False)],
        [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, False),
            ("Độc lập - Tự do - Hạnh phúc", True, False),
            ("---------------", False, False),
        ],
        [(f"{head.number_label}: {head.number}", False, False)],
        [(date_line, False, True)],
    )
    for cell, lines in zip((c for row in table.rows for c in row.cells), cells, strict=True):
        _fill(cell, lines, size=12.5)
    for column, width in zip(table.columns, (Mm(60), Mm(108)), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _fill(
    cell: _Cell, lines: list[tuple[str, bool, bool]], *, size: float, align: WD_ALIGN_PARAGRAPH = _CENTER
) -> None:
    for text, bold, italic in lines:
        _paragraph(cell, text, bold=bold, italic=italic, align=align, size=size)
    first = cell.paragraphs[0]._p
    first.getparent().remove(first)  # every new cell starts with one empty paragraph


def _title(word: WordDocument, source: Source) -> None:
    _paragraph(word, "", align=_CENTER)
    _paragraph(word, source.head.kind.upper(), bold=True, align=_CENTER)
    _paragraph(word, source.head.title, bold=True, align=_CENTER)
    if source.head.actor:
        _paragraph(word, source.head.actor, bold=True, align=_CENTER)


def _part(word: WordDocument, part: Part, *, number: int | None) -> None:
    if part.part_id != "main":
        word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for line in part.titles:
            _paragraph(word, line, bold=not line.startswith("("), italic=line.startswith("("), align=_CENTER)
    for block in part.blocks:
        _block(word, block, number)


def _block(word: WordDocument, block: Block, number: int | None) -> None:
    if block.mark is Mark.TABLE:
        _table(word, block.rows)
    elif block.mark in {Mark.CHAPTER, Mark.SECTION}:
        title = "Chương" if block.mark is Mark.CHAPTER else "Mục"
        _paragraph(word, f"{title} {block.number}", bold=True, align=_CENTER)
        _paragraph(word, block.text, bold=True, align=_CENTER)
    elif number is not None and block.mark in {Mark.ARTICLE, Mark.CLAUSE}:
        paragraph = _keep(_paragraph(word, block.text, bold=is_heading(block)), block)
        _number(paragraph, number, level=0 if block.mark is Mark.ARTICLE else 1)
    elif block.mark is Mark.ARTICLE and not is_heading(block):
        paragraph = _paragraph(word, f"{label(block)} ", bold=True)
        paragraph.add_run(block.text)
    else:
        _keep(_paragraph(word, f"{label(block)} {block.text}".strip(), bold=is_heading(block)), block)


def _number(paragraph: Paragraph, number: int, *, level: int) -> None:
    paragraph_properties: Any = paragraph._p.get_or_add_pPr()  # the type stubs of lxml elements do not know numPr
    properties = paragraph_properties.get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def _keep(paragraph: Paragraph, block: Block) -> Paragraph:
    """The paragraph, kept on the page of its first clause where it is the name of an article."""
    paragraph.paragraph_format.keep_with_next = True if is_heading(block) else None
    return paragraph


def _table(word: WordDocument, rows: tuple[tuple[str, ...], ...]) -> None:
    table = word.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for r, row in enumerate(rows):
        for cell, text in zip(table.rows[r].cells, row, strict=True):
            _fill(cell, [(text, r == 0, False)], size=12, align=_CENTER if r == 0 else WD_ALIGN_PARAGRAPH.LEFT)
    word.add_paragraph()


def _signature(word: WordDocument, source: Source) -> None:
    head = source.head
    table = word.add_table(rows=1, cols=2)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = table.rows[0].cells
    recipients = [("Nơi nhận:", True, True), *((f"- {line}", False, False) for line in head.recipients)]
    _fill(left, recipients if head.recipients else [("", False, False)], size=11, align=WD_ALIGN_PARAGRAPH.LEFT)
    _fill(
        right,
        [
            *((line, True, False) for line in head.sign),
            ("", False, False),
            ("", False, False),
            ("(Đã ký)", False, True),
        ],
        size=14,
    )


def _same_bytes(word: WordDocument) -> bytes:
    """The saved file with fixed times in the archive, which python-docx would take from the clock."""
    saved, out = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(name))
    return out.getvalue()

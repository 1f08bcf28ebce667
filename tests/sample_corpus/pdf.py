"""Documents as born-digital PDFs in the official layout ("thể thức": A4, margins 20/20/30/15 mm, 14 point, two-column letterhead)."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from .fonts import FACES, font_file
from .source import Block, Mark, Part, Source, is_enacting, is_recital

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

SERIF = "LiberationSerif"
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = 20 * mm, 20 * mm, 30 * mm, 15 * mm
BODY_WIDTH = A4[0] - MARGIN_LEFT - MARGIN_RIGHT
_SENTENCE_END = (".", ":", ";", "/", ",")


def _register() -> None:
    if f"{SERIF}-Regular" in pdfmetrics.getRegisteredFontNames():
        return
    for face in FACES:
        pdfmetrics.registerFont(TTFont(f"{SERIF}-{face}", str(font_file(face))))
    names = [f"{SERIF}-{face}" for face in ("Regular", "Bold", "Italic", "BoldItalic")]
    pdfmetrics.registerFontFamily(names[0], *names)


def _style(name: str, **changes: object) -> ParagraphStyle:
    base: dict[str, object] = {"fontName": f"{SERIF}-Regular", "fontSize": 14, "leading": 17.5, "spaceAfter": 5}
    return ParagraphStyle(name, **(base | changes))


_BODY = _style("body", alignment=TA_JUSTIFY, firstLineIndent=12.7 * mm)
_CENTER = _style("center", alignment=TA_CENTER)
_MOTTO = _style("motto", alignment=TA_CENTER, fontSize=12.5, leading=15.5, spaceAfter=0)
_HEADING = _style("heading", alignment=TA_JUSTIFY, firstLineIndent=12.7 * mm, keepWithNext=1)
_TIGHT = _style("tight", alignment=TA_CENTER, fontSize=13, leading=15.5, spaceAfter=0)
_LEFT_SMALL = _style("small", fontSize=11, leading=13, spaceAfter=0)
_CELL = _style("cell", fontSize=12, leading=14.5, spaceAfter=0)
_CELL_CENTER = _style("cellcenter", fontSize=12, leading=14.5, spaceAfter=0, alignment=TA_CENTER)


def render(source: Source) -> bytes:
    """The PDF's bytes: the same bytes for the same source, fonts and reportlab version."""
    _register()
    out = io.BytesIO()
    template = BaseDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN_LEFT,
        rightMargin=MARGIN_RIGHT,
        topMargin=MARGIN_TOP,
        bottomMargin=MARGIN_BOTTOM,
        title=source.head.number,
        author="rasoat sample corpus",
        invariant=1,
    )
    frame = Frame(MARGIN_LEFT, MARGIN_BOTTOM, BODY_WIDTH, A4[1] - MARGIN_TOP - MARGIN_BOTTOM, 0, 0, 0, 0)
    template.addPageTemplates([PageTemplate("first", [frame]), PageTemplate("later", [frame], onPage=_page_number)])
    story: list[Flowable] = [NextPageTemplate("later"), *_letterhead(source), *_title(source), *_preamble(source)]
    for part in source.parts:
        story += _part(part)
        if part.part_id == "main":
            story += _signature(source)
    template.build(story)
    return out.getvalue()


def _page_number(canvas: Canvas, template: BaseDocTemplate) -> None:
    canvas.setFont(f"{SERIF}-Regular", 13)
    canvas.drawCentredString(MARGIN_LEFT + BODY_WIDTH / 2, A4[1] - 14 * mm, str(template.page))


class _Rule(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A short centred line, as below the agency's name; HRFlowable would sit at the left of a table cell."""

    def __init__(self, length: float) -> None:
        super().__init__()
        self._length = length
        self._room = 0.0

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        self._room = room
        return room, 4.0

    def draw(self) -> None:
        self.canv.setLineWidth(0.7)
        left = (self._room - self._length) / 2
        self.canv.line(left, 2, left + self._length, 2)


def _letterhead(source: Source) -> list[Flowable]:
    head = source.head
    day = head.issued
    number = head.number if head.number_printed else re.sub(r"^\d+", "&nbsp;&nbsp;&nbsp;&nbsp;", head.number)
    left = [*(Paragraph(f"<b>{escape(line)}</b>", _TIGHT) for line in head.letterhead), _Rule(22 * mm)]
    right = [
        Paragraph("<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b>", _MOTTO),
        Paragraph("<b>Độc lập - Tự do - Hạnh phúc</b>", _TIGHT),
        _Rule(52 * mm),
    ]
    date_line = f"<i>{escape(head.place)}, ngày {day.day:02d} tháng {vietnamese_month(day.month)} năm {day.year}</i>"
    second = [Paragraph(f"{head.number_label}: {number}", _TIGHT)], [Paragraph(date_line, _TIGHT)]
    table = Table([[left, right], [second[0], second[1]]], colWidths=[66 * mm, BODY_WIDTH - 66 * mm])
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
        )
    )
    return [table, Spacer(1, 6 * mm)]


def vietnamese_month(month: int) -> str:
    """The month as official dates write it: "01" and "02" keep the zero in official dates, the other months have none."""
    return f"{month:02d}" if month < 3 else str(month)


def _title(source: Source) -> list[Flowable]:
    head = source.head
    story: list[Flowable] = [
        Paragraph(f"<b>{escape(head.kind.upper())}</b>", _style("kind", alignment=TA_CENTER, spaceAfter=2)),
        Paragraph(f"<b>{escape(head.title)}</b>", _style("titleline", alignment=TA_CENTER, spaceAfter=3)),
        _Rule(40 * mm),
        Spacer(1, 4 * mm),
    ]
    if head.actor:
        story.append(Paragraph(f"<b>{escape(head.actor)}</b>", _CENTER))
    return story


def _preamble(source: Source) -> list[Flowable]:
    story: list[Flowable] = []
    for line in source.preamble:
        if is_enacting(line):
            story.append(Paragraph(f"<b>{escape(line)}</b>", _style("enacting", alignment=TA_CENTER, spaceBefore=4)))
        else:
            story.append(Paragraph(f"<i>{escape(line)}</i>" if is_recital(line) else escape(line), _BODY))
    return story


def _part(part: Part) -> list[Flowable]:
    story: list[Flowable] = []
    if part.part_id != "main":
        story.append(PageBreak())
        for i, line in enumerate(part.titles):
            text = escape(line)
            story.append(
                Paragraph(
                    f"<i>{text}</i>" if line.startswith("(") else f"<b>{text}</b>",
                    _style(f"t{i}", alignment=TA_CENTER, spaceAfter=3),
                )
            )
        story += [_Rule(40 * mm), Spacer(1, 4 * mm)]
    for block in part.blocks:
        story += _flowables(block)
    return story


def _flowables(block: Block) -> list[Flowable]:
    if block.mark is Mark.TABLE:
        return [_table(block.rows), Spacer(1, 3 * mm)]
    if block.mark in {Mark.CHAPTER, Mark.SECTION}:
        word = "Chương" if block.mark is Mark.CHAPTER else "Mục"
        style = _style("chapter", alignment=TA_CENTER, spaceAfter=2, keepWithNext=1)
        return [
            Paragraph(f"<b>{word} {block.number}</b>", style),
            Paragraph(f"<b>{escape(block.text)}</b>", _style("chaptertitle", alignment=TA_CENTER, keepWithNext=1)),
        ]
    return [Paragraph(paragraph_markup(block), _HEADING if is_heading(block) else _BODY)]


def is_heading(block: Block) -> bool:
    """Whether the line of an article is a name ("Phạm vi điều chỉnh") and not a sentence of the article."""
    return block.mark is Mark.ARTICLE and not block.text.endswith(_SENTENCE_END)


def label(block: Block) -> str:
    """The printed label of a block: "Điều 5.", "2.", "a)" or nothing."""
    labels = {Mark.ARTICLE: f"Điều {block.number}.", Mark.CLAUSE: f"{block.number}.", Mark.POINT: f"{block.number})"}
    return labels.get(block.mark, "")


def paragraph_markup(block: Block) -> str:
    text = escape(block.text)
    if is_heading(block):
        return f"<b>{label(block)} {text}</b>"
    if block.mark is Mark.ARTICLE:
        return f"<b>{label(block)}</b> {text}"
    if block.quoted and re.match(r"“?Điều \d+[a-zđ]?\. ", block.text) and not block.text.endswith(_SENTENCE_END):
        return f"<b>{text}</b>"
    return f"{label(block)} {text}".strip()


def _table(rows: tuple[tuple[str, ...], ...]) -> Table:
    weights = [max(6, min(34, max(len(row[i]) for row in rows))) for i in range(len(rows[0]))]
    widths = [BODY_WIDTH * weight / sum(weights) for weight in weights]
    cells = [
        [
            Paragraph(
                f"<b>{escape(cell)}</b>" if r == 0 else escape(cell),
                _CELL_CENTER if r == 0 or _is_number(cell) else _CELL,
            )
            for cell in row
        ]
        for r, row in enumerate(rows)
    ]
    table = Table(cells, colWidths=widths, repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.6, "black"),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    return table


def _is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"[\d.,%/ -]*|[IVX]+", cell))


def _signature(source: Source) -> list[Flowable]:
    head = source.head
    right: list[Flowable] = [Paragraph(f"<b>{escape(line)}</b>", _CENTER_SIGN) for line in head.sign]
    right += [Spacer(1, 14 * mm), Paragraph("<i>(Đã ký)</i>", _CENTER_SIGN), Spacer(1, 8 * mm)]
    left: list[Flowable] = []
    if head.recipients:
        left.append(Paragraph("<b><i>Nơi nhận:</i></b>", _style("to", fontSize=12, leading=14, spaceAfter=0)))
        left += [Paragraph(f"- {escape(line)}", _LEFT_SMALL) for line in head.recipients]
    table = Table([[left, right]], colWidths=[BODY_WIDTH * 0.5, BODY_WIDTH * 0.5])
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]))
    return [Spacer(1, 4 * mm), KeepTogether([table])]


_CENTER_SIGN = _style("sign", alignment=TA_CENTER, spaceAfter=0, leading=17)

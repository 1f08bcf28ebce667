"""report.xlsx: the findings as reviewers work with them in a spreadsheet, the coverage, and a legend."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from nlp.law.finding import Prevailing
from service.reports.html import UNSETTLED
from service.reports.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from nlp.law.finding import Evidence, Finding
    from service.reports.report import Report

_CELL_LIMIT = 32_000  # characters; Excel's own limit is 32,767
_FONT = "Times New Roman"  # the font of official documents (Nghị định 30/2020/NĐ-CP, Phụ lục I)
_BODY = Font(name=_FONT, size=11)
_HEAD = Font(name=_FONT, size=11, bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="28527A")
_EDGE = Side(style="thin", color="D5DBE0")
_RULE = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_LINE_POINTS = 15.5  # height of a line of 11-point text
_MAX_POINTS = 400.0  # Excel's rows end at 409
Value = str | int | float


def xlsx_report(report: Report) -> bytes:
    """The bytes of report.xlsx: sheets "Kết quả", "Phạm vi", "Chú giải"."""
    labels = Labels(report.language)
    book = Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    _findings(book.create_sheet(labels.word("findings")), report, labels)
    _coverage(book.create_sheet(labels.word("coverage")), report, labels)
    _legend(book.create_sheet(labels.word("legend")), labels)
    book.properties.creator = "rasoat"
    book.properties.title = labels.word("title")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _findings(sheet: Worksheet, report: Report, labels: Labels) -> None:
    word = labels.word
    a, b = word("side_a"), word("side_b")
    columns = (
        (word("number"), 5),
        (word("kind"), 14),
        (word("differs"), 14),
        (word("severity"), 10),
        (word("certainty"), 9),
        (f"{a}: {word('citation')}", 24),
        (f"{a}: {word('quote')}", 40),
        (f"{b}: {word('citation')}", 24),
        (f"{b}: {word('quote')}", 40),
        (word("why"), 44),
        (word("prevailing"), 20),
        (word("handling"), 26),
        (word("grounds"), 26),
        (f"{a}: {word('file')}", 28),
        (f"{b}: {word('file')}", 28),
        (word("id"), 18),
    )
    _head(sheet, columns)
    for number, finding in enumerate(report.findings, start=1):
        _row(sheet, number + 1, _finding_row(number, finding, labels), [width for _, width in columns])
        sheet.cell(number + 1, 5).number_format = "0%"
        for column in (1, 5):
            sheet.cell(number + 1, column).alignment = Alignment(vertical="top", horizontal="center")
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(report.findings) + 1}"
    _printable(sheet)
    # files and ids are for the screen; what a meeting reads fits an A3 sheet
    sheet.print_area = f"A1:M{len(report.findings) + 1}"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3


def _finding_row(number: int, finding: Finding, labels: Labels) -> tuple[Value, ...]:
    left, right = finding.left, finding.right
    return (
        number,
        labels.of("kind", finding.kind.value),
        labels.of("conflict_type", finding.conflict_type.value) if finding.conflict_type else "",
        labels.of("severity", finding.severity.value),
        min(round(finding.probability, 4), 0.99),  # nothing here is certain
        left.citation or left.number,
        left.quote,
        (right.citation or right.number) if right else "",
        right.quote if right else "",
        finding.why,
        _prevailing(finding, labels),
        finding.handling_text,
        "; ".join(finding.grounds),
        _place(left, labels),
        _place(right, labels) if right else "",
        finding.id,
    )


def _prevailing(finding: Finding, labels: Labels) -> str:
    if finding.right is None:
        return ""
    if finding.prevailing is None:
        return labels.word("prevailing_unknown") if finding.kind in UNSETTLED else ""
    side, evidence = ("side_a", finding.left) if finding.prevailing is Prevailing.A else ("side_b", finding.right)
    return f"{labels.word(side)}: {evidence.citation or evidence.number}"


def _place(evidence: Evidence, labels: Labels) -> str:
    return evidence.file if evidence.page is None else f"{evidence.file}, {labels.word('page')} {evidence.page}"


def _coverage(sheet: Worksheet, report: Report, labels: Labels) -> None:
    word = labels.word
    widths = (64, 22, 22, 60)
    _head(sheet, tuple(zip((word("name"), word("value"), "", ""), widths, strict=True)))
    rows: list[tuple[Value, ...]] = [
        (word("as_of"), report.as_of.strftime("%d/%m/%Y")),
        (word("made"), report.made_at.strftime("%d/%m/%Y %H:%M UTC")),
    ]
    if report.draft:
        rows.append((word("draft"), report.draft))
    names = (
        "files",
        "pages",
        "pages_unread",
        "documents",
        "provisions",
        "candidates",
        "compared",
        "abstained",
        "truncated",
    )
    rows.extend((word(name), getattr(report.coverage, name)) for name in names)
    rows.extend(
        (f"{word('not_compared')}: {labels.of('skipped', reason)}", count) for reason, count in report.coverage.skipped
    )
    rows.extend((word("notes"), "", "", note) for note in report.coverage.notes)
    for place, row in enumerate(rows, start=2):
        _row(sheet, place, row, widths)
    at = len(rows) + 3
    _head(
        sheet, tuple(zip((word("file"), word("pages"), word("pages_unread"), word("error")), widths, strict=True)), at
    )
    for place, line in enumerate(report.files, start=at + 1):
        _row(sheet, place, (line.name, line.pages, line.pages_unread, line.error), widths)
    at += len(report.files) + 2
    _head(sheet, tuple(zip((word("settings"), word("value"), "", ""), widths, strict=True)), at)
    for place, (name, value) in enumerate((*report.fingerprints, *report.settings), start=at + 1):
        _row(sheet, place, (name, value), widths)
    sheet.freeze_panes = "A2"
    _printable(sheet)


def _legend(sheet: Worksheet, labels: Labels) -> None:
    widths = (34, 96)
    _head(sheet, ((labels.word("kind"), widths[0]), (labels.word("meaning"), widths[1])))
    rows = [(labels.of("kind", code), labels.of("kind_explained", code)) for code in labels.codes("kind")]
    rows.append(("", labels.word("disclaimer")))
    for place, row in enumerate(rows, start=2):
        _row(sheet, place, row, widths)
    sheet.freeze_panes = "A2"
    _printable(sheet)


def _head(sheet: Worksheet, columns: Sequence[tuple[str, int]], row: int = 1) -> None:
    for place, (name, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        if not name:
            continue
        cell = sheet.cell(row, place)
        _write(cell, name)
        cell.font = _HEAD
        cell.fill = _HEAD_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    sheet.row_dimensions[row].height = 2.2 * _LINE_POINTS


def _row(sheet: Worksheet, row: int, values: Sequence[Value], widths: Sequence[int]) -> None:
    lines = 1
    for place, value in enumerate(values, start=1):
        cell = sheet.cell(row, place)
        _write(cell, value)
        cell.font = _BODY
        cell.border = _RULE
        cell.alignment = Alignment(
            wrap_text=True, vertical="top", horizontal="left" if isinstance(value, str) else "right"
        )
        if isinstance(value, str):
            # spreadsheets size wrapped rows only when opened by hand: estimate, a character being about one width unit
            lines = max(lines, sum(1 + len(part) // max(widths[place - 1] - 1, 1) for part in value.split("\n")))
    sheet.row_dimensions[row].height = min(max(lines, 1) * _LINE_POINTS, _MAX_POINTS)


def _write(cell: Cell | MergedCell, value: Value) -> None:
    """Put a value in; text stays text, so that "=..." in a law never becomes a formula."""
    assert isinstance(cell, Cell)  # these sheets merge nothing
    if not isinstance(value, str):
        cell.value = value
        return
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.value = text if len(text) <= _CELL_LIMIT else text[:_CELL_LIMIT] + "…"
    if text:
        cell.data_type = "s"


def _printable(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"

"""Pictures of pages with what reading made of them drawn over: lines in their order, tables, furniture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageDraw

from nlp.law.source import FurnitureKind, TextLayer

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.law.source import Line, SourceText

_DPI = 110
_BODY, _TABLE, _DOUBT = (0, 90, 200), (0, 140, 60), (230, 120, 0)
_FURNITURE = {
    FurnitureKind.RUNNING_HEAD: (150, 150, 150), FurnitureKind.PAGE_NUMBER: (150, 150, 150), FurnitureKind.FOOTNOTE: (150, 60, 160),
    FurnitureKind.SIGNATURE: (200, 30, 30), FurnitureKind.RECIPIENTS: (200, 110, 30),
}  # fmt: skip
_OTHER = (220, 0, 120)


def draw_pages(data: bytes, source: SourceText, folder: Path) -> tuple[Path, ...]:
    """The PNG files written into `folder`, one a page of a PDF: blue body lines with their numbers, green table lines, coloured furniture."""
    if source.media_type != "application/pdf":
        return ()
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    document = pypdfium2.PdfDocument(data)
    try:
        for page in source.pages:
            picture = document[page.number - 1].render(scale=_DPI / 72).to_pil().convert("RGB")
            _draw(picture, [line for line in source.lines if line.page == page.number], source)
            ImageDraw.Draw(picture).text(
                (4, 2),
                f"page {page.number}: {page.reason}"
                + (f", OCR {page.confidence:.0%}" if page.layer is TextLayer.OCR else ""),
                fill=_OTHER,
            )
            written.append(folder / f"page-{page.number:03d}.png")
            picture.save(written[-1])
    finally:
        document.close()
    return tuple(written)


def _draw(picture: Image.Image, lines: list[Line], source: SourceText) -> None:
    pen = ImageDraw.Draw(picture)
    scale = _DPI / 72
    for number, line in enumerate(lines, start=1):
        colour = _colour(line, source)
        box = line.box
        pen.rectangle((box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale), outline=colour)
        pen.text((max(box.x0 * scale - 18, 0), box.top * scale), str(number), fill=colour)
        joined = source.text[line.span.end : line.span.end + 1]
        if joined == " ":  # the paragraph goes on
            pen.line((box.x1 * scale, box.bottom * scale, box.x1 * scale + 8, box.bottom * scale), fill=colour, width=3)
    for span in source.uncertain:
        for place in source.boxes(span):
            if place.box is not None and lines and place.page == lines[0].page:
                pen.line(
                    (place.box.x0 * scale, place.box.bottom * scale, place.box.x1 * scale, place.box.bottom * scale),
                    fill=_DOUBT,
                    width=2,
                )


def _colour(line: Line, source: SourceText) -> tuple[int, int, int]:
    for piece in source.furniture:
        if piece.span.contains(line.span):
            return _FURNITURE.get(piece.kind, _OTHER)
    return _TABLE if any(table.span.contains(line.span) for table in source.tables) else _BODY

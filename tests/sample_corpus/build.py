"""Write `corpora/sample/documents` from `corpora/sample/source`: `python -m tests.sample_corpus.build`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from . import docx, pdf, scan
from .source import DOCUMENTS, Render, Source, read_all

if TYPE_CHECKING:
    from pathlib import Path

RENDERERS = {
    Render.PDF: pdf.render,
    Render.DOCX: docx.render,
    Render.DOCX_NUMBERED: docx.render,
    Render.SCAN: scan.render,
}


def document_bytes(source: Source) -> bytes:
    return RENDERERS[source.head.render](source)


def build(folder: Path) -> tuple[Path, ...]:
    """The files written, one a source, ordered as the sources; files of sources that are gone are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for source in read_all():
        path = folder / source.head.file
        path.write_bytes(document_bytes(source))
        written.append(path)
    for stale in set(folder.iterdir()) - set(written):
        stale.unlink()
    return tuple(written)


if __name__ == "__main__":
    for document in build(DOCUMENTS):
        sys.stdout.write(f"{document.stat().st_size:>8}  {document.name}\n")

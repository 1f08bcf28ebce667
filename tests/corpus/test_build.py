"""The generated documents against their sources: same words in every form, same result on every build, official layout."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from docx import Document

from tests.sample_corpus import build
from tests.sample_corpus.source import CORPUS, DOCUMENTS, Mark, Render, Source, read_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCES = [pytest.param(source, id=source.name) for source in read_all()]


def _squeezed(text: str) -> str:
    """Words without spaces: lines break elsewhere in the page than in the source."""
    return re.sub(r"\s+|\u00ad", "", text)


def _words(path: Path) -> str:
    if path.suffix == ".docx":
        return "\n".join(_docx_lines(path))
    document = pypdfium2.PdfDocument(path)
    pages = [document[i].get_textpage().get_text_bounded() for i in range(len(document))]
    # Drop the page number at the top of each later page: it stands between two halves of a sentence.
    return "\n".join(re.sub(rf"^\s*{i}\s", "", page) if i > 1 else page for i, page in enumerate(pages, 1))


def _docx_lines(path: Path) -> Iterator[str]:
    document = Document(str(path))
    for paragraph in document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        yield "".join(
            node.text or ""
            for node in paragraph.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")
        )


@pytest.mark.parametrize("source", SOURCES)
def test_a_rebuild_gives_the_committed_words(source: Source, tmp_path: Path) -> None:
    first, second = build.document_bytes(source), build.document_bytes(source)
    assert first == second
    rebuilt = tmp_path / source.head.file
    rebuilt.write_bytes(first)
    assert _words(rebuilt) == _words(DOCUMENTS / source.head.file)


@pytest.mark.parametrize("source", [p for p in SOURCES if p.values[0].head.render is not Render.SCAN])  # type: ignore[union-attr]
def test_every_written_paragraph_is_in_the_document(source: Source) -> None:
    words = _squeezed(_words(DOCUMENTS / source.head.file))
    texts = [*source.preamble, source.head.title, source.head.number, *source.head.letterhead, *source.head.sign]
    for part in source.parts:
        texts += part.titles
        texts += [block.text for block in part.blocks if block.mark is not Mark.TABLE]
        texts += [cell for block in part.blocks for row in block.rows for cell in row]
    assert [text for text in texts if _squeezed(text) not in words] == []


def test_scans_are_pictures_of_every_page_and_small() -> None:
    scans = [source for source in read_all() if source.head.render is Render.SCAN]
    assert len(scans) == 2
    for source in scans:
        path = DOCUMENTS / source.head.file
        assert path.stat().st_size < 400_000
        document = pypdfium2.PdfDocument(path)
        assert _words(path).strip() == ""
        for i in range(len(document)):
            assert [item.type for item in document[i].get_objects(max_depth=1)].count(
                pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
            ) == 1
        last = document[len(document) - 1].render(scale=1).to_pil().convert("RGB")
        red = sum(count for count, (r, g, b) in last.getcolors(1 << 24) or () if r > 150 and g < 110 and b < 110)
        assert red > 300, "the seal is missing"


def test_word_numbers_are_not_in_the_text() -> None:
    numbered = [source for source in read_all() if source.head.render is Render.DOCX_NUMBERED]
    assert [source.head.file for source in numbered] == ["SaKhe_36_2025_NQ-HDND.docx"]
    lines = list(_docx_lines(DOCUMENTS / numbered[0].head.file))
    assert "Tiêu chí đấu thầu" in lines
    assert not [line for line in lines if line.startswith("Điều 3.")]


def test_the_corpus_stays_small_and_the_overlay_names_the_merger() -> None:
    assert sum(path.stat().st_size for path in DOCUMENTS.iterdir()) < 5_000_000
    merger = tomllib.loads((CORPUS / "territory.toml").read_text(encoding="utf-8"))["merger"]
    assert merger == [{"new": "tỉnh Sa Khê", "old": ["tỉnh Lam Khê", "tỉnh Hồng Sa"], "effective": "2025-07-01"}]

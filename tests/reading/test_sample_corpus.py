"""The corpus of this repository, read in all its formats."""

from __future__ import annotations

import itertools
import re
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from nlp.law.source import FurnitureKind, SourceText, TextLayer
from nlp.law.span import Span
from nlp.reading import draw_pages, read

DOCUMENTS = Path(__file__).parents[2] / "corpora" / "sample" / "documents"
FILES = sorted(path for path in DOCUMENTS.iterdir() if path.suffix in {".pdf", ".docx"} and "scan" not in path.stem)
SCANS = sorted(DOCUMENTS.glob("*scan.pdf"))


def body(source: SourceText) -> str:
    return source.text[: min((piece.span.start for piece in source.furniture), default=len(source.text))]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_what_reading_guarantees(path: Path) -> None:
    source = read(path.read_bytes(), path.name)
    text = source.text
    assert text == unicodedata.normalize("NFC", text)
    assert re.search(r"^Điều 1\.", text, re.MULTILINE)
    spans = sorted(piece.span for piece in source.furniture)
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
    assert {FurnitureKind.SIGNATURE} <= {piece.kind for piece in source.furniture}
    assert "Nơi nhận:\n" not in body(source)
    assert not re.search(r"^\s*\d{1,3}\s*$", body(source), re.MULTILINE)  # no page numbers left
    # nothing between two pieces of furniture but line breaks
    covered = [False] * len(text)
    for span in spans:
        covered[span.start : span.end] = [True] * len(span)
    assert all(flag or text[at] == "\n" for at, flag in enumerate(covered) if at >= len(body(source)))
    for line in source.lines:
        assert len(line.edges) in {0, len(line.span) + 1}
        assert list(line.edges) == sorted(line.edges)


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".pdf"][:4], ids=lambda path: path.stem)
def test_a_quote_has_its_place(path: Path) -> None:
    source = read(path.read_bytes(), path.name)
    at = source.text.index("Điều 1.")
    places = source.boxes(Span(at, at + 7))
    assert len(places) == 1
    box = places[0].box
    assert box is not None
    assert 0 < box.x0 < box.x1 < source.pages[0].width
    assert 25 < box.x1 - box.x0 < 90  # seven characters of 13 to 14 points


@pytest.mark.slow
@pytest.mark.parametrize("path", SCANS, ids=[path.stem for path in SCANS])
def test_stamped_scans_are_recognised(path: Path, tmp_path: Path) -> None:
    data = path.read_bytes()
    source = read(data, path.name)
    assert {page.layer for page in source.pages} == {TextLayer.OCR}
    assert re.search(r"^Điều 1\.", body(source), re.MULTILINE)
    number = re.search(r"\d+/\d{4}/(?:QĐ-UBND|NQ-HĐND)", body(source))
    assert number is not None
    assert path.stem.split("_")[1].lstrip("0") in number.group()
    assert min(page.confidence for page in source.pages) > 0.8
    assert len(draw_pages(data, source, tmp_path)) == len(source.pages)


@pytest.mark.slow
@pytest.mark.skipif(not SCANS, reason="the scans are not built")
def test_a_page_lying_on_its_side_is_read_the_same(tmp_path: Path) -> None:
    import pypdfium2

    straight = pypdfium2.PdfDocument(SCANS[0])
    straight_text = body(read(SCANS[0].read_bytes(), "a.pdf"))
    picture = straight[0].render(scale=200 / 72).to_pil().rotate(90, expand=True)
    picture.save(tmp_path / "ngang.png")
    turned = body(read((tmp_path / "ngang.png").read_bytes(), "ngang.png"))
    head = re.sub(r"\W", "", straight_text)[:1200]
    found = re.sub(r"\W", "", turned)[:1200]
    assert SequenceMatcher(None, head, found, autojunk=False).ratio() > 0.9

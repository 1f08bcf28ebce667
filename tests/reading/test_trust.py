"""Which text of a page is believed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pypdfium2
import pytest

from nlp.law.source import TextLayer
from nlp.reading import read
from nlp.reading.characters import PageText
from nlp.reading.trust import Evidence, Verdict, _verdict, judge
from nlp.settings import ReadingSettings
from nlp.text.legacy import LegacyEncoding

SHARED = Path(__file__).parents[3] / "shared" / "data" / "pdfset" / "dev"

VERDICTS = [
    # letters, marked, syllables, replaced, image, ink, legacy; visible characters; the verdict
    (Evidence(1500, 0.29, 0.97, 0.0, 0.0), 1800, Verdict.BORN_DIGITAL),
    (Evidence(0, 0.0, 0.0, 0.0, 0.98, 0.06), 0, Verdict.IMAGE_ONLY),
    (Evidence(0, 0.0, 0.0, 0.0, 0.0, 0.05), 0, Verdict.OUTLINES),  # letters drawn as shapes
    (Evidence(0, 0.0, 0.0, 0.0, 0.0, 0.0), 0, Verdict.BLANK),
    (Evidence(14, 0.3, 0.5, 0.0, 0.9, 0.08), 34, Verdict.THIN_WRAPPER),  # a gazette head over a scan
    (Evidence(37, 0.3, 1.0, 0.0, 0.0, 0.0), 56, Verdict.BORN_DIGITAL),  # the short last page of a document
    (Evidence(1400, 0.01, 0.2, 0.0, 0.99), 2175, Verdict.LYING_LAYER),  # hidden recognition without diacritics
    (Evidence(1400, 0.05, 0.3, 0.4, 0.0), 2000, Verdict.LYING_LAYER),  # broken ToUnicode
    (Evidence(1400, 0.1, 0.3, 0.0, 0.0, 0.0, LegacyEncoding.TCVN3), 2000, Verdict.LEGACY),
    (Evidence(1400, 0.0, 0.2, 0.0, 0.0), 2000, Verdict.FOREIGN),  # English, nothing to recognise
]


@pytest.mark.parametrize(("evidence", "visible", "expected"), VERDICTS)
def test_verdict(evidence: Evidence, visible: int, expected: Verdict) -> None:
    assert _verdict(evidence, visible) is expected


EXPECTED = {"text": {"text"}, "scan": {"ocr"}, "scan+ocr": {"ocr"}, "mixed(p1 image)": {"text", "ocr"}}


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the development data in ../shared")
def test_page_decisions_against_the_manifest() -> None:
    with (SHARED / "MANIFEST.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        document = pypdfium2.PdfDocument(SHARED.parents[1] / row["file"])
        first = document[0]
        with PageText(first) as characters:
            verdict, _ = judge(first, characters)
        needs = verdict.needs_ocr
        assert needs is (row["text_layer"] != "text"), (row["file"], verdict)
        document.close()


def rendered(text: str, *, outlined: bool) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    if outlined:
        for row in range(20):
            for column in range(40):
                canvas.rect(80 + 10 * column, 700 - 20 * row, 5, 8, stroke=0, fill=1)
    else:
        canvas.drawString(80, 700, text)
    canvas.save()
    return out.getvalue()


def test_without_recognition_a_scanned_page_is_told_not_passed_over() -> None:
    source = read(rendered("", outlined=True), "anh.pdf", ReadingSettings(ocr=False))
    assert [page.reason for page in source.pages] == ["text_as_outlines"]
    assert [issue.code for issue in source.issues] == ["page_not_recognised"]
    assert source.pages[0].layer is TextLayer.TEXT

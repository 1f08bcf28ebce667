"""Which text of a page to believe: the file's characters or the picture. Decided from measured evidence, page by page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2.raw as pdfium

from nlp.reading.picture import without_edges, without_rules
from nlp.text.legacy import LegacyEncoding, detect
from nlp.text.syllables import marked_share, syllable_share

if TYPE_CHECKING:
    import pypdfium2

    from nlp.reading.characters import PageText


class Verdict(StrEnum):
    """What a page is; the value is the `reason` of its `Page`."""

    BORN_DIGITAL = "born_digital"
    IMAGE_ONLY = "image_only"
    THIN_WRAPPER = "thin_wrapper"  # a gazette head or a signature overlay over a scan
    LYING_LAYER = "lying_text_layer"  # hidden OCR without diacritics, broken ToUnicode
    LEGACY = "legacy_encoding"  # TCVN3 or VNI codes: decoded, not recognised
    OUTLINES = "text_as_outlines"  # letters drawn as shapes: no characters at all
    FOREIGN = "no_vietnamese"  # sound text of few Vietnamese letters: a form, formulas, English
    BLANK = "blank"
    DAMAGED = "damaged"  # the page cannot be loaded or drawn

    @property
    def needs_ocr(self) -> bool:
        """Whether the page's own characters are not to be used."""
        return self in {Verdict.IMAGE_ONLY, Verdict.THIN_WRAPPER, Verdict.LYING_LAYER, Verdict.OUTLINES}

    @property
    def keeps_own_text(self) -> bool:
        """Whether the file's characters stand beside what is recognised: the printed head of a gazette page over a scan."""
        return self is Verdict.THIN_WRAPPER


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was measured on a page. Shares are 0..1; `image` is the share of the page that pictures cover."""

    letters: int
    marked: float
    syllables: float
    replaced: float  # share of characters that are no letters of any script (U+FFFD, private use, controls)
    image: float
    ink: float = 0.0  # share of the page that is dark and not under the file's own characters or ruling lines
    legacy: LegacyEncoding | None = None


_FEW_LETTERS = 200  # a page with fewer may be a wrapper over a picture
_MIN_IMAGE = 0.35  # of the page: a picture that could hold the text
_SOME_IMAGE = 0.02
_MIN_INK = 0.0005  # of the page: less is dust
_MIN_WRAPPED_INK = 0.006  # of the page: a few printed lines
_SOUND_MARKED = 0.15
_SOUND_SYLLABLES = 0.6
_MAX_REPLACED = 0.15
_MIN_WORDS_TO_JUDGE = 40  # letters


def judge(page: pypdfium2.PdfPage, characters: PageText) -> tuple[Verdict, Evidence]:
    """What the page is, and the evidence. Pictures are measured only where the text leaves a doubt."""
    text = characters.text
    letters = sum(map(str.isalpha, text))
    marked = marked_share(text)
    visible = len(text) - sum(map(str.isspace, text))
    odd = len(re.findall("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]", text))
    replaced = odd / visible if visible else 0.0
    if letters >= _FEW_LETTERS and marked >= _SOUND_MARKED and replaced <= _MAX_REPLACED:
        syllables = syllable_share(text)
        if syllables >= _SOUND_SYLLABLES:
            return Verdict.BORN_DIGITAL, Evidence(letters, marked, syllables, replaced, 0.0)
    image = image_share(page)
    ink = unexplained_ink(page, characters) if letters < _FEW_LETTERS else 0.0
    evidence = Evidence(letters, marked, syllable_share(text), replaced, image, ink, detect(text))
    return _verdict(evidence, visible), evidence


def _verdict(evidence: Evidence, visible: int) -> Verdict:
    pictured = evidence.image >= _MIN_IMAGE
    if not visible:
        if evidence.ink < _MIN_INK:
            return Verdict.BLANK
        return Verdict.IMAGE_ONLY if evidence.image > _SOME_IMAGE else Verdict.OUTLINES
    if evidence.letters < _FEW_LETTERS:
        if evidence.ink >= _MIN_WRAPPED_INK:
            return Verdict.THIN_WRAPPER
        if evidence.letters < _MIN_WORDS_TO_JUDGE or evidence.marked >= _SOUND_MARKED:
            return Verdict.BORN_DIGITAL
    if evidence.legacy is not None:
        return Verdict.LEGACY
    sound = (
        evidence.syllables >= _SOUND_SYLLABLES
        and evidence.marked >= _SOUND_MARKED
        and evidence.replaced <= _MAX_REPLACED
    )
    if sound:
        return Verdict.BORN_DIGITAL
    if pictured or evidence.replaced > _MAX_REPLACED:
        return Verdict.LYING_LAYER
    # without a picture the letters are all there is; a rendering of broken codes can still be recognised
    return Verdict.FOREIGN if _is_foreign(evidence) else Verdict.LYING_LAYER


def _is_foreign(evidence: Evidence) -> bool:
    return (evidence.marked < 0.02 and evidence.replaced < 0.02) or (
        evidence.syllables < 0.4 and evidence.replaced < 0.02 and evidence.marked < 0.11
    )


_INK_DPI = 50


def unexplained_ink(page: pypdfium2.PdfPage, characters: PageText) -> float:
    """The share of the page, drawn small, that is dark although neither a character of the file nor a ruling line stands there."""
    bitmap = page.render(scale=_INK_DPI / 72, grayscale=True)
    try:
        grey = np.ascontiguousarray(bitmap.to_numpy().reshape(bitmap.height, bitmap.width))
    finally:
        bitmap.close()
    grey, _ = without_rules(without_edges(grey), _INK_DPI)
    dark = grey < _DARK
    runs, turn = characters.runs()
    if runs:
        scale = _INK_DPI / 72
        for run in runs if not turn else ():
            box = run.box
            dark[
                int(box.top * scale) : int(box.bottom * scale) + 2,
                max(int(box.x0 * scale) - 1, 0) : int(box.x1 * scale) + 2,
            ] = False
    return float(dark.mean())


_DARK = 150  # grey value of ink at low resolution


def image_share(page: pypdfium2.PdfPage) -> float:
    """The share of the page's area under pictures, 0..1 (overlaps count twice, capped)."""
    left, bottom, right, top = page.get_bbox()
    area = max((right - left) * (top - bottom), 1.0)
    covered = 0.0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        x0, y0, x1, y1 = item.get_bounds()
        covered += max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
    return float(min(covered / area, 1.0))

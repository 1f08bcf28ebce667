"""PDF files: for each page the text that can be believed, in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2

from nlp.law.source import ParseIssue, Severity, SourceText, TextLayer
from nlp.reading.assemble import TextBuilder, assemble
from nlp.reading.characters import PageText
from nlp.reading.failures import failure
from nlp.reading.furniture import mark_furniture
from nlp.reading.layout import PageContent
from nlp.reading.ocr import Recognised, Recogniser
from nlp.reading.order import order_page
from nlp.reading.rulings import rules_of
from nlp.reading.trust import Evidence, Verdict, judge
from nlp.text.legacy import decode, encoding_of_font

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from numpy.typing import NDArray

    from nlp.law.source import Page
    from nlp.reading.layout import PageLayout, Run
    from nlp.settings import ReadingSettings

MEDIA_TYPE = "application/pdf"
_MAX_PIXELS = 40_000_000  # of one page picture; a larger page is rendered coarser


@dataclass(slots=True)
class _Judged:
    """A page with its verdict; recognised pages wait for their future."""

    number: int
    width: float
    height: float
    rotation: int
    verdict: Verdict
    evidence: Evidence
    content: PageContent | None = None
    printed: tuple[Run, ...] = ()  # the file's own characters that stand beside the recognised ones
    recognised: Future[Recognised] | None = None


def read_pdf(data: bytes, name: str, sha256: str, settings: ReadingSettings) -> SourceText:
    """The text of a PDF with its pages, lines and tables; raises InputError for files that cannot be opened."""
    document = open_pdf(data, name)
    try:
        count = len(document)
        if not count:
            raise failure("pdf_without_pages", name)
        if count > settings.max_pages:
            raise failure("too_many_pages", name, count=count, limit=settings.max_pages)
        layouts, judged = _pages(document, settings)
        attached = document.count_attachments()
        if all(own.verdict is Verdict.DAMAGED for own in judged):
            raise failure("pdf_damaged", name)
    finally:
        document.close()
    mark_furniture(layouts)
    builder = TextBuilder()
    pages = assemble(layouts, builder)
    issues = _issues(judged, pages, settings)
    if attached > 0:
        note = f"Tệp có {attached} tệp đính kèm bên trong; phần này không được đọc."
        issues.append(ParseIssue("embedded_ignored", note, Severity.WARNING))
    return builder.source(name, MEDIA_TYPE, sha256, pages, issues)


def open_pdf(data: bytes, name: str) -> pypdfium2.PdfDocument:
    """The opened document; raises InputError naming the cause (password, damage)."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise failure("pdf_encrypted", name) from error
        if re.search(rb"/Type\s*/Pages\b[^>]*/Count\s+0\b|/Count\s+0\b[^>]*/Type\s*/Pages\b", data):
            raise failure("pdf_without_pages", name) from error
        raise failure("pdf_damaged", name) from error


def _pages(document: pypdfium2.PdfDocument, settings: ReadingSettings) -> tuple[list[PageLayout], list[_Judged]]:
    judged: list[_Judged] = []
    recogniser: Recogniser | None = None
    try:
        for index in range(len(document)):
            try:
                page = document[index]
            except pypdfium2.PdfiumError:
                judged.append(_damaged(index + 1))
                continue
            try:
                with PageText(page) as characters:
                    own = _judge(page, characters, index + 1)
                    if own.verdict.needs_ocr and settings.ocr:
                        recogniser = recogniser or Recogniser(settings)
                        own.recognised = recogniser.submit(*_picture(page, characters, own, settings.ocr_dpi))
                    else:
                        own.content = _own_text(page, characters, own)
            except pypdfium2.PdfiumError:
                own = _damaged(index + 1)
            finally:
                page.close()
            judged.append(own)
        return [order_page(_content(own)) for own in judged], judged
    finally:
        if recogniser is not None:
            recogniser.close()


def _damaged(number: int) -> _Judged:
    """A page that cannot be loaded: empty, told in the issues; the others are read."""
    content = PageContent(number, 0.0, 0.0, (), reason=Verdict.DAMAGED.value)
    return _Judged(number, 0.0, 0.0, 0, Verdict.DAMAGED, Evidence(0, 0.0, 0.0, 0.0, 0.0), content)


def _picture(page: pypdfium2.PdfPage, characters: PageText, own: _Judged, dpi: int) -> tuple[NDArray[np.uint8], float]:
    """The page's picture and its resolution; where the file's own characters stay, their places are white."""
    picture, drawn = render(page, dpi)
    if own.verdict.keeps_own_text:
        printed, turn = characters.runs()
        own.printed = printed if not turn else ()
        wipe(picture, own.printed, drawn)
    return picture, drawn


def _judge(page: pypdfium2.PdfPage, characters: PageText, number: int) -> _Judged:
    verdict, evidence = judge(page, characters)
    return _Judged(number, page.get_width(), page.get_height(), page.get_rotation(), verdict, evidence)


def _own_text(page: pypdfium2.PdfPage, characters: PageText, own: _Judged) -> PageContent:
    runs, turn = characters.runs(_recoder(own.evidence) if own.verdict is Verdict.LEGACY else None)
    rules = rules_of(page, turn) if runs else ()
    width, height = (own.height, own.width) if turn in {90, 270} else (own.width, own.height)
    return PageContent(
        own.number, width, height, runs, rules, TextLayer.TEXT, own.verdict.value, own.rotation, turn=turn
    )


def _recoder(evidence: Evidence) -> Callable[[str, str], str]:
    """Legacy codes by font name where the name tells, by the page's evidence otherwise."""

    def recode(text: str, font: str) -> str:
        encoding, capitals = encoding_of_font(font)
        encoding = encoding or evidence.legacy
        if encoding is None:
            return text
        decoded = decode(text, encoding)
        return decoded.upper() if capitals else decoded

    return recode


def _content(own: _Judged) -> PageContent:
    if own.content is not None:
        return own.content
    assert own.recognised is not None
    seen = own.recognised.result()
    width, height = (own.height, own.width) if seen.turn in {90, 270} else (own.width, own.height)
    # a head printed straight over a picture that had to be turned has no place in its order: it is read with it
    printed = own.printed if not seen.turn else ()
    return PageContent(
        own.number,
        width,
        height,
        printed + seen.runs,
        seen.rules,
        TextLayer.OCR,
        own.verdict.value,
        own.rotation,
        seen.confidence,
        seen.turn,
        seen.angle,
    )


def render(page: pypdfium2.PdfPage, dpi: int) -> tuple[NDArray[np.uint8], float]:
    """The page as an RGB picture and its resolution, lower than `dpi` for very large pages."""
    width, height = page.get_width(), page.get_height()
    scale = min(dpi / 72, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        picture = bitmap.to_numpy()
        if picture.ndim == 3 and picture.shape[2] == 4:
            picture = picture[..., :3]
        return np.ascontiguousarray(picture), scale * 72
    finally:
        bitmap.close()


def wipe(picture: NDArray[np.uint8], runs: Iterable[Run], dpi: float) -> None:
    """Paint white, in place, where the file's own characters stand: they need no recognition."""
    scale = dpi / 72
    for run in runs:
        box = run.box
        picture[
            max(int(box.top * scale), 0) : int(box.bottom * scale) + 1,
            max(int(box.x0 * scale) - 2, 0) : int(box.x1 * scale) + 3,
        ] = 255


def _issues(judged: list[_Judged], pages: list[Page], settings: ReadingSettings) -> list[ParseIssue]:
    issues: list[ParseIssue] = []
    for own, page in zip(judged, pages, strict=True):
        if own.verdict is Verdict.DAMAGED:
            note = f"Trang {own.number} bị hỏng, không đọc được; các trang khác vẫn được đọc."
            issues.append(ParseIssue("page_damaged", note, Severity.ERROR, page.span, own.number))
        elif own.verdict.needs_ocr and not settings.ocr:
            issues.append(
                ParseIssue(
                    "page_not_recognised",
                    f"Trang {own.number} là ảnh quét, chưa được nhận dạng vì chức năng nhận dạng đang tắt.",
                    Severity.ERROR,
                    page.span,
                    own.number,
                )
            )
        elif own.verdict is Verdict.LYING_LAYER:
            issues.append(
                ParseIssue(
                    "lying_text_layer",
                    f"Trang {own.number} có lớp chữ ẩn không đúng với hình; đã nhận dạng lại từ hình.",
                    Severity.INFO,
                    page.span,
                    own.number,
                )
            )
        if page.layer is TextLayer.OCR and page.confidence < settings.ocr_min_confidence:
            issues.append(
                ParseIssue(
                    "ocr_low_confidence",
                    f"Trang {own.number} nhận dạng với độ tin cậy thấp ({page.confidence:.0%}).",
                    Severity.WARNING,
                    page.span,
                    own.number,
                )
            )
    return issues

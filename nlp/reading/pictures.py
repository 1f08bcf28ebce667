"""Single pictures of pages (.jpg, .png, .tif): recognised like a scanned page; a .tif may hold several."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from nlp.law.source import SourceText, TextLayer
from nlp.reading.assemble import TextBuilder, assemble
from nlp.reading.failures import failure
from nlp.reading.furniture import mark_furniture
from nlp.reading.layout import PageContent
from nlp.reading.ocr import Recogniser
from nlp.reading.order import order_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nlp.settings import ReadingSettings

MEDIA_TYPE = "image/*"
_MAX_PIXELS = 120_000_000  # of one picture
_PAGE_INCHES = 11.7  # height of A4: a picture without a stated resolution is taken for a page of this size
_MAX_WORKED = 40_000_000  # pixels given to recognition


def read_picture(data: bytes, name: str, sha256: str, settings: ReadingSettings) -> SourceText:
    """The text of a page picture; raises InputError for damaged or huge pictures, ResourceError where recognition is off."""
    if not settings.ocr:
        raise failure("ocr_off", name)
    contents: list[PageContent] = []
    recogniser = Recogniser(settings)
    try:
        for number, (picture, dpi) in enumerate(_pictures(data, name, settings), start=1):
            seen = recogniser.read(picture, dpi)
            height, width = (side * 72 / dpi for side in picture.shape[:2])
            if seen.turn in {90, 270}:
                width, height = height, width
            contents.append(
                PageContent(
                    number,
                    width,
                    height,
                    seen.runs,
                    seen.rules,
                    TextLayer.OCR,
                    "image_only",
                    0,
                    seen.confidence,
                    seen.turn,
                    seen.angle,
                )
            )
    finally:
        recogniser.close()
    layouts = [order_page(content) for content in contents]
    mark_furniture(layouts)
    builder = TextBuilder()
    pages = assemble(layouts, builder)
    return builder.source(name, MEDIA_TYPE, sha256, pages)


def _pictures(data: bytes, name: str, settings: ReadingSettings) -> Iterator[tuple[NDArray[np.uint8], float]]:
    try:
        with Image.open(io.BytesIO(data)) as opened:
            for number, frame in enumerate(ImageSequence.Iterator(opened)):
                if number >= settings.max_pages:
                    return
                width, height = frame.size
                if width * height > _MAX_PIXELS:
                    raise failure("picture_too_large", name, width=width, height=height)
                shown = ImageOps.exif_transpose(frame).convert("RGB")
                if width * height > _MAX_WORKED:
                    shrink = (_MAX_WORKED / (width * height)) ** 0.5
                    shown = shown.resize((round(width * shrink), round(height * shrink)))
                yield np.asarray(shown), max(shown.size) / _PAGE_INCHES
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise failure("picture_damaged", name) from error

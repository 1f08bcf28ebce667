"""Edits of a text that change nothing in law, for metamorphic tests."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_OLD_TONES = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé", "ỏe": "oẻ", "ọe": "oẹ",
              "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ"}  # fmt: skip


def spelled(number: int) -> str:
    """The numeral of 1 to 999 in words, as law texts print it."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    parts = [f"{_DIGITS[hundreds]} trăm"] if hundreds else []
    if tens == 1:
        parts.append("mười")
    elif tens:
        parts.append(f"{_DIGITS[tens]} mươi")
    elif hundreds and ones:
        parts.append("linh")
    if ones:
        parts.append({5: "lăm" if tens else "năm", 1: "mốt" if tens > 1 else "một"}.get(ones, _DIGITS[ones]))
    return " ".join(parts)


def renumbered(text: str) -> str:
    """The provision under another number: its own mark replaced, or one put before it."""
    bare = re.sub(r"^\s*(?:Điều\s+\d+[a-zđ]?[.:]\s*|\d{1,3}[a-zđ]?[.)]\s+|[a-zđ]\d?\)\s*)", "", text)
    return f"17. {bare}"


def old_tones(text: str) -> str:
    """ "hòa" as "hoà", "ủy" as "uỷ": the other placement of the tone; "quý" has only one."""
    return re.sub("(?<![qQ])(?:" + "|".join(_OLD_TONES) + r")(?!\w)", lambda match: _OLD_TONES[match.group()], text)


def decomposed(text: str) -> str:
    """The text as some keyboards and PDF files store it: base letters and combining marks."""
    return unicodedata.normalize("NFD", text)


def spaced(text: str) -> str:
    """Wider blanks, no-break ones among them, and blank lines at the end."""
    return re.sub(r" (?=\w)", lambda match: "  " if match.start() % 3 else "\u00a0", text) + "\n\n"


def long_units(text: str) -> str:
    """Years in months, hours in minutes, kilometres and hectares in metres, millions in full: exact conversions only."""
    rules = (
        (r"(?<![\d.,/])0?(\d{1,2}) năm(?! \d)(?! học)(?=[\s,.;])", lambda n: f"{12 * n} tháng"),
        (r"(?<![\d.,])0?(\d{1,2}) giờ(?! làm| \d)", lambda n: f"{60 * n} phút"),
        (r"(?<![\d.,])0?(\d{1,2}) km(?![2²\w])", lambda n: f"{n}.000 m"),
        (r"(?<![\d.,])0?(\d{1,2}) ha(?!\w)", lambda n: f"{10 * n}.000 m2"),
        (r"(?<![\d.,])0?(\d{1,3}) triệu đồng", lambda n: f"{n}.000.000 đồng"),
    )
    for pattern, written in rules:
        text = re.sub(pattern, lambda match, written=written: written(int(match.group(1))), text)  # type: ignore[misc]
    return text


def short_units(text: str) -> str:
    """Whole millions by name: "5.000.000 đồng" as "5 triệu đồng"."""
    return re.sub(r"(?<![\d.,])(\d{1,3})\.000\.000 đồng", r"\1 triệu đồng", text)


def in_words(text: str) -> str:
    """Numbers before days, months, persons and papers in words: "15 ngày" as "mười lăm ngày"."""
    pattern = r"(?<![\d.,/–-])(?<!ngày )(?<!tháng )0?([1-9]\d{0,2})(?= (?:ngày(?! \d)|tháng(?! \d)|tuổi|người|bộ hồ sơ)(?!\w))"
    return re.sub(pattern, lambda match: spelled(int(match.group(1))), text)


def reordered(text: str) -> str:
    """The points of a list in the opposite order under the same letters."""
    lines = text.split("\n")
    points = [index for index, line in enumerate(lines) if re.match(r"\s*[a-zđ]\)\s", line)]
    if len(points) < 2 or points != list(range(points[0], points[0] + len(points))):
        return text
    bodies = [re.sub(r"^\s*[a-zđ]\)\s*", "", lines[index]).rstrip(" ;.") for index in points]
    marks = [re.match(r"\s*[a-zđ]\)", lines[index]).group() for index in points]  # type: ignore[union-attr]
    for place, (mark, body) in enumerate(zip(marks, reversed(bodies), strict=True)):
        lines[points[place]] = f"{mark} {body}{'.' if place == len(points) - 1 else ';'}"
    return "\n".join(lines)


def upper_heading(text: str) -> str:
    """The heading of an article in capitals."""
    return re.sub(
        r"^(Điều\s+\d+[a-zđ]?\.\s*)([^\n]{3,120})(?=\n)", lambda match: match.group(1) + match.group(2).upper(), text
    )


# the order of points is left out: word order, which the fitted scorer weighs, changes with it (tests/comparison/test_metamorphic.py tests the rules)
EDITS = (renumbered, old_tones, decomposed, spaced, long_units, short_units, in_words, upper_heading)

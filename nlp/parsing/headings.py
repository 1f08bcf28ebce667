"""The markers that begin units: "Chương II", "Điều 7a.", "3.", "đ)", "-" (Điều 63 Nghị định 78/2025/NĐ-CP), and their older forms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.law.document import Level

# A footnote mark of a consolidated text behind the number: "Điều 5.[3]", "2.[4]", "Điều 7[12]."
_NOTE = r"(?:\s?\[\d{1,3}\]|\s?\(\d{1,3}\)(?=\s[A-ZĐÀ-Ỹ]))?"
_CAPITAL = r"[A-ZĐÀ-ỸÝ]"

_PART = re.compile(
    r"(?:Phần|PHẦN)\s+(?P<number>(?:thứ|THỨ)\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|NHẤT|HAI|BA|TƯ|NĂM|SÁU|BẢY|TÁM|CHÍN|MƯỜI)|[IVX]+|\d{1,2}|[A-H])(?![\w])"
    r"\s*(?P<separator>[.:–-]?)\s*(?P<rest>.*)"
)
_CHAPTER = re.compile(
    rf"(?:Chương|CHƯƠNG)\s+(?P<number>[IVXLC]+[a-z]?|\d{{1,3}})(?![\w]){_NOTE}\s*(?P<separator>[.:–-]?)\s*(?P<rest>.*)"
)
_SECTION = re.compile(
    rf"(?:Mục|MỤC)\s+(?P<number>\d{{1,3}}[a-zđ]?|[IVXLC]+)(?![\w]){_NOTE}\s*(?P<separator>[.:–-]?)\s*(?P<rest>.*)"
)
_SUBSECTION = re.compile(
    rf"(?:Tiểu mục|Tiểu Mục|TIỂU MỤC)\s+(?P<number>\d{{1,3}}[a-zđ]?|[IVXLC]+)(?![\w]){_NOTE}\s*(?P<separator>[.:–-]?)\s*(?P<rest>.*)"
)
# "Điều 7a. Tên", "ĐIỀU 1: ...", "Điều 1.- ...", "Điều1.", "Điều 2[107]. Chấp thuận", OCR "Điêu 3."
_ARTICLE = re.compile(
    r"[ĐÐD][iíìI][eêềếểễệEÊỀ][uU]\s{0,3}(?P<number>\d{1,4}(?:[a-zđ](?:\d{1,2})?)?|\d{1,3}\s[a-zđ](?=[.:]))(?![\w])"
    rf"{_NOTE}\s{{0,2}}(?P<separator>\.\s?[-–]|[.:]|[-–](?=\s)|){_NOTE}\s*(?P<rest>.*)"
)
_CLAUSE = re.compile(r"(?P<number>\d{1,3}[a-zđ]{0,2})(?P<separator>\s?[.)/:]|\s?[-–](?=\s)|-(?=[A-ZĐÀ-Ỹ]))(?P<rest>.*)")
_NUMBERED_POINT = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,4})(?P<separator>\.|\)|)(?=\s)(?P<rest>.*)")
_POINT = re.compile(r"(?P<number>[a-zđ]\d{0,2}|([a-zđ])\2)(?P<separator>\s?\)|[./](?=\s))(?P<rest>.*)")
_ROMAN_SECTION = re.compile(r"(?P<number>[IVXL]{1,6})(?P<separator>\s?[./)]|\s?[-–](?=\s))\s*(?P<rest>\S.*)")
_LETTER_PART = re.compile(rf"(?P<number>[A-H])(?P<separator>[./)]|\s?[-–](?=\s))\s+(?P<rest>{_CAPITAL}.*)")
# Private-use bullets come from symbol fonts of word processors.
DASH = re.compile(r"(?P<mark>[-–—+•*·‐▪●○◦✓\uf000-\uf0ff]|\((?:[ivx]{1,4}|\d{1,2})\))\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Marker:
    """A unit marker at the start of a line: its level, printed number, separator as printed and the words behind it."""

    level: Level
    number: str
    separator: str
    rest: str


def container_marker(text: str) -> Marker | None:
    """The marker of a Phần, Chương, Mục or Tiểu mục that heads `text`, None where the words are a citation.

    A heading stands alone, is set off by a stop, or names its title in capitals: "Chương II Luật này" is a citation.
    """
    for pattern, level in (
        (_CHAPTER, Level.CHAPTER),
        (_SECTION, Level.SECTION),
        (_PART, Level.PART),
        (_SUBSECTION, Level.SUBSECTION),
    ):
        if match := pattern.fullmatch(text):
            rest = match["rest"]
            if not rest or (match["separator"] and rest[:1].isupper()) or _is_title(rest):
                return Marker(level, match["number"], match["separator"], rest)
            return None
    return None


def _is_title(rest: str) -> bool:
    letters = [letter for letter in rest if letter.isalpha()]
    return len(letters) > 3 and sum(map(str.isupper, letters)) > 0.9 * len(letters)


def article_marker(text: str) -> Marker | None:
    """The marker of a Điều that heads `text`: the number is set off by ".", ":" or "-", or stands alone.

    A small letter may follow a full stop: older texts lost accented capitals ("Điều 583. ủy quyền lại").
    """
    match = _ARTICLE.match(text)
    if match is None:
        return None
    rest, separator = match["rest"], match["separator"]
    if separator in ("", "-", "–") and rest and not (separator and rest[:1].isupper()):
        return None
    if rest and ((rest[0].islower() and separator not in (".", ":")) or rest[0] in ",;)"):
        return None
    if rest[:1].isdigit() and not (footnoted := re.match(rf"\d{{1,3}}\s?(?=[(]|{_CAPITAL}|$)", rest)):
        # "Điều 3.3 (được bãi bỏ)": a footnote mark; but "Điều 5. 1. Người ..." is an article whose first khoản shares its line
        if not re.match(r"1\s?[.\-/)]\s?\D", rest):
            return None
    elif rest[:1].isdigit() and footnoted:
        rest = rest[footnoted.end() :]
    return Marker(Level.ARTICLE, match["number"].replace(" ", ""), separator, rest)


def clause_marker(text: str) -> Marker | None:
    """The marker of a khoản: "3. ", "3a.", "2.[4]", older "1/ ", "1) ", "1- "; decimals, dates and fractions are none."""
    match = _CLAUSE.match(text)
    if match is None:
        return None
    rest = re.sub(r"^\s?\[\d{1,3}\]", "", match["rest"])
    if match["separator"] == "." and re.match(r"[1-9]\d{0,2}\s+[A-ZĐÀ-Ỹ(“]", rest):
        rest = re.sub(
            r"^\d{1,3}", "", rest
        )  # "2.4 Người ...": a footnote mark; the caller knows whether the text has footnotes
        return Marker(Level.CLAUSE, match["number"], ".#", rest.strip())
    if rest and (rest[0].isdigit() or rest[0] in ",.;:)" or rest[0].islower()):
        return None
    return Marker(Level.CLAUSE, match["number"], match["separator"].strip(), rest.strip())


def point_marker(text: str) -> Marker | None:
    """The marker of a điểm: "a)", "đ)", "b1)", older "a." and "a/"."""
    match = _POINT.match(text)
    if match is None:
        return None
    return Marker(Level.POINT, match["number"], match["separator"].strip(), match["rest"].strip())


def numbered_point_marker(text: str) -> Marker | None:
    """The marker of a decimal unit, "1.1." or "2.3.1": older circulars call it "điểm 1.1 khoản 1"."""
    match = _NUMBERED_POINT.match(text)
    return Marker(Level.POINT, match["number"], match["separator"], match["rest"].strip()) if match else None


def roman_marker(text: str) -> Marker | None:
    """The marker of a section in a text without articles: "II. NHIỆM VỤ", "III/ ..."."""
    match = _ROMAN_SECTION.match(text)
    return Marker(Level.SECTION, match["number"], match["separator"].strip(), match["rest"]) if match else None


def letter_marker(text: str) -> Marker | None:
    """The marker of a part in a text without articles: "A. PHẦN CHUNG"."""
    match = _LETTER_PART.match(text)
    return Marker(Level.PART, match["number"], match["separator"].strip(), match["rest"]) if match else None

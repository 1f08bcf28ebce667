"""The parts of a text: the document itself, what was "ban hành kèm theo" it, and its annexes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.law.document import Level
from nlp.parsing.closing import closes, signs
from nlp.parsing.headings import article_marker, container_marker
from nlp.parsing.sequence import order_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.parsing.lines import TextLine

# "PHỤ LỤC", "PHỤ LỤC II", "Phụ lục số 03", "Phụ lục I. TÊN"; mixed case with words behind it is a citation
_ANNEX = re.compile(
    r"(?P<word>PHỤ\s+LỤC|Phụ\s+[Ll]ục|PHỤ\s+BIỂU|Phụ\s+biểu)(?:\s+(?:SỐ|số|Số))?\s*:?\s*"
    r"(?P<number>[IVXLC]{1,6}[a-zA-Z]?(?![\wÀ-ỹ])|\d{1,3}[a-zA-ZđĐ]?(?:[.-]\d{1,2})?(?![\wÀ-ỹ])|[A-HĐ](?![\wÀ-ỹ])|)\s*(?P<separator>[.:–-]?)\s*(?P<rest>.*)"
)
# "(Ban hành kèm theo Quyết định số 12/2024/QĐ-UBND ...)", "(Kèm theo Thông tư số ...)"
_ATTACHED_TO = re.compile(
    r"[(\[]?\s*(?:Được\s+)?(?:Ban\s+hành\s+)?kèm\s+theo\s+(?:Quyết|Nghị|Thông|Luật|Công|Chỉ|Pháp|văn bản|Kế|Tờ)",
    re.IGNORECASE,
)
_ANCHOR_BEHIND = re.compile(rf"(?<=\S)\s+[(\[](?={_ATTACHED_TO.pattern.removeprefix('[([]?')})", re.IGNORECASE)
_RULES = re.compile(
    r"(?:BẢN\s+)?(?:QUY\s+ĐỊNH|QUI\s+ĐỊNH|QUY\s+CHẾ|QUI\s+CHẾ|ĐIỀU\s+LỆ|NỘI\s+QUY|QUY\s+TRÌNH|CHƯƠNG\s+TRÌNH|KẾ\s+HOẠCH|ĐỀ\s+ÁN|CHIẾN\s+LƯỢC|PHƯƠNG\s+ÁN|"
    r"HƯỚNG\s+DẪN|QUY\s+TẮC|CHUẨN\s+MỰC|CHÍNH\s+SÁCH|CƠ\s+CHẾ|QUY\s+CHUẨN|QUY\s+HOẠCH|HỆ\s+THỐNG)\b"
)
_GENERAL = re.compile(r"QU[YI]\s+ĐỊNH\s+(?:CHUNG|CỤ\s+THỂ|CHUYỂN|KHÁC|VỀ\s+ĐIỀU\s+KHOẢN)")  # names of chapters
_LISTS = re.compile(r"(?:DANH\s+MỤC|BẢNG|BIỂU|MẪU|MỨC|GIÁ|ĐƠN\s+GIÁ|HỆ\s+SỐ|ĐỊNH\s+MỨC|THỦ\s+TỤC|PHỤ\s+LỤC)\b")
_LETTERHEAD = re.compile(
    r"CỘNG\s+H[ÒO][ÀA]?\s+XÃ\s+HỘI|Độc\s+lập\s*-|(?:ỦY|UỶ)\s+BAN\s+NHÂN\s+DÂN|HỘI\s+ĐỒNG\s+NHÂN\s+DÂN|BỘ\s+[A-ZĐÀ-Ỹ]|TỈNH\s+[A-ZĐÀ-Ỹ]|[-_*=]{3,}$"
)
_LOOK_BACK = 14  # lines between the start of an attached text and its "(Ban hành kèm theo ...)"
_TITLE_LINES = 8
_MISSING_ARTICLES = 3  # articles that may be missing before the next one still belongs to the same document
_LONGEST_SMALL_TITLE = 160  # a title in small letters is short; a longer line is text


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document: lines `first` to `last` (half open).

    `level` is None for the document itself; `number` is as printed ("II", "" when the annex has none); `heading` its title in one line.
    `signed` is the line of its signature block, where one was seen behind the last article of the document itself.
    """

    level: Level | None
    number: str
    heading: str
    first: int
    last: int
    signed: int | None = None


def split_parts(lines: Sequence[TextLine], quoted: Sequence[bool]) -> tuple[Part, ...]:
    """The parts in text order, together all lines; the first is the document itself (possibly without a line).

    `quoted` marks lines inside payloads: they begin no part.
    """
    starts, signed = _starts(lines, quoted)
    bounds = [*(start.first for start in starts), len(lines)]
    parts = [Part(None, "", "", 0, bounds[0], signed if signed is not None and signed < bounds[0] else None)]
    parts.extend(
        Part(start.level, start.number, start.heading, start.first, stop)
        for start, stop in zip(starts, bounds[1:], strict=True)
    )
    return tuple(parts)


def _starts(lines: Sequence[TextLine], quoted: Sequence[bool]) -> tuple[list[Part], int | None]:
    """The parts that begin behind the document itself, and the line where it is signed."""
    starts: list[Part] = []
    signed: int | None = None
    begun = False  # a document begins with its own text: an annex title in the letterhead's place is possible, an attached text is not
    article = 0  # the last article seen in the document itself
    ahead = _next_articles(lines, quoted)
    for index, line in enumerate(lines):
        if quoted[index] or line.table:
            continue
        marker = article_marker(line.text)
        number = order_of(marker.number) if marker is not None else None
        if number is not None and not starts and line.strength and article < number[0] <= article + _MISSING_ARTICLES:
            article = number[0]
        if (
            signed is None
            and not starts
            and article
            and signs(line.text)
            and not article < ahead[index] <= article + _MISSING_ARTICLES
        ):
            signed = index
        begun = begun or marker is not None or container_marker(line.text) is not None
        if starts and index < starts[-1].last:
            continue
        start = _annex(lines, index) or (_attached(lines, index) if begun else None)
        if (
            start is None
            and not starts
            and article > 1
            and marker is not None
            and marker.number == "1"
            and line.strength == 2
        ):
            start = _restarted(lines, index)
        if start is None or (starts and start.first < starts[-1].last):
            continue  # "(Ban hành kèm theo ...)" under the title of an annex that has begun
        if not starts and article and article < ahead[index] <= article + _MISSING_ARTICLES:
            continue  # "Phụ lục 1a" in a list inside an article: the document's next article follows
        starts.append(start)
    return starts, signed


def _next_articles(lines: Sequence[TextLine], quoted: Sequence[bool]) -> list[int]:
    """For each line the number of the next article heading behind it, 0 when none follows."""
    ahead = [0] * len(lines)
    number = 0
    for index in range(len(lines) - 1, -1, -1):
        ahead[index] = number
        line = lines[index]
        if quoted[index] or line.table or line.strength < 2:
            continue
        marker = article_marker(line.text)
        if marker is not None and (order := order_of(marker.number)) is not None:
            number = order[0]
    return ahead


def _annex(lines: Sequence[TextLine], index: int) -> Part | None:
    match = _ANNEX.fullmatch(lines[index].text)
    if match is None or lines[index].strength == 0:
        return None
    rest = match["rest"]
    capital = match["word"].isupper()
    if rest and not (rest.isupper() or rest.startswith(("(", "[")) or (match["separator"] and capital)):
        return None
    if rest.startswith(("(", "[")) and not _ATTACHED_TO.match(rest):
        return None
    if not capital and not rest and lines[index].strength < 2:
        return None
    stop = index + 1
    title = [] if rest.startswith(("(", "[")) else [_without_anchor(rest)]
    if not rest:
        stop, more = _title(lines, index + 1)
        title.extend(more)
    return Part(Level.ANNEX, match["number"].rstrip("."), " ".join(filter(None, title)), index, stop)


def _title(lines: Sequence[TextLine], index: int) -> tuple[int, list[str]]:
    """The title lines from `index` on, up to a marker, a table, an "(Ban hành kèm theo" line or a sentence."""
    title: list[str] = []
    while index < len(lines) and len(title) < _TITLE_LINES:
        line = lines[index]
        if line.table or line.text.startswith(("(", "[")) or article_marker(line.text) or container_marker(line.text):
            break
        text = _without_anchor(line.text)
        capital = _mostly_capital(text)
        if not capital and (title or len(text) > _LONGEST_SMALL_TITLE or not text[:1].isupper()):
            break
        title.append(text)
        index += 1
        if text != line.text or not capital:
            break
    return index, title


def _without_anchor(text: str) -> str:
    """A title line without the "(Ban hành kèm theo ...)" behind it."""
    return text[: at.start()].rstrip() if (at := _ANCHOR_BEHIND.search(text)) else text


def _mostly_capital(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) > 0.8 * len(letters)


def _attached(lines: Sequence[TextLine], index: int) -> Part | None:
    """The part whose "(Ban hành kèm theo ...)" stands in line `index`, alone or behind its title."""
    text = lines[index].text
    behind = _ANCHOR_BEHIND.search(text)
    if behind is not None and _mostly_capital(text[: behind.start()]):
        title_at, title_end = _title_above(lines, index + 1, text[: behind.start()]), index + 1
    elif _ATTACHED_TO.match(text) and text.startswith(("(", "[", "Ban", "BAN")):
        title_at, title_end = _title_above(lines, index, ""), index
    else:
        return None
    if title_at is None:
        return None
    title = [_without_anchor(line.text) for line in lines[title_at:title_end]]
    level = Level.ATTACHED if _RULES.match(title[0]) else Level.ANNEX
    if not _LISTS.match(title[0]) and level is Level.ANNEX and _has_articles(lines, index):
        level = Level.ATTACHED
    return Part(level, "", " ".join(title), _letterhead_above(lines, title_at), index + 1)


def _restarted(lines: Sequence[TextLine], index: int) -> Part | None:
    """The attached text without "(Ban hành kèm theo ...)" whose Điều 1 stands in line `index`: a title in capitals above it names its kind."""
    for at in range(index - 1, max(index - _LOOK_BACK, -1), -1):
        text = lines[at].text
        if closes(text) or lines[at].table:
            return None
        if _mostly_capital(text) and _RULES.match(text) and not _GENERAL.match(text):
            stop, title = _title(lines, at)
            return Part(Level.ATTACHED, "", " ".join(title), _letterhead_above(lines, at), max(stop, at + 1))
    return None


def _letterhead_above(lines: Sequence[TextLine], index: int) -> int:
    """The first line of a repeated letterhead just above a title, `index` where there is none."""
    first = index
    while (
        first > 0
        and index - first < _LOOK_BACK
        and len(lines[first - 1].text) < 120
        and _LETTERHEAD.search(lines[first - 1].text)
    ):
        first -= 1
    return first


def _title_above(lines: Sequence[TextLine], index: int, last: str) -> int | None:
    """The first line of the capital title that ends just above `index`, None when there is no such title; `last` stands for its last line if not empty."""
    at = index
    while at > 0 and index - at < _TITLE_LINES:
        text = last if last and at == index else lines[at - 1].text
        if not _mostly_capital(text) or closes(text) or _LETTERHEAD.match(text) or lines[at - 1].table:
            break
        at -= 1
        if _RULES.match(text) or _LISTS.match(text):
            return at
    if (
        at == index and index and len(lines[index - 1].text) < 160
    ):  # titles in small letters: "Quy định", then its subject
        for back in range(1, 5):
            if (
                index - back >= 0
                and _RULES.match(lines[index - back].text.upper())
                and len(lines[index - back].text) < 160
            ):
                return index - back
    return at if at < index else None


def _has_articles(lines: Sequence[TextLine], index: int) -> bool:
    for line in lines[index : index + 40]:
        marker = article_marker(line.text)
        if marker is not None and marker.number == "1":
            return True
    return False

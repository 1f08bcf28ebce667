"""The printed head of a document: its number, kind, title, issuing body, place and date (Điều 71 Nghị định 78/2025/NĐ-CP)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.law.identifiers import DocumentNumber
from nlp.law.rank import Kind, kind_from_name
from nlp.parsing.dates import DATE, date_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

_MOTTO = re.compile(
    r"C[ỘO]NG\s+H[ÒO]A?À?\s+X[ÃA]\s+H[ỘO]I\s+CH[ỦU]\s+NGH[ĨI]A\s+VI[ỆE]T\s+NAM|Độc\s+lập\s*[-–]\s*Tự\s+do\s*[-–]\s*Hạnh\s+phúc|Độc\s+lập\s*-?$|^-?\s*Tự\s+do\s*-\s*Hạnh\s+phúc",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-_*=–—.·\s|]{2,}$")
_RUNNING_HEAD = re.compile(r"CÔNG\s+BÁO\s*/?\s*Số|^\d{1,4}$|^PHẦN\s+VĂN\s+BẢN|^TIÊU\s+ĐỀ:", re.IGNORECASE)
_SECTION = re.compile(r"^VĂN BẢN (?:QUY PHẠM )?PHÁP LUẬT(?: KHÁC)?|^VĂN BẢN HỢP NHẤT\s*[-–]?")  # of the gazette
_SCATTERED = re.compile(
    r"\S(?:\s\S){3,}(?:\s\S{1,2})*|\S{1,2}"
)  # letters of a running head printed upright: "C Ô N G B Á O"
_LABEL = r"(?:^|[|\n])[ \t]*(?:[A-ZĐ][ \t])?(?:(?:Bộ\s+luật|Luật|Pháp\s+lệnh|Nghị\s+quyết|Lệnh|LUẬT)\s+)?[Ss][ốôo6]\s*[:.]?\s*"
_NUMBER = re.compile(
    _LABEL
    + r"(?P<number>\d[\w.]{0,8}\s?/\s?[^\s,;|]+(?:(?<=[-–/])\s?[^\s,;|]+|\s?[-–/]\s?[^\s,;|]+)*|\d{1,4}-[A-ZĐ][\w/Đ-]+)"
)
_LOOSE_NUMBER = re.compile(
    r"(?<![\d/])(?P<number>\d{1,5}[a-zA-Z]?\s?/\s?(?:(?:19|20)\d\d\s?/\s?)?[A-ZĐ][A-ZĐa-z]{0,6}(?:\s?[-–/]\s?[A-ZĐ][\wĐ&]*)+)"
)
# "Số:      /2012/QĐ-UBND"; OCR of a handwritten number leaves rubbish before the stroke: "Số: E @ /2021/TT-BQP"
_BLANK_NUMBER = re.compile(
    _LABEL + r"[^\n|/]{0,14}(?P<year>/\s?(?:19|20)\d\d)?\s?/\s?(?P<symbol>[A-ZĐ]{2,6}(?:\s?[-–]\s?[A-ZĐ][\wĐ&]*)+)"
)
_PLACE_DATE = re.compile(
    rf"(?:^|[|\n]|\s{{2,}}|\d/[\w-]+ )[\s_.\-]*(?P<place>[A-ZĐÀ-Ỹ][\w.\-À-ỹ ]{{1,40}}?)?\s*,\s*{DATE}", re.IGNORECASE
)
_PLACE = re.compile(
    r"(?:^|[|\n])[\s_.\-]*(?P<place>[A-ZĐÀ-Ỹ][\w.\-À-ỹ ]{1,40}?)\s*,\s*ngày"
)  # the day itself is blank or cannot be read
_ANY_DATE = re.compile(DATE, re.IGNORECASE)
_DATE_LINE = re.compile(rf"^[^\n]{{0,30}}\b{DATE}\W*$", re.IGNORECASE | re.MULTILINE)


def unaccented(text: str) -> str:
    """`text` without tone and vowel marks, letter for letter ("đ" becomes "d")."""
    return "".join(_bare(letter) for letter in text)


def _bare(letter: str) -> str:
    return {"đ": "d", "Đ": "D"}.get(letter) or unicodedata.normalize("NFD", letter)[0]


_KINDS = (
    r"HIẾN PHÁP|BỘ LUẬT|LUẬT|PHÁP LỆNH|NGHỊ QUYẾT LIÊN TỊCH|NGHỊ QUYẾT|SẮC LỆNH|LỆNH|NGHỊ ĐỊNH|QUYẾT ĐỊNH|THÔNG TƯ LIÊN TỊCH|THÔNG TƯ LIÊN BỘ|THÔNG TƯ|"
    r"CHỈ THỊ|VĂN BẢN HỢP NHẤT|KẾ HOẠCH|THÔNG BÁO|BÁO CÁO|TỜ TRÌNH|KẾT LUẬN|HƯỚNG DẪN|CÔNG ĐIỆN|CHƯƠNG TRÌNH|PHƯƠNG ÁN|ĐỀ ÁN|DANH MỤC"
)
_BARE_KINDS = unaccented(_KINDS).replace(" ", "[ ]+")
_KIND_LINE = re.compile(
    rf"(?P<kind>{_BARE_KINDS})(?![\w:])\s*(?P<rest>.*)"
)  # over text without accents: OCR reads "CHÍ THỊ"
_KIND_LINE_SMALL = re.compile(
    rf"(?P<kind>{_KINDS.replace(' ', '[ ]+').title()})(?![\w:])\s+(?P<rest>(?:[Vv]ề|[Qq]uy|[Bb]an|[Ss]ửa|[Hh]ướng|[Pp]hê|[Cc]ông|[Bb]ãi|[Đđ]iều).*)",
    re.IGNORECASE,
)
_BASIS = re.compile(
    r"[-–+*•]?\s*(?:Căn\s+cứ|Xét\s|Theo\s+đề\s+nghị|Thực\s+hiện\s|Để\s|Nhằm\s|Kính\s+gửi|\(?(?:Ban\s+hành\s+)?[Kk]èm\s+theo)|QUYẾT\s+(?:ĐỊNH|NGHỊ)\s*:",
    re.IGNORECASE,
)
AUTHORITY = re.compile(
    r"(?:CHỦ\s+TỊCH|BỘ\s+TRƯỞNG|THỦ\s+TƯỚNG|CHÍNH\s+PHỦ|QUỐC\s+HỘI|(?:ỦY|UỶ)\s+BAN|HỘI\s+ĐỒNG|THỐNG\s+ĐỐC|TỔNG\s+(?:KIỂM|THANH)|VIỆN\s+TRƯỞNG|CHÁNH\s+ÁN|"
    r"GIÁM\s+ĐỐC|CỤC\s+TRƯỞNG|BAN\s+CHẤP\s+HÀNH|TỔNG\s+CỤC|UBND|HĐND|LIÊN\s+BỘ|(?-i:BỘ)\s)[^;:]*$",
    re.IGNORECASE,
)
_SESSION = re.compile(r"(?:KH[ÓO]A|KỲ\s+HỌP|NHIỆM\s+KỲ)\b|^\(", re.IGNORECASE)
# How texts without căn cứ lines begin: directives, notices, plans
_OPENS = re.compile(
    r"(?:Thời gian|Trong|Ngày|Theo|Hiện|Năm|Nhằm|Trước|Qua|Sau|Vừa qua|Tiếp tục|Căn cứ|"
    r"Quốc hội|Chính phủ|Bộ trưởng|Chủ tịch|Hội đồng|Ủy ban)\s.{25,}[,.;:]|Kính gửi"
)
_TITLE_LINE = 45  # a line of a centred title that ends with a stop is shorter
_OF_BODY = re.compile(
    r"CỦA\s+(?:(?:ỦY|UỶ)\s+BAN|HỘI\s+ĐỒNG|CHÍNH|THỦ|BỘ|QUỐC|CHỦ|UBND|HĐND|BAN)"
)  # "QUYẾT ĐỊNH CỦA UỶ BAN NHÂN DÂN ...", then the title
_LONGEST_TITLE = 12  # lines
_HEAD_LINES = 45
_RUBBISH = 3  # characters that OCR may leave behind a kind that stands alone


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the head prints; "" or None where it does not. `symbol` is known also where the number itself was left blank (`blank`)."""

    kind: Kind
    number: DocumentNumber | None
    symbol: str
    blank: bool
    issuer: str  # the issuing body of the letterhead
    authority: str  # who issues, as named above the căn cứ lines: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ..."
    place: str
    issued: dt.date | None
    title: str


def read_letterhead(lines: Sequence[str]) -> Letterhead:
    """The letterhead of a header's lines. Table cells (" | ") count as lines; running heads of the gazette are passed over."""
    cells = [cell.strip() for line in lines for cell in line.split("|") if cell.strip()]
    cells = [cell for cell in cells if not _RUNNING_HEAD.search(cell) and not _SCATTERED.fullmatch(cell)]
    basis = next((at for at, cell in enumerate(cells) if _BASIS.match(cell)), len(cells))
    kind_at, kind, rest = _kind_line(cells[:basis])
    above = cells[: kind_at if kind_at is not None else min(basis, _HEAD_LINES)]
    head = "\n".join(above)
    labelled = _number(head, _NUMBER)
    blank = None if labelled else _BLANK_NUMBER.search(head)
    number, symbol = labelled or (None if blank else _loose_number(above)) or (None, "")
    title, authority = _title(rest, cells[kind_at + 1 : basis]) if kind_at is not None else ("", "")
    place, issued = _place_and_date(head)
    return Letterhead(
        kind,
        number,
        symbol or (re.sub(r"\s", "", blank["symbol"]).replace("–", "-") if blank else ""),
        blank is not None,
        _issuer(above),
        authority,
        place,
        issued,
        title,
    )


def _kind_line(cells: Sequence[str]) -> tuple[int | None, Kind, str]:
    """Where the kind stands in capitals (a line of its own first), the kind, and the words behind it."""
    matches = [(at, match) for at, cell in enumerate(cells) if (match := _KIND_LINE.match(unaccented(cell)))]
    alone = [(at, match) for at, match in matches if len(match["rest"]) < _RUBBISH]
    titled = [(at, match) for at, match in matches if match["rest"][:1].isupper()]
    if alone or titled:
        at, match = (alone or titled)[0]
        if alone and _kind(match["kind"]) is Kind.CONSOLIDATED and len(alone) > 1:
            at, match = alone[1]
        return at, _kind(match["kind"]), cells[at][match.start("rest") :] if not alone else ""
    for at, cell in enumerate(cells):
        if small := _KIND_LINE_SMALL.match(cell):
            return at, kind_from_name(small["kind"]), small["rest"]
    return None, Kind.UNKNOWN, ""


def _kind(bare: str) -> Kind:
    """The kind whose name reads `bare` without its accents."""
    words = " ".join(bare.split())
    return next(kind_from_name(name) for name in _KINDS.split("|") if unaccented(name) == words)


def _number(text: str, pattern: re.Pattern[str]) -> tuple[DocumentNumber, str] | None:
    for match in pattern.finditer(text):
        printed = match["number"]
        for candidate in (printed, printed.rsplit(" ", 1)[0]):
            try:
                number = DocumentNumber.parse(candidate.rstrip(".,;"))
            except ValueError:
                continue
            return number, number.symbol
    return None


def _loose_number(above: Sequence[str]) -> tuple[DocumentNumber, str] | None:
    """A number without its label, where it makes up most of its line."""
    for cell in above:
        match = _LOOSE_NUMBER.search(cell)
        if match is not None and len(match[0]) * 3 > len(cell) and (found := _number(match[0], _LOOSE_NUMBER)):
            return found
    return None


def _title(rest: str, below: Sequence[str]) -> tuple[str, str]:
    """The title and, behind it, the body that issues: "QUY ĐỊNH ...", "ỦY BAN NHÂN DÂN TỈNH ..."."""
    title = [rest] if rest and not _OF_BODY.match(rest) else []
    for line in below:
        if _RULE.fullmatch(line) or len(title) >= _LONGEST_TITLE or opens_sources(line):
            if title:
                break
            continue
        if title and _begins_body(line, title[-1]):
            break
        title.append(line)
    authority: list[str] = []
    for at in range(len(title) - 1, 0, -1):
        if _SESSION.match(title[at]) and not authority:
            continue
        if AUTHORITY.match(title[at]) and not title[at - 1].upper().endswith(("CỦA", "DO", "VÀ", ",", "TẠI", "THUỘC")):
            authority, title = title[at:], title[:at]
            break
        if len(title) - at >= 4:
            break
    words = re.sub(r"\s+", " ", " ".join(title)).strip(" -_*")
    return words, re.sub(r"\s+", " ", " ".join(line for line in authority if not _SESSION.match(line)))


def _begins_body(line: str, before: str) -> bool:
    """Whether a line under a title in small letters is already text: it opens like a paragraph, or ends like one."""
    if before.isupper() or not line[:1].isupper() or line.isupper():
        return False
    return _OPENS.match(line) is not None or (line.endswith((".", ":", ";")) and len(line) > _TITLE_LINE)


def opens_sources(line: str) -> bool:
    """Whether a line opens the list of sources of a consolidated text: "Thông tư số ... của Bộ trưởng ..., có hiệu lực kể từ"."""
    return re.match(r"(?:Bộ luật|Luật|Pháp lệnh|Nghị|Quyết|Thông|Chỉ)[\w\s]{0,60}\bsố\s+\d", line) is not None


def _issuer(above: Sequence[str]) -> str:
    """The issuing body: the first run of letterhead lines that are neither motto, number, date nor rule."""
    name: list[str] = []
    for cell in above:
        text = _PLACE_DATE.sub("", _MOTTO.sub("", _SECTION.sub("", cell)))
        text = re.sub(r"(?:\s\S)+$", "", text.strip(" -_*")).strip()
        if re.match(r"(?:\S\s)?(?:(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết)\s+)?[Ss][ốôo6]\s*[:.]?(?:\s|\d|$|/)", text):
            if name:
                break
            continue
        if not text or _RULE.fullmatch(text) or _ANY_DATE.search(text) or not _is_name(text):
            if name and (not text or _RULE.fullmatch(text)) and not _MOTTO.search(cell):
                break
            continue
        name.append(text)
        if len(name) == 4:
            break
    for cut in range(1, len(name)):
        if " ".join(name[:cut]) == " ".join(name[cut:]):
            name = name[:cut]  # the gazette prints the body once more above its document
            break
    return re.sub(r"\s+", " ", " ".join(name))


def _is_name(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 2 and sum(map(str.isupper, letters)) > 0.7 * len(letters)


def _place_and_date(head: str) -> tuple[str, dt.date | None]:
    match = _PLACE_DATE.search(head)
    if match is None:
        alone = _DATE_LINE.search(head)
        place = _PLACE.search(head)
        return place["place"].strip() if place else "", date_of(alone) if alone else None
    return re.sub(r"\s+", " ", match["place"] or "").strip(), date_of(match)

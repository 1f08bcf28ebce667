"""Identifiers with a grammar: document numbers, document keys, provision paths and ids. `parse` and `str` are inverses."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from nlp.law.document import Level
from nlp.law.span import Span

# Letters of symbols: "QĐ-UBND", "TTr", "KTrVB", "QLVBCC", "TT&TT". Vietnamese capitals beside A-Z occur in old texts.
_UPPER = "A-ZĐƯƠÂÊÔĂ"
_ANY = _UPPER + "a-zđươâêôă0-9&"
_SERIAL = r"\d{1,6}(?:\.\d{1,3})?[a-zđA-ZĐ]?(?:-\d{1,2}(?=/))?"  # 66.7 (NQ 206), 12a, 1620
_SYMBOL = rf"[{_UPPER}][{_ANY}]*(?:(?:\s?-\s{{0,2}}|\.)[{_UPPER}0-9][{_ANY}]*)*"

_NUMBER = re.compile(
    rf"""
    (?P<serial>{_SERIAL})
    (?:\s?/\s{{0,2}}(?P<year>(?:19|20)\d\d))?          # 12/2024/... : a normative document carries its year (Điều 7 Luật 64/2025/QH15)
    \s?(?:/|(?<=\d)-(?=[{_UPPER}]{{2,}}|L/CTN))\s{{0,2}}  # 12/QĐ-UBND; before 1997 also 12-CP, 09-TT/LB, 24-L/CTN
    (?P<symbol>{_SYMBOL}(?:/{_SYMBOL})?)         # TT/LB: joint circulars of the eighties
    """,
    re.VERBOSE,
)
# Inside running text a number must not be the tail of another word or of a date, and its symbol must not run into a word.
_IN_TEXT = re.compile(rf"(?<![\w/.,\-]){_NUMBER.pattern}(?!\w)", re.VERBOSE)

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−\u00ad\x02"), "-")  # pdfium gives a line-end hyphen as U+0002


def _clean(text: str) -> str:
    """`text` with dashes and look-alike letters unified, one character for one (offsets survive)."""
    return (
        text.translate(_DASHES)
        .replace("Ð", "Đ")
        .replace("ð", "đ")
        .replace("\u00a0", " ")
        .replace("Ƣ", "Ư")
        .replace("ƣ", "ư")
    )


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The number and symbol ("số, ký hiệu") of a document.

    `serial` "12", "12a" or "66.7"; leading zeros are kept as printed in `str` with at least two digits ("05", "5" is shown "05" never: as given).
    `year` is None for administrative documents ("454/NQ-HĐND") and most documents before 1997.
    """

    serial: str
    year: int | None
    symbol: str  # "QĐ-UBND", "QH15", "TTLT-BTC-BTP"

    @classmethod
    def parse(cls, text: str) -> DocumentNumber:
        """The number written in `text`, spaces around separators and look-alike letters allowed. Raises ValueError otherwise."""
        cleaned = _clean(unicodedata.normalize("NFC", text)).strip().replace("_", "-")
        match = _NUMBER.fullmatch(cleaned) or _NUMBER.fullmatch(cleaned.upper())  # metadata writes "85/2017/nđ-cp"
        if match is None:
            raise ValueError(f"not a document number: {text!r} (expected for example 12/2024/QĐ-UBND)")
        return cls._of(match)

    @classmethod
    def _of(cls, match: re.Match[str]) -> DocumentNumber:
        year = match["year"]
        symbol = re.sub(r"\s", "", match["symbol"])
        return cls(match["serial"], int(year) if year else None, symbol)

    def __str__(self) -> str:
        middle = f"/{self.year}" if self.year else ""
        return f"{self.serial}{middle}/{self.symbol}"

    @property
    def folded(self) -> str:
        """A form for equality: without leading zeros, upper case, old "UB" as printed. "05/2024/QĐ-TTg" and "5/2024/QĐ-TTG" agree."""
        serial = re.sub(r"^0+(?=\d)", "", self.serial)
        return f"{serial}/{self.year or ''}/{self.symbol}".upper()


def find_numbers(text: str) -> tuple[tuple[Span, DocumentNumber], ...]:
    """Every document number in running text with its span, in order. `text` must be NFC."""
    return tuple((Span(*match.span()), DocumentNumber._of(match)) for match in _IN_TEXT.finditer(_clean(text)))  # noqa: SLF001


_FIELD = re.compile(r"[^:#|\s]*")


@dataclass(frozen=True, slots=True, order=True)
class DocumentKey:
    """The key of a document: issuer as it was then, kind, number and date. The number alone is not a key.

    `str` is "ubnd.thai-binh:decision:12/2024/QĐ-UBND:2024-05-20"; unknown fields are empty; an unnumbered document has "~label".
    """

    issuer: str
    kind: str
    number: str
    date: str

    def __post_init__(self) -> None:
        for part in (self.issuer, self.kind, self.number, self.date):
            if not _FIELD.fullmatch(part):
                raise ValueError(
                    f"document key field {part!r} holds a colon, '#', '|' or space (expected for example 'ubnd.thai-binh')"
                )

    @classmethod
    def parse(cls, text: str) -> DocumentKey:
        """The key that `str` wrote. Raises ValueError for anything else."""
        parts = text.split(":")
        if len(parts) != 4:
            raise ValueError(f"not a document key: {text!r} (expected issuer:kind:number:date)")
        return cls(*parts)

    def __str__(self) -> str:
        return f"{self.issuer}:{self.kind}:{self.number}:{self.date}"


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of a path: `main` has no level and no number."""

    level: Level | None
    number: str

    def __str__(self) -> str:
        return f"{self.level.value}_{self.number}" if self.level else self.number


# "~2" marks the second unit of one path: a text that uses a number twice
_STEP = re.compile(r"(part|chp|sec|subsec|art|cl|pt|ds|annex|attached|row)_([0-9A-Za-zĐđ.]+(?:~\d+)?)")
MAIN = PathStep(None, "main")


def parse_path(path: str) -> tuple[PathStep, ...]:
    """The steps of "main/art_5/cl_2/pt_a" (a relative path has no part step). Raises ValueError on anything else."""
    steps = []
    for index, piece in enumerate(path.split("/")):
        match = _STEP.fullmatch(piece)
        if match:
            steps.append(PathStep(Level(match[1]), match[2]))
        elif piece == "main" and index == 0:
            steps.append(MAIN)
        else:
            raise ValueError(f"not a provision path: {path!r} (expected for example main/art_5/cl_2/pt_a)")
    return tuple(steps)


def join_path(*steps: PathStep) -> str:
    """The path of these steps; the inverse of `parse_path`."""
    return "/".join(map(str, steps))


@dataclass(frozen=True, slots=True, order=True)
class ProvisionId:
    """A provision of a document: `str` is "<document key>#<path>"."""

    document: DocumentKey
    path: str

    def __post_init__(self) -> None:
        parse_path(self.path)

    @classmethod
    def parse(cls, text: str) -> ProvisionId:
        """The id that `str` wrote. Raises ValueError for anything else."""
        key, separator, path = text.partition("#")
        if not separator:
            raise ValueError(f"not a provision id: {text!r} (expected <document key>#main/art_5)")
        return cls(DocumentKey.parse(key), path)

    def __str__(self) -> str:
        return f"{self.document}#{self.path}"


_LABELS: dict[Level, str] = {
    Level.PART: "Phần",
    Level.CHAPTER: "Chương",
    Level.SECTION: "Mục",
    Level.SUBSECTION: "Tiểu mục",
    Level.ARTICLE: "Điều",
    Level.CLAUSE: "khoản",
    Level.POINT: "điểm",
    Level.DASH: "gạch đầu dòng thứ",
    Level.ANNEX: "Phụ lục",
    Level.ATTACHED: "văn bản kèm theo",
    Level.ROW: "dòng",
}


def citation(path: str) -> str:
    """How a lawyer cites a path, small to large: "điểm a khoản 2 Điều 5" (Điều 68 NĐ 78/2025/NĐ-CP); "" for `main` itself.

    The second unit with one number is "khoản 2 (lần 2)".
    """
    words = []
    steps = parse_path(path)
    for step in reversed(steps):
        if step.level is None:
            continue
        if step.level is Level.ATTACHED:
            others = [other for other in steps if other.level is Level.ATTACHED]
            words.append(
                "Quy định ban hành kèm theo"
                if step.number == "1" and len(others) == 1
                else f"văn bản kèm theo số {step.number}"
            )
        else:
            number, _, time = step.number.partition("~")
            words.append(f"{_LABELS[step.level]} {number}" + (f" (lần {time})" if time else ""))
    return " ".join(words)


_CITED = re.compile(
    r"\b(phần|chương|tiểu\s+mục|mục|điều|khoản|điểm|phụ\s+lục|dòng|phan|chuong|dieu|khoan|diem)\s+(?:số\s+)?"
    r"([0-9]+[a-zđ]?[0-9]*|[ivxlc]+|[a-zđ][0-9]*)(?![\w])",
    re.IGNORECASE,
)
_CITED_LEVEL = {
    "phần": Level.PART, "phan": Level.PART, "chương": Level.CHAPTER, "chuong": Level.CHAPTER, "mục": Level.SECTION,
    "tiểu mục": Level.SUBSECTION, "điều": Level.ARTICLE, "dieu": Level.ARTICLE, "khoản": Level.CLAUSE, "khoan": Level.CLAUSE,
    "điểm": Level.POINT, "diem": Level.POINT, "phụ lục": Level.ANNEX, "dòng": Level.ROW,
}  # fmt: skip
_ORDER = list(Level)


def parse_citation_path(text: str) -> str | None:
    """The relative path of one citation: "điểm a khoản 3 Điều 6" -> "art_6/cl_3/pt_a"; None when no unit is named.

    A path that is already in our own form is returned as it is. Containers above an article are left out, as in ids.
    """
    try:
        parse_path(text)
    except ValueError:
        pass
    else:
        return text
    found: dict[Level, str] = {}
    for match in _CITED.finditer(unicodedata.normalize("NFC", text)):
        level = _CITED_LEVEL[re.sub(r"\s+", " ", match[1].lower())]
        number = match[2].upper() if level in (Level.PART, Level.CHAPTER, Level.ANNEX) else match[2].lower()
        found.setdefault(level, number)
    if Level.ARTICLE in found:
        for container in (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION):
            found.pop(container, None)
    rank = {Level.ANNEX: -1}
    levels = sorted(found, key=lambda level: rank.get(level, _ORDER.index(level)))
    return join_path(*(PathStep(level, found[level]) for level in levels)) if levels else None

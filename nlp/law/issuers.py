"""Issuing bodies: who issued a document, as it was then, and who took over."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from nlp.law.territory import Territory, TerritoryLevel, parse_territory, slug


class Body(StrEnum):
    """What kind of body issues."""

    NATIONAL_ASSEMBLY = "qh"
    STANDING_COMMITTEE = "ubtvqh"
    PRESIDENT = "ctn"
    GOVERNMENT = "cp"
    PRIME_MINISTER = "ttg"
    MINISTRY = "bo"
    SUPREME_COURT = "tandtc"
    SUPREME_PROCURACY = "vksndtc"
    STATE_AUDIT = "ktnn"
    PEOPLE_COUNCIL = "hdnd"
    PEOPLE_COMMITTEE = "ubnd"
    COMMITTEE_CHAIR = "ctubnd"
    JOINT = "lien-tich"
    OTHER = "khac"


class UnitLevel(StrEnum):
    """The level of local government."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuing body.

    `id` is "ubnd.thai-binh", "hdnd.ha-noi.huyen-ba-vi", "bo.BTC", "cp"; a local body whose place is not known is "ubnd". `territory` is the area it governs.
    A province that was enlarged on 1 July 2025 is a new body: "ubnd.hung-yen+2025".
    """

    body: Body
    id: str
    name: str
    level: UnitLevel | None = None
    territory: Territory | None = None
    local: bool = False


_CENTRAL: tuple[tuple[str, Body, str], ...] = (
    # longest first: "Ủy ban thường vụ Quốc hội" holds "Quốc hội", "Văn phòng Chính phủ" holds "Chính phủ"
    (
        r"uỷ ban thường vụ quốc hội|ủy ban thường vụ quốc hội|hội đồng nhà nước",
        Body.STANDING_COMMITTEE,
        "Ủy ban thường vụ Quốc hội",
    ),
    (r"văn phòng quốc hội", Body.OTHER, "Văn phòng Quốc hội"),
    (r"quốc hội", Body.NATIONAL_ASSEMBLY, "Quốc hội"),
    (r"văn phòng chủ tịch nước", Body.OTHER, "Văn phòng Chủ tịch nước"),
    (r"chủ tịch nước", Body.PRESIDENT, "Chủ tịch nước"),
    (r"thủ tướng(?: chính phủ)?", Body.PRIME_MINISTER, "Thủ tướng Chính phủ"),
    (
        r"(?:hội đồng thẩm phán )?t[oòó][àaá] án nhân dân tối cao|hội đồng thẩm phán",
        Body.SUPREME_COURT,
        "Tòa án nhân dân tối cao",
    ),
    (r"viện kiểm sát nhân dân tối cao", Body.SUPREME_PROCURACY, "Viện kiểm sát nhân dân tối cao"),
    (r"kiểm toán nhà nước", Body.STATE_AUDIT, "Kiểm toán nhà nước"),
    (r"hội đồng bộ trưởng", Body.GOVERNMENT, "Hội đồng Bộ trưởng"),
)
_GOVERNMENT = (r"chính phủ", Body.GOVERNMENT, "Chính phủ")
_LOCAL = (
    (re.compile(r"(?:hội đồng nhân dân|hđnd)\b"), Body.PEOPLE_COUNCIL, "Hội đồng nhân dân"),
    (
        re.compile(r"chủ tịch (?:uỷ ban nhân dân|ủy ban nhân dân|ubnd)\b"),
        Body.COMMITTEE_CHAIR,
        "Chủ tịch Ủy ban nhân dân",
    ),
    (
        re.compile(r"(?:uỷ ban nhân dân|ủy ban nhân dân|ubnd|uỷ ban hành chính|ủy ban hành chính)\b"),
        Body.PEOPLE_COMMITTEE,
        "Ủy ban nhân dân",
    ),
)
ENLARGED = dt.date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Ministry:
    """A ministry or ministry-level body; `until` is its last day, `successors` abbreviations of those that took over."""

    abbr: str
    name: str
    since: dt.date | None
    until: dt.date | None
    successors: tuple[str, ...]


@cache
def ministries() -> tuple[Ministry, ...]:
    """The table of nlp/law/data/ministries.toml."""
    rows = tomllib.loads(files("nlp.law").joinpath("data/ministries.toml").read_text(encoding="utf-8"))["body"]
    return tuple(
        Ministry(row["abbr"], row["name"], row.get("from"), row.get("until"), tuple(row.get("successors", ())))
        for row in rows
    )


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip().lower()


def _letters(text: str) -> str:
    """The words of a name without accents, punctuation and order marks: "Văn hoá, Thể thao" and "Văn hóa - Thể thao" agree."""
    return slug(text).replace("-", " ")


@cache
def _ministry_names() -> tuple[tuple[str, Ministry], ...]:
    return tuple(sorted(((_letters(body.name), body) for body in ministries()), key=lambda row: -len(row[0])))


def _ministry(folded: str) -> Issuer | None:
    letters = re.sub(r"\bbo truong (?=bo )", "", f" {_letters(folded)} ")
    for name, body in _ministry_names():
        short = name.removesuffix(" viet nam")
        if f" {short} " in letters:
            return Issuer(Body.MINISTRY, f"bo.{body.abbr}", body.name)
    match = re.search(r"\bbộ (?:trưởng bộ )?((?:[^\s,;.()]+ ?){1,8})", folded)
    if match is None or not match[1].strip():
        return Issuer(Body.MINISTRY, "bo", "Bộ") if re.fullmatch(r"(?:các )?bộ", folded) else None
    return Issuer(Body.MINISTRY, f"bo.{slug(match[1])}", f"Bộ {match[1].strip()}")


def _local_level(text: str, territory: Territory | None) -> UnitLevel | None:
    if territory is not None and territory.level is TerritoryLevel.DISTRICT:
        return UnitLevel.DISTRICT
    if territory is not None and territory.level is TerritoryLevel.COMMUNE:
        return UnitLevel.COMMUNE
    if territory is not None:
        return UnitLevel.PROVINCE
    match = re.search(r"\b(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\b", text)
    if match is None:
        return None
    if match[1] in ("tỉnh", "thành phố"):
        return UnitLevel.PROVINCE
    return UnitLevel.DISTRICT if match[1] in ("huyện", "quận", "thị xã") else UnitLevel.COMMUNE


def _local(text: str, folded: str, on: dt.date | None, territory: Territory | None) -> Issuer | None:
    for pattern, body, name in _LOCAL:
        match = pattern.search(folded)
        if match is None:
            continue
        area = parse_territory(text, on) or territory
        if area is not None and area.level is TerritoryLevel.NATION:
            area = None
        level = _local_level(folded[match.end() :], area)
        return local_issuer(body, area, level, on, name)
    return None


def local_issuer(
    body: Body, area: Territory | None, level: UnitLevel | None, on: dt.date | None = None, name: str = ""
) -> Issuer:
    """The people's council, committee or chair of an area; the id tells apart the same province before and after its enlargement."""
    name = name or next(label for _, kind, label in _LOCAL if kind is body)
    if area is None:
        return Issuer(body, body.value, name, level, None, local=True)
    province = area.name.rsplit(", ", 1)[-1]
    bare = re.sub(r"^(tỉnh|thành phố) ", "", province)
    enlarged = len(area.units) > 1 and (on is None or on >= ENLARGED) and area.held_since == ENLARGED
    parts = [body.value, slug(bare) + ("+2025" if enlarged else "")]
    if area.place:
        parts.append(slug(area.place))
    return Issuer(body, ".".join(parts), f"{name} {area.name}", level, area, local=True)


def parse_issuer(
    text: str, symbol: str = "", on: dt.date | None = None, territory: Territory | None = None
) -> Issuer | None:
    """The body that a letterhead or metadata field names ("Ủy ban nhân dân tỉnh Thái Bình", "BỘ TÀI CHÍNH", "Chính phủ"); None when it names none.

    `symbol` helps where the text is vague ("Bộ" with "TT-BTC"), `on` is the day of issue, `territory` the area of a local body whose text names none.
    """
    folded = _fold(text)
    local = _local(unicodedata.normalize("NFC", text), folded, on, territory)
    if local is not None:
        return local
    by_symbol = issuer_from_symbol(symbol, territory, on) if symbol else None
    if not folded:
        return by_symbol
    for pattern, body, name in _CENTRAL:
        if re.search(rf"\b(?:{pattern})\b", folded):
            return Issuer(body, body.value, name)
    ministry = _ministry(folded)
    if ministry is not None and (ministry.id != "bo" or by_symbol is None):
        return ministry
    if re.search(rf"\b{_GOVERNMENT[0]}\b", folded):
        return Issuer(_GOVERNMENT[1], _GOVERNMENT[1].value, _GOVERNMENT[2])
    if by_symbol is not None:
        return by_symbol
    return Issuer(Body.OTHER, f"khac.{slug(text)}", re.sub(r"\s+", " ", text).strip()) if slug(text) else None


_SYMBOL_BODIES: tuple[tuple[str, Body], ...] = (
    (r"UBTVQH", Body.STANDING_COMMITTEE),
    (r"QH\d+$", Body.NATIONAL_ASSEMBLY),
    (r"-TTg$", Body.PRIME_MINISTER),
    (r"CTN$", Body.PRESIDENT),
    (r"HĐTP", Body.SUPREME_COURT),
    (r"TANDTC", Body.SUPREME_COURT),
    (r"VKSNDTC|VKSTC", Body.SUPREME_PROCURACY),
    (r"KTNN", Body.STATE_AUDIT),
    (r"HĐND", Body.PEOPLE_COUNCIL),
    (r"CTUBND", Body.COMMITTEE_CHAIR),
    (r"UBND|[-.]UB", Body.PEOPLE_COMMITTEE),
    (r"(^|-)CP$|HĐBT$", Body.GOVERNMENT),
)


def issuer_from_symbol(symbol: str, territory: Territory | None = None, on: dt.date | None = None) -> Issuer | None:
    """The body that a number's symbol tells: "TT-BTC" the Ministry of Finance, "QĐ-UBND" a people's committee of `territory`; None if it does not."""
    if symbol.startswith(("TTLT", "NQLT")):
        return Issuer(Body.JOINT, f"lien-tich.{symbol}", "Liên tịch")
    for pattern, body in _SYMBOL_BODIES:
        if re.search(pattern, symbol, re.IGNORECASE if body is Body.PRIME_MINISTER else 0):
            if body in (Body.PEOPLE_COUNCIL, Body.PEOPLE_COMMITTEE, Body.COMMITTEE_CHAIR):
                area = territory if territory is not None and territory.level is not TerritoryLevel.NATION else None
                return local_issuer(body, area, _local_level("", area), on)
            name = next((label for _, kind, label in (*_CENTRAL, _GOVERNMENT) if kind is body), body.value)
            return Issuer(body, body.value, name)
    tail = re.split(r"[-/]", symbol)[-1]
    for row in ministries():
        if row.abbr == tail:
            return Issuer(Body.MINISTRY, f"bo.{row.abbr}", row.name)
    if re.fullmatch(r"B[A-ZĐ&]{1,8}", tail):
        return Issuer(Body.MINISTRY, f"bo.{tail}", f"Bộ ({tail})")
    return None


def successors(issuer: Issuer, on: dt.date) -> tuple[str, ...]:
    """The ids of the ministries that took over from a dissolved one by `on`, () while it lives or when the table does not know it."""
    row = next((body for body in ministries() if f"bo.{body.abbr}" == issuer.id), None)
    if row is None or row.until is None or on <= row.until:
        return ()
    alive = {body.abbr for body in ministries() if body.until is None or on <= body.until}
    return tuple(f"bo.{abbr}" for abbr in row.successors if abbr in alive)

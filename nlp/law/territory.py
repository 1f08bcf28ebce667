"""Territories over time: which area a local document governs, and how two areas stand to each other.

A territory is a set of atoms (the smallest areas that history separated). The 2025 merger makes a new unit the union of its old parts, so a rule of
the old "tỉnh Thái Bình" is WITHIN the new "tỉnh Hưng Yên", and the rules of its two old parts are MERGED: in force side by side in disjoint areas
of one unit (khoản 2 Điều 54 Luật 64/2025/QH15 as amended by Luật 87/2025/QH15).
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files

DISTRICTS_ABOLISHED = dt.date(2025, 7, 1)  # Luật Tổ chức chính quyền địa phương 72/2025/QH15


class TerritoryLevel(StrEnum):
    """How large a territory is."""

    NATION = "nation"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class TerritoryRelation(StrEnum):
    """How territory a stands to territory b."""

    SAME = "same"
    CONTAINS = "contains"
    WITHIN = "within"
    DISJOINT = "disjoint"
    MERGED = "merged"  # disjoint parts that one unit holds today
    PARTIAL = "partial"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Territory:
    """An area as a document names it.

    `units` are atoms; empty for the nation. `place` is the district or commune inside the province ("huyện Ba Vì"), "" for a whole province.
    `holder` is the slug of the unit that holds all atoms today and `held_since` the day since when ("hung-yen", 2025-07-01).
    """

    name: str
    level: TerritoryLevel
    units: frozenset[str] = frozenset()
    place: str = ""
    holder: str = ""
    held_since: dt.date | None = None


NATION = Territory("cả nước", TerritoryLevel.NATION)


@dataclass(frozen=True, slots=True)
class Unit:
    """A provincial unit in one period of its life; both dates inclusive, None is open."""

    name: str
    aliases: tuple[str, ...]
    city: bool
    since: dt.date | None
    until: dt.date | None
    atoms: frozenset[str]

    @property
    def slug(self) -> str:
        """The identifier of the name: "hung-yen"."""
        return slug(self.name)

    def alive(self, on: dt.date) -> bool:
        """Whether the unit existed on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


def slug(name: str) -> str:
    """The lower-case ASCII form of a name, words joined by hyphens: "Bà Rịa - Vũng Tàu" -> "ba-ria-vung-tau"."""
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d").replace("ð", "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in letters if not unicodedata.combining(c))).strip("-")


_NATION_WORDS = re.compile(r"\b(cả nước|toàn quốc|toàn lãnh thổ|việt nam)\b", re.IGNORECASE)
_CAPITALISED = r"[A-ZÀ-ỸĐ][\wÀ-ỹ']*(?:\s?-\s?|\s+)?"
_PROVINCE = re.compile(r"\b(?P<type>tỉnh|thành\s+phố|tp\.?)\s*(?P<name>[^\s,;.()][^,;.()\n]*)", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?P<type>huyện|quận|thị\s+xã|thị\s+trấn|xã|phường|đặc\s+khu|thành\s+phố)\s+"
    r"(?P<name>[^\s,;.()][^,;.()\n]*?)"
    r"(?=\s*(?:[,;.()\n]|$|\btỉnh\b|\bthành phố\b|\bhuyện\b|\bthuộc\b))",
    re.IGNORECASE,
)
_DISTRICT_TYPES = frozenset({"huyện", "quận", "thị xã", "thành phố"})


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """A table of units over time that turns names into territories."""

    units: tuple[Unit, ...]
    _by_slug: dict[str, tuple[Unit, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        table: dict[str, list[Unit]] = {}
        for unit in self.units:
            for name in {slug(alias) for alias in (unit.name, *unit.aliases)}:
                table.setdefault(name, []).append(unit)
        object.__setattr__(self, "_by_slug", {name: tuple(units) for name, units in table.items()})

    def unit(self, name: str, on: dt.date | None = None) -> Unit | None:
        """The unit of that name that lived on `on` (or its nearest life: documents name units before birth and after death); None if unknown.

        Without a date the newest life is meant.
        """
        lives = self._by_slug.get(slug(name), ())
        if not lives:
            return None
        if on is None:
            return max(lives, key=lambda unit: unit.until or dt.date.max)
        alive = [unit for unit in lives if unit.alive(on)]
        if alive:
            return alive[0]
        return min(
            lives, key=lambda unit: abs(((unit.until if unit.until and unit.until < on else unit.since) or on) - on)
        )

    def holder(self, atoms: frozenset[str]) -> Unit | None:
        """The unit that holds all these atoms today, None if none does."""
        return next((unit for unit in self.units if unit.until is None and atoms and atoms <= unit.atoms), None)

    def parse(self, text: str, on: dt.date | None = None) -> Territory | None:
        """The territory that a text names ("UBND huyện Ba Vì, thành phố Hà Nội", "tỉnh Thái Bình", "cả nước"), None when it names none.

        `on` is the day of the document: "tỉnh Hưng Yên" is a larger area since 1 July 2025. An unknown province is an atom of its own.
        """
        text = unicodedata.normalize("NFC", text).strip()
        province = self._province(text, on)
        if province is None:
            return NATION if _NATION_WORDS.search(text) else None
        place = next((match for match in _PLACE.finditer(text) if not self._is_city(match, on)), None)
        holder = self.holder(province.atoms)
        name = f"{'thành phố' if province.city else 'tỉnh'} {province.name}"
        level = TerritoryLevel.PROVINCE
        place_name = ""
        if place is not None:
            kind = re.sub(r"\s+", " ", place["type"].lower())
            level = TerritoryLevel.DISTRICT if kind in _DISTRICT_TYPES else TerritoryLevel.COMMUNE
            place_name = f"{kind} {_title(place['name'])}"
            name = f"{place_name}, {name}"
        return Territory(
            name, level, province.atoms, place_name, holder.slug if holder else "", holder.since if holder else None
        )

    def _is_city(self, match: re.Match[str], on: dt.date | None) -> bool:
        if not match["type"].lower().startswith("thành"):
            return False
        unit = self.unit(match["name"], on)
        return unit is not None and unit.city

    def _province(self, text: str, on: dt.date | None) -> Unit | None:
        unknown: Unit | None = None
        for match in _PROVINCE.finditer(text):
            words = match["name"].split()
            for length in range(min(len(words), 6), 0, -1):
                unit = self.unit(" ".join(words[:length]), on)
                if unit is not None and (unit.city or not match["type"].lower().startswith(("thành", "tp"))):
                    return unit
            capitalised = re.match(rf"(?:{_CAPITALISED}){{1,5}}", match["name"])
            if match["type"].lower() == "tỉnh" and capitalised and unknown is None:
                name = _title(capitalised[0])
                unknown = Unit(name, (), city=False, since=None, until=None, atoms=frozenset({slug(name)}))
        if unknown is not None:
            return unknown
        return self.unit(text, on)  # a bare name: "Lạng Sơn"

    def with_mergers(self, mergers: tuple[tuple[str, tuple[str, ...], dt.date], ...]) -> Gazetteer:
        """A gazetteer that also knows these mergers: (new unit, its old units, first day)."""
        added: list[Unit] = []
        for new, olds, effective in mergers:
            new_name, old_names = _bare(new), [_bare(old) for old in olds]
            eve = effective - dt.timedelta(days=1)
            added.extend(
                Unit(name, (), city=False, since=None, until=eve, atoms=frozenset({slug(name)})) for name in old_names
            )
            atoms = frozenset(slug(name) for name in old_names)
            added.append(
                Unit(new_name, (), city=new.lower().startswith("thành phố"), since=effective, until=None, atoms=atoms)
            )
        return Gazetteer((*self.units, *added))


def _bare(name: str) -> str:
    return re.sub(r"^(tỉnh|thành phố)\s+", "", name.strip(), flags=re.IGNORECASE)


def _title(name: str) -> str:
    """A name as written, or in title case when the text shouts."""
    name = re.sub(r"\s+", " ", name).strip(" -")
    return name.title() if name.isupper() else name


@cache
def national_gazetteer() -> Gazetteer:
    """The real units of Viet Nam (nlp/law/data/units.toml)."""
    rows = tomllib.loads(files("nlp.law").joinpath("data/units.toml").read_text(encoding="utf-8"))["unit"]
    return Gazetteer(
        tuple(
            Unit(
                row["names"][0],
                tuple(row["names"][1:]),
                row.get("city", False),
                row.get("from"),
                row.get("until"),
                frozenset(row["atoms"]),
            )
            for row in rows
        )
    )


def parse_territory(text: str, on: dt.date | None = None) -> Territory | None:
    """`Gazetteer.parse` with the real units."""
    return national_gazetteer().parse(text, on)


def load_overlay(toml_text: str) -> Gazetteer:
    """The real units with the mergers of an overlay: `[[merger]]` tables with `new`, `old` (list) and `effective` (ISO date or TOML date).

    Raises ValueError naming the table that lacks a field.
    """
    mergers: list[tuple[str, tuple[str, ...], dt.date]] = []
    for index, row in enumerate(tomllib.loads(toml_text).get("merger", ()), start=1):
        try:
            effective = row["effective"]
            day = effective if isinstance(effective, dt.date) else dt.date.fromisoformat(effective)
            mergers.append((str(row["new"]), tuple(map(str, row["old"])), day))
        except (KeyError, ValueError, TypeError) as error:
            raise ValueError(f"[[merger]] number {index}: expected new, old and effective ({error})") from error
    return national_gazetteer().with_mergers(tuple(mergers))


def relate(a: Territory | None, b: Territory | None, on: dt.date) -> TerritoryRelation:
    """How the area of `a` stands to the area of `b` on a day; UNKNOWN when either is not known."""
    if a is None or b is None:
        return TerritoryRelation.UNKNOWN
    if TerritoryLevel.NATION in (a.level, b.level):
        if a.level is b.level:
            return TerritoryRelation.SAME
        return TerritoryRelation.CONTAINS if a.level is TerritoryLevel.NATION else TerritoryRelation.WITHIN
    if not a.units & b.units:
        merged = bool(a.holder) and a.holder == b.holder and a.held_since is not None and a.held_since <= on
        return TerritoryRelation.MERGED if merged else TerritoryRelation.DISJOINT
    return _relate_places(a, b)


def _relate_places(a: Territory, b: Territory) -> TerritoryRelation:
    if slug(a.place) == slug(b.place):
        if a.units == b.units:
            return TerritoryRelation.SAME
        if a.units < b.units:
            return TerritoryRelation.WITHIN
        return TerritoryRelation.CONTAINS if a.units > b.units else TerritoryRelation.PARTIAL
    if a.place and b.place:
        # a commune may lie in the district: the table knows no communes
        return TerritoryRelation.DISJOINT if a.level is b.level else TerritoryRelation.UNKNOWN
    return TerritoryRelation.WITHIN if a.place else TerritoryRelation.CONTAINS

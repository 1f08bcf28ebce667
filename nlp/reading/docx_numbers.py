"""The list numbers that Word prints but does not store in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: how its numbers look and count."""

    format: str  # decimal, lowerLetter, upperRoman, bullet ...
    text: str  # "%1.", "Điều %1.", "%1.%2"
    start: int
    legal: bool  # all numbers of the label in arabic figures
    restart: int | None  # the level whose step resets this one, None for any higher one


@dataclass(slots=True)
class Numbering:
    """The definitions of numbering.xml and the counters while the paragraphs go by."""

    levels: dict[str, dict[int, ListLevel]] = field(default_factory=dict)  # by w:num id
    shared: dict[str, str] = field(
        default_factory=dict
    )  # w:num id to abstract id: lists of one abstract definition share counters
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)  # paragraph style to (num id, level)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str:
        """The printed label of the next paragraph of a list at a level, "" for none; a bullet is "-"."""
        levels = self.levels.get(number)
        own = levels.get(level) if levels else None
        if levels is None or own is None or own.format == "none":
            return ""
        if own.format == "bullet":
            return "-"
        counters = self.counters.setdefault(self.shared.get(number, number), {})
        counters[level] = counters.get(level, own.start - 1) + 1
        for deeper in [key for key in counters if key > level]:
            rule = levels[deeper].restart if deeper in levels else None
            if rule is None or level < rule:
                del counters[deeper]

        def value(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            shown = levels.get(at, own)
            return _figure(counters.setdefault(at, shown.start), "decimal" if own.legal else shown.format)

        return re.sub(r"%([1-9])", value, own.text)


def numbering_of(numbering: _Element | None, styles: _Element | None) -> Numbering:
    """The list definitions of a document; empty where it has none."""
    result = Numbering()
    if numbering is not None:
        abstract = {item.get(f"{W}abstractNumId", ""): item for item in numbering.findall(f"{W}abstractNum")}
        for item in numbering.findall(f"{W}num"):
            number = item.get(f"{W}numId", "")
            base = _value(item.find(f"{W}abstractNumId"))
            own = dict(_levels(_defined(base, abstract, numbering)))
            overridden = False
            for override in item.findall(f"{W}lvlOverride"):
                at = whole(override.get(f"{W}ilvl", "0"), 0)
                inner = override.find(f"{W}lvl")
                start = override.find(f"{W}startOverride")
                if inner is not None:
                    own[at] = _level(inner)
                elif start is not None and at in own:
                    own[at] = ListLevel(
                        own[at].format, own[at].text, whole(_value(start), 1), own[at].legal, own[at].restart
                    )
                    overridden = True
            result.levels[number] = own
            result.shared[number] = number if overridden else f"abstract {base}"
    if styles is not None:
        result.styles.update(_numbered_styles(styles, _linked_levels(numbering)))
    return result


def _numbered_styles(styles: _Element, linked: dict[tuple[str, str], int]) -> dict[str, tuple[str, int]]:
    """The list and level of each paragraph style, its own or those of the style that it is based on."""
    held: dict[str, tuple[str, str]] = {}
    based: dict[str, str] = {}
    for style in styles.findall(f"{W}style"):
        identity = style.get(f"{W}styleId", "")
        based[identity] = _value(style.find(f"{W}basedOn"))
        own = style.find(f"{W}pPr/{W}numPr")
        if own is not None:
            held[identity] = (_value(own.find(f"{W}numId")), _value(own.find(f"{W}ilvl")))
    found: dict[str, tuple[str, int]] = {}
    for identity in based:
        number, level, at = "", "", identity
        for _ in range(_MAX_BASED):
            own_number, own_level = held.get(at, ("", ""))
            number, level = number or own_number, level or own_level
            at = based.get(at, "")
            if number or not at:
                break
        if number:
            # a style without a level of its own stands on the level that names it
            found[identity] = (number, linked.get((number, identity), whole(level, 0)))
    return found


_MAX_BASED = 20  # styles based on each other


def _linked_levels(numbering: _Element | None) -> dict[tuple[str, str], int]:
    """The level of a list on which a paragraph style stands, by (list, style)."""
    if numbering is None:
        return {}
    abstract = {item.get(f"{W}abstractNumId", ""): item for item in numbering.findall(f"{W}abstractNum")}
    found: dict[tuple[str, str], int] = {}
    for item in numbering.findall(f"{W}num"):
        held = abstract.get(_value(item.find(f"{W}abstractNumId")))
        for level in held.findall(f"{W}lvl") if held is not None else ():
            if style := _value(level.find(f"{W}pStyle")):
                found[item.get(f"{W}numId", ""), style] = whole(level.get(f"{W}ilvl", ""), 0)
    return found


def _defined(base: str, abstract: dict[str, _Element], numbering: _Element) -> _Element | None:
    """The abstract list of a number; a list that only names a numbering style is defined where that style is."""
    item = abstract.get(base)
    link = _value(item.find(f"{W}numStyleLink")) if item is not None else ""
    if not link:
        return item
    return next(
        (other for other in numbering.findall(f"{W}abstractNum") if _value(other.find(f"{W}styleLink")) == link), item
    )


def _levels(abstract: _Element | None) -> list[tuple[int, ListLevel]]:
    if abstract is None:
        return []
    return [(whole(level.get(f"{W}ilvl", "0"), 0), _level(level)) for level in abstract.findall(f"{W}lvl")]


def _level(level: _Element) -> ListLevel:
    restart = level.find(f"{W}lvlRestart")
    return ListLevel(
        _value(level.find(f"{W}numFmt")) or "decimal",
        _value(level.find(f"{W}lvlText")),
        whole(_value(level.find(f"{W}start")), 1),
        level.find(f"{W}isLgl") is not None,
        whole(_value(restart), 0) if restart is not None else None,
    )


def _value(item: _Element | None) -> str:
    return (item.get(f"{W}val") or "") if item is not None else ""


def whole(text: str, default: int) -> int:
    """The number that an attribute holds, or the default for anything else."""
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default


_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def _figure(number: int, style: str) -> str:
    if style in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        rest, text = number, ""
        for size, sign in _ROMAN:
            text += sign * (rest // size)
            rest %= size
        return text.upper() if style == "upperRoman" else text
    if style in {"lowerLetter", "upperLetter"} and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    if style == "decimalZero":
        return f"{number:02d}"
    return str(number)

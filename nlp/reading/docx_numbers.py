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
            own = dict(_levels(abstract.get(base)))
            overridden = False
            for override in item.findall(f"{W}lvlOverride"):
                at = int(override.get(f"{W}ilvl", "0"))
                inner = override.find(f"{W}lvl")
                start = override.find(f"{W}startOverride")
                if inner is not None:
                    own[at] = _level(inner)
                elif start is not None and at in own:
                    own[at] = ListLevel(
                        own[at].format, own[at].text, _int(_value(start), 1), own[at].legal, own[at].restart
                    )
                    overridden = True
            result.levels[number] = own
            result.shared[number] = number if overridden else f"abstract {base}"
    if styles is not None:
        for style in styles.findall(f"{W}style"):
            held = style.find(f"{W}pPr/{W}numPr")
            if held is not None:
                result.styles[style.get(f"{W}styleId", "")] = (
                    _value(held.find(f"{W}numId")),
                    _int(_value(held.find(f"{W}ilvl")), 0),
                )
    return result


def _levels(abstract: _Element | None) -> list[tuple[int, ListLevel]]:
    if abstract is None:
        return []
    return [(int(level.get(f"{W}ilvl", "0")), _level(level)) for level in abstract.findall(f"{W}lvl")]


def _level(level: _Element) -> ListLevel:
    restart = level.find(f"{W}lvlRestart")
    return ListLevel(
        _value(level.find(f"{W}numFmt")) or "decimal",
        _value(level.find(f"{W}lvlText")),
        _int(_value(level.find(f"{W}start")), 1),
        level.find(f"{W}isLgl") is not None,
        _int(_value(restart), 0) if restart is not None else None,
    )


def _value(item: _Element | None) -> str:
    return (item.get(f"{W}val") or "") if item is not None else ""


def _int(text: str, default: int) -> int:
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

"""Short words that change when something that decides findings changes: stored with every run and shown by `rasoat version`."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from functools import cache
from importlib import metadata
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from nlp.settings import Settings

_DIGITS = 12
_LEXICONS = ("nlp.law", "nlp.text", "nlp.parsing")  # tables beside the code: everything that is no Python
_RULES = "nlp.comparison"  # code and tables: a rule is both


def rasoat_version() -> str:
    """The version of the installed package, "0+source" where it is not installed."""
    try:
        return metadata.version("rasoat")
    except metadata.PackageNotFoundError:
        return "0+source"


def fingerprints(encoder: str) -> tuple[tuple[str, str], ...]:
    """(name, fingerprint) of program, encoder, lexicons and rules, in this order."""
    return (("rasoat", rasoat_version()), ("encoder", encoder), ("lexicons", lexicons()), ("rules", rules()))


@cache
def lexicons() -> str:
    """The fingerprint of the data tables of law, text and parsing."""
    return _digest(_LEXICONS, python=False)


@cache
def rules() -> str:
    """The fingerprint of the comparison room: its rules, tables and weights."""
    return _digest((_RULES,), python=True)


def _digest(packages: tuple[str, ...], *, python: bool) -> str:
    digest = hashlib.sha256()
    for package in packages:
        for name, content in sorted(_files(files(package), package)):
            if not name.endswith(".pyc") and (python or not name.endswith(".py")):
                digest.update(f"{name}\0{len(content)}\0".encode())
                digest.update(content)
    return digest.hexdigest()[:_DIGITS]


def _files(folder: Traversable, name: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for each in folder.iterdir():
        below = f"{name}/{each.name}"
        if each.is_dir():
            if each.name != "__pycache__":
                found.extend(_files(each, below))
        else:
            found.append((below, each.read_bytes()))
    return found


def flat_settings(settings: Settings) -> tuple[tuple[str, str], ...]:
    """("retrieval.neighbours", "20") for every setting of the analysis, in order of definition."""
    return tuple(
        (f"{room.name}.{item.name}", str(getattr(getattr(settings, room.name), item.name)))
        for room in fields(settings)
        for item in fields(getattr(settings, room.name))
    )

"""Short words that change when something that decides findings changes: stored with every run and shown by `rasoat version`."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from functools import cache
from importlib import metadata
from importlib.resources import files
from typing import TYPE_CHECKING

from nlp.shipped import models_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable

    from nlp.settings import Settings

_DIGITS = 12
_LEXICONS = ("nlp.law", "nlp.text", "nlp.parsing")  # tables beside the code: everything that is no Python
_RULES = "nlp.comparison"  # code and tables: a rule is both
JUDGES = ("pair-scorer", "pair-reader")  # their weights, folders of the shipped models


def rasoat_version() -> str:
    """The version of the installed package, "0+source" where it is not installed."""
    try:
        return metadata.version("rasoat")
    except metadata.PackageNotFoundError:
        return "0+source"


def fingerprints(encoder: str) -> tuple[tuple[str, str], ...]:
    """(name, fingerprint) of program, encoder, lexicons, rules and pair scorer, in this order."""
    return (
        ("rasoat", rasoat_version()),
        ("encoder", encoder),
        ("lexicons", lexicons()),
        ("rules", rules()),
        ("pair-scorer", pair_scorer()),
    )


@cache
def lexicons() -> str:
    """The fingerprint of the data tables of law, text and parsing."""
    return _digest(_LEXICONS, python=False)


@cache
def rules() -> str:
    """The fingerprint of the comparison room: its rules and tables."""
    return _digest((_RULES,), python=True)


@cache
def pair_scorer() -> str:
    """The fingerprint of the fitted weights that judge pairs: scorer and reader."""
    return _hash(named for folder in JUDGES for named in _files(models_folder() / folder, folder))


def _digest(packages: tuple[str, ...], *, python: bool) -> str:
    return _hash(
        (name, content)
        for package in packages
        for name, content in _files(files(package), package)
        if not name.endswith(".pyc") and (python or not name.endswith(".py"))
    )


def _hash(named: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(named):
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

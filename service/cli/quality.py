"""Commands about the program itself: version, rules, measured quality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.cli.output import print_json, print_line
from service.config import load_config
from service.usecases.fingerprints import fingerprints, flat_settings
from service.wiring import Rooms

if TYPE_CHECKING:
    from pathlib import Path


def version(settings: bool, workspace: Path, as_json: bool) -> None:
    """Print the versions of everything that decides findings."""
    rooms = Rooms(load_config(workspace))
    marks = fingerprints(rooms.encoder.fingerprint)
    values = flat_settings(rooms.config.nlp) if settings else ()
    if as_json:
        print_json({"fingerprints": dict(marks), **({"settings": dict(values)} if settings else {})})
        return
    for name, value in (*marks, *values):
        print_line(f"{name}: {value}")

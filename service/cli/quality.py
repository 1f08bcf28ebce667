"""Commands about the program itself: version, rules, measured quality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.comparison.rules import RULES
from nlp.errors import Language
from service.cli.language import say, spoken
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


def rules(as_json: bool) -> None:
    """Print every comparison rule with what it says and its examples, from the code itself."""
    if as_json:
        print_json(
            [
                {"rule": rule.code, "exonerates": rule.exonerates, "sentence": rule.sentence, "examples": rule.examples}
                for rule in RULES
            ]
        )
        return
    for rule in RULES:
        side = say("loại trừ mâu thuẫn") if rule.exonerates else say("dấu hiệu mâu thuẫn")
        sentence = rule.sentence if spoken() is Language.VI else rule.sentence_en
        print_line(f"{rule.code} ({side})")
        print_line(f"  {sentence}")
        for line in rule.examples.splitlines():
            print_line(f"  {line}".rstrip())
        print_line()

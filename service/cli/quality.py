"""Commands about the program itself: version, rules, measured quality."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from nlp.comparison.rules import RULES
from nlp.errors import InputError, Language
from nlp.evaluation.pairs import evaluate, read_labelled_lines, render
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


def eval_pairs(file: Path, as_json: bool) -> None:
    """Print how well labelled pairs are judged."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(
            "pairs_unreadable",
            where=str(file),
            what=f"Không đọc được tệp cặp điều khoản ({problem}).",
            remedy="Kiểm tra đường dẫn; tệp phải là văn bản UTF-8, mỗi dòng một cặp.",
            what_en=f"The pair file cannot be read ({problem}).",
            remedy_en="Check the path; the file must be UTF-8 text, one pair a line.",
        ) from problem
    report = evaluate(read_labelled_lines(lines, file.name))
    if as_json:
        print_json(asdict(report))
    else:
        print_line(render(report))

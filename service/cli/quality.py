"""Commands about the program itself: version, rules, measured quality."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from nlp.errors import InputError
from nlp.evaluation.pairs import evaluate, read_labelled_lines, render
from service.cli.language import say, spoken
from service.cli.output import print_json, print_line
from service.config import load_config
from service.reports.rules_page import rule_rows, rules_html, rules_markdown
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


def rules(as_json: bool, out: Path | None) -> None:
    """Print every comparison rule, from the code itself, with its ground and measured precision; or write the page to a .md or .html file."""
    if out is not None:
        _write_rules(out)
        return
    rows = rule_rows(spoken())
    if as_json:
        print_json([{**asdict(row), "rule": row.code, "examples": "\n".join(row.examples)} for row in rows])
        return
    for row in rows:
        print_line(f"{row.code} ({row.side}): {row.name}")
        print_line(f"  {row.sentence}")
        print_line(f"  {say('Căn cứ')}: {row.ground}")
        for line in (*row.examples, *row.measured):
            print_line(f"  {line}".rstrip())
        print_line()


def _write_rules(out: Path) -> None:
    page = {".md": rules_markdown, ".html": rules_html}.get(out.suffix.lower())
    if page is None:
        raise InputError(
            "rules_page_suffix",
            where=str(out),
            what="Trang quy tắc chỉ ghi được ra tệp .md hoặc .html.",
            remedy="Đổi đuôi tệp của --out.",
            what_en="The page of rules is written as .md or .html only.",
            remedy_en="Change the suffix of --out.",
        )
    out.write_text(page(spoken()), encoding="utf-8")
    print_line(str(out))


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

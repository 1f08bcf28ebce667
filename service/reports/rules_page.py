"""The page of the comparison rules: what each looks for, examples, legal ground, measured precision; from the code and its measurement."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from nlp.comparison.guide import guides, signal_name
from nlp.comparison.rules import RULES
from nlp.errors import Language
from nlp.evaluation.rules import shipped_measures

if TYPE_CHECKING:
    from nlp.comparison.rules import Rule
    from nlp.evaluation.rules import Measured


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule as it is shown, in one language: `sentence` says what it looks for; `examples` and `measured` are lines."""

    code: str
    name: str
    exonerates: bool
    side: str
    sentence: str
    ground: str
    examples: tuple[str, ...]
    measured: tuple[str, ...]


def rule_rows(language: Language = Language.VI) -> tuple[RuleRow, ...]:
    """Every rule in the order of `RULES`."""
    return tuple(_row(rule, language) for rule in RULES)


def _row(rule: Rule, language: Language) -> RuleRow:
    english = language is Language.EN
    if rule.exonerates:
        side = "speaks against a contradiction" if english else "loại trừ mâu thuẫn"
    else:
        side = "speaks for a contradiction" if english else "dấu hiệu mâu thuẫn"
    sentence, examples = _english(rule) if english else _vietnamese(rule)
    return RuleRow(
        rule.code, signal_name(rule.code, language), rule.exonerates, side, sentence, rule.ground, examples,
        tuple(_measured(row, rule, english=english) for row in shipped_measures()),
    )  # fmt: skip


def _english(rule: Rule) -> tuple[str, tuple[str, ...]]:
    """What the rule looks for and its examples, out of the docstring of its file."""
    first, *rest = rule.examples.splitlines()
    return first, tuple(line.rstrip() for line in rest if line.strip())


def _vietnamese(rule: Rule) -> tuple[str, tuple[str, ...]]:
    guide = guides()[rule.code]
    fires = (f"Báo: {example}" for example in guide.fires)
    return guide.looks_for, (*fires, *(f"Không báo: {example}" for example in guide.silent))


def _measured(row: Measured, rule: Rule, *, english: bool) -> str:
    count = row.of(rule.code)
    day = row.day.isoformat()
    if count is None:
        return f"{row.name} ({day}): {'not measured yet' if english else 'chưa đo'}"
    if not count.fired:
        told = f"fired on none of {row.pairs} pairs" if english else f"không phát hiện ở {row.pairs} cặp"
        return f"{row.name} ({day}): {told}"
    share = f"{100 * count.right / count.fired:.0f} %"
    if english:
        told = f"right in {share} of {count.fired} firings on {row.pairs} pairs"
        found = f"; found {count.found} of {count.asked} of its type" if count.asked else ""
    else:
        told = f"đúng {share} trong {count.fired} lần phát hiện trên {row.pairs} cặp"
        found = f"; tìm được {count.found} trong {count.asked} cặp thuộc loại của mình" if count.asked else ""
    return f"{row.name} ({day}): {told}{found}"


def _title(language: Language) -> str:
    return "Comparison rules" if language is Language.EN else "Các quy tắc so sánh"


def _labels(language: Language) -> tuple[str, str, str]:
    return (
        ("Ground", "Measured alone", "Examples")
        if language is Language.EN
        else ("Căn cứ", "Đo riêng từng quy tắc", "Ví dụ")
    )


def rules_markdown(language: Language = Language.VI) -> str:
    """The page as Markdown."""
    ground, measured, examples = _labels(language)
    lines = [f"# {_title(language)}", ""]
    for row in rule_rows(language):
        lines += [
            f"## {row.code} ({row.side})",
            "",
            f"**{row.name}.** {row.sentence}",
            "",
            f"{ground}: {row.ground}",
            "",
            f"{measured}:",
            "",
        ]
        lines += [f"- {line}" for line in row.measured]
        lines += ["", f"{examples}:", "", *(f"> {line}" if line else ">" for line in row.examples), ""]
    return "\n".join(lines)


def rules_html(language: Language = Language.VI) -> str:
    """The page as one self-contained HTML file; everything in it is escaped."""
    ground, measured, examples = _labels(language)
    parts = [
        f'<!doctype html>\n<html lang="{language.value}"><head><meta charset="utf-8"><title>{escape(_title(language))}</title>',
        "<style>body{font-family:sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap;background:#f4f4f4;padding:.7rem}</style>",
        f"</head><body><h1>{escape(_title(language))}</h1>",
    ]
    for row in rule_rows(language):
        about = f"<code>{escape(row.code)}</code>, <b>{escape(row.side)}</b>. {escape(row.sentence)}"
        parts.append(f'<section id="{escape(row.code)}"><h2>{escape(row.name)}</h2><p>{about}</p>')
        parts.append(f"<p>{escape(ground)}: {escape(row.ground)}</p><p>{escape(measured)}:</p><ul>")
        parts += [f"<li>{escape(line)}</li>" for line in row.measured]
        shown = "\n".join(row.examples)
        parts.append(f"</ul><p>{escape(examples)}:</p><pre>{escape(shown)}</pre></section>")
    return "\n".join([*parts, "</body></html>", ""])

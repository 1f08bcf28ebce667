"""Everything the command line says exists in both languages."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup

import service.cli
from nlp.errors import Language
from service.cli.app import APP
from service.cli.english import ENGLISH
from service.cli.language import take_language
from service.cli.translation import command_line

SOURCES = sorted(Path(service.cli.__file__).parent.glob("*.py"))


def sentences() -> set[str]:
    """Every literal given to `say`, and every literal of a table whose name says that it is said."""
    found: set[str] = set()
    for source in SOURCES:
        tree = ast.parse(source.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


def texts(command: TyperCommand | TyperGroup) -> set[str]:
    found = {command.help or ""} | {getattr(each, "help", None) or "" for each in command.params}
    if isinstance(command, TyperGroup):
        for below in command.commands.values():
            assert isinstance(below, (TyperCommand, TyperGroup))
            found |= texts(below)
    return found


def test_every_sentence_has_an_english_twin() -> None:
    missing = sorted(sentence for sentence in sentences() if sentence not in ENGLISH)
    assert missing == []


def test_every_help_text_is_translated() -> None:
    vietnamese = texts(command_line(APP, Language.VI))
    english = texts(command_line(APP, Language.EN))
    assert len(vietnamese) > 20
    letters = set("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
    left = sorted(text for text in english if letters & set(text.lower()))
    assert left == []


def test_same_fields_in_both_languages() -> None:
    import string

    def fields(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text)}

    assert [
        key for key, value in ENGLISH.items() if "{" in key and '{"' not in key and fields(key) != fields(value)
    ] == []


@pytest.mark.parametrize(
    ("arguments", "environment", "language", "rest"),
    [
        (["search", "x"], {}, Language.VI, ["search", "x"]),
        (["--lang", "en", "search"], {}, Language.EN, ["search"]),
        (["search", "x", "--lang=en"], {}, Language.EN, ["search", "x"]),
        (["search"], {"RASOAT_LANG": "en"}, Language.EN, ["search"]),
        (["--lang", "vi"], {"RASOAT_LANG": "en"}, Language.VI, []),
        # behind a bare -- everything is an argument
        (["search", "--", "--lang", "en"], {}, Language.VI, ["search", "--", "--lang", "en"]),
    ],
)
def test_language_is_taken_from_anywhere(
    arguments: list[str], environment: dict[str, str], language: Language, rest: list[str]
) -> None:
    assert take_language(arguments, environment) == (language, rest)


@pytest.mark.parametrize("arguments", [["--lang", "fr"], ["--lang"], ["--lang="]])
def test_an_unknown_language_is_refused(arguments: list[str]) -> None:
    with pytest.raises(ValueError, match="Language"):
        take_language(arguments, {})

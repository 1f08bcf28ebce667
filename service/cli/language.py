"""The language of the command line: Vietnamese unless `--lang en` or RASOAT_LANG=en. Vietnamese stands in the source; English in one table."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from nlp.errors import Language
from service.cli.english import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OPTION = "--lang"
_current = [Language.VI]  # set once by `main`, before any command runs


def take_language(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[Language, list[str]]:
    """The wanted language and the arguments without `--lang`, which may stand anywhere before a bare `--`.

    Raises ValueError with the word that is no language.
    """
    wanted = environment.get("RASOAT_LANG", "") or Language.VI.value
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest.extend((word, *words))
        elif word == OPTION:
            wanted = next(words, "")
        elif word.startswith(f"{OPTION}="):
            wanted = word.partition("=")[2]
        else:
            rest.append(word)
    return Language(wanted), rest


def speak(language: Language) -> None:
    """Use this language from now on."""
    _current[0] = language


def spoken() -> Language:
    """The language in use."""
    return _current[0]


def say(vietnamese: str, **fields: object) -> str:
    """The sentence in the language in use, with its fields filled in. Every sentence has its English twin in the table."""
    template = vietnamese if spoken() is Language.VI else ENGLISH[vietnamese]
    return template.format(**fields) if fields else template


def warn(line: str) -> None:
    """One line on stderr, where machines do not read."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201  the delivery floor prints

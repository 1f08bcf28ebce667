"""Typer in the language of the reader: its headings, the texts of our commands, and its messages about a wrong command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from nlp.errors import Language
from service.cli.english import ENGLISH
from service.cli.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADINGS: Mapping[str, str] = {
    "ARGUMENTS_PANEL_TITLE": "Đối số",
    "OPTIONS_PANEL_TITLE": "Tùy chọn",
    "COMMANDS_PANEL_TITLE": "Các lệnh",
    "DEFAULT_STRING": "[mặc định: {}]",
    "REQUIRED_LONG_STRING": "[bắt buộc]",
}
_HELP = "Hiện hướng dẫn này rồi thoát."
# Typer keeps its own copy of click's exceptions under a private name; the public BadParameter leads to their base
USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]


def command_line(app: typer.Typer, language: Language) -> TyperGroup:
    """The command tree with every text in `language`."""
    if language is Language.VI:
        for name, heading in _HEADINGS.items():
            setattr(rich_utils, name, heading)
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    _translate(group, language)
    return group


def _translate(command: TyperCommand | TyperGroup, language: Language) -> None:
    """The help texts of a command and those below it, in place; an untranslated text is a KeyError, caught by a test."""
    command.options_metavar = _said("[TÙY CHỌN]", language)
    if command.help:
        command.help = _said(command.help, language)
    for parameter in command.params:
        shown = getattr(parameter, "help", None)
        if shown:
            parameter.help = _said(shown, language)  # type: ignore[attr-defined]
        if parameter.metavar and parameter.metavar in ENGLISH:
            parameter.metavar = _said(parameter.metavar, language)
    with command.make_context("rasoat", [], resilient_parsing=True) as context:
        option = command.get_help_option(context)
    if option is not None:
        option.help = _said(_HELP, language)
    if isinstance(command, TyperGroup):
        command.subcommand_metavar = _said("LỆNH [ĐỐI SỐ]...", language)
        for below in command.commands.values():
            assert isinstance(below, (TyperCommand, TyperGroup))
            _translate(below, language)


def _said(vietnamese: str, language: Language) -> str:
    return vietnamese if language is Language.VI else ENGLISH[vietnamese]


def usage_message(error: Exception) -> str:
    """One or two lines about a wrong command line: what is wrong and where the help is."""
    name = type(error).__name__
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "rasoat"
    if name == "NoArgsIsHelpError":
        return str(error)
    return f"{_reason(error, name)}\n{say('Xem hướng dẫn: {command} --help', command=command)}"


def _reason(error: Exception, name: str) -> str:
    parameter = getattr(error, "param", None)
    shown = getattr(error, "param_hint", None) or (parameter.get_error_hint() if parameter is not None else "")
    if name == "NoSuchOption":
        return say("Không có tùy chọn {name}.", name=getattr(error, "option_name", ""))
    if name == "MissingParameter":
        return say("Thiếu {name}.", name=shown)
    if name == "BadParameter":
        return say("Giá trị của {name} không dùng được: {detail}", name=shown, detail=getattr(error, "message", ""))
    return say("Dòng lệnh sai: {detail}", detail=getattr(error, "message", str(error)))

"""The effective settings: the defaults of `nlp.settings` and of this file, overlaid once with `rasoat.toml` and `RASOAT_*`.

[retrieval]
neighbours = 30          # the same as RASOAT_RETRIEVAL_NEIGHBOURS=30

[service]
database = "postgresql://rasoat@db/rasoat"
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast, get_type_hints

from nlp.errors import SettingsError
from nlp.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed import DataclassInstance

CONFIG_FILE = "rasoat.toml"
PREFIX = "RASOAT_"
# read elsewhere: the language by the command line, the test server by the tests
_FOREIGN = ("RASOAT_LANG", "RASOAT_TEST_", "RASOAT_CI_")
_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """What the service needs beside the analysis. Sizes in bytes, times in seconds."""

    database: str = ""  # a URL; "" is rasoat.sqlite in the workspace
    encoder: str = ""  # a block of models/manifest.toml; "" is its default
    models: str = ""  # a folder with a manifest of its own; "" is the shipped one
    endpoint_key: str = ""  # for an encoder behind an endpoint: texts then leave this machine
    threads: int = 0  # of the encoder; 0 leaves it to the runtime
    host: str = "127.0.0.1"  # the API has no accounts yet: only this machine unless an administrator says otherwise
    port: int = 8000
    max_upload_bytes: int = 200 * 2**20
    max_list_bytes: int = 2 * 2**30  # of an unpacked provision list
    max_query_characters: int = 20_000
    max_hits: int = 200
    second_opinion: bool = False  # ask a language model about findings: their provisions then leave this machine
    opinion_url: str = ""  # of an OpenAI-compatible server: "http://127.0.0.1:8080/v1"
    opinion_model: str = ""
    opinion_key: str = ""
    opinion_seconds: float = 30.0  # patience with one answer
    opinion_limit: int = 200  # findings of one run that are asked about, the most urgent ones


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of a process, and the folder it works in."""

    workspace: Path
    nlp: Settings = field(default_factory=Settings)
    service: ServiceSettings = field(default_factory=ServiceSettings)

    @property
    def database_url(self) -> str:
        """The database of the workspace: the configured one, or SQLite in its folder."""
        return self.service.database or f"sqlite:///{self.workspace / 'rasoat.sqlite'}"

    @property
    def overlay(self) -> Path:
        """Where administrative units beside the real ones are kept: fictional or planned ones."""
        return self.workspace / "territory.toml"


def load_config(workspace: Path, environment: Mapping[str, str] | None = None) -> Config:
    """The settings for a workspace: defaults, then `rasoat.toml` of the working folder, then that of the workspace, then `RASOAT_*`.

    Raises SettingsError naming the file or variable and the key that cannot be used, unknown keys included.
    """
    config = Config(workspace.resolve())
    for path in dict.fromkeys((Path(CONFIG_FILE).resolve(), config.workspace / CONFIG_FILE)):
        if path.is_file():
            config = _overlay(config, _read(path), path.name)
    variables = os.environ if environment is None else environment
    return _overlay(config, _from_environment(config, variables), "RASOAT_*")


def _sections(config: Config) -> dict[str, DataclassInstance]:
    rooms = {item.name: getattr(config.nlp, item.name) for item in fields(config.nlp)}
    return {**rooms, "service": config.service}


def _read(path: Path) -> Mapping[str, Mapping[str, object]]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise _faulty(
            path.name, str(problem), "Tệp cấu hình không đọc được", "The settings file cannot be read"
        ) from problem
    for name, section in content.items():
        if not isinstance(section, dict):
            raise _faulty(path.name, name, "Khóa phải nằm trong một mục", "A key must stand in a section")
    return content


def _from_environment(config: Config, variables: Mapping[str, str]) -> Mapping[str, Mapping[str, object]]:
    sections: dict[str, dict[str, object]] = {}
    for variable, value in variables.items():
        if not variable.startswith(PREFIX) or variable.startswith(_FOREIGN):
            continue
        section, _, key = variable.removeprefix(PREFIX).lower().partition("_")
        if section not in _sections(config):
            raise _faulty(variable, section, "Không có mục cấu hình này", "There is no such section")
        sections.setdefault(section, {})[key] = value
    return sections


def _overlay(config: Config, content: Mapping[str, Mapping[str, object]], where: str) -> Config:
    known = _sections(config)
    changed: dict[str, DataclassInstance] = {}
    for name, values in content.items():
        if name not in known:
            raise _faulty(where, f"[{name}]", "Không có mục cấu hình này", "There is no such section")
        changed[name] = _replaced(known[name], values, f"{where} [{name}]")
    service = cast("ServiceSettings", changed.pop("service", config.service))
    return replace(config, nlp=replace(config.nlp, **changed), service=service)  # type: ignore[arg-type]


Room = TypeVar("Room", bound="DataclassInstance")


def _replaced(room: Room, values: Mapping[str, object], where: str) -> Room:
    kinds = get_type_hints(type(room))
    new: dict[str, object] = {}
    for key, value in values.items():
        if key not in kinds:
            raise _faulty(where, key, "Không có khóa cấu hình này", "There is no such key")
        try:
            new[key] = _as(kinds[key], value)
        except ValueError as problem:
            raise _faulty(
                where, f"{key} = {value!r}", "Giá trị không dùng được", "The value cannot be used"
            ) from problem
    return replace(room, **new)


def _as(kind: object, value: object) -> object:
    """`value` as `kind`; words of the environment are converted, other mismatches are ValueErrors."""
    if kind is bool:
        if isinstance(value, bool):
            return value
        word = str(value).lower()
        if word in _YES or word in _NO:
            return word in _YES
        raise ValueError(word)
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError(value)  # noqa: TRY004  one error for the caller: the value does not fit
    if kind is int:
        number = int(value) if isinstance(value, (int, str)) else None
        if number is None or number < 0:
            raise ValueError(value)
        return number
    if kind is float:
        return float(value)
    if kind is str and isinstance(value, str):
        return value
    raise ValueError(value)


def _faulty(where: str, key: str, vi: str, en: str) -> SettingsError:
    return SettingsError(
        "bad_settings",
        where=where,
        what=f"{vi}: {key}.",
        remedy="Xem các khóa hợp lệ bằng lệnh rasoat version --settings.",
        what_en=f"{en}: {key}.",
        remedy_en="List the valid keys with rasoat version --settings.",
    )

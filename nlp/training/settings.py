"""The settings of `rasoat train encoder`: one TOML file, read whole, no hidden numbers."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.errors import SettingsError
from nlp.training.positives import Signal

if TYPE_CHECKING:
    from collections.abc import Mapping

SETTINGS_FILE = Path(__file__).with_name("encoder.toml")


@dataclass(frozen=True, slots=True)
class BodySettings:
    """The table [body] of encoder.toml, which explains the numbers."""

    minutes: float
    frozen_layers: int
    batch_pairs: int
    hard_negatives: int
    max_tokens: int
    learning_rate: float
    warmup_share: float
    temperature: float
    weight_decay: float
    same_topic_share: float
    checkpoint_minutes: float
    signals: Mapping[Signal, float]


@dataclass(frozen=True, slots=True)
class ProjectionSettings:
    """The table [projection] of encoder.toml."""

    epochs: int
    batch_pairs: int
    negatives: int
    learning_rate: float
    temperature: float
    pull: float


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """encoder.toml whole."""

    seed: int
    threads: int
    body: BodySettings
    projection: ProjectionSettings


def read_training_settings(path: Path = SETTINGS_FILE) -> TrainingSettings:
    """The settings in a TOML file of the form of encoder.toml. Raises SettingsError naming missing and unknown keys."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise _wrong(path, str(problem)) from problem
    body, projection = document.get("body", {}), document.get("projection", {})
    problems = [
        *_differences(TrainingSettings, document, ""),
        *_differences(BodySettings, body, "body."),
        *_differences(ProjectionSettings, projection, "projection."),
        *(f"body.signals.{name}" for name in body.get("signals", {}) if name not in set(Signal)),
    ]
    if problems:
        raise _wrong(path, ", ".join(problems))
    signals = {Signal(name): float(share) for name, share in body.pop("signals").items()}
    return TrainingSettings(
        seed=int(document["seed"]),
        threads=int(document["threads"]),
        body=BodySettings(**body, signals=signals),
        projection=ProjectionSettings(**projection),
    )


def _differences(kind: type, values: Mapping[str, object], prefix: str) -> list[str]:
    """Keys that are missing or unknown."""
    return [prefix + name for name in sorted({field.name for field in fields(kind)}.symmetric_difference(values))]


def _wrong(path: Path, what: str) -> SettingsError:
    return SettingsError(
        "training_settings",
        where=path.name,
        what=f"Thiếu, thừa hoặc sai: {what}.",
        remedy="Sửa theo nlp/training/encoder.toml.",
        what_en=f"Missing, unknown or wrong: {what}.",
        remedy_en="Correct it after nlp/training/encoder.toml.",
    )

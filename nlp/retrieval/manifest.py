"""Which encoders there are: `models/manifest.toml`, one block each. Adding a model is adding a block.

default = "rasoat-e5-small"

[encoders.rasoat-e5-small]
kind = "onnx"                 # onnx: our own form; sentence-transformers: a folder or hub name; endpoint: an OpenAI-compatible service
source = "rasoat-e5-small"    # a folder beside the manifest, a hub name, or the model's name at the endpoint
dim = 384
max_tokens = 128              # longer texts are cut in windows
query_prefix = "query: "
passage_prefix = "passage: "
pooling = "mean"
licence = "MIT"
sha256 = "..."                # of model.onnx; optional for the other kinds
url = "https://..."           # endpoint only
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from nlp.errors import SettingsError
from nlp.shipped import MANIFEST, models_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class EncoderKind(StrEnum):
    """How a model is run."""

    ONNX = "onnx"
    SENTENCE_TRANSFORMERS = "sentence-transformers"
    ENDPOINT = "endpoint"


@dataclass(frozen=True, slots=True)
class EncoderSpec:
    """One block of the manifest. `folder`: where `source` lies when it is a folder on this machine, else None (hub name, endpoint)."""

    name: str
    kind: EncoderKind
    source: str
    dim: int  # numbers a vector, e.g. 384
    max_tokens: int  # tokens a window, special ones included
    query_prefix: str = ""
    passage_prefix: str = ""
    pooling: str = "mean"
    licence: str = ""
    sha256: str = ""
    url: str = ""
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The encoders on offer and the name of the one used unless another is asked for."""

    default: str
    encoders: Mapping[str, EncoderSpec]

    def spec(self, name: str = "") -> EncoderSpec:
        """The block `name`, or the default one; SettingsError naming the known ones where there is none."""
        wanted = name or self.default
        found = self.encoders.get(wanted)
        if found is None:
            known = ", ".join(sorted(self.encoders))
            raise SettingsError(
                "unknown_encoder",
                where=wanted,
                what="Không có mô hình này trong models/manifest.toml.",
                remedy=f"Chọn một trong: {known}.",
                what_en="No such model in models/manifest.toml.",
                remedy_en=f"Choose one of: {known}.",
            )
        return found


def read_manifest(folder: Path | None = None) -> Manifest:
    """The manifest of `folder` (the shipped models unless given). Raises SettingsError naming the block and field at fault."""
    place = models_folder() if folder is None else folder
    try:
        document = tomllib.loads((place / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise _faulty(str(place / MANIFEST), str(problem)) from problem
    blocks = document.get("encoders")
    if not isinstance(blocks, dict) or not blocks:
        raise _faulty(MANIFEST, "[encoders]")
    specs = {name: _spec(name, block, place) for name, block in blocks.items()}
    return Manifest(str(document.get("default", next(iter(specs)))), specs)


def _spec(name: str, block: Mapping[str, object], place: Path) -> EncoderSpec:
    where = f"{MANIFEST} [encoders.{name}]"

    def text(key: str, default: str | None = None) -> str:
        value = block.get(key, default)
        if not isinstance(value, str):
            raise _faulty(where, key)
        return value

    def number(key: str) -> int:
        value = block.get(key)
        if not isinstance(value, int) or value <= 0:
            raise _faulty(where, key)
        return value

    kind = text("kind")
    if kind not in set(EncoderKind):
        raise _faulty(where, f'kind = "{kind}"')
    source = text("source")
    folder = place / source
    return EncoderSpec(
        name=name,
        kind=EncoderKind(kind),
        source=source,
        dim=number("dim"),
        max_tokens=number("max_tokens"),
        query_prefix=text("query_prefix", ""),
        passage_prefix=text("passage_prefix", ""),
        pooling=text("pooling", "mean"),
        licence=text("licence", ""),
        sha256=text("sha256", ""),
        url=text("url", ""),
        folder=folder if folder.is_dir() else None,
    )


def _faulty(where: str, field: str) -> SettingsError:
    return SettingsError(
        "bad_manifest",
        where=where,
        what=f"Khai báo mô hình sai hoặc thiếu: {field}.",
        remedy="Sửa theo mẫu ở đầu nlp/retrieval/manifest.py.",
        what_en=f"Wrong or missing in the model's block: {field}.",
        remedy_en="Correct it after the example at the top of nlp/retrieval/manifest.py.",
    )

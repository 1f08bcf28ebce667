"""The JSON Schemas of what the product reads and writes. The parsed document's schema is in `nlp.exchange`."""

from __future__ import annotations

from importlib.resources import files

NAMES = ("finding-1", "coverage-1", "provision-1", "pair-1", "judgement-1", "answer-1")


def schema_text(name: str) -> str:
    """The text of a schema: "finding-1"."""
    return files("service.schemas").joinpath(f"{name}.json").read_text(encoding="utf-8")

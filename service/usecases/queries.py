"""Question files: one JSON object a line, `{"id", "text"}`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its sender's id."""

    id: str
    text: str


def read_questions(path: Path) -> Iterator[Question]:
    """The questions in order. Raises InputError with the file and line at fault."""
    line = 0
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for line, content in enumerate(lines, start=1):  # noqa: B007  named in the error
                if content.strip():
                    yield _question(json.loads(content))
    except (OSError, ValueError) as problem:
        raise InputError(
            "questions_unreadable",
            where=f"{path.name}, dòng {line + isinstance(problem, UnicodeDecodeError)}" if line else str(path),
            what=f"Không đọc được câu hỏi ({problem.strerror if isinstance(problem, OSError) else problem}).",
            remedy='Mỗi dòng cần dạng {"id": "...", "text": "..."}.',
            what_en=f"The questions cannot be read ({problem}).",
            remedy_en='Each line must be {"id": "...", "text": "..."}.',
        ) from problem


def _question(fields: object) -> Question:
    if not isinstance(fields, dict) or "id" not in fields or not isinstance(fields.get("text"), str):
        raise ValueError("thiếu “id” hoặc “text”")
    return Question(str(fields["id"]), fields["text"])

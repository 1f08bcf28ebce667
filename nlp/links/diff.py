"""What changed between two states of a text, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlp.links.consolidate import ConsolidatedText

_WORD = re.compile(r"\w+|[^\w\s]|\s+")
_MAX_WORDS = 20_000  # above this the words of one unit are not aligned: it is shown as replaced


class PieceKind(StrEnum):
    """What happened to a run of words."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """A run of words; SAME and DELETED pieces joined give the old text, SAME and INSERTED ones the new."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class UnitDiff:
    """The difference of one unit; a unit that is new has only inserted words, one that is gone only deleted ones."""

    path: str
    pieces: tuple[DiffPiece, ...]


def word_diff(old: str, new: str) -> tuple[DiffPiece, ...]:
    """The runs of kept, deleted and inserted words that turn `old` into `new`, deletions before insertions."""
    if old == new:
        return (DiffPiece(PieceKind.SAME, old),) if old else ()
    a, b = _WORD.findall(old), _WORD.findall(new)
    if len(a) + len(b) > _MAX_WORDS:
        return _pieces((PieceKind.DELETED, old), (PieceKind.INSERTED, new))
    runs: list[tuple[PieceKind, str]] = []
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append((PieceKind.SAME, "".join(a[a0:a1])))
        else:
            runs.extend(((PieceKind.DELETED, "".join(a[a0:a1])), (PieceKind.INSERTED, "".join(b[b0:b1]))))
    return _pieces(*runs)


def _pieces(*runs: tuple[PieceKind, str]) -> tuple[DiffPiece, ...]:
    return tuple(DiffPiece(kind, text) for kind, text in runs if text)


def diff_texts(old: ConsolidatedText, new: ConsolidatedText) -> tuple[UnitDiff, ...]:
    """The units that differ between two days, in the order of the new text, units that are gone behind the unit they followed."""
    before = {unit.path: unit.text for unit in old.units}
    after = {unit.path: unit.text for unit in new.units}
    order = [unit.path for unit in new.units]
    for index, unit in enumerate(old.units):
        if unit.path not in after:
            previous = old.units[index - 1].path if index else None
            order.insert(order.index(previous) + 1 if previous in order else 0, unit.path)
    return tuple(
        UnitDiff(path, word_diff(before.get(path, ""), after.get(path, "")))
        for path in order
        if before.get(path, "") != after.get(path, "")
    )

"""Findings of an audit against a corpus whose defects and traps are known (corpora/README.md, schema rasoat/sample-gold/1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.law.finding import Evidence, Finding, FindingKind


@dataclass(frozen=True, slots=True)
class Place:
    """A provision of a file; `basis` counts "Căn cứ" lines from 1, 0 for ordinary provisions."""

    file: str
    provision: str
    basis: int = 0


@dataclass(frozen=True, slots=True)
class Planted:
    """A defect that was planted, or a trap: `kinds` must be reported (a defect: any of them) or must not (a trap: none of them)."""

    id: str
    kinds: frozenset[FindingKind]
    left: Place
    right: Place | None
    why: str
    trap: str = ""


@dataclass(frozen=True, slots=True)
class PlantedScore:
    """How an audit did. `found` and `missed` are planted defects, `sprung` traps that were reported with the finding, `extra` everything else reported."""

    found: tuple[tuple[Planted, Finding], ...]
    missed: tuple[Planted, ...]
    sprung: tuple[tuple[Planted, Finding], ...]
    extra: tuple[Finding, ...]

    def recall(self, kind: FindingKind | None = None) -> tuple[int, int]:
        """(found, planted) of a kind, or of all."""
        hits = sum(1 for planted, _ in self.found if kind is None or kind in planted.kinds)
        return hits, hits + sum(1 for planted in self.missed if kind is None or kind in planted.kinds)

    def precision(self, kind: FindingKind | None = None) -> tuple[int, int]:
        """(right, reported) of a kind, or of all: a finding is right when it matches a planted defect."""
        right = {finding.id for _, finding in self.found if kind is None or finding.kind is kind}
        others = {finding.id for finding in self.extra if kind is None or finding.kind is kind}
        others |= {finding.id for _, finding in self.sprung if kind is None or finding.kind is kind}
        return len(right), len(right | others)


def score_planted(findings: Sequence[Finding], defects: Sequence[Planted], traps: Sequence[Planted]) -> PlantedScore:
    """The findings sorted into found, sprung and extra. A finding may hit several planted defects; a trap counts however it is oriented."""
    found: list[tuple[Planted, Finding]] = []
    missed: list[Planted] = []
    used: set[str] = set()
    for defect in defects:
        hits = [finding for finding in findings if finding.kind in defect.kinds and _matches(defect, finding)]
        used.update(hit.id for hit in hits)
        if hits:
            found.append((defect, hits[0]))
        else:
            missed.append(defect)
    sprung = [
        (trap, finding)
        for trap in traps
        for finding in findings
        if finding.kind in trap.kinds and _matches(trap, finding)
    ]
    used.update(finding.id for _, finding in sprung)
    return PlantedScore(
        tuple(found), tuple(missed), tuple(sprung), tuple(one for one in findings if one.id not in used)
    )


def _matches(planted: Planted, finding: Finding) -> bool:
    if planted.right is None or finding.right is None:
        return _at(planted.left, finding.left)
    if _at(planted.left, finding.left) and _at(planted.right, finding.right):
        return True
    return _at(planted.left, finding.right) and _at(planted.right, finding.left)


def _at(place: Place, side: Evidence) -> bool:
    if place.file != side.file:
        return False
    if place.basis:
        return side.provision == "main" and side.quote.lower().startswith("căn cứ")
    return _inside(place.provision, side.provision) or _inside(side.provision, place.provision)


def _inside(path: str, container: str) -> bool:
    path, container = (re.sub(r"~\d+", "", one) for one in (path, container))
    return path == container or path.startswith(container + "/")

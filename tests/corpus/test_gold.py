"""The gold file against the written sources: every side exists, says what it is said to say, and every kind is there in number."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from typing import Any

import pytest

from nlp.law.finding import ConflictType, FindingKind
from nlp.law.identifiers import parse_path
from tests.sample_corpus.source import CORPUS, DOCUMENTS, Mark, Source, outline, read_all, text_of

GOLD: dict[str, Any] = json.loads((CORPUS / "gold.json").read_text(encoding="utf-8"))
SOURCES: dict[str, Source] = {source.head.file: source for source in read_all()}
ENTRIES = [*GOLD["findings"], *GOLD["traps"]]
SIDES = [
    pytest.param(entry[side], id=f"{entry['id']}-{side}")
    for entry in ENTRIES
    for side in ("left", "right")
    if entry[side]
]
KINDS = {
    "contradiction": 32, "duplicate": 9, "overlap": 7, "divergent": 12,
    "outdated": 8, "dead_basis": 2, "broken_reference": 2, "form": 2,
}  # fmt: skip
CONFLICT_TYPES = {
    "number": 12, "deadline": 6, "authority": 3, "modality": 3, "condition": 3,
    "scope": 2, "definition": 1, "sanction": 1, "effect_date": 1,
}  # fmt: skip
# Bodies that ended on or before 2025-07-01, and the old provinces as places of today.
ABOLISHED = re.compile(
    r"cấp huyện|các huyện|(Phòng|Sở|Bộ) Tài nguyên và Môi trường|Sở Giao thông vận tải|tỉnh Hồng Sa|tỉnh Lam Khê"
)


def test_documents_repeat_the_heads_of_the_sources() -> None:
    told = {
        (d["file"], d["number"], d["kind"], d["issuer"], d["issued"], d["effective"], d["territory"], d["form"])
        for d in GOLD["documents"]
    }
    heads = [source.head for source in SOURCES.values()]
    assert told == {
        (h.file, h.number, h.kind, h.issuer, f"{h.issued}", f"{h.effective}", h.territory, h.render.value)
        for h in heads
    }
    assert {path.name for path in DOCUMENTS.iterdir()} == set(SOURCES)


@pytest.mark.parametrize("side", SIDES)
def test_every_side_is_a_provision_of_its_source(side: dict[str, Any]) -> None:
    source = SOURCES[side["file"]]
    parse_path(side["provision"])
    assert side["provision"] in outline(source)
    if "basis" in side:
        assert re.search(r"\d+/20\d\d/", source.bases[side["basis"] - 1])
    elif side["provision"] != "main":
        assert len(text_of(source, side["provision"])) > 15


def test_ids_are_unique_and_counts_are_as_planted() -> None:
    assert len({entry["id"] for entry in ENTRIES}) == len(ENTRIES)
    assert Counter(f["kind"] for f in GOLD["findings"]) == KINDS
    assert Counter(f["conflict_type"] for f in GOLD["findings"] if f["conflict_type"]) == CONFLICT_TYPES
    assert {kind.value for kind in FindingKind} == set(KINDS)
    assert set(CONFLICT_TYPES) <= {kind.value for kind in ConflictType}
    assert len({trap["trap"] for trap in GOLD["traps"]}) >= 12


def test_no_pair_is_planted_and_silenced_as_the_same_kind() -> None:
    planted = {(f["kind"], _pair(f)) for f in GOLD["findings"]}
    silenced = {(kind, _pair(t)) for t in GOLD["traps"] for kind in t["silent"]}
    assert not planted & silenced
    assert not [f["id"] for f in GOLD["findings"] if (f["kind"] != "contradiction") == bool(f["conflict_type"])]


def _pair(entry: dict[str, Any]) -> frozenset[str]:
    return frozenset(
        f"{side['file']} {side['provision']} {side.get('basis', '')}"
        for side in (entry["left"], entry["right"])
        if side
    )


@pytest.mark.parametrize(
    "finding",
    [pytest.param(f, id=f["id"]) for f in GOLD["findings"] if f["conflict_type"] in {"number", "deadline", "sanction"}],
)
def test_contradicting_quantities_differ(finding: dict[str, Any]) -> None:
    left, right = (_quantities(finding[side]) for side in ("left", "right"))
    assert left - right, (left, right)


@pytest.mark.parametrize("finding", [pytest.param(f, id=f["id"]) for f in GOLD["findings"] if f["kind"] == "divergent"])
def test_divergences_stand_between_the_two_old_provinces(finding: dict[str, Any]) -> None:
    assert {SOURCES[finding[side]["file"]].head.territory for side in ("left", "right")} == {
        "tỉnh Lam Khê",
        "tỉnh Hồng Sa",
    }
    assert _quantities(finding["left"]) != _quantities(finding["right"])


def _quantities(side: dict[str, Any]) -> set[str]:
    source = SOURCES[side["file"]]
    text = text_of(source, side["provision"])
    if side["file"].startswith("SaKhe_61"):  # the planted rule stands in the quoted payload
        text = "\n".join(block.text for part in source.parts for block in part.blocks if block.quoted)
    return set(re.findall(r"(\d[\d.,]*(?: (?:ngày làm việc|ngày|giờ|tháng))?|\bhai lần)", text))


def test_every_dead_body_in_force_is_named() -> None:
    repealed = {"876_2016_ND-CP.pdf", "HongSa_07_2018_QD-UBND_scan.pdf"}
    known = {
        (e["left"]["file"], e["left"]["provision"])
        for e in ENTRIES
        if e.get("kind") == "outdated" or "outdated" in e.get("silent", ())
    }
    seen: set[tuple[str, str]] = set()
    for file, source in SOURCES.items():
        paths = outline(source)
        for path in paths:
            if any(other.startswith(f"{path}/") for other in paths) or file in repealed:
                continue
            own = source.head.territory.removeprefix("tỉnh ")
            words = text_of(source, path) if path.count("/") else ""
            if ABOLISHED.search(words.replace(f"tỉnh {own}", "")):
                seen.add((file, path))
    assert seen == known


def test_dates_are_lawful_but_for_the_planted_one() -> None:
    planted = {f["left"]["file"] for f in GOLD["findings"] if f["id"] in {"ht-01", "ht-02"}}
    for file, source in SOURCES.items():
        days = (source.head.effective - source.head.issued).days
        least = 45 if source.head.territory == "cả nước" else 10
        assert (days < least) == (file in planted), (file, days)
        if file not in planted:
            text = "\n".join(
                block.text for part in source.parts for block in part.blocks if block.mark is not Mark.TABLE
            )
            assert _spoken(source.head.effective) in text, file
    assert date.fromisoformat(GOLD["as_of"]) > max(source.head.effective for source in SOURCES.values())


def _spoken(day: date) -> str:
    return (
        f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"
        if day.month < 3
        else f"ngày {day.day:02d} tháng {day.month} năm {day.year}"
    )

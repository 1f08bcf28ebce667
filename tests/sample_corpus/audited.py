"""The sample corpus read, parsed, encoded and audited once per process, and its gold."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache

from nlp.analyser.audit import AuditResult, Corpus, audit
from nlp.analyser.corpus import comparable
from nlp.evaluation.planted import Place, Planted, PlantedScore, score_planted
from nlp.law.finding import FindingKind
from nlp.law.territory import load_overlay
from nlp.parsing import parse
from nlp.reading import read
from nlp.retrieval.encoders import load_encoder
from nlp.settings import Settings
from tests.sample_corpus.source import CORPUS, DOCUMENTS

GOLD = json.loads((CORPUS / "gold.json").read_text(encoding="utf-8"))
AS_OF = dt.date.fromisoformat(GOLD["as_of"])


@cache
def audited() -> AuditResult:
    """The audit of `corpora/sample/documents` on the gold's day, with the shipped encoder."""
    settings = Settings()
    documents = {
        path.name: parse(read(path.read_bytes(), path.name, settings.reading)) for path in sorted(DOCUMENTS.iterdir())
    }
    units = [unit for name, document in documents.items() for unit in comparable(document, name)]
    vectors = load_encoder().encode_passages([unit.passage for unit in units])
    gazetteer = load_overlay((CORPUS / "territory.toml").read_text(encoding="utf-8"))
    return audit(Corpus(units, vectors, documents), AS_OF, settings, gazetteer)


def _place(row: dict[str, object] | None) -> Place | None:
    if row is None:
        return None
    return Place(str(row["file"]), str(row["provision"]), int(str(row.get("basis", 0))))


def _planted(row: dict[str, object], kinds: list[str], trap: str = "") -> Planted:
    left, right = row["left"], row["right"]
    assert isinstance(left, dict)
    assert right is None or isinstance(right, dict)
    place = _place(left)
    assert place is not None
    return Planted(str(row["id"]), frozenset(map(FindingKind, kinds)), place, _place(right), str(row["why"]), trap)


def defects() -> list[Planted]:
    """The planted defects; other kinds that a reviewer could defend are accepted."""
    return [_planted(row, [row["kind"], *row.get("accept_kinds", ())]) for row in GOLD["findings"]]


def traps() -> list[Planted]:
    """The planted traps with the kinds that must not be reported."""
    return [_planted(row, row["silent"], row["trap"]) for row in GOLD["traps"]]


@cache
def scored() -> PlantedScore:
    """The audit against the gold."""
    return score_planted(audited().findings, defects(), traps())

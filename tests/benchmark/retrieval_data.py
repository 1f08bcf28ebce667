"""What the retrieval benchmarks measure on: the codification with its official links and citations, and two sets of questions."""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors.numpy import load_file

from nlp.retrieval.manifest import read_manifest
from nlp.retrieval.units import unit_text
from nlp.retrieval.vectors import unit_rows
from nlp.shipped import models_folder
from nlp.training.codification import CodifiedProvision, read_provisions, read_related

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.retrieval.encoders import Encoder
    from nlp.retrieval.vectors import FloatArray

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
PACKS = SHARED / "packs" / "dev"
CHUNK = 1_024

_ARTICLES = r"[Đđ]iều (?P<articles>\d+[a-zđ]?(?:(?:, | và | hoặc |, [Đđ]iều | và [Đđ]iều )\d+[a-zđ]?)*)(?: của)?,? "
_KINDS = r"(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Thông tư(?: liên tịch)?|Quyết định|Nghị quyết|Quy chế|Quy định)"
# "Điều 5 và Điều 7 của Luật này" · "Điều 20 Nghị định số 29/2018/NĐ-CP" · "Điều 186 của Bộ luật Tố tụng dân sự"
OWN = re.compile(rf"{_ARTICLES}{_KINDS} này")
NUMBERED = re.compile(rf"{_ARTICLES}{_KINDS}[^.;\d]{{0,60}}?(?:số )?(?P<number>\d+/\d{{4}}/[\w-]+)")
NAMED = re.compile(rf"{_ARTICLES}(?P<name>(?:Bộ luật|Luật|Pháp lệnh) [^\d.;()]{{3,80}})")


@dataclass(frozen=True, slots=True)
class Codification:
    """Articles, what is officially related to each place, and what each cites or is cited by."""

    provisions: tuple[CodifiedProvision, ...]
    related: dict[int, frozenset[int]]
    cited: dict[int, tuple[int, ...]]


def read_codification(pool: int = 0) -> Codification:
    """The codification, linked articles first; only the first `pool` articles of that order where it is not 0."""
    everything = read_provisions(PACKS / "phapdien_provisions.jsonl.gz", PACKS / "phapdien_documents.jsonl.gz")
    pairs = read_related(PACKS / "phapdien_related_pairs.jsonl.gz")
    linked = {anchor for pair in pairs for anchor in pair}
    ordered = tuple(sorted(everything, key=lambda item: item.anchor not in linked))[: pool or None]
    place = {item.anchor: number for number, item in enumerate(ordered)}
    related: defaultdict[int, set[int]] = defaultdict(set)
    for first, second in pairs:
        if first in place and second in place:
            related[place[first]].add(place[second])
            related[place[second]].add(place[first])
    return Codification(ordered, {key: frozenset(found) for key, found in related.items()}, _citations(ordered))


def _citations(provisions: Sequence[CodifiedProvision]) -> dict[int, tuple[int, ...]]:
    """Cited and citing places of each article, by patterns: the benchmark needs no more than the plain cases."""
    place = {(item.number.upper(), item.article): number for number, item in reversed(list(enumerate(provisions)))}
    names: defaultdict[str, set[str]] = defaultdict(set)
    for item in provisions:
        title = re.sub(r"^(?:luật (?=luật)|bộ luật (?=bộ luật)|pháp lệnh (?=pháp lệnh))", "", item.title.lower())
        if title.startswith(("luật", "bộ luật", "pháp lệnh")):
            names[" ".join(title.split())].add(item.number.upper())
    edges: defaultdict[int, dict[int, None]] = defaultdict(dict)
    for number, item in enumerate(provisions):
        found = [(match, item.number.upper()) for match in OWN.finditer(item.text)]
        found += [(match, match["number"].upper()) for match in NUMBERED.finditer(item.text)]
        found += [(match, _document_named(match["name"], names)) for match in NAMED.finditer(item.text)]
        for match, document in found:
            for article in re.findall(r"\d+[a-zđ]?", match["articles"]):
                target = place.get((document, article))
                if target is not None and target != number:
                    edges[number][target] = edges[target][number] = None
    return {number: tuple(others) for number, others in edges.items()}


def _document_named(name: str, names: dict[str, set[str]]) -> str:
    words = name.lower().split()
    for size in range(len(words), 1, -1):
        numbers = names.get(" ".join(words[:size]).strip(" ,"), set())
        if numbers:
            return next(iter(numbers)) if len(numbers) == 1 else ""
    return ""


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions over a closed collection of articles; `relevant` are places in `articles`."""

    name: str
    articles: tuple[str, ...]
    questions: tuple[str, ...]
    relevant: tuple[frozenset[int], ...]


def read_drill() -> Questions:
    """drill_closed (eval)."""
    articles = _lines(SHARED / "bench" / "drill_articles.jsonl.gz")
    place = {item["aid"]: number for number, item in enumerate(articles)}
    rows = _lines(SHARED / "bench" / "drill_closed.jsonl")
    return Questions(
        "drill_closed",
        tuple(item["text"] for item in articles),
        tuple(row["question"] for row in rows),
        tuple(frozenset(place[key] for key in row["relevant_laws"] if key in place) for row in rows),
    )


def read_alqac() -> Questions:
    """alqac_retrieval (eval), the questions whose articles are in the collection."""
    articles = _lines(SHARED / "bench" / "alqac_articles.jsonl.gz")
    place = {(item["law"], str(item["article"])): number for number, item in enumerate(articles)}
    rows = [row for row in _lines(SHARED / "bench" / "alqac_retrieval.jsonl") if row["in_corpus"]]
    return Questions(
        "alqac_retrieval",
        tuple(unit_text(item["text"], title=item["law"]) for item in articles),
        tuple(row["query"] for row in rows),
        tuple(frozenset(place[tuple(key)] for key in row["relevant"] if tuple(key) in place) for row in rows),
    )


def workspace_vectors(workspace: Path, data: Codification, *, partial: bool = False) -> tuple[Codification, FloatArray]:
    """The codification and the vectors that a workspace with a single encoder and no other documents keeps of its articles, in their order.

    Where some are not encoded yet: those that are, if `partial`, else the program ends and tells how many are missing.
    """
    found: dict[str, FloatArray] = {}
    for rows in sorted((workspace / "vectors").glob("*/*.npy")):
        found.update(zip(rows.with_suffix(".keys").read_text(encoding="ascii").split(), np.load(rows), strict=True))
    with sqlite3.connect(f"file:{workspace / 'rasoat.sqlite'}?mode=ro", uri=True) as database:
        names = dict(database.execute("SELECT external_id, unit_hash FROM provision"))
    there = [place for place, item in enumerate(data.provisions) if names.get(item.anchor) in found]
    missing = len(data.provisions) - len(there)
    if missing and not partial:
        raise SystemExit(f"{missing} articles have no vector yet: let `rasoat ingest` finish, or give --partial")
    kept = data if not missing else _restricted(data, there)
    return kept, np.stack([found[names[item.anchor]] for item in kept.provisions])


def _restricted(data: Codification, there: Sequence[int]) -> Codification:
    place = {old: new for new, old in enumerate(there)}
    return Codification(
        tuple(data.provisions[old] for old in there),
        {
            place[old]: frozenset(place[other] for other in others if other in place)
            for old, others in data.related.items()
            if old in place and any(other in place for other in others)
        },
        {
            place[old]: tuple(place[other] for other in others if other in place)
            for old, others in data.cited.items()
            if old in place
        },
    )


def start_vectors(vectors: FloatArray) -> FloatArray:
    """The vectors of the encoder before its adaptation: the shipped one is the start and a linear map, which can be undone."""
    folder = models_folder() / read_manifest().spec().source
    (mapped,) = load_file(folder / "2_Dense" / "model.safetensors").values()
    return unit_rows(vectors @ np.linalg.inv(mapped.astype(np.float64)).T.astype(np.float32))


def cached_vectors(encoder: Encoder, texts: Sequence[str], cache: Path) -> FloatArray:
    """The vectors of `texts`, kept in `cache` chunk by chunk, so that a stopped run goes on where it was."""
    folder = cache / encoder.fingerprint
    folder.mkdir(parents=True, exist_ok=True)
    parts = []
    for start in range(0, len(texts), CHUNK):
        chunk = texts[start : start + CHUNK]
        part = folder / f"{abs(hash_of(chunk)):016x}.npy"
        if not part.exists():
            np.save(part, encoder.encode_passages(chunk))
        parts.append(np.load(part))
    return np.concatenate(parts)


def hash_of(texts: Sequence[str]) -> int:
    """A number that stands for these texts, the same in every process."""
    return int(sha256("\0".join(texts).encode()).hexdigest()[:16], 16)


def _lines(path: Path) -> list[dict[str, Any]]:
    raw = path.read_bytes()
    text = gzip.decompress(raw) if path.suffix == ".gz" else raw
    return [json.loads(line) for line in text.decode().splitlines()]

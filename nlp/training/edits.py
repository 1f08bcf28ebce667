"""Pairs made by controlled edits: `python -m nlp.training.edits CODIFICATION --documents FILE --out FILE.jsonl --count N [--exclude PAIRS.jsonl] [--seed N]`.

B is a real clause of the codification. A is the same clause in disguise (changes that mean nothing), and on top of that one change that alters the
law (contradiction, typed), none (duplicate), a clause of its own (overlap), the same change saved, elsewhere or for another subject (consistent); or
another clause of the same topic (unrelated). Every label gets the same disguises and the pool is thinned so that word overlap and length do not
tell the label. The same arguments always give the same file. CODIFICATION is phapdien_provisions.jsonl.gz, FILE phapdien_documents.jsonl.gz.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import math
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from nlp.law.finding import ConflictType, Relation
from nlp.text.segment import sentences, words
from nlp.training.codification import read_provisions
from nlp.training.edit_changes import CHANGES, other_subject, saved
from nlp.training.edit_disguises import disguise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LENGTHS = (90, 700)  # characters of a clause
_RULE = re.compile(
    r"\b(?:phải|được|không|cấm|chậm nhất|trong thời hạn|ngày|tối đa|tối thiểu|quyết định|trách nhiệm|hồ sơ|mức|điều kiện|thẩm quyền|phạt tiền|là)\b"
)
_CLOSING = re.compile(
    r"hiệu lực thi hành|tổ chức thực hiện|trách nhiệm thi hành|phạm vi điều chỉnh|đối tượng áp dụng|thay thế|sửa đổi|bãi bỏ",
    re.IGNORECASE,
)
PROVINCES = (
    "Hà Giang",
    "Lạng Sơn",
    "Nghệ An",
    "Quảng Trị",
    "Đắk Lắk",
    "Lâm Đồng",
    "Long An",
    "Bến Tre",
    "Bạc Liêu",
    "Nam Định",
    "Phú Thọ",
    "Kon Tum",
)
SHARES = {
    Relation.CONTRADICTION: 0.36, Relation.DUPLICATE: 0.22, Relation.OVERLAP: 0.12, Relation.CONSISTENT: 0.2, Relation.UNRELATED: 0.1,
}  # fmt: skip
POOL = 2.0  # pairs made for each one kept
CLAUSES_TRIED = 60  # for one change
NEAR_DRAWN = 14  # clauses of the same topic that are looked at
EXTENDED_SHARE = 0.4  # of the changed texts get a sentence of their own
DROPPED_SHARE = 0.6  # of the overlapping texts leave out a sentence of B
BEHIND_SHARE = 0.7  # of the own sentences stand behind
CHANGED_TOO = 0.6  # of the texts for another subject differ in law too
OWN = (40, 260)  # characters of an own sentence
SAYS_THE_SAME = 0.55  # share of common words from which two clauses may say the same
OVERLAP_BINS, LENGTH_BINS = 4, 3
LOCAL_SHARE = 0.15  # of the pairs have a provincial B, so that provincial sides do not tell the label


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a document in force, with the dates and the issuer of the document ("" where unknown)."""

    text: str
    number: str
    path: str
    heading: str
    topic: str
    issuer: str
    issued: dt.date


@dataclass(frozen=True, slots=True)
class Made:
    """A made pair; `before` and `after` are the changed words of B and A, `trap` as in the labelled sets."""

    clause: Clause
    text: str
    relation: Relation
    conflict_type: ConflictType | None = None
    trap: str = ""
    before: str = ""
    after: str = ""
    elsewhere: bool = False  # A and B are of two provinces


def read_clauses(codification: Path, documents: Path, excluded: frozenset[str]) -> tuple[Clause, ...]:
    """The clauses with a rule in them, of documents that are not excluded, in file order."""
    with gzip.open(documents, "rt", encoding="utf-8") as lines:
        known = {str(record["so_hieu"]): record for record in map(json.loads, lines)}
    found: list[Clause] = []
    for provision in read_provisions(codification):
        record = known.get(provision.number)
        issued = _day(str(record.get("ngay_ban_hanh", ""))) if record else None
        if record is None or issued is None or provision.number in excluded or _CLOSING.search(provision.heading):
            continue
        for part in re.split(r"\n(?=\d+\. )", provision.text):
            text = part.strip()
            if LENGTHS[0] <= len(text) <= LENGTHS[1] and len(_RULE.findall(text)) >= 2 and not _CLOSING.search(text):
                mark = re.match(r"(\d+)\. ", text)
                path = (f"khoản {mark[1]} " if mark else "") + f"Điều {provision.article}"
                found.append(
                    Clause(
                        text,
                        provision.number,
                        path,
                        provision.heading,
                        provision.topic,
                        str(record.get("co_quan", "")),
                        issued,
                    )
                )
    return tuple(found)


def _day(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return None


def make(
    relation: Relation, clauses: Sequence[Clause], topics: Mapping[str, Sequence[Clause]], rng: Random
) -> Made | None:
    """A pair of a relation on some clause, None where the draw does not lend itself."""
    if relation in {Relation.CONTRADICTION, Relation.CONSISTENT}:
        return _changed(relation, clauses, topics, rng)
    clause = rng.choice(clauses)
    near = _near(clause, topics, rng)
    if relation is Relation.UNRELATED:
        other = _nearest(clause, near)
        if other is None:
            return None
        return Made(clause, disguise(other.text, rng, rng.randint(1, 4)), relation, trap="lexical_overlap")
    hidden = disguise(clause.text, rng, rng.randint(2, 9))
    if relation is Relation.OVERLAP:
        return _overlap(clause, hidden, near, rng)
    return None if hidden == clause.text else Made(clause, hidden, relation, trap="paraphrase")


def _changed(
    relation: Relation, clauses: Sequence[Clause], topics: Mapping[str, Sequence[Clause]], rng: Random
) -> Made | None:
    """The kind of change is drawn first, so that rare kinds do not drown; then clauses until one lends itself."""
    operation = rng.choice(CHANGES)
    for _ in range(CLAUSES_TRIED):
        clause = rng.choice(clauses)
        hidden = disguise(clause.text, rng, rng.randint(1, 5))
        edit = operation(hidden, rng)
        if edit is None:
            continue
        if relation is Relation.CONTRADICTION:
            made = Made(clause, edit.text, relation, edit.conflict_type, "", edit.before, edit.after)
        elif (compatible := _compatible(clause, edit.text, hidden, rng)) is not None:
            made = compatible
        else:
            continue
        if rng.random() < EXTENDED_SHARE:  # longer and less alike, as an overlap is
            made = replace(made, text=_with_own(made.text, _near(clause, topics, rng), rng) or made.text)
        return made
    return None


def _compatible(clause: Clause, text: str, hidden: str, rng: Random) -> Made | None:
    """The changed text where it contradicts nothing: in another province, for another subject, or saved."""
    way = rng.choice(("elsewhere", "subject", "subject", "subject", "saved"))
    if way == "elsewhere":
        return Made(clause, text, Relation.CONSISTENT, trap="territory_disjoint", elsewhere=True)
    edit = saved(text, rng) if way == "saved" else other_subject(text if rng.random() < CHANGED_TOO else hidden, rng)
    trap = "saving_clause" if way == "saved" else "different_subject"
    return None if edit is None else Made(clause, edit.text, Relation.CONSISTENT, trap=trap)


def _overlap(clause: Clause, hidden: str, near: Sequence[Clause], rng: Random) -> Made | None:
    mine = [hidden[span.start : span.end].strip() for span in sentences(hidden)]
    if len(mine) > 1 and "\n" not in hidden and rng.random() < DROPPED_SHARE:
        mine.pop(rng.randrange(len(mine)))
        hidden = " ".join(mine)
    text = _with_own(hidden, near, rng)
    return None if text is None else Made(clause, text, Relation.OVERLAP)


def _with_own(text: str, near: Sequence[Clause], rng: Random) -> str | None:
    """`text` with a sentence of another clause before or behind it; None where there is none of a fitting length."""
    if not near:
        return None
    other = rng.choice(near).text
    pieces = [
        re.sub(r"^(?:\d+\. |[a-zđ]\) |- )", "", other[span.start : span.end]).strip() for span in sentences(other)
    ]
    own = [piece for piece in pieces if OWN[0] <= len(piece) <= OWN[1] and not piece.endswith(":")]
    if not own:
        return None
    sentence = rng.choice(own).rstrip(".; ")
    sentence = f"{sentence[:1].upper()}{sentence[1:]}."
    text = text.rstrip(".;, ")
    return f"{text}. {sentence}" if rng.random() < BEHIND_SHARE else f"{sentence} {text}."


def _near(clause: Clause, topics: Mapping[str, Sequence[Clause]], rng: Random) -> list[Clause]:
    """Some clauses of the same topic and other documents."""
    topic = topics[clause.topic]
    return [other for other in rng.sample(topic, min(NEAR_DRAWN, len(topic))) if other.number != clause.number]


def _nearest(clause: Clause, near: Sequence[Clause]) -> Clause | None:
    """The clause with the most common words, short of saying the same."""
    mine = {form for form, _ in words(clause.text)}
    scored = []
    for other in near:
        theirs = {form for form, _ in words(other.text)}
        share = len(mine & theirs) / max(1, len(mine | theirs))
        if share < SAYS_THE_SAME:
            scored.append((share, other.text, other))
    return max(scored, key=lambda item: item[:2])[2] if scored else None


def generate(clauses: Sequence[Clause], count: int, seed: int) -> tuple[Made, ...]:
    """`count` pairs (fewer where the clauses do not give them), balanced over word overlap and length, in a random but repeatable order."""
    rng = Random(seed)
    by_topic: dict[str, list[Clause]] = defaultdict(list)
    for clause in clauses:
        by_topic[clause.topic].append(clause)
    pool: list[Made] = []
    wanted = {relation: int(share * count * POOL) for relation, share in SHARES.items()}
    for _ in range(int(count * POOL * 4)):
        open_ = [relation for relation, left in wanted.items() if left > 0]
        if not open_:
            break
        made = make(rng.choice(open_), clauses, by_topic, rng)
        if made is not None:
            wanted[made.relation] -= 1
            pool.append(made)
    return tuple(_thinned(pool, count, rng))


def surface(made: Made) -> tuple[float, float]:
    """Word overlap (Jaccard) and log length ratio of a made pair: what must not tell the label."""
    a, b = ([form for form, _ in words(text)] for text in (made.text, made.clause.text))
    return len(set(a) & set(b)) / max(1, len(set(a) | set(b))), math.log((1 + len(a)) / (1 + len(b)))


def _thinned(pool: list[Made], count: int, rng: Random) -> Iterable[Made]:
    """At most `count` of the pool, with the same share of contradictions in every cell of overlap and length.

    That holds among contradictions, duplicates and consistent pairs; overlaps and unrelated pairs are less alike by nature and are only counted.
    """
    alike = [made for made in pool if made.relation not in {Relation.OVERLAP, Relation.UNRELATED}]
    values = [surface(made) for made in alike]
    cells = zip(_ranks([v[0] for v in values], OVERLAP_BINS), _ranks([v[1] for v in values], LENGTH_BINS), strict=True)
    grouped: dict[tuple[int, int], dict[bool, list[Made]]] = defaultdict(lambda: {True: [], False: []})
    for made, cell in zip(alike, cells, strict=True):
        grouped[cell][made.relation is Relation.CONTRADICTION].append(made)
    share = SHARES[Relation.CONTRADICTION] / (1 - SHARES[Relation.OVERLAP] - SHARES[Relation.UNRELATED])
    kept: list[Made] = []
    for cell in sorted(grouped):
        hits, others = grouped[cell][True], grouped[cell][False]
        size = min(len(hits) / share, len(others) / (1 - share))
        kept += rng.sample(hits, int(size * share)) + rng.sample(others, int(size * (1 - share)))
    rng.shuffle(kept)
    for relation in (Relation.OVERLAP, Relation.UNRELATED):
        chosen = [made for made in pool if made.relation is relation]
        kept += chosen[: int(len(kept[:count]) * SHARES[relation])]
    kept = kept[-count:]
    rng.shuffle(kept)
    return kept


def _ranks(values: list[float], bins: int) -> list[int]:
    cuts = sorted(values)
    edges = [cuts[len(cuts) * step // bins] for step in range(1, bins)] if cuts else []
    return [sum(value >= edge for edge in edges) for value in values]


def record(made: Made, number: int, rng: Random) -> dict[str, object]:
    """The pair as the labelled sets write it; A is of a province and younger than B, of B's own kind of place where B is provincial."""
    clause = made.clause
    local = made.elsewhere or rng.random() < LOCAL_SHARE
    home, away = rng.sample(PROVINCES, 2)
    issued = clause.issued + dt.timedelta(days=rng.randint(60, 1800))
    place = away if made.elsewhere else home
    body = rng.choice((("Ủy ban nhân dân", "QĐ-UBND"), ("Hội đồng nhân dân", "NQ-HĐND")))
    a = {
        "number": f"{rng.randint(1, 90):02d}/{issued.year}/{body[1]}", "issuer": f"{body[0]} tỉnh {place}", "issued": issued.isoformat(),
        "territory": f"tỉnh {place}", "path": None, "text": made.text,
    }  # fmt: skip
    b: dict[str, object] = {
        "number": clause.number,
        "issuer": clause.issuer,
        "issued": clause.issued.isoformat(),
        "territory": "cả nước",
    }
    if local:
        b = {
            "number": f"{rng.randint(1, 90):02d}/{clause.issued.year}/QĐ-UBND", "issuer": f"Ủy ban nhân dân tỉnh {home}",
            "issued": clause.issued.isoformat(), "territory": f"tỉnh {home}",
        }  # fmt: skip
    b |= {"path": clause.path, "heading": clause.heading, "text": clause.text}
    return {
        "id": f"ed-{number:05d}", "group": clause.number, "a": a, "b": b, "relation": made.relation.value,
        "conflict_type": made.conflict_type.value if made.conflict_type else None,
        "evidence": {"a": made.after, "b": made.before} if made.conflict_type else None,
        "why": None, "trap": made.trap or None, "source": clause.number, "field": clause.topic,
    }  # fmt: skip


def document_numbers(path: Path) -> frozenset[str]:
    """The document numbers of both sides of a file of pairs; nothing else of it is read."""
    found: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        found |= {str(pair[side].get("number") or "") for side in ("a", "b")}
    return frozenset(found - {""})


def surface_auc(made: Sequence[Made]) -> dict[str, float]:
    """How well overlap and lengths alone tell a contradiction from a duplicate or a consistent pair (0.5: not at all): the check of the balance."""
    import numpy as np  # noqa: PLC0415 - only the check needs it
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415
    from sklearn.metrics import roc_auc_score  # noqa: PLC0415
    from sklearn.model_selection import cross_val_predict  # noqa: PLC0415

    alike = [pair for pair in made if pair.relation not in {Relation.OVERLAP, Relation.UNRELATED}]
    x = np.array([(*surface(pair), len(pair.text), len(pair.clause.text)) for pair in alike])
    y = np.array([pair.relation is Relation.CONTRADICTION for pair in alike])
    trees = HistGradientBoostingClassifier(max_iter=60, max_leaf_nodes=8, random_state=0)
    chance = cross_val_predict(trees, x, y, cv=5, method="predict_proba")[:, 1]
    names = ("overlap", "length_ratio")
    single = {name: float(roc_auc_score(y, x[:, column])) for column, name in enumerate(names)}
    return single | {"trees_on_overlap_and_lengths": float(roc_auc_score(y, chance))}


def main(arguments: list[str]) -> int:
    """Write the pairs and print how many of each kind, and the check of the balance."""
    parser = argparse.ArgumentParser(prog="python -m nlp.training.edits")
    parser.add_argument("codification", type=Path)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=8000)
    parser.add_argument("--exclude", type=Path, action="append", default=[])
    parser.add_argument("--seed", type=int, default=20261123)
    options = parser.parse_args(arguments)
    excluded = frozenset[str]().union(*(document_numbers(path) for path in options.exclude))
    made = generate(read_clauses(options.codification, options.documents, excluded), options.count, options.seed)
    rng = Random(options.seed)
    lines = [json.dumps(record(pair, number, rng), ensure_ascii=False) for number, pair in enumerate(made)]
    options.out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    counts: dict[str, int] = defaultdict(int)
    for pair in made:
        counts[f"{pair.relation.value} {pair.conflict_type.value if pair.conflict_type else pair.trap}".strip()] += 1
    report = {"pairs": len(made), "kinds": dict(sorted(counts.items())), "auc_of_contradiction": surface_auc(made)}
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

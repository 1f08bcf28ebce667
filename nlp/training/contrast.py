"""Contrast and natural pairs, committed without others' words: `python -m nlp.training.contrast export|join ... --packs FOLDER --out FILE`.

`export FILE.jsonl...` takes full pairs and leaves of B its number, path and anchor; `join FILE.jsonl...` puts B's text, heading, issuer and date
back out of the data packs. A side that has an anchor of its own is a real provision: of it only the reference is kept, whether it is A or B.
Pairs that the packs do not hold as they were are left out and counted.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from nlp.training.codification import CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CODIFIED, PROVINCIAL = "phapdien_provisions.jsonl.gz", "provincial_provisions_vbpl.jsonl.gz"
DOCUMENTS = "phapdien_documents.jsonl.gz"
KEPT_A = ("number", "issuer", "issued", "territory", "path", "text")
KEPT_B = ("number", "path")
REFERENCE = ("anchor", "number", "path")
_PARAGRAPH = re.compile(r"\n(?=\d+\w?\. )")
_STARTS_NUMBERED = re.compile(r"\d+\w?\. ")
_NUMBERED = re.compile(r"khoản (\w+)")
# provincial texts have lost their line breaks: "... sau: 1. Giữ vệ sinh. 2. Dọn hàng", but not "khoản 1. " or "Điều 2. "
_LOOSE = re.compile(r"(?<!Điều)(?<!khoản) (\d{1,2})\. (?=[^\W\d_])")
_YEAR = re.compile(r"/((?:19|20)\d{2})/")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")

Record: TypeAlias = dict[str, object]


def strip(record: Record) -> Record:
    """A pair without others' words: of the evidence only the quote of an A that we wrote stays, `group` is B's anchor in the pack."""
    a, b, evidence = (record.get(name) for name in ("a", "b", "evidence"))
    assert isinstance(a, dict), "a pair has two sides"
    assert isinstance(b, dict), "a pair has two sides"
    return {
        "id": record["id"],
        "anchor": record["group"],
        "a": {name: a.get(name) for name in (REFERENCE if "anchor" in a else KEPT_A)},
        "b": {name: b.get(name) for name in (REFERENCE if "anchor" in b else KEPT_B)},
        "relation": record["relation"],
        "conflict_type": record.get("conflict_type"),
        "evidence": evidence.get("a") if isinstance(evidence, dict) and "anchor" not in a else None,
        "trap": record.get("trap"),
    }


def read_packs(folder: Path, wanted: frozenset[str]) -> dict[str, Record]:
    """The provisions of the wanted anchors: number, issuer, issued, territory, heading and text; provincial ones have no date, but `article`."""
    found: dict[str, Record] = {}
    documents = {str(record["so_hieu"]): record for record in _lines(folder / DOCUMENTS)}
    for record in _lines(folder / CODIFIED):
        anchor = str(record["anchor"])
        if anchor in wanted and anchor not in found:
            document = documents.get(str(record.get("so_hieu")), {})
            date = _DATE.fullmatch(str(document.get("ngay_ban_hanh")))
            found[anchor] = {
                "number": record.get("so_hieu"),
                "issuer": document.get("co_quan"),
                "issued": f"{date[3]}-{int(date[2]):02}-{int(date[1]):02}" if date else None,
                "territory": "cả nước",
                "heading": CODE.sub("", str(record["heading"])),
                "text": record["text"],
            }
    for record in _lines(folder / PROVINCIAL):
        anchor = provincial_anchor(str(record["id"]), str(record["article"]), str(record["text"]))
        if anchor in wanted:
            found[anchor] = {
                "number": record["id"],
                "issuer": record["ministry"],
                "heading": record["name"],
                "article": record["article"],  # its words in the text, behind the document's title
                "text": record["text"],
            }
    return found


def provincial_anchor(number: str, article: str, text: str) -> str:
    """The anchor of a provincial provision, which has none of its own: 16 hexadecimal digits of its content's hash."""
    return hashlib.sha256((number + article + text).encode()).hexdigest()[:16]


def join(record: Record, provisions: dict[str, Record]) -> Record | None:
    """The full pair again, None where the pack lacks a side or its paragraph."""
    a, b = record["a"], record["b"]
    assert isinstance(a, dict), "a pair has two sides"
    assert isinstance(b, dict), "a pair has two sides"
    full_a = a if "text" in a else _fetch(a, str(a["anchor"]), provisions)
    full_b = _fetch(b, str(record["anchor"]), provisions)
    if full_a is None or full_b is None:
        return None
    quote = record.get("evidence")
    return {
        **{name: record[name] for name in ("id", "relation", "conflict_type", "trap")},
        "group": record["anchor"],
        "evidence": {"a": quote} if quote else None,
        "a": full_a,
        "b": full_b,
    }


def _fetch(side: Record, anchor: str, provisions: dict[str, Record]) -> Record | None:
    """The side with what the pack knows of it, None where the pack lacks the provision or the paragraph."""
    provision = provisions.get(anchor)
    if provision is None:
        return None
    known = {name: value for name, value in provision.items() if name != "article"}
    text: str | None = str(provision["text"])
    path = str(side.get("path") or "")
    if "territory" in provision:
        text = _paragraph(str(text), path)
    elif "anchor" in side:  # provincial by reference; B of a pair that we wrote is kept whole, its title included
        year = _YEAR.search(str(provision["number"]))
        known["issued"] = f"{year[1]}-07-01" if year else None
        text = _provincial_paragraph(str(text), str(provision["article"]), path)
    return {**known, "path": side.get("path"), "text": text} if text else None


def _provincial_paragraph(text: str, article: str, path: str) -> str | None:
    """The numbered paragraph that a path names, without one the article from its heading on; None where there is no such part."""
    body = text[max(text.find(article), 0) :].strip()
    number = _NUMBERED.match(path)
    if number is None:
        return body
    starts: list[int] = []
    for match in _LOOSE.finditer(body):
        if int(match[1]) == len(starts) + 1:  # a number out of order is part of the sentence
            starts.append(match.start())
    paragraphs = [body[start:end].strip() for start, end in zip(starts, [*starts[1:], len(body)], strict=True)]
    return next((paragraph for paragraph in paragraphs if paragraph.startswith(f"{number[1]}. ")), None)


def _paragraph(text: str, path: str) -> str | None:
    """The numbered paragraph that a path names; where it names none, what stands before the numbered ones; None where there is no such part."""
    number = _NUMBERED.match(path)
    parts = [stripped for part in _PARAGRAPH.split("\n" + text) if (stripped := part.strip())]
    if number is None:
        return next((part for part in parts if not _STARTS_NUMBERED.match(part)), text.strip())
    return next((part for part in parts if part.startswith(f"{number[1]}. ")), None)


def read_lines(files: Iterable[Path]) -> Iterator[Record]:
    """The records of files of one JSON object a line."""
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def _lines(path: Path) -> Iterator[Record]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def anchors(record: Record) -> Iterator[str]:
    """The anchors of a committed pair: B's, and A's where A is a real provision too."""
    a = record["a"]
    yield str(record["anchor"])
    if isinstance(a, dict) and "anchor" in a:
        yield str(a["anchor"])


def main(arguments: list[str]) -> int:
    """Run `export FILE... --out FILE` or `join FILE... --packs FOLDER --out FILE`."""
    out = Path(arguments[arguments.index("--out") + 1])
    files = [Path(name) for name in arguments[1 : next(i for i, a in enumerate(arguments) if a.startswith("--"))]]
    records = list(read_lines(files))
    if arguments[0] == "export":
        kept = [strip(record) for record in records]
    else:
        wanted = frozenset(anchor for record in records for anchor in anchors(record))
        provisions = read_packs(Path(arguments[arguments.index("--packs") + 1]), wanted)
        kept = [full for record in records if (full := join(record, provisions)) is not None]
    out.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in kept), encoding="utf-8")
    sys.stdout.write(f"{len(kept)} of {len(records)} pairs written to {out.name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

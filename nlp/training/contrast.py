"""Contrast pairs that we wrote, committed without the text of B: `python -m nlp.training.contrast export|join ... --packs FOLDER --out FILE`.

`export FILE.jsonl...` takes full pairs and leaves of B its number, path and anchor; `join FILE.jsonl...` puts B's text, heading, issuer and date
back out of the data packs. Pairs whose B the packs do not hold as it was are left out and counted.
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
_PARAGRAPH = re.compile(r"\n(?=\d+\w?\. )")
_STARTS_NUMBERED = re.compile(r"\d+\w?\. ")
_NUMBERED = re.compile(r"khoản (\w+)")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")

Record: TypeAlias = dict[str, object]


def strip(record: Record) -> Record:
    """A pair without B's words: of the evidence only A's quote stays, `group` is B's anchor in the pack."""
    a, b, evidence = (record.get(name) for name in ("a", "b", "evidence"))
    assert isinstance(a, dict), "a pair has two sides"
    assert isinstance(b, dict), "a pair has two sides"
    return {
        "id": record["id"],
        "anchor": record["group"],
        "a": {name: a.get(name) for name in KEPT_A},
        "b": {name: b.get(name) for name in KEPT_B},
        "relation": record["relation"],
        "conflict_type": record.get("conflict_type"),
        "evidence": evidence.get("a") if isinstance(evidence, dict) else None,
        "trap": record.get("trap"),
    }


def read_packs(folder: Path, anchors: frozenset[str]) -> dict[str, Record]:
    """The provisions of the wanted anchors: number, issuer, issued, territory, heading and text; provincial ones have no date."""
    found: dict[str, Record] = {}
    documents = {str(record["so_hieu"]): record for record in _lines(folder / DOCUMENTS)}
    for record in _lines(folder / CODIFIED):
        anchor = str(record["anchor"])
        if anchor in anchors and anchor not in found:
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
        if anchor in anchors:
            found[anchor] = {
                "number": record["id"],
                "issuer": record["ministry"],
                "heading": record["name"],
                "text": record["text"],
            }
    return found


def provincial_anchor(number: str, article: str, text: str) -> str:
    """The anchor of a provincial provision, which has none of its own: 16 hexadecimal digits of its content's hash."""
    return hashlib.sha256((number + article + text).encode()).hexdigest()[:16]


def join(record: Record, provisions: dict[str, Record]) -> Record | None:
    """The full pair again, None where the pack lacks B or B's paragraph."""
    b = record["b"]
    assert isinstance(b, dict), "a pair has two sides"
    anchor = str(record["anchor"])
    provision = provisions.get(anchor)
    if provision is None:
        return None
    text = str(provision["text"])
    if "territory" in provision:  # codified; provincial provisions are kept whole
        text = _paragraph(text, str(b.get("path") or "")) or ""
    if not text:
        return None
    quote = record.get("evidence")
    return {
        **{name: record[name] for name in ("id", "a", "relation", "conflict_type", "trap")},
        "group": anchor,
        "evidence": {"a": quote} if quote else None,
        "b": {**provision, "path": b.get("path"), "text": text},
    }


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


def main(arguments: list[str]) -> int:
    """Run `export FILE... --out FILE` or `join FILE... --packs FOLDER --out FILE`."""
    out = Path(arguments[arguments.index("--out") + 1])
    files = [Path(name) for name in arguments[1 : next(i for i, a in enumerate(arguments) if a.startswith("--"))]]
    records = list(read_lines(files))
    if arguments[0] == "export":
        kept = [strip(record) for record in records]
    else:
        anchors = frozenset(str(record["anchor"]) for record in records)
        provisions = read_packs(Path(arguments[arguments.index("--packs") + 1]), anchors)
        kept = [full for record in records if (full := join(record, provisions)) is not None]
    out.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in kept), encoding="utf-8")
    sys.stdout.write(f"{len(kept)} of {len(records)} pairs written to {out.name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""The written sources of the sample corpus: one text file a document, a TOML head between "+++" lines, then one paragraph a line.

Marks at the start of a line: "Chương I. TÊN", "Mục 1. TÊN", "Điều 1. ...", "1. ...", "a) ...", "- ..."; "| a | b |" is a table row (the
first of a run is the header); "# attached ..." and "# annex ..." open a new part, its title lines separated by " || ". A line that opens
with “ starts a quoted payload that ends with the line that closes it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "sample"
SOURCES = CORPUS / "source"
DOCUMENTS = CORPUS / "documents"


class Mark(Enum):
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    CLAUSE = "clause"
    POINT = "point"
    TEXT = "text"
    TABLE = "table"


class Render(Enum):
    PDF = "pdf"
    DOCX = "docx"
    DOCX_NUMBERED = "docx_numbered"
    SCAN = "scan"


_MARKS = (
    (Mark.CHAPTER, re.compile(r"Chương (?P<n>[IVX]+)\. (?P<t>.+)")),
    (Mark.SECTION, re.compile(r"Mục (?P<n>\d+)\. (?P<t>.+)")),
    (Mark.ARTICLE, re.compile(r"Điều (?P<n>\d+[a-zđ]?)\. (?P<t>.+)")),
    (Mark.CLAUSE, re.compile(r"(?P<n>\d+[a-zđ]?)\. (?P<t>.+)")),
    (Mark.POINT, re.compile(r"(?P<n>[a-zđ]\d?)\) (?P<t>.+)")),
)
_BASIS = re.compile(r"(Căn cứ|Theo đề nghị|Xét|Thực hiện) ")
_ENACTING = re.compile(r"QUYẾT (ĐỊNH|NGHỊ):")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or one table. `quoted` blocks are payload of an amendment, never structure of this document."""

    mark: Mark
    number: str
    text: str
    quoted: bool = False
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """`part_id` as in provision paths: "main", "attached_1", "annex_2"; `titles` are the centred lines above the text."""

    part_id: str
    titles: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The letterhead, the signature block and what the gold file repeats about a document."""

    file: str
    render: Render
    number: str
    kind: str
    issuer: str
    letterhead: tuple[str, ...]
    place: str
    issued: date
    effective: date
    territory: str
    title: str
    actor: str
    sign: tuple[str, ...]
    recipients: tuple[str, ...]
    number_label: str
    number_printed: bool


@dataclass(frozen=True, slots=True)
class Source:
    """One document: head, preamble paragraphs in order, then the parts ("main" first)."""

    name: str
    head: Head
    preamble: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def bases(self) -> tuple[str, ...]:
        """The "Căn cứ" lines in order; `basis` 1 of the gold file is the first."""
        return tuple(line for line in self.preamble if line.startswith("Căn cứ "))


def is_recital(line: str) -> bool:
    return bool(_BASIS.match(line))


def is_enacting(line: str) -> bool:
    return bool(_ENACTING.match(line))


def read_all() -> tuple[Source, ...]:
    """Every source, ordered by file name."""
    return tuple(read(path) for path in sorted(SOURCES.glob("*.txt")))


def read(path: Path) -> Source:
    _, head_text, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    start = next(i for i, line in enumerate(lines) if line.startswith(("Điều ", "Chương ")))
    return Source(path.stem, _head(tomllib.loads(head_text)), tuple(lines[:start]), _parts(lines[start:]))


def _head(raw: dict[str, object]) -> Head:
    def text(key: str, default: str | None = None) -> str:
        value = raw.get(key, default)
        if not isinstance(value, str):
            raise TypeError(f"{key}: expected text in the head, got {value!r}")
        return value

    def lines(key: str) -> tuple[str, ...]:
        value = raw.get(key, [])
        if not isinstance(value, list):
            raise TypeError(f"{key}: expected a list in the head, got {value!r}")
        return tuple(str(item) for item in value)

    def day(key: str) -> date:
        value = raw[key]
        if not isinstance(value, date):
            raise TypeError(f"{key}: expected a date in the head, got {value!r}")
        return value

    return Head(
        file=text("file"),
        render=Render(text("render", "pdf")),
        number=text("number"),
        kind=text("kind"),
        issuer=text("issuer"),
        letterhead=lines("letterhead"),
        place=text("place"),
        issued=day("issued"),
        effective=day("effective"),
        territory=text("territory"),
        title=text("title"),
        actor=text("actor", ""),
        sign=lines("sign"),
        recipients=lines("recipients"),
        number_label=text("number_label", "Số"),
        number_printed=bool(raw.get("number_printed", True)),
    )


def _parts(lines: list[str]) -> tuple[Part, ...]:
    parts: list[Part] = []
    counts = {"attached": 0, "annex": 0}
    part_id = "main"
    titles: tuple[str, ...] = ()
    body: list[str] = []
    for line in lines:
        opened = re.match(r"# (attached|annex) (.+)", line)
        if not opened:
            body.append(line)
            continue
        parts.append(Part(part_id, titles, _blocks(body)))
        counts[opened[1]] += 1
        part_id, titles, body = f"{opened[1]}_{counts[opened[1]]}", tuple(opened[2].split(" || ")), []
    parts.append(Part(part_id, titles, _blocks(body)))
    return tuple(parts)


def _blocks(lines: list[str]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    quoted = False
    for line in [*lines, ""]:
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if rows:
            blocks.append(Block(Mark.TABLE, "", "", quoted, tuple(rows)))
            rows = []
        if line:
            quoted = quoted or line.startswith("“")
            blocks.append(_block(line, quoted=quoted))
            if re.search(r"”[.;,]?$", line):
                quoted = False
    return tuple(blocks)


def _block(line: str, *, quoted: bool) -> Block:
    if not quoted:
        for mark, pattern in _MARKS:
            found = pattern.fullmatch(line)
            if found:
                return Block(mark, found["n"], found["t"])
    return Block(Mark.TEXT, "", line, quoted)


def outline(source: Source) -> tuple[str, ...]:
    """The path of every provision of the written source, in order: the truth that the gold file's paths are checked against.

    "main/art_5/cl_2/pt_a", "annex_1/row_3" (rows count from 1 below the header row), and "main/art_4/row_1" for a table inside an article.
    """
    paths: list[str] = []
    for part in source.parts:
        paths += [part.part_id, *(path for path, _ in _units(part))]
    return tuple(dict.fromkeys(paths))


def text_of(source: Source, path: str) -> str:
    """The words of one provision with all below it (a row: its cells joined by " | "); raises KeyError for an unknown path."""
    if path not in outline(source):
        raise KeyError(path)
    part = next(part for part in source.parts if part.part_id == path.split("/", 1)[0])
    return "\n".join(text for here, text in _units(part) if f"{here}/".startswith(f"{path}/"))


def _units(part: Part) -> Iterator[tuple[str, str]]:
    """Each paragraph or row of a part with the path of the provision it belongs to; quoted payload is left out."""
    article = clause = here = part.part_id
    rows = 0
    for block in part.blocks:
        if block.quoted:
            continue
        if block.mark is Mark.TABLE:
            for cells in block.rows[1:]:
                rows += 1  # goes on over the tables of one article
                yield f"{article}/row_{rows}", " | ".join(cells)
            continue
        if block.mark is Mark.ARTICLE:
            here = article = clause = f"{part.part_id}/art_{block.number}"
            rows = 0
        elif block.mark is Mark.CLAUSE:
            here = clause = f"{article}/cl_{block.number}"
        elif block.mark is Mark.POINT:
            here = f"{clause}/pt_{block.number}"
        yield here, block.text

"""The catalogue of a corpus: what each document is called and which provisions it has, without its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from nlp.law.document import Level
from nlp.law.rank import Kind
from nlp.text.segment import fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from nlp.law.document import NormativeDocument
    from nlp.law.identifiers import DocumentNumber
    from nlp.law.issuers import Issuer

_Key = TypeVar("_Key")
# Laws, codes and ordinances are cited by name; the others only by number
NAMED_KINDS = frozenset({Kind.LAW, Kind.CODE, Kind.ORDINANCE, Kind.CONSTITUTION})
_KIND_WORD = re.compile(r"^(?:bộ luật|luật|pháp lệnh|hiến pháp)\s+")


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """One document of a corpus.

    `key` is the document key as a string; `title` is the trích yếu, for laws the name ("Đất đai"); `paths` are the provision paths of its own units
    (no quoted ones). `complete` is false when the text is an extract or came from a provision list: a missing provision then means nothing.
    """

    key: str
    kind: Kind
    number: DocumentNumber | None = None
    title: str = ""
    issued: dt.date | None = None
    effective: dt.date | None = None
    expires: dt.date | None = None
    issuer: Issuer | None = None
    rank: int | None = None
    paths: frozenset[str] = frozenset()
    complete: bool = True

    @property
    def local(self) -> bool:
        """Whether a people's council or committee issued it: its number is unique only together with its area."""
        return self.issuer is not None and self.issuer.local


def entry_of(document: NormativeDocument, *, complete: bool = True) -> DocumentEntry:
    """The catalogue entry of a parsed document."""
    header = document.header
    return DocumentEntry(
        key=str(document.key),
        kind=header.kind,
        number=header.number,
        title=header.title,
        issued=header.issued,
        effective=header.effective,
        expires=header.expires,
        issuer=header.issuer,
        rank=header.rank,
        paths=frozenset(unit.path for unit in document.provisions if not unit.quoted and unit.level is not Level.DASH),
        complete=complete and not any(issue.code in _INCOMPLETE for issue in document.issues) and _whole(document),
    )


def _whole(document: NormativeDocument) -> bool:
    """Whether the articles of each part run from 1 without a gap and the text ends as a document ends: else it may be an extract."""
    parts: dict[str, set[int]] = {}
    for unit in document.provisions:
        if unit.level is Level.ARTICLE and not unit.quoted:
            parts.setdefault(unit.path.rsplit("/", 1)[0], set()).add(int(re.sub(r"\D.*", "", unit.number) or 0))
    main = parts.get("main")
    if not main or document.header.effective is None or document.header.number is None:
        return False
    return all(
        numbers == set(range(1, max(numbers) + 1)) for part, numbers in parts.items() if not part.startswith("annex")
    )


# issues after which the tree may lack provisions that the paper has
_INCOMPLETE = frozenset(
    {"no_provision", "pages_unread", "truncated", "ocr_low_confidence", "ocr_failed", "missing_article"}
)


def name_key(title: str) -> str:
    """The folded name of a law without its kind: "LUẬT ĐẤT ĐAI" and "Đất đai" agree."""
    return _KIND_WORD.sub("", re.sub(r"\s+", " ", fold(title)).strip(" ."))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Documents by key, number, name and date of issue. Equal inputs in any order give equal answers."""

    entries: tuple[DocumentEntry, ...]
    _by_key: dict[str, DocumentEntry] = field(init=False, repr=False, compare=False)
    _by_number: dict[str, tuple[DocumentEntry, ...]] = field(init=False, repr=False, compare=False)
    _by_name: dict[str, tuple[DocumentEntry, ...]] = field(init=False, repr=False, compare=False)
    _by_date: dict[tuple[Kind, dt.date], tuple[DocumentEntry, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.entries, key=lambda entry: entry.key))
        object.__setattr__(self, "entries", ordered)
        object.__setattr__(self, "_by_key", {entry.key: entry for entry in ordered})
        object.__setattr__(
            self, "_by_number", _group((entry.number.folded, entry) for entry in ordered if entry.number)
        )
        named = ((name_key(entry.title), entry) for entry in ordered if entry.kind in NAMED_KINDS and entry.title)
        object.__setattr__(self, "_by_name", _group(named))
        dated = (((entry.kind, entry.issued), entry) for entry in ordered if entry.issued is not None)
        object.__setattr__(self, "_by_date", _group(dated))

    def get(self, key: str) -> DocumentEntry | None:
        """The entry with this key."""
        return self._by_key.get(key)

    def numbered(self, number: DocumentNumber) -> tuple[DocumentEntry, ...]:
        """The documents with this number, of whichever body."""
        return self._by_number.get(number.folded, ())

    def named(self, name: str) -> tuple[DocumentEntry, ...]:
        """The laws, codes and ordinances with this name, of all years."""
        return self._by_name.get(name_key(name), ())

    def dated(self, kind: Kind, day: dt.date) -> tuple[DocumentEntry, ...]:
        """The documents of a kind that were issued on a day."""
        return self._by_date.get((kind, day), ())


def _group(pairs: Iterable[tuple[_Key, DocumentEntry]]) -> dict[_Key, tuple[DocumentEntry, ...]]:
    table: dict[_Key, list[DocumentEntry]] = {}
    for key, entry in pairs:
        table.setdefault(key, []).append(entry)
    return {key: tuple(entries) for key, entries in table.items()}

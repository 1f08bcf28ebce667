"""What goes into the store and comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from nlp.analyser.corpus import CorpusProvision
    from nlp.law.document import NormativeDocument


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it was read. `origin` is what "the same file" means: an absolute path or "upload:NAME"; `name` is what readers see."""

    origin: str
    name: str
    sha256: str
    media_type: str
    size: int  # bytes
    pages: int = 0
    pages_unread: int = 0


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document to be kept, with its provisions in text order; `body` is None for documents known by provision lists only."""

    key: str
    number: str
    kind: str
    issuer: str
    territory: str
    title: str
    issued: dt.date | None
    effective: dt.date | None
    expires: dt.date | None
    provisions: tuple[CorpusProvision, ...]
    body: NormativeDocument | None = None


@dataclass(frozen=True, slots=True)
class KeptFile:
    """The current version of a source."""

    name: str
    version: int
    sha256: str
    media_type: str
    pages: int
    pages_unread: int


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document of a current version; `id` is the store's own."""

    id: int
    file: str
    key: str
    number: str
    kind: str
    issuer: str
    territory: str
    title: str
    issued: dt.date | None
    effective: dt.date | None
    expires: dt.date | None
    has_body: bool


@dataclass(frozen=True, slots=True)
class KeptProvision:
    """A comparable unit of a current version; `id` is the store's own and the number of its vector in the index."""

    id: int
    document_id: int
    unit: CorpusProvision


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be ingested, with the message its sender was given."""

    origin: str
    name: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Run:
    """A finished audit or check: what it covered, with which settings and models. `record` is the text of its coverage.json."""

    kind: str
    as_of: dt.date
    finished_at: dt.datetime
    record: str

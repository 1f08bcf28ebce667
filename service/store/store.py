"""Reading and writing the tables. Each public method is one transaction: what it promises is there whole or not at all."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from nlp.analyser.corpus import CorpusProvision
from nlp.errors import InputError, StateError
from nlp.law.document import NormativeDocument
from nlp.law.identifiers import DocumentNumber
from service.store.codec import pack, unpack
from service.store.records import (
    Failure,
    FileRecord,
    KeptDocument,
    KeptFile,
    KeptProvision,
    NewDocument,
    Run,
)
from service.store.schema import DOCUMENT, FAILURE, PROVISION, RUN, SOURCE, VERSION

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection, Engine, Select

_CHUNK = 500  # rows per statement: well under SQLite's limit of bound values
_CURRENT = PROVISION.join(DOCUMENT).join(VERSION).join(SOURCE)


def unit_hash(text: str) -> str:
    """The key of a text's vector: SHA-256 of its UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def folded_number(number: str) -> str:
    """The form in which numbers are looked up: "05/2024/qđ-ttg" and "5/2024/QĐ-TTg" agree; any other text is upper-cased."""
    try:
        return DocumentNumber.parse(number).folded
    except ValueError:
        return number.strip().upper()


class Store:
    """The tables of one workspace, on any database that SQLAlchemy and our migrations know."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    # files and versions

    def same_bytes(self, sha256: str) -> KeptFile | None:
        """The current file with these bytes under whatever name, None if there is none."""
        return next(self._files(VERSION.c.sha256 == sha256), None)

    def current(self, origin: str) -> KeptFile | None:
        """The current version of a source, None when it was never ingested."""
        return next(self._files(SOURCE.c.origin == origin), None)

    def name_for(self, origin: str, wanted: str) -> str:
        """The name to show for a source: its own one, or `wanted`, with a number where another source is shown under that name already."""
        with self._engine.connect() as connection:
            own = connection.execute(select(SOURCE.c.name).where(SOURCE.c.origin == origin)).scalar_one_or_none()
            taken = set(connection.execute(select(SOURCE.c.name).where(SOURCE.c.origin != origin)).scalars())
        if own is not None:
            return str(own)
        names = (f"{wanted} ({number})" for number in range(2, len(taken) + 3))
        return wanted if wanted not in taken else next(name for name in names if name not in taken)

    def files(self) -> tuple[KeptFile, ...]:
        """The current version of every source, by name."""
        return tuple(self._files())

    def _files(self, *conditions: object) -> Iterator[KeptFile]:
        columns = (
            SOURCE.c.name,
            *(VERSION.c[name] for name in ("number", "sha256", "media_type", "pages", "pages_unread")),
        )
        query = select(*columns).join_from(VERSION, SOURCE).where(VERSION.c.current, *conditions)  # type: ignore[arg-type]
        with self._engine.connect() as connection:
            for row in connection.execute(query.order_by(SOURCE.c.name, VERSION.c.id)):
                yield KeptFile(*row)

    def add_version(self, file: FileRecord, documents: Iterable[NewDocument], at: dt.datetime) -> int:
        """The number of the new current version of the file's source; earlier versions stay but are no longer current.

        Raises InputError when an external id is already used by another current file, StateError when another process wrote the same
        source meanwhile. Nothing is kept in either case.
        """
        try:
            with self._engine.begin() as connection:
                source_id, number = _next_version(connection, file)
                version_id = _insert(
                    connection,
                    insert(VERSION).values(
                        source_id=source_id,
                        number=number,
                        current=True,
                        sha256=file.sha256,
                        media_type=file.media_type,
                        size=file.size,
                        pages=file.pages,
                        pages_unread=file.pages_unread,
                        ingested_at=at,
                    ),
                )
                for document in documents:
                    _add_document(connection, version_id, document)
                _refuse_shared_ids(connection, version_id, file.name)
                connection.execute(delete(FAILURE).where(FAILURE.c.origin == file.origin))
        except IntegrityError as problem:
            raise StateError(
                "written_meanwhile",
                where=file.name,
                what="Một tiến trình khác vừa nạp cùng tệp này.",
                remedy="Thử lại khi tiến trình kia kết thúc.",
                what_en="Another process has just ingested the same file.",
                remedy_en="Try again when it has finished.",
            ) from problem
        return number

    def add_failure(self, failure: Failure, at: dt.datetime) -> None:
        """Remember that a file could not be ingested, until it can: coverage counts it."""
        with self._engine.begin() as connection:
            connection.execute(delete(FAILURE).where(FAILURE.c.origin == failure.origin))
            connection.execute(
                insert(FAILURE).values(
                    origin=failure.origin, name=failure.name, code=failure.code, message=failure.message, failed_at=at
                )
            )

    def forget_failure(self, origin: str) -> None:
        """The source could be ingested after all."""
        with self._engine.begin() as connection:
            connection.execute(delete(FAILURE).where(FAILURE.c.origin == origin))

    def failures(self) -> tuple[Failure, ...]:
        """The files whose last ingestion failed, by name."""
        query = select(FAILURE.c.origin, FAILURE.c.name, FAILURE.c.code, FAILURE.c.message).order_by(FAILURE.c.name)
        with self._engine.connect() as connection:
            return tuple(Failure(*row) for row in connection.execute(query))

    # documents

    def documents(self) -> tuple[KeptDocument, ...]:
        """Every current document, in order of ingestion."""
        return self._documents(_document_query())

    def find_documents(self, number: str) -> tuple[KeptDocument, ...]:
        """The current documents with this number; several issuers may use the same one."""
        return self._documents(_document_query().where(DOCUMENT.c.folded_number == folded_number(number)))

    def _documents(self, query: Select[tuple[object, ...]]) -> tuple[KeptDocument, ...]:
        with self._engine.connect() as connection:
            return tuple(map(_kept_document, connection.execute(query.order_by(DOCUMENT.c.id))))

    def bodies(self) -> Iterator[tuple[KeptDocument, NormativeDocument]]:
        """The parsed current documents, one after another, in order of ingestion."""
        for document in self.documents():
            if document.has_body:
                yield document, self.body(document)

    def body(self, document: KeptDocument) -> NormativeDocument:
        """The parsed document; it must have one."""
        with self._engine.connect() as connection:
            packed = connection.execute(select(DOCUMENT.c.body).where(DOCUMENT.c.id == document.id)).scalar_one()
        assert packed is not None
        return unpack(NormativeDocument, packed)

    # provisions

    def counts(self) -> tuple[int, int]:
        """How many current documents and provisions there are."""
        documents = select(func.count(DOCUMENT.c.id)).join(VERSION).where(VERSION.c.current)
        provisions = select(func.count(PROVISION.c.id)).select_from(_CURRENT).where(VERSION.c.current)
        with self._engine.connect() as connection:
            return connection.execute(documents).scalar_one(), connection.execute(provisions).scalar_one()

    def unit_keys(self) -> tuple[tuple[int, str], ...]:
        """(provision id, key of its vector) of every current provision, by id."""
        query = select(PROVISION.c.id, PROVISION.c.unit_hash).select_from(_CURRENT).where(VERSION.c.current)
        with self._engine.connect() as connection:
            return tuple((row.id, row.unit_hash) for row in connection.execute(query.order_by(PROVISION.c.id)))

    def units(self, keys: Sequence[str]) -> dict[str, str]:
        """The words to be encoded under each of these vector keys; keys that are not in the store are left out."""
        found: dict[str, str] = {}
        with self._engine.connect() as connection:
            for start in range(0, len(keys), _CHUNK):
                wanted = PROVISION.c.unit_hash.in_(keys[start : start + _CHUNK])
                for key, unit in connection.execute(select(PROVISION.c.unit_hash, PROVISION.c.unit).where(wanted)):
                    if key not in found:
                        found[key] = unpack(CorpusProvision, unit).passage
        return found

    def provisions(self, ids: Sequence[int]) -> tuple[KeptProvision, ...]:
        """The provisions with these ids, in the order of `ids`; ids that are not current are left out."""
        found: dict[int, KeptProvision] = {}
        with self._engine.connect() as connection:
            for start in range(0, len(ids), _CHUNK):
                query = _provision_query().where(PROVISION.c.id.in_(ids[start : start + _CHUNK]))
                found.update((row.id, _kept(row)) for row in connection.execute(query))
        return tuple(found[each] for each in ids if each in found)

    def all_provisions(self) -> Iterator[KeptProvision]:
        """Every current provision by id, read in chunks: memory stays bounded."""
        last = 0
        with self._engine.connect() as connection:
            while rows := connection.execute(
                _provision_query().where(PROVISION.c.id > last).order_by(PROVISION.c.id).limit(_CHUNK)
            ).all():
                yield from map(_kept, rows)
                last = rows[-1].id

    # runs

    def add_run(self, run: Run) -> None:
        """Keep the record of a finished audit or check."""
        with self._engine.begin() as connection:
            connection.execute(
                insert(RUN).values(kind=run.kind, as_of=run.as_of, finished_at=run.finished_at, record=pack(run.record))
            )


def _next_version(connection: Connection, file: FileRecord) -> tuple[int, int]:
    source_id = connection.execute(select(SOURCE.c.id).where(SOURCE.c.origin == file.origin)).scalar_one_or_none()
    if source_id is None:
        return _insert(connection, insert(SOURCE).values(origin=file.origin, name=file.name)), 1
    connection.execute(update(VERSION).where(VERSION.c.source_id == source_id).values(current=False))
    last = select(func.max(VERSION.c.number)).where(VERSION.c.source_id == source_id)
    return source_id, connection.execute(last).scalar_one() + 1


def _insert(connection: Connection, statement: object) -> int:
    key = connection.execute(statement).inserted_primary_key  # type: ignore[call-overload]
    return int(key[0])


def _add_document(connection: Connection, version_id: int, document: NewDocument) -> None:
    document_id = _insert(
        connection,
        insert(DOCUMENT).values(
            version_id=version_id,
            key=document.key,
            number=document.number,
            folded_number=folded_number(document.number),
            kind=document.kind,
            issuer=document.issuer,
            issued=document.issued,
            effective=document.effective,
            expires=document.expires,
            territory=document.territory,
            title=document.title,
            body=None if document.body is None else pack(document.body),
        ),
    )
    rows = [_provision_row(document_id, place, each) for place, each in enumerate(document.provisions)]
    for start in range(0, len(rows), _CHUNK):
        connection.execute(insert(PROVISION), rows[start : start + _CHUNK])


def _provision_row(document_id: int, ordinal: int, unit: CorpusProvision) -> dict[str, object]:
    return {
        "document_id": document_id,
        "external_id": unit.external_id,
        "ordinal": ordinal,
        "path": unit.side.path,
        "unit_hash": unit_hash(unit.passage),
        "unit": pack(unit),
    }


def _refuse_shared_ids(connection: Connection, version_id: int, name: str) -> None:
    mine = PROVISION.alias("mine")
    owner = DOCUMENT.alias("owner")
    other = (
        select(PROVISION.c.external_id, SOURCE.c.name)
        .select_from(
            _CURRENT.join(mine, mine.c.external_id == PROVISION.c.external_id).join(
                owner, owner.c.id == mine.c.document_id
            )
        )
        .where(owner.c.version_id == version_id, VERSION.c.id != version_id, VERSION.c.current)
        .limit(1)
    )
    clash = connection.execute(other).first()
    if clash is not None:
        raise InputError(
            "id_of_another_file",
            where=name,
            what=f"Mã “{clash.external_id}” đã có trong tệp {clash.name}.",
            remedy="Đặt mã khác, hoặc nạp bản mới dưới đúng tên và thư mục của tệp cũ.",
            what_en=f'The id "{clash.external_id}" is already in the file {clash.name}.',
            remedy_en="Use another id, or ingest the new version under the name and folder of the old file.",
        )


def _document_query() -> Select[tuple[object, ...]]:
    names = ("key", "number", "kind", "issuer", "territory", "title", "issued", "effective", "expires")
    columns = (
        DOCUMENT.c.id,
        SOURCE.c.name.label("file"),
        *(DOCUMENT.c[name] for name in names),
        DOCUMENT.c.body.is_not(None).label("has_body"),
    )
    return select(*columns).select_from(DOCUMENT.join(VERSION).join(SOURCE)).where(VERSION.c.current)


def _provision_query() -> Select[tuple[int, int, bytes]]:
    columns = (PROVISION.c.id, PROVISION.c.document_id, PROVISION.c.unit)
    return select(*columns).select_from(_CURRENT).where(VERSION.c.current)


def _kept(row: Row[tuple[int, int, bytes]]) -> KeptProvision:
    return KeptProvision(row.id, row.document_id, unpack(CorpusProvision, row.unit))


def _kept_document(row: Row[tuple[object, ...]]) -> KeptDocument:
    return KeptDocument(**{name: getattr(row, name) for name in KeptDocument.__slots__})

"""The only place where objects are constructed: a workspace folder and its settings become the parts that use-cases need."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from nlp import reading
from nlp.errors import Language, NotFoundError, SettingsError
from nlp.law.territory import load_overlay, national_gazetteer
from nlp.retrieval.encoders import load_encoder
from nlp.retrieval.manifest import EncoderKind, read_manifest
from service.config import load_config
from service.jobs.handlers import Handlers
from service.jobs.worker import Worker
from service.remote_encoder import RemoteEncoder
from service.second_opinion import ChatReader, OpinionSettings
from service.store.database import open_database
from service.store.files import FileFolder, write_whole
from service.store.jobs import JobStore
from service.store.store import Store
from service.store.vectors import VectorFolder
from service.usecases.analyse import parsed_file
from service.usecases.compare import PairJudge
from service.usecases.indexing import fresh_index, saved_generation, saved_index
from service.usecases.ingest import FileOutcome, Ingester, ParsedFile
from service.usecases.listed_documents import listed_documents
from service.usecases.review import Reviewer
from service.usecases.search import Searcher
from service.usecases.second_opinion import SecondOpinions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Engine

    from nlp.law.source import SourceText
    from nlp.law.territory import Gazetteer
    from nlp.progress import OnProgress
    from nlp.retrieval.encoders import Encoder
    from nlp.retrieval.search import SearchIndex
    from service.config import Config

VIETNAM = dt.timezone(dt.timedelta(hours=7))


def now() -> dt.datetime:
    """The clock of the service, UTC."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The day in Vietnam, on which validity is judged unless another is given."""
    return dt.datetime.now(VIETNAM).date()


class Rooms:
    """The parts of one workspace, made when first used. Close it, or use it as a context."""

    def __init__(self, config: Config, language: Language = Language.VI) -> None:
        self.config = config
        self.language = language

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the database and the reading process back."""
        if "engine" in vars(self):
            self.engine.dispose()
        if "sandbox" in vars(self):
            self.sandbox.close()

    @cached_property
    def engine(self) -> Engine:
        """The database of the workspace, migrated; the folder is made where it does not exist."""
        self.config.workspace.mkdir(parents=True, exist_ok=True)
        return open_database(self.config.database_url)

    @cached_property
    def store(self) -> Store:
        """The tables of the workspace."""
        return Store(self.engine)

    @cached_property
    def jobs(self) -> JobStore:
        """The jobs of the workspace."""
        return JobStore(self.engine, now)

    @cached_property
    def sandbox(self) -> reading.Sandbox:
        """The process that reads untrusted files."""
        return reading.Sandbox(self.config.nlp.reading)

    @cached_property
    def texts(self) -> reading.ReadingCache:
        """The texts of files already read, by content and settings."""
        return reading.ReadingCache(self.config.workspace / "texts", self.config.nlp.reading)

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder named in the settings, or the shipped one."""
        service = self.config.service
        spec = read_manifest(Path(service.models) if service.models else None).spec(service.encoder)
        if spec.kind is EncoderKind.ENDPOINT:
            return RemoteEncoder(spec, key=service.endpoint_key)
        return load_encoder(spec, threads=service.threads)

    @cached_property
    def vectors(self) -> VectorFolder:
        """The vectors of this encoder."""
        return VectorFolder(self.config.workspace / "vectors", self.encoder.fingerprint, self.encoder.dim)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The administrative units, with those of the workspace's `territory.toml`."""
        return _gazetteer(self.config.overlay.read_bytes() if self.config.overlay.is_file() else b"")

    def keep_overlay(self, data: bytes) -> None:
        """Keep administrative units for this workspace. Raises SettingsError, keeping nothing, when they cannot be read."""
        _gazetteer(data)
        write_whole(self.config.overlay, data)
        vars(self).pop("gazetteer", None)

    @cached_property
    def ingester(self) -> Ingester:
        """Reading, parsing and keeping files."""
        return Ingester(
            store=self.store,
            files=FileFolder(self.config.workspace / "files"),
            parse=self.parse,
            group=lambda records, name, on_progress: listed_documents(records, name, self.gazetteer, on_progress),
            suffixes=frozenset(suffix for reader in reading.READERS for suffix in reader.suffixes),
            members=self.sandbox.unpack,
            max_file_bytes=self.config.nlp.reading.max_file_bytes,
            max_list_bytes=self.config.service.max_list_bytes,
            now=now,
        )

    @property
    def runs(self) -> Path:
        """The folder in which every job has one of its own."""
        return self.config.workspace / "runs"

    @property
    def reviewer(self) -> Reviewer:
        """Audits and checks."""
        return Reviewer(
            store=self.store,
            vectors=self.vectors,
            encoder=self.encoder,
            gazetteer=self.gazetteer,
            settings=self.config.nlp,
            parse=self.parse,
            now=now,
            language=self.language,
            opinions=self.opinions,
        )

    @property
    def opinions(self) -> SecondOpinions | None:
        """Second opinions where an administrator turned them on; every question is kept in the workspace. Raises SettingsError when they cannot be asked."""
        service = self.config.service
        if not service.second_opinion:
            return None
        settings = OpinionSettings(
            service.opinion_url, service.opinion_model, service.opinion_key, service.opinion_seconds
        )
        reader = ChatReader(settings, self.config.workspace / "second-opinions.jsonl", now)
        return SecondOpinions(reader, service.opinion_limit)

    def read(self, path: Path, name: str) -> SourceText:
        """The text of an untrusted file, read in a child process."""
        return self.sandbox.read(path, name)

    def parse(self, path: Path, name: str) -> ParsedFile:
        """An untrusted file, ready to be kept; its text is remembered by its content, so that an attempt that was cut off loses no recognition."""
        return parsed_file(self.texts.read(path, self.sandbox, name), name)

    def ingest(self, paths: Iterable[Path], on_progress: OnProgress) -> tuple[FileOutcome, ...]:
        """The outcome of every file; afterwards every current provision can be found."""
        outcomes = self.ingester.ingest(paths, on_progress)
        self.fresh_index(on_progress)
        return outcomes

    def fresh_index(self, on_progress: OnProgress) -> SearchIndex:
        """The search index, brought up to date."""
        root, settings = self.config.workspace / "index", self.config.nlp.retrieval
        return fresh_index(self.store, self.vectors, self.encoder, root, settings, on_progress)

    def saved_index(self) -> SearchIndex:
        """The search index as the last ingestion left it: never built here."""
        return saved_index(self.config.workspace / "index", self.encoder, self.config.nlp.retrieval)

    def index_generation(self) -> str:
        """A word that changes whenever the saved index does."""
        return saved_generation(self.config.workspace / "index", self.encoder)

    def searcher(self, index: SearchIndex) -> Searcher:
        """Search over this index."""
        service = self.config.service
        return Searcher(self.store, index, self.encoder, service.max_query_characters, service.max_hits)

    def worker(self, name: str) -> Worker:
        """A worker for the jobs of this workspace."""
        handlers = Handlers(
            ingester=self.ingester,
            index=lambda on_progress: len(self.fresh_index(on_progress)),
            reviewer=lambda: self.reviewer,
            runs=self.runs,
        )
        return Worker(self.jobs, name, handlers.table(), handlers.tidy)


def open_rooms(workspace: Path, language: Language = Language.VI, *, create: bool = False) -> Rooms:
    """The parts of the workspace in this folder, with its settings; nothing is opened yet.

    Raises NotFoundError where there is no workspace, unless it is to be made.
    """
    if not create and not workspace.is_dir():
        raise NotFoundError(
            "no_workspace",
            where=str(workspace),
            what="Chưa có không gian làm việc này.",
            remedy="Kiểm tra lại --workspace, hoặc nạp văn bản bằng lệnh rasoat ingest trước.",
            what_en="There is no such workspace.",
            remedy_en="Check --workspace, or ingest documents with rasoat ingest first.",
        )
    return Rooms(load_config(workspace), language)


def pair_judge(language: Language = Language.VI) -> PairJudge:
    """The judge of pair files, with the settings of the working folder and the real administrative units."""
    return PairJudge(load_config(Path()).nlp.comparison, national_gazetteer(), language)


def _gazetteer(overlay: bytes) -> Gazetteer:
    try:
        return load_overlay(overlay.decode("utf-8"))
    except ValueError as problem:  # broken UTF-8 and broken TOML are ValueErrors too
        raise SettingsError(
            "bad_territory",
            where="territory.toml",
            what=f"Không đọc được đơn vị hành chính bổ sung ({problem}).",
            remedy="Mỗi bảng [[merger]] cần new, old và effective.",
            what_en=f"The additional units cannot be read ({problem}).",
            remedy_en="Each [[merger]] table needs new, old and effective.",
        ) from problem

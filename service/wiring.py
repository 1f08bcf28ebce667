"""The only place where objects are constructed: a workspace folder and its settings become the parts that use-cases need."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Self

from nlp.errors import SettingsError
from nlp.law.territory import load_overlay
from nlp.progress import OnProgress, silent
from nlp.retrieval.encoders import load_encoder
from nlp.retrieval.manifest import read_manifest
from service.config import load_config
from service.store.database import open_database
from service.store.files import FileFolder
from service.store.store import Store
from service.store.vectors import VectorFolder
from service.usecases.encode import encode_missing
from service.usecases.ingest import FileOutcome, Ingester, ParsedFile
from service.usecases.listed_documents import listed_documents

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nlp.law.territory import Gazetteer
    from nlp.retrieval.encoders import Encoder
    from service.config import Config


def now() -> dt.datetime:
    """The clock of the service, UTC."""
    return dt.datetime.now(dt.UTC)


class Rooms:
    """The parts of one workspace, made when first used. Close it, or use it as a context."""

    def __init__(self, config: Config) -> None:
        self.config = config

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the database back."""
        if "store" in vars(self):
            self.store.close()

    @cached_property
    def store(self) -> Store:
        """The tables of the workspace, migrated; the folder is made where it does not exist."""
        self.config.workspace.mkdir(parents=True, exist_ok=True)
        return Store(open_database(self.config.database_url))

    @cached_property
    def files(self) -> FileFolder:
        """The original files."""
        return FileFolder(self.config.workspace / "files")

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder named in the settings, or the shipped one."""
        return load_encoder(read_manifest().spec(self.config.service.encoder), threads=self.config.service.threads)

    @cached_property
    def vectors(self) -> VectorFolder:
        """The vectors of this encoder."""
        return VectorFolder(self.config.workspace / "vectors", self.encoder.fingerprint, self.encoder.dim)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The administrative units, with those of the workspace's `territory.toml`."""
        try:
            return load_overlay(self.config.overlay_text())
        except ValueError as problem:
            raise SettingsError(
                "bad_territory",
                where="territory.toml",
                what=f"Không đọc được đơn vị hành chính bổ sung ({problem}).",
                remedy="Mỗi bảng [[merger]] cần new, old và effective.",
                what_en=f"The additional units cannot be read ({problem}).",
                remedy_en="Each [[merger]] table needs new, old and effective.",
            ) from problem

    @cached_property
    def ingester(self) -> Ingester:
        """Reading, parsing and keeping files."""
        return Ingester(
            store=self.store,
            files=self.files,
            parse=self._parse,
            group=lambda records, name, on_progress: listed_documents(records, name, self.gazetteer, on_progress),
            suffixes=frozenset(),
            max_file_bytes=self.config.nlp.reading.max_file_bytes,
            max_list_bytes=self.config.service.max_list_bytes,
            now=now,
        )

    def _parse(self, path: Path, name: str, on_progress: OnProgress) -> ParsedFile:
        raise NotImplementedError

    def ingest(self, paths: Iterable[Path], on_progress: OnProgress = silent) -> tuple[FileOutcome, ...]:
        """The outcome of every file; afterwards every current provision has its vector."""
        outcomes = self.ingester.ingest(paths, on_progress)
        encode_missing(self.store, self.vectors, self.encoder, on_progress)
        return outcomes


def open_rooms(workspace: Path) -> Rooms:
    """The parts of the workspace in this folder, with its settings; nothing is opened yet."""
    return Rooms(load_config(workspace))

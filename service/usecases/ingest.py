"""Files into the workspace: read, parsed and kept, one transaction a file; the same bytes twice change nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from nlp.errors import InputError, Language, LegalTextError, NotFoundError, StateError
from nlp.progress import OnProgress, Progress, silent
from service.store.records import Failure, FileRecord, NewDocument
from service.usecases.boundary import attempt
from service.usecases.provision_list import is_provision_list, read_provision_list

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from service.store.files import FileFolder
    from service.store.store import Store
    from service.usecases.provision_list import ProvisionRecord

ARCHIVE = ".zip"


class Outcome(StrEnum):
    """What became of a file."""

    NEW = "new"
    NEW_VERSION = "new_version"
    UNCHANGED = "unchanged"  # the same bytes are already there, under this or another name
    UNPACKED = "unpacked"  # an archive: its documents have outcomes of their own
    SKIPPED = "skipped"  # lies in a folder and is of no format that we read
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """One file of a batch. `version` is 0 when nothing was kept; `same_as` names the file that already had these bytes."""

    name: str
    outcome: Outcome
    version: int = 0
    documents: int = 0
    provisions: int = 0
    pages: int = 0
    pages_unread: int = 0
    same_as: str = ""
    error: LegalTextError | None = None


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file as the analyser understood it, ready to be kept."""

    media_type: str
    documents: tuple[NewDocument, ...]
    pages: int = 0
    pages_unread: int = 0
    sha256: str = ""  # of the bytes that were read, "" where they were not read again


@dataclass(frozen=True, slots=True)
class Ingester:
    """The parts that ingestion needs. `parse` reads an untrusted file outside this process; `group` makes documents of a provision list."""

    store: Store
    files: FileFolder
    parse: Callable[[Path, str], ParsedFile]
    group: Callable[[Sequence[ProvisionRecord], str, OnProgress], tuple[NewDocument, ...]]
    suffixes: frozenset[str]  # lower case with the dot: what a folder is searched for
    # the documents inside an archive, unpacked outside this process into a folder: (name inside, file)
    members: Callable[[Path, str, Path], Iterable[tuple[str, Path]]]
    max_file_bytes: int
    max_list_bytes: int
    now: Callable[[], dt.datetime]

    def ingest(self, paths: Iterable[Path], on_progress: OnProgress = silent) -> tuple[FileOutcome, ...]:
        """The outcome of every file, in the order given, folders in order of path. A failed file never stops the others."""
        wanted = [each for path in paths for each in self._walk(path)]
        outcomes: list[FileOutcome] = []
        for done, file in enumerate(wanted):
            on_progress(Progress("read", done, len(wanted), file.name))
            if file.skipped:
                outcomes.append(FileOutcome(file.name, Outcome.SKIPPED))
            else:
                outcomes.extend(self.ingest_file(file.path, file.name, str(file.path.resolve()), on_progress))
        on_progress(Progress("read", len(wanted), len(wanted)))
        return tuple(outcomes)

    def ingest_file(
        self, path: Path, name: str, origin: str, on_progress: OnProgress = silent
    ) -> tuple[FileOutcome, ...]:
        """The outcome of a file, or of each document in an archive; what fails is remembered, so that coverage can count it."""
        if not name.lower().endswith(ARCHIVE):
            return (self._one(lambda: self._ingest(path, name, origin, on_progress), name, origin),)
        outcomes: list[FileOutcome] = []
        with TemporaryDirectory(prefix="rasoat-") as folder:

            def unpack() -> FileOutcome:
                self._bytes(path, name)  # a missing, empty or too large file is told as any other
                # files under names of ours: a member's own name never becomes a path
                for own, unpacked in self.members(path, name, Path(folder)):
                    shown, inside = f"{name}/{own}", f"{origin}!{own}"
                    outcomes.append(
                        self._one(partial(self._ingest, unpacked, shown, inside, on_progress), shown, inside)
                    )
                    unpacked.unlink()
                return FileOutcome(name, Outcome.UNPACKED)

            outcomes.insert(0, self._one(unpack, name, origin))
        return tuple(outcomes)

    def _one(self, work: Callable[[], FileOutcome], name: str, origin: str) -> FileOutcome:
        result = attempt(work, name)
        if not isinstance(result, LegalTextError):
            return result
        if not isinstance(result, NotFoundError):  # a wrong path on the command line is no document of the corpus
            self.store.add_failure(Failure(origin, name, result.code, result.message()), self.now())
        return FileOutcome(name, Outcome.FAILED, error=result)

    def _walk(self, path: Path) -> Iterator[_Wanted]:
        if not path.is_dir():
            yield _Wanted(path, path.name, skipped=False)
            return
        for each in sorted(path.rglob("*")):
            below = each.relative_to(path)
            if each.is_file() and not any(part.startswith(".") for part in below.parts):
                known = (
                    each.suffix.lower() in self.suffixes
                    or each.name.lower().endswith(ARCHIVE)
                    or is_provision_list(each.name)
                )
                yield _Wanted(each, str(below), skipped=not known)

    def _ingest(self, path: Path, name: str, origin: str, on_progress: OnProgress) -> FileOutcome:
        data = self._bytes(path, name)
        digest = hashlib.sha256(data).hexdigest()
        same = self.store.same_bytes(digest)
        if same is not None:
            self.store.forget_failure(origin)
            return FileOutcome(name, Outcome.UNCHANGED, same.version, same_as="" if same.name == name else same.name)
        name = self.store.name_for(origin, name)
        if is_provision_list(name):
            records = read_provision_list(data, name, self.max_list_bytes)
            parsed = ParsedFile("application/jsonl", self.group(records, name, on_progress))
        else:
            parsed = self.parse(path, name)
            if parsed.sha256 not in ("", digest):
                raise _changed(name)
        self.files.keep(data, digest, name)
        file = FileRecord(origin, name, digest, parsed.media_type, len(data), parsed.pages, parsed.pages_unread)
        version = self.store.add_version(file, parsed.documents, self.now())
        return FileOutcome(
            name=name,
            outcome=Outcome.NEW if version == 1 else Outcome.NEW_VERSION,
            version=version,
            documents=len(parsed.documents),
            provisions=sum(len(document.provisions) for document in parsed.documents),
            pages=parsed.pages,
            pages_unread=parsed.pages_unread,
        )

    def _bytes(self, path: Path, name: str) -> bytes:
        try:
            size = path.stat().st_size
            limit = self.max_list_bytes if is_provision_list(name) else self.max_file_bytes
            if size > limit:
                raise InputError(
                    "file_too_large",
                    where=name,
                    what=f"Tệp lớn hơn giới hạn {limit // 2**20} MB.",
                    remedy="Chia nhỏ tệp, hoặc tăng giới hạn trong rasoat.toml.",
                    what_en=f"The file is larger than the limit of {limit // 2**20} MB.",
                    remedy_en="Split the file, or raise the limit in rasoat.toml.",
                )
            if size == 0:
                raise InputError(
                    "empty_file",
                    where=name,
                    what="Tệp rỗng.",
                    remedy="Kiểm tra lại tệp gốc rồi nạp lại.",
                    what_en="The file is empty.",
                    remedy_en="Check the original file and ingest it again.",
                )
            return path.read_bytes()
        except FileNotFoundError as problem:
            raise NotFoundError(
                "no_such_file",
                where=str(path),
                what="Không có tệp hoặc thư mục này.",
                remedy="Kiểm tra lại đường dẫn.",
                what_en="There is no such file or folder.",
                remedy_en="Check the path.",
            ) from problem
        except OSError as problem:
            raise InputError(
                "file_unreadable",
                where=str(path),
                what=f"Không đọc được tệp ({problem.strerror}).",
                remedy="Kiểm tra quyền đọc tệp.",
                what_en=f"The file cannot be read ({problem.strerror}).",
                remedy_en="Check the right to read it.",
            ) from problem


def _changed(name: str) -> StateError:
    return StateError(
        "changed_while_read",
        where=name,
        what="Tệp thay đổi trong khi đang đọc.",
        remedy="Nạp lại khi tệp đã được chép xong.",
        what_en="The file changed while it was read.",
        remedy_en="Ingest it again when it has been copied completely.",
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    path: Path
    name: str
    skipped: bool


def outcome_json(each: FileOutcome, language: Language = Language.VI) -> dict[str, object]:
    """One file of an ingestion for machines."""
    error = each.error
    return {
        "file": each.name,
        "outcome": each.outcome.value,
        "version": each.version,
        "documents": each.documents,
        "provisions": each.provisions,
        "pages": each.pages,
        "pages_unread": each.pages_unread,
        "same_as": each.same_as or None,
        "error": None if error is None else {"code": error.code, "message": error.message(language)},
    }

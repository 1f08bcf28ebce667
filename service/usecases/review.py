"""The two reviews: the whole workspace against itself, and a draft against the workspace. Both end in a `Report` and leave a record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from nlp.analyser.audit import AuditResult, Corpus, audit
from nlp.errors import Language, StateError
from nlp.progress import OnProgress, silent
from service.reports.report import FileLine, Report
from service.reports.wire import coverage_text
from service.store.records import Run
from service.usecases.encode import encode_missing
from service.usecases.fingerprints import fingerprints, flat_settings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from nlp.law.document import NormativeDocument
    from nlp.law.territory import Gazetteer
    from nlp.retrieval.encoders import Encoder
    from nlp.settings import Settings
    from service.store.records import KeptProvision, NewDocument
    from service.store.store import Store
    from service.store.vectors import VectorFolder
    from service.usecases.ingest import ParsedFile
    from service.usecases.second_opinion import SecondOpinions


@dataclass(frozen=True, slots=True)
class Reviewer:
    """The parts that a review needs; `parse` reads an untrusted file outside this process."""

    store: Store
    vectors: VectorFolder
    encoder: Encoder
    gazetteer: Gazetteer
    settings: Settings
    parse: Callable[[Path, str], ParsedFile]
    now: Callable[[], dt.datetime]
    language: Language = Language.VI
    opinions: SecondOpinions | None = None  # None unless an administrator turned them on

    def audit(self, as_of: dt.date, on_progress: OnProgress = silent) -> Report:
        """The report on every pair of provisions that could conflict. Raises StateError when the workspace is empty."""
        encode_missing(self.store, self.vectors, self.encoder, on_progress)
        kept = tuple(self.store.all_provisions())
        corpus = self._corpus(kept, {document.file: body for document, body in self.store.bodies()})
        if not corpus.units and not corpus.documents:
            raise _nothing_there()
        result = audit(corpus, as_of, self.settings, self.gazetteer, language=self.language, on_progress=on_progress)
        return self._report("audit", as_of, self._opined(result, corpus), self._files())

    def check(self, path: Path, name: str, as_of: dt.date, on_progress: OnProgress = silent) -> Report:
        """The report on a draft against the workspace; versions of the draft that are already in the workspace are left out and named."""
        parsed = self.parse(path, name)
        encode_missing(self.store, self.vectors, self.encoder, on_progress)
        others, left_out = self._without({each.key for each in parsed.documents if each.number})
        taken = {each.name for each in self.store.files()} - left_out
        shown = f"{name} ({self.language.of('dự thảo', 'draft')})" if name in taken else name
        drafts = [_renamed(document, shown) for document in parsed.documents]
        bodies = {document.file: body for document, body in self.store.bodies() if document.file not in left_out}
        bodies.update({shown: each.body for each in drafts if each.body is not None})  # noqa: B035  a draft is one document
        corpus = self._corpus(others, bodies)
        units = [unit for document in drafts for unit in document.provisions]
        rows = self.encoder.encode_passages([unit.passage for unit in units], on_progress)
        assert corpus.vectors is not None
        corpus = replace(corpus, units=[*corpus.units, *units], vectors=np.concatenate([corpus.vectors, rows]))
        focus = frozenset({shown})
        result = audit(
            corpus,
            as_of,
            self.settings,
            self.gazetteer,
            focus=focus,
            language=self.language,
            on_progress=on_progress,
        )
        own = self.language.of("Bỏ qua bản đã nạp của chính dự thảo", "Kept version of the draft itself left out")
        notes = [f"{own}: {file}." for file in sorted(left_out)]
        result = self._opined(result, corpus)
        coverage = replace(result.coverage, notes=(*result.coverage.notes, *notes))
        line = FileLine(shown, 0, parsed.pages, parsed.pages_unread)
        files = (line, *(each for each in self._files() if each.name not in left_out))
        return self._report("check", as_of, replace(result, coverage=coverage), files, name)

    def _opined(self, result: AuditResult, corpus: Corpus) -> AuditResult:
        return result if self.opinions is None else self.opinions.on(result, corpus.units, self.language)

    def _without(self, keys: set[str]) -> tuple[tuple[KeptProvision, ...], set[str]]:
        """The kept provisions of other documents, and the names of files that hold a document with one of these keys."""
        same = {document.id: document.file for document in self.store.documents() if document.key in keys}
        kept = tuple(each for each in self.store.all_provisions() if each.document_id not in same)
        return kept, set(same.values())

    def _corpus(self, kept: tuple[KeptProvision, ...], bodies: dict[str, NormativeDocument]) -> Corpus:
        keys = dict(self.store.unit_keys())
        known = [each for each in kept if each.id in keys]  # what was replaced meanwhile is left out
        return Corpus([each.unit for each in known], self.vectors.matrix([keys[each.id] for each in known]), bodies)

    def _files(self) -> tuple[FileLine, ...]:
        read = (FileLine(each.name, each.version, each.pages, each.pages_unread) for each in self.store.files())
        failed = (FileLine(each.name, 0, 0, 0, each.message) for each in self.store.failures())
        return (*read, *failed)

    def _report(
        self, kind: str, as_of: dt.date, result: AuditResult, files: tuple[FileLine, ...], draft: str = ""
    ) -> Report:
        coverage = replace(
            result.coverage,
            files=len(files),
            pages=sum(line.pages for line in files),
            pages_unread=sum(line.pages_unread for line in files),
        )
        report = Report(
            kind=kind,
            as_of=as_of,
            made_at=self.now(),
            findings=result.findings,
            coverage=coverage,
            files=files,
            settings=flat_settings(self.settings),
            fingerprints=fingerprints(self.encoder.fingerprint),
            draft=draft,
            language=self.language,
        )
        self.store.add_run(Run(kind, as_of, report.made_at, coverage_text(report)))
        return report


def _renamed(document: NewDocument, name: str) -> NewDocument:
    return replace(document, provisions=tuple(replace(unit, file=name) for unit in document.provisions))


def _nothing_there() -> StateError:
    return StateError(
        "empty_workspace",
        where="workspace",
        what="Không gian làm việc chưa có văn bản nào.",
        remedy="Nạp văn bản bằng lệnh rasoat ingest rồi chạy lại.",
        what_en="The workspace holds no document.",
        remedy_en="Ingest documents with rasoat ingest and run again.",
    )

"""The main job: every provision in force against its neighbours, every document against its bases and citations; findings and coverage."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nlp.analyser.candidates import Candidate, choose, not_compared
from nlp.analyser.findings import pair_finding
from nlp.analyser.judging import Judge
from nlp.analyser.linked import link_corpus
from nlp.analyser.neighbours import rank_neighbours
from nlp.analyser.remarks import document_findings
from nlp.errors import Language
from nlp.law.finding import Coverage, Finding, FindingKind, Gravity
from nlp.progress import OnProgress, Progress, silent

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from nlp.analyser.corpus import CorpusProvision
    from nlp.law.document import NormativeDocument
    from nlp.law.territory import Gazetteer
    from nlp.retrieval.vectors import FloatArray
    from nlp.settings import Settings

REPORT_EVERY = 200  # pairs


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is audited: units in a fixed order, their vectors (unit rows; None when nothing is encoded), and the parsed documents by file name.

    Documents known by provision lists only have units and no parsed form: their bases and citations cannot be checked, and coverage says so.
    """

    units: Sequence[CorpusProvision]
    vectors: FloatArray | None
    documents: Mapping[str, NormativeDocument]


@dataclass(frozen=True, slots=True)
class AuditResult:
    """Findings, most urgent first, and what was looked at."""

    findings: tuple[Finding, ...]
    coverage: Coverage


def audit(
    corpus: Corpus,
    as_of: dt.date,
    settings: Settings,
    gazetteer: Gazetteer,
    *,
    focus: frozenset[str] | None = None,
    language: Language = Language.VI,
    on_progress: OnProgress = silent,
) -> AuditResult:
    """The findings of a corpus on a day.

    `focus` are file names: only pairs and documents that touch them are looked at (checking a draft against the corpus). Units that are not in
    force on `as_of`, too short, amending or boilerplate are counted as skipped, never silently passed. Quotes and citations stay Vietnamese in every
    `language`.
    """
    units = [place(unit, gazetteer) for unit in corpus.units]
    linked = link_corpus(corpus.documents, units, focus or frozenset(), as_of, gazetteer)
    skipped: Counter[str] = Counter()
    live: list[int] = []
    for index, unit in enumerate(units):
        reason = linked.why_not(unit) or not_compared(unit, settings.retrieval)
        if reason:
            skipped[reason] += 1
        else:
            live.append(index)
    chosen = [units[index] for index in live]
    vectors = corpus.vectors[live] if corpus.vectors is not None else None
    wanted = [i for i, unit in enumerate(chosen) if focus is None or unit.file in focus]
    cited = linked.citations(chosen)
    rankings = rank_neighbours(chosen, vectors, wanted, settings.retrieval, on_progress, cited)
    candidates = choose(chosen, rankings, as_of, settings.retrieval, cited)
    skipped.update(candidates.skipped)
    judge = Judge(settings.comparison, as_of, language)
    found: list[Finding] = []
    abstained = 0
    for done, candidate in enumerate(candidates.pairs):
        if done % REPORT_EVERY == 0:
            on_progress(Progress("compare", done, len(candidates.pairs)))
        finding, unsure = _judge(candidate, chosen, corpus, judge)
        abstained += unsure
        if finding is not None:
            found.append(finding)
    on_progress(Progress("compare", len(candidates.pairs), len(candidates.pairs)))
    for file, document in corpus.documents.items():
        if focus is None or file in focus:
            found.extend(document_findings(file, document, linked, corpus.documents, language))
    coverage = Coverage(
        files=len({unit.file for unit in units} | set(corpus.documents)),
        pages=sum(len(document.source.pages) for document in corpus.documents.values()),
        documents=len(
            {unit.side.document for unit in units if unit.side.document}
            | {str(d.key) for d in corpus.documents.values()}
        ),
        provisions=len(units),
        candidates=len(candidates.pairs) + sum(candidates.skipped.values()),
        compared=len(candidates.pairs),
        abstained=abstained,
        skipped=tuple(sorted(skipped.items())),
        truncated=candidates.truncated,
        notes=_notes(corpus, units, language),
    )
    return AuditResult(tuple(sorted(_strongest(found), key=_urgency)), coverage)


def place(unit: CorpusProvision, gazetteer: Gazetteer) -> CorpusProvision:
    """The unit with its territory as this gazetteer knows it (an overlay of fictional or newest units)."""
    area = unit.side.territory
    if area is None or not area.units:
        return unit
    known = gazetteer.parse(area.name, unit.side.issued or unit.side.effective)
    return unit if known is None or known == area else replace(unit, side=replace(unit.side, territory=known))


def _judge(
    candidate: Candidate, units: Sequence[CorpusProvision], corpus: Corpus, judge: Judge
) -> tuple[Finding | None, bool]:
    left, right = orient(units[candidate.left], units[candidate.right])
    verdict = judge.pair(left, right, candidate.cosine, candidate.lexical)
    finding = pair_finding(left, right, verdict, corpus.documents, judge.settings, judge.language)
    return finding, verdict.judgement.abstained


def orient(a: CorpusProvision, b: CorpusProvision) -> tuple[CorpusProvision, CorpusProvision]:
    """The two units as (to be handled, measured against): lower force first, among equals the older one (Điều 58 Luật 64/2025/QH15)."""

    def place_in_law(unit: CorpusProvision) -> tuple[int, str, str]:
        rank = unit.side.rank
        return (-(rank if rank is not None else 0), unit.side.issued.isoformat() if unit.side.issued else "", unit.id)

    return (a, b) if place_in_law(a) <= place_in_law(b) else (b, a)


_ORDER = {gravity: place for place, gravity in enumerate((Gravity.HIGH, Gravity.MEDIUM, Gravity.LOW))}
_KINDS = {kind: place for place, kind in enumerate(FindingKind)}


def _urgency(finding: Finding) -> tuple[int, float, int, str]:
    return (_ORDER[finding.severity], -finding.probability, _KINDS[finding.kind], finding.id)


def _strongest(found: Sequence[Finding]) -> list[Finding]:
    """One finding per id, the most probable."""
    best: dict[str, Finding] = {}
    for finding in found:
        if finding.id not in best or best[finding.id].probability < finding.probability:
            best[finding.id] = finding
    return list(best.values())


def _notes(corpus: Corpus, units: Sequence[CorpusProvision], language: Language) -> tuple[str, ...]:
    notes = []
    listed = len({unit.file for unit in units} - set(corpus.documents))
    if listed:
        vietnamese = f"{listed} nguồn là danh sách điều khoản: không có toàn văn để kiểm tra căn cứ và viện dẫn."
        english = f"{listed} sources are provision lists: no full text, so legal bases and citations are not checked."
        notes.append(language.of(vietnamese, english))
    if corpus.vectors is None and units:
        vietnamese = "Chưa có véc-tơ ngữ nghĩa: chỉ tìm điều khoản gần nhau theo từ ngữ."
        notes.append(language.of(vietnamese, "No vectors yet: near provisions are found by words alone."))
    return tuple(notes)

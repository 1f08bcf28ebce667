"""Judgements, remarks on links and remarks on form become findings: numbered, weighed, with their quotes on their pages."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from nlp.analyser.corpus import document_citation, evidence
from nlp.comparison import RULES
from nlp.comparison.rows import same_row
from nlp.errors import Language
from nlp.law.finding import Evidence, Finding, FindingKind, Gravity, Relation
from nlp.law.identifiers import citation
from nlp.law.span import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nlp.analyser.corpus import CorpusProvision
    from nlp.analyser.judging import Verdict
    from nlp.law.document import NormativeDocument
    from nlp.law.finding import Judgement, Signal
    from nlp.settings import ComparisonSettings

_KINDS = {
    Relation.CONTRADICTION: FindingKind.CONTRADICTION,
    Relation.DUPLICATE: FindingKind.DUPLICATE,
    Relation.OVERLAP: FindingKind.OVERLAP,
}
_ACCUSING = frozenset(rule.code for rule in RULES if not rule.exonerates)
# exonerations that are a fact of the two texts; the others ("different_subject") are degrees that the score weighs
_EXONERATING = frozenset(
    {"delegated_range", "saving_clause", "quoted_amendment", "disjoint_time", "implementing_detail"}
)
DIVERGENCE_HANDLING = "thong_nhat_chinh_sach"
DIVERGENCE_TEXT = (
    (
        "Kiến nghị cơ quan có thẩm quyền của đơn vị hành chính mới ban hành quy định thống nhất; trong khi chưa có, mỗi quy định tiếp tục áp dụng "
        "trong phạm vi địa bàn cũ."
    ),
    "Propose that the authority of the new unit issues one rule; until then each rule goes on applying in its old area.",
)
DIVERGENCE_GROUND = "điểm b khoản 2 Điều 54 Luật số 64/2025/QH15, được sửa đổi, bổ sung bởi Luật số 87/2025/QH15"


def finding_id(kind: FindingKind, left: str, right: str, detail: str = "") -> str:
    """A stable name: the same kind on the same two places always has the same id, whichever side came first."""
    places = "\n".join((kind.value, *sorted((left, right)), detail))
    return hashlib.sha256(places.encode()).hexdigest()[:16]


def pair_finding(
    left: CorpusProvision,
    right: CorpusProvision,
    verdict: Verdict,
    documents: Mapping[str, NormativeDocument],
    settings: ComparisonSettings,
    language: Language = Language.VI,
) -> Finding | None:
    """The finding of a judged pair, None when the relation is no defect or too uncertain to be shown."""
    judgement = verdict.judgement
    kind = _KINDS.get(judgement.relation)
    probability = judgement.probability(judgement.relation)
    if kind is None or judgement.abstained or probability < _threshold(kind, settings):
        return None
    if not same_row(left.side.text, right.side.text):
        return None  # neighbouring rows of two tables: each sets the amount of its own thing
    if kind is FindingKind.DUPLICATE and not _same_numbers(left.side.text, right.side.text):
        return None
    if kind is FindingKind.CONTRADICTION and not _rests_on_a_rule(judgement):
        return None
    if (
        left.side.document
        and left.side.document == right.side.document
        and (kind is not FindingKind.CONTRADICTION or probability < settings.same_document_threshold)
    ):
        return None  # one author wrote both: only a sure contradiction is worth a reviewer's time
    if verdict.divergent:
        if kind is not FindingKind.CONTRADICTION:
            return None  # two old parts with the same or merely related rules: nothing to unify
        kind = FindingKind.DIVERGENT
    same_force = judgement.prevailing is None
    return Finding(
        id=finding_id(kind, left.id, right.id),
        kind=kind,
        conflict_type=judgement.conflict_type if kind in (FindingKind.CONTRADICTION, FindingKind.DIVERGENT) else None,
        probability=round(probability, 4),
        severity=_gravity(kind, same_force, left.uncertain or right.uncertain),
        left=evidence(left, judgement.evidence_a, documents.get(left.file)),
        right=evidence(right, judgement.evidence_b, documents.get(right.file)),
        signals=judgement.signals,
        prevailing=None if kind is FindingKind.DIVERGENT else judgement.prevailing,
        handling=DIVERGENCE_HANDLING if kind is FindingKind.DIVERGENT else judgement.handling,
        handling_text=language.of(*DIVERGENCE_TEXT) if kind is FindingKind.DIVERGENT else judgement.handling_text,
        grounds=(DIVERGENCE_GROUND,) if kind is FindingKind.DIVERGENT else judgement.grounds,
        why=_why(judgement.why, left, right, language, divergent=kind is FindingKind.DIVERGENT),
    )


def _rests_on_a_rule(judgement: Judgement) -> bool:
    """Whether a conflict rule fired and no exonerating one did: a likeness of words alone accuses nobody at the reviewer's desk."""
    accused = any(signal.rule in _ACCUSING for signal in judgement.signals)
    return accused and not any(_exonerates(signal, judgement) for signal in judgement.signals)


def _exonerates(signal: Signal, judgement: Judgement) -> bool:
    """Whether a signal takes the accusation back.

    Internal steps that no delegation asks for ("việc lưu trữ hồ sơ thực hiện theo Luật Lưu trữ") only explain the sentence in which they stand.
    """
    if signal.rule not in _EXONERATING:
        return False
    if signal.rule != "implementing_detail" or (signal.a and signal.b):
        return True
    own, accused = (signal.a, judgement.evidence_a) if signal.a else (signal.b, judgement.evidence_b)
    return not accused or any(mine.overlaps(other) for mine in own for other in accused)


_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")


def _same_numbers(a: str, b: str) -> bool:
    """Whether two texts could repeat each other: where both print numbers (beside their own marker), they print the same ones.

    A table row has bare amounts that no unit explains, so this looks at the digits and not at the quantities read from them.
    """
    mine, other = (
        {number.lstrip("0") for number in _NUMERAL.findall(re.sub(r"^\s*(?:Điều\s+)?\d+[a-zđ]?\s*[.:|)]", "", text))}
        for text in (a, b)
    )
    return not mine or not other or mine == other


def _threshold(kind: FindingKind, settings: ComparisonSettings) -> float:
    if kind is FindingKind.DUPLICATE:
        return settings.duplicate_threshold
    return settings.overlap_threshold if kind is FindingKind.OVERLAP else settings.report_threshold


def _gravity(kind: FindingKind, same_force: bool, uncertain: bool) -> Gravity:
    if kind is FindingKind.CONTRADICTION and not uncertain:
        return Gravity.MEDIUM if same_force else Gravity.HIGH
    return Gravity.LOW if kind is FindingKind.DUPLICATE else Gravity.MEDIUM


# what a merged unit makes of a contradiction: no conflict of law, but two policies
_CONFLICT_WORDS = (("Hai quy định mâu thuẫn về", "Hai quy định khác nhau về"), ("contradict each other", "differ"))
_DIVERGES = (
    (
        "Hai quy định cùng còn hiệu lực ở hai địa bàn cũ ({areas}) nay thuộc một đơn vị hành chính: không phải mâu thuẫn về pháp lý, "
        "nhưng chính sách chưa thống nhất trong đơn vị mới."
    ),
    "Both rules are in force in two old areas ({areas}) that are now one unit: no conflict in law, but the new unit has no single policy.",
)
_UNSURE_LETTERS = (
    "Có chữ được nhận dạng từ ảnh với độ tin cậy thấp: cần đối chiếu bản gốc.",
    "Some words were recognised from an image with low confidence: compare the original.",
)


def _why(why: str, left: CorpusProvision, right: CorpusProvision, language: Language, *, divergent: bool) -> str:
    sentences = [why]
    if divergent:
        for conflict, difference in _CONFLICT_WORDS:
            sentences[0] = sentences[0].replace(conflict, difference)
        areas = language.of(" và ", " and ").join(
            unit.side.territory.name for unit in (left, right) if unit.side.territory
        )
        sentences.append(language.of(*_DIVERGES).format(areas=areas))
    if left.uncertain or right.uncertain:
        sentences.append(language.of(*_UNSURE_LETTERS))
    return " ".join(sentences)


def remark_finding(
    document: NormativeDocument,
    file: str,
    kind: FindingKind,
    span: Span | None,
    path: str | None,
    *,
    probability: float,
    gravity: Gravity,
    note: str,
    grounds: tuple[str, ...],
    handling: str,
    handling_text: str,
    other: Evidence | None = None,
    language: Language = Language.VI,
) -> Finding:
    """A finding that rests on one document: `span` (over its text) is quoted, or the whole provision at `path`, or the title."""
    unit = document.provision(path) if path else None
    quoted = span or (unit.span if unit else None)
    header = document.header
    whole = document_citation(header.kind, str(header.number) if header.number else "", header.title)
    boxes = document.source.boxes(quoted) if quoted else ()
    left = Evidence(
        file=file,
        number=str(header.number) if header.number else "",
        provision=path or "main",
        citation=_cited(path, whole),
        quote=" ".join(_sentence(quoted, document).of(document.text).split()) if quoted else header.title,
        page=boxes[0].page if boxes else (document.source.page_of(quoted.start) if quoted else 1),
        boxes=boxes,
    )
    detail = " ".join(span.of(document.text).split()) if span else ""
    doubtful = quoted is not None and any(quoted.overlaps(word) for word in document.source.uncertain)
    unsure = f" {language.of(*_UNSURE_LETTERS)}" if doubtful else ""
    return Finding(
        id=finding_id(kind, f"{document.key}#{left.provision}", other.citation if other else "", detail),
        kind=kind,
        conflict_type=None,
        probability=probability,
        severity=gravity,
        left=left,
        right=other,
        signals=(),
        prevailing=None,
        handling=handling,
        handling_text=handling_text,
        grounds=grounds,
        why=f"{left.citation}: “{_short(left.quote)}”. {note}{unsure}",
    )


# A name alone ("Phòng Tài nguyên và Môi trường") is no quote: the reader needs its sentence.
SHORT_QUOTE = 80


def _sentence(span: Span, document: NormativeDocument) -> Span:
    """The span, or the sentence around it where it is only a few words."""
    if len(span) > SHORT_QUOTE:
        return span
    text = document.text
    start = max(
        (text.rfind(mark, 0, span.start) + len(mark) for mark in ("\n", "; ", ". ") if mark in text[: span.start]),
        default=0,
    )
    ends = [place for mark in ("\n", ";", ". ") if (place := text.find(mark, span.end)) >= 0]
    return Span(start, max(min(ends, default=len(text)), span.end))


def _cited(path: str | None, whole: str) -> str:
    return f"{citation(path)} {whole}".strip() if path else whole


def _short(text: str, limit: int = 300) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"

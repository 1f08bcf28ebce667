"""Second opinions on the findings of an audit: asked for the most urgent first, weighed, and told in the coverage."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nlp.comparison.opinion import OpinionText, OpinionVerdict, SecondReader, weighed
from nlp.law.finding import Gravity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nlp.analyser.audit import AuditResult
    from nlp.analyser.corpus import CorpusProvision
    from nlp.errors import Language
    from nlp.law.finding import Evidence, Finding

_ORDER = {gravity: place for place, gravity in enumerate((Gravity.HIGH, Gravity.MEDIUM, Gravity.LOW))}
_TOLD = (
    "Ý kiến thứ hai của mô hình ngôn ngữ: hỏi {asked} phát hiện, xác nhận {confirm}, không đồng ý {refute}, chưa kết luận {unsure}, không trả lời {none}.",
    "Second opinions of a language model: asked about {asked} findings, {confirm} confirmed, {refute} refuted, {unsure} undecided, {none} without an answer.",
)


@dataclass(frozen=True, slots=True)
class SecondOpinions:
    """Who is asked, and about how many findings of one run at most."""

    reader: SecondReader
    limit: int

    def on(self, result: AuditResult, units: Iterable[CorpusProvision], language: Language) -> AuditResult:
        """The result with opinions as signals: the same findings, ordered again within their severity."""
        texts = {(unit.file, unit.side.path): unit.side.text for unit in units}
        outcomes: Counter[str] = Counter()
        found: list[Finding] = []
        for place, finding in enumerate(result.findings):
            if finding.right is None or place >= self.limit:
                found.append(finding)
                continue
            opinion = self.reader.ask(finding, _text(finding.left, texts), _text(finding.right, texts))
            outcomes["none" if opinion is None else opinion.verdict.value] += 1
            found.append(finding if opinion is None else weighed(finding, opinion, language))
        found.sort(key=lambda finding: (_ORDER[finding.severity], -finding.probability))
        names = ("none", *(verdict.value for verdict in OpinionVerdict))
        note = language.of(*_TOLD).format(asked=outcomes.total(), **{name: outcomes[name] for name in names})
        coverage = replace(result.coverage, notes=(*result.coverage.notes, note))
        return replace(result, findings=tuple(found), coverage=coverage)


def _text(evidence: Evidence, texts: dict[tuple[str, str], str]) -> OpinionText:
    return OpinionText(evidence.citation, texts.get((evidence.file, evidence.provision), evidence.quote))

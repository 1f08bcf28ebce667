"""What the links room reports: small facts with their place and ground, turned into findings by the analyser."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from nlp.law.finding import FindingKind, Gravity

if TYPE_CHECKING:
    from nlp.law.span import Span


class LinkProblem(StrEnum):
    """What is wrong with a link."""

    BASIS_DEAD_AT_ISSUE = "basis_dead_at_issue"  # căn cứ đã hết hiệu lực khi ban hành
    BASIS_TOO_LATE = "basis_too_late"  # căn cứ có hiệu lực sau văn bản
    BASIS_NOT_HIGHER = "basis_not_higher"  # căn cứ không có hiệu lực pháp lý cao hơn
    BASIS_ENDED_LATER = "basis_ended_later"  # căn cứ hết hiệu lực sau khi ban hành: cần rà soát
    NO_SUCH_PROVISION = "no_such_provision"  # viện dẫn điều, khoản, điểm không có
    ABOLISHED_BODY = "abolished_body"  # giao việc cho cơ quan, đơn vị hành chính không còn


_KINDS = {
    LinkProblem.BASIS_NOT_HIGHER: FindingKind.FORM,
    LinkProblem.NO_SUCH_PROVISION: FindingKind.BROKEN_REFERENCE,
    LinkProblem.ABOLISHED_BODY: FindingKind.OUTDATED,
}


@dataclass(frozen=True, slots=True)
class LinkFinding:
    """One fact about one place.

    `document` and `path` tell the place (path None: the preamble), `span` the words over that document's text. `basis` counts căn cứ lines from 1
    (0 when the place is none). `related` is the key of the other document, `related_path` its provision that is the reason (the clause that repeals).
    `spans` are further words of the same finding; `terms` what was found ("cấp huyện").
    """

    problem: LinkProblem
    document: str
    path: str | None
    span: Span
    note_vi: str
    note_en: str
    gravity: Gravity
    grounds: tuple[str, ...] = ()
    related: str = ""
    related_path: str | None = None
    basis: int = 0
    spans: tuple[Span, ...] = ()
    terms: tuple[str, ...] = ()

    @property
    def kind(self) -> FindingKind:
        """The kind of finding in a report."""
        return _KINDS.get(self.problem, FindingKind.DEAD_BASIS)

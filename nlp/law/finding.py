"""What comparison says of a pair of provisions, and what a bulk run covered."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from nlp.law.issuers import Issuer
    from nlp.law.norm import Norm
    from nlp.law.rank import Kind
    from nlp.law.span import PageRef, Span
    from nlp.law.territory import Territory


class Relation(StrEnum):
    """How two provisions stand to each other."""

    CONTRADICTION = "contradiction"  # mâu thuẫn; "trái" when the other side ranks higher
    DUPLICATE = "duplicate"  # trùng lặp
    OVERLAP = "overlap"  # chồng chéo
    DIVERGENT = "divergent"  # khác nhau giữa các địa bàn cũ của cùng một đơn vị mới
    OUTDATED = "outdated"  # không còn phù hợp
    CONSISTENT = "consistent"
    UNRELATED = "unrelated"


class ConflictType(StrEnum):
    """What differs in a contradiction: the vocabulary of the labelled pairs."""

    MODALITY = "modality"
    NUMBER = "number"
    DEADLINE = "deadline"
    AUTHORITY = "authority"
    CONDITION = "condition"
    SCOPE = "scope"
    SANCTION = "sanction"
    DEFINITION = "definition"
    PROCEDURE = "procedure"
    EFFECT_DATE = "effect_date"


class FindingKind(StrEnum):
    """The kinds of findings in a report."""

    CONTRADICTION = "contradiction"
    DUPLICATE = "duplicate"
    OVERLAP = "overlap"
    DIVERGENT = "divergent"
    OUTDATED = "outdated"
    DEAD_BASIS = "dead_basis"  # căn cứ đã hết hiệu lực khi ban hành, hoặc bị thay thế sau đó
    BROKEN_REFERENCE = "broken_reference"  # viện dẫn tới điều, khoản không có
    FORM = "form"  # sai hình thức, thẩm quyền ban hành


class Prevailing(StrEnum):
    """Which side prevails under the law."""

    A = "a"
    B = "b"


class Gravity(StrEnum):
    """How urgent a finding is for the reviewer."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Side:
    """One provision as comparison sees it; only `text` is required, everything else may be unknown.

    `text` is the provision with all below it, without furniture, paragraphs separated by newlines; `norms` spans are over it.
    `context` is what makes the clause readable: document title and the heading (and lead) of its parents.
    """

    text: str
    norms: tuple[Norm, ...] = ()
    document: str = ""  # document key as string, "" if unknown
    number: str = ""
    kind: Kind | None = None
    issuer: Issuer | None = None
    rank: int | None = None
    issued: dt.date | None = None
    effective: dt.date | None = None
    expires: dt.date | None = None
    territory: Territory | None = None
    path: str = ""  # as given: "main/art_5/cl_2" or "khoản 3 Điều 6"
    citation: str = ""  # "khoản 2 Điều 5 Quyết định số 12/2024/QĐ-UBND"
    heading: str = ""
    title: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class ProvisionPair:
    """Two provisions to be judged, with what retrieval and links know of them."""

    a: Side
    b: Side
    dense: float | None = None  # cosine of the encoder, None when not encoded
    lexical: float | None = None  # share of common syllable bigrams, 0..1
    a_is_basis_of_b: bool = False  # b cites a's document as legal basis
    b_is_basis_of_a: bool = False
    cited: bool = False  # one of the two cites the other's provision


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason for or against a relation. `weight` is its addition to the log-odds of contradiction (negative exonerates).

    `rule` is the stable code of the rule, `note` the Vietnamese sentence, `a`/`b` the words it rests on in each text.
    """

    rule: str
    weight: float
    note: str
    a: tuple[Span, ...] = ()
    b: tuple[Span, ...] = ()
    conflict_type: ConflictType | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What comparison says of one pair. `probabilities` sum to 1 over the five relations of issue 2 (contradiction, duplicate, overlap, consistent, unrelated).

    `abstained` is true when the evidence is below the calibrated threshold: "cần chuyên viên xem xét"; `why` then says what is missing.
    """

    relation: Relation
    conflict_type: ConflictType | None
    probabilities: tuple[tuple[Relation, float], ...]
    evidence_a: tuple[Span, ...]
    evidence_b: tuple[Span, ...]
    signals: tuple[Signal, ...]
    prevailing: Prevailing | None
    handling: str  # code of a row of the handling table
    handling_text: str  # its Vietnamese text
    grounds: tuple[str, ...]  # "khoản 3 Điều 58 Luật số 64/2025/QH15"
    why: str
    abstained: bool = False

    def probability(self, relation: Relation) -> float:
        """The probability of one relation, 0 when it is not scored."""
        return dict(self.probabilities).get(relation, 0.0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One side of a finding, ready to be shown: where it stands and its words."""

    file: str
    number: str
    provision: str  # path
    citation: str
    quote: str
    page: int | None
    boxes: tuple[PageRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a report. `id` is stable: the same texts and rules give the same id."""

    id: str
    kind: FindingKind
    conflict_type: ConflictType | None
    probability: float
    severity: Gravity
    left: Evidence
    right: Evidence | None
    signals: tuple[Signal, ...]
    prevailing: Prevailing | None  # A is left, B is right
    handling: str
    handling_text: str
    grounds: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a bulk run looked at: "no finding" and "not compared" are different values. `skipped` is (reason, count)."""

    files: int = 0
    pages: int = 0
    pages_unread: int = 0
    documents: int = 0
    provisions: int = 0
    candidates: int = 0
    compared: int = 0
    abstained: int = 0
    skipped: tuple[tuple[str, int], ...] = ()
    truncated: int = 0  # candidate pairs beyond the limit of neighbours
    notes: tuple[str, ...] = field(default=())

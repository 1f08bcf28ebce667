"""How much judging leans on single cue words: the same pairs with a cue masked or put in, and what that does to the verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nlp.comparison import judge
from nlp.law.finding import ConflictType, Relation
from nlp.text.segment import fold, folded_pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable

    from nlp.comparison.records import LabelledPair
    from nlp.law.finding import Judgement

_DENIAL = folded_pattern(
    r"(?<!\w)(?:không được phép|không được|không phải|không cần|nghiêm cấm|không|chưa|cấm)(?!\w)\s*"
)
_DEFERRAL = folded_pattern(
    r"(?<!\w)(?:được )?(?:thực hiện|áp dụng|tiến hành) theo(?: đúng)?(?: quy định(?: tại| của)?)?(?!\w)\s*|(?<!\w)theo quy định (?:tại|của)(?!\w)\s*"
)
# what a text may add without touching what it says of the pair's matter
DENYING_TAIL = "Cơ quan tiếp nhận không thu thêm khoản nào khác."
DEFERRING_TAIL = "Việc lưu trữ hồ sơ thực hiện theo quy định của Luật Lưu trữ."
BUDGET_TAIL = "Chi phí tổ chức thực hiện được hạch toán, thanh toán theo chế độ tài chính hiện hành."
REPORTING_TAIL = "Trước ngày 30 tháng 11 hằng năm, cơ quan chủ trì gửi số liệu tổng hợp cho cấp trên trực tiếp."
RESIDUAL_TAIL = "Các nội dung khác không quy định tại văn bản này thực hiện theo quy định của pháp luật."
# conflicts that do not rest on a denial: their verdict must outlive its masking
_NO_DENIAL = frozenset(
    {
        ConflictType.NUMBER,
        ConflictType.DEADLINE,
        ConflictType.SANCTION,
        ConflictType.EFFECT_DATE,
        ConflictType.AUTHORITY,
    }
)


@dataclass(frozen=True, slots=True)
class Probe:
    """One change of A: `edit` gives the changed text, None where the probe does not apply to the pair."""

    name: str
    edit: Callable[[LabelledPair], str | None]


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What a probe did: of `pairs` it applied to, `accused` were called contradictions before; `cleared` of these no longer, `newly` of the others now.

    `before` and `after` are the mean probabilities of contradiction.
    """

    name: str
    pairs: int
    accused: int
    cleared: int
    newly: int
    before: float
    after: float


def _masked(pattern: re.Pattern[str], pair: LabelledPair, *, outside: bool) -> str | None:
    """A without the cue; with `outside` only where it stands outside the labelled evidence. None where there is none."""
    text = pair.pair.a.text
    start = text.find(pair.evidence_a) if pair.evidence_a else -1
    end = start + len(pair.evidence_a)
    places = [
        match.span()
        for match in pattern.finditer(fold(text))
        if not (outside and start >= 0 and match.start() < end and match.end() > start)
    ]
    if not places:
        return None
    pieces, at = [], 0
    for first, last in places:
        pieces.append(text[at:first])
        at = last
    return "".join([*pieces, text[at:]])


def _tail(words: str, pair: LabelledPair) -> str:
    return f"{pair.pair.a.text.rstrip()} {words}"


PROBES = (
    Probe(
        "denial masked, conflict of amounts or authority, outside the evidence",
        lambda pair: _masked(_DENIAL, pair, outside=True) if pair.conflict_type in _NO_DENIAL else None,
    ),
    Probe(
        "denial masked, no contradiction",
        lambda pair: _masked(_DENIAL, pair, outside=False) if pair.relation is not Relation.CONTRADICTION else None,
    ),
    Probe(
        "deferral masked, contradiction",
        lambda pair: _masked(_DEFERRAL, pair, outside=True) if pair.relation is Relation.CONTRADICTION else None,
    ),
    Probe(
        "deferral masked, consistent",
        lambda pair: _masked(_DEFERRAL, pair, outside=False) if pair.relation is Relation.CONSISTENT else None,
    ),
    Probe(
        "harmless denial put in, no contradiction",
        lambda pair: None if pair.relation is Relation.CONTRADICTION else _tail(DENYING_TAIL, pair),
    ),
    Probe(
        "residual clause put in, contradiction",
        lambda pair: _tail(RESIDUAL_TAIL, pair) if pair.relation is Relation.CONTRADICTION else None,
    ),
    Probe(
        "harmless deferral put in, contradiction",
        lambda pair: _tail(DEFERRING_TAIL, pair) if pair.relation is Relation.CONTRADICTION else None,
    ),
    Probe(
        "budget deferral put in, contradiction",
        lambda pair: _tail(BUDGET_TAIL, pair) if pair.relation is Relation.CONTRADICTION else None,
    ),
    Probe(
        "report duty put in, contradiction",
        lambda pair: _tail(REPORTING_TAIL, pair) if pair.relation is Relation.CONTRADICTION else None,
    ),
    Probe(
        "report duty put in, no contradiction",
        lambda pair: None if pair.relation is Relation.CONTRADICTION else _tail(REPORTING_TAIL, pair),
    ),
)


def probe(
    pairs: Iterable[LabelledPair], judged: Callable[[LabelledPair], Judgement] | None = None
) -> tuple[ProbeResult, ...]:
    """One row per probe; `judged` replaces the shipped judge."""
    judging = judged or _shipped
    known = tuple(pairs)
    return tuple(_result(each, known, judging) for each in PROBES)


def _shipped(pair: LabelledPair) -> Judgement:
    return judge(pair.pair)


def _result(each: Probe, pairs: tuple[LabelledPair, ...], judging: Callable[[LabelledPair], Judgement]) -> ProbeResult:
    moved = [(pair, text) for pair in pairs if (text := each.edit(pair)) is not None]
    plain = [judging(pair) for pair, _ in moved]
    changed = [
        judging(replace(pair, pair=replace(pair.pair, a=replace(pair.pair.a, text=text)))) for pair, text in moved
    ]
    accused = [verdict.relation is Relation.CONTRADICTION for verdict in plain]
    still = [verdict.relation is Relation.CONTRADICTION for verdict in changed]
    count = max(1, len(moved))
    return ProbeResult(
        each.name, len(moved), sum(accused),
        sum(a and not b for a, b in zip(accused, still, strict=True)),
        sum(b and not a for a, b in zip(accused, still, strict=True)),
        sum(verdict.probability(Relation.CONTRADICTION) for verdict in plain) / count,
        sum(verdict.probability(Relation.CONTRADICTION) for verdict in changed) / count,
    )  # fmt: skip

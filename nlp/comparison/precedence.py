"""Who prevails and what to do: Điều 58 Luật 64/2025/QH15 and its predecessors, the basis test of Điều 6 NĐ 79/2025/NĐ-CP.

There is no lex specialis rule in Điều 58 and none is invented: where the law gives no rule, nobody prevails.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from nlp.comparison.citing import cite_pair
from nlp.comparison.handling import Case, Extent, conflict_law, row_of
from nlp.errors import Language
from nlp.law.finding import Prevailing, ProvisionPair, Relation, Side
from nlp.law.identifiers import DocumentKey, DocumentNumber
from nlp.law.issuers import Body, Issuer, issuer_from_symbol, successors
from nlp.law.rank import Kind, Normativity, RankOrder, compare_rank, legal_rank, normativity
from nlp.law.territory import NATION, Territory, TerritoryRelation, relate


@dataclass(frozen=True, slots=True)
class Ruling:
    """Who prevails and the proposed handling.

    `handling` is a code of `data/handling.toml`; the texts are whole sentences that name the provisions; `grounds` begin with the clause of the
    conflict law where one side prevails; `note` says why, or which fact is missing. `prevailing` is None where the law gives no rule.
    """

    prevailing: Prevailing | None
    handling: str
    handling_text: str
    handling_text_en: str
    grounds: tuple[str, ...]
    note: str
    note_en: str


@dataclass(frozen=True, slots=True)
class _Reason:
    """A missing fact in both languages; {a}, {b} are the citations."""

    vi: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class _Standing:
    """How the sides stand in law. `target` is the side to be handled; `by_force` is false where the day of issue decided.

    `assumed` is true where the higher text is taken to be in force although its effective date is not known.
    """

    case: Case
    target: Prevailing = Prevailing.A
    prevailing: Prevailing | None = None
    reason: _Reason = _Reason()
    by_force: bool = True
    assumed: bool = False


_A, _B = Prevailing.A, Prevailing.B
_AGREEING = frozenset({Relation.CONSISTENT, Relation.UNRELATED})
_OVERLAPPING = frozenset(
    {TerritoryRelation.CONTAINS, TerritoryRelation.WITHIN, TerritoryRelation.SAME, TerritoryRelation.PARTIAL}
)
# Local decisions printed no year before Luật 31/2004/QH11 took effect: "3076/QĐ-UB" of 2001 may be normative
_LOCAL_NUMBERS_WITH_YEAR = dt.date(2005, 4, 1)
_IMPLIED_BODY = {
    Kind.CONSTITUTION: Body.NATIONAL_ASSEMBLY,
    Kind.CODE: Body.NATIONAL_ASSEMBLY,
    Kind.LAW: Body.NATIONAL_ASSEMBLY,
    Kind.ORDINANCE: Body.STANDING_COMMITTEE,
    Kind.DECREE: Body.GOVERNMENT,
}


def decide(pair: ProvisionPair, relation: Relation, on: dt.date | None = None) -> Ruling:
    """Who prevails in a pair of this relation and what to do, judged on day `on` (the later day of issue when None).

    Swapping the sides swaps the answer: which side is higher, lower, older or newer is read from rank, issuer and dates only.
    """
    judged = on or max((day for day in (pair.a.issued, pair.b.issued) if day), default=None)
    standing = _standing(pair, relation, judged, on)
    handled = pair.a if standing.target is _A else pair.b
    row = row_of(standing.case, Extent.WHOLE if handled.path == "main" else Extent.PART)
    vi, en = _places(pair, standing, Language.VI), _places(pair, standing, Language.EN)
    note, note_en, grounds = _fill(row.note, vi), _fill(row.note_en, en), row.grounds
    if standing.prevailing is not None:
        law = conflict_law(judged)
        grounds = (law.higher if standing.by_force else law.later, *grounds)
        if standing.assumed:
            note += " Ngày có hiệu lực của văn bản cấp trên chưa rõ: giả định có hiệu lực trước văn bản này."
            note_en += " The effective date of the higher text is not known: it is taken to be earlier."
        if not law.checked:
            note += " Số điều, khoản của luật cũ cần đối chiếu lại với văn bản gốc."
            note_en += " The clause numbers of the old law must be checked against its text."
    return Ruling(
        standing.prevailing, row.handling, _fill(row.text, vi), _fill(row.text_en, en), grounds, note, note_en
    )


def _places(pair: ProvisionPair, standing: _Standing, language: Language) -> dict[str, str]:
    a, b = cite_pair(pair, language)
    target, kept = (a, b) if standing.target is _A else (b, a)
    reason = standing.reason.en if language is Language.EN else standing.reason.vi
    return {"reason": reason, "a": a, "b": b, "target": target, "kept": kept}  # the reason first: it names the sides


def _fill(template: str, places: dict[str, str]) -> str:
    for name, words in places.items():
        template = template.replace(f"{{{name}}}", words)
    return template[:1].upper() + template[1:]


def _standing(pair: ProvisionPair, relation: Relation, judged: dt.date | None, on: dt.date | None) -> _Standing:
    if relation in _AGREEING:
        return _Standing(Case.NOTHING)
    apart = _apart(pair, relation, judged) or _expired(pair, on)
    if apart is not None:
        return apart
    if relation is Relation.OUTDATED:
        newer_a = pair.a.issued is not None and pair.b.issued is not None and pair.a.issued > pair.b.issued
        return _Standing(Case.OUTDATED, _B if newer_a else _A)
    standing = _weigh(pair)
    if relation is Relation.DUPLICATE:
        return _repeated(standing)
    return _overlapping(standing) if relation is Relation.OVERLAP else standing


_BY_FORCE = frozenset({Case.UNLAWFUL, Case.LATER_HIGHER, Case.UNDATED_HIGHER})
_ONE_ISSUER = frozenset({Case.SAME_ISSUER, Case.SAME_DOCUMENT})


def _repeated(standing: _Standing) -> _Standing:
    """The same content on both sides: nothing differs, so nobody prevails."""
    if standing.case in _BY_FORCE:
        return _Standing(Case.DUPLICATE_HIGHER, standing.target)
    if standing.case in _ONE_ISSUER:
        return _Standing(Case.DUPLICATE_SAME_ISSUER, standing.target)
    reason = standing.reason
    unknown = _Reason(f" (chưa rõ {reason.vi})", f" (not known: {reason.en})") if reason.vi else reason
    return _Standing(Case.DUPLICATE_OTHER, standing.target, reason=unknown)


def _overlapping(standing: _Standing) -> _Standing:
    if standing.case in _BY_FORCE:
        return replace(standing, case=Case.OVERLAP_HIGHER, assumed=False)
    if standing.case in _ONE_ISSUER:
        return replace(standing, case=Case.OVERLAP_SAME_ISSUER)
    return _Standing(Case.OVERLAP_OTHER) if standing.case is Case.NO_RULE else standing


# --- where and when the two rules meet ---------------------------------------------------------------------------------------------------


def _area(side: Side) -> Territory | None:
    if side.territory is not None:
        return side.territory
    if side.issuer is None:
        return NATION if side.kind in _IMPLIED_BODY else None
    return side.issuer.territory if side.issuer.local else NATION


def _meeting(pair: ProvisionPair, judged: dt.date | None) -> TerritoryRelation:
    return relate(_area(pair.a), _area(pair.b), judged or dt.date.max)  # without any day the map of today is meant


def _apart(pair: ProvisionPair, relation: Relation, judged: dt.date | None) -> _Standing | None:
    """The standing of two rules that never meet in place or time, None when they do."""
    meeting = _meeting(pair, judged)
    if relation is Relation.DIVERGENT:
        return _Standing(Case.MERGED_AREA)
    if meeting is TerritoryRelation.MERGED:
        return _Standing(Case.MERGED_AREA if relation is Relation.CONTRADICTION else Case.MERGED_ALIKE)
    if meeting is TerritoryRelation.DISJOINT:
        return _Standing(Case.DISJOINT_AREA)
    for name, first, second in ((_A, pair.a, pair.b), (_B, pair.b, pair.a)):
        start = second.effective or second.issued
        if first.expires is not None and start is not None and first.expires <= start:
            return _Standing(Case.DISJOINT_TIME, name)
    return None


def _expired(pair: ProvisionPair, on: dt.date | None) -> _Standing | None:
    for name, side in ((_A, pair.a), (_B, pair.b)):
        if on is not None and side.expires is not None and side.expires <= on:
            return _Standing(Case.EXPIRED, name)
    return None


# --- who prevails ------------------------------------------------------------------------------------------------------------------------


def _weigh(pair: ProvisionPair) -> _Standing:
    """The standing of two differing rules that meet."""
    a, b = pair.a, pair.b
    for name, side in ((_A, a), (_B, b)):
        if _administrative(side):
            letter = name.value
            reason = _Reason(f"số, ký hiệu hoặc loại văn bản của {{{letter}}}", f"by number or kind of {{{letter}}}")
            return _Standing(Case.ADMINISTRATIVE, name, reason=reason)
    if _same_document(a, b):
        return _Standing(Case.SAME_DOCUMENT)
    order = compare_rank(_rank(a), _rank(b))
    if order is RankOrder.UNKNOWN:
        return _unknown([_rank_reason(side, letter) for side, letter in ((a, "a"), (b, "b")) if _rank(side) is None])
    if _meeting(pair, None) is TerritoryRelation.UNKNOWN:
        missing = [letter for side, letter in ((a, "a"), (b, "b")) if _area(side) is None] or ["a", "b"]
        return _unknown([_Reason(f"địa bàn áp dụng của {{{n}}}", f"the area of {{{n}}}") for n in missing])
    if order is RankOrder.EQUAL:
        return _by_issue(a, b)
    return _by_force(a, b, _A) if order is RankOrder.HIGHER else _by_force(b, a, _B)


def _unknown(reasons: list[_Reason]) -> _Standing:
    return _Standing(Case.UNKNOWN, reason=_Reason("; ".join(r.vi for r in reasons), "; ".join(r.en for r in reasons)))


def _rank(side: Side) -> int | None:
    if side.rank is not None or side.kind is None:
        return side.rank
    return legal_rank(side.kind, side.issuer, side.issued)


def _rank_reason(side: Side, letter: str) -> _Reason:
    if side.kind is Kind.CONSOLIDATED:
        return _Reason(f"văn bản được hợp nhất tại {{{letter}}}", f"the sources of the consolidated text {{{letter}}}")
    if side.kind is None or side.kind is Kind.UNKNOWN:
        return _Reason(f"loại văn bản của {{{letter}}}", f"the kind of document of {{{letter}}}")
    if side.issuer is None:
        return _Reason(f"cơ quan ban hành của {{{letter}}}", f"the issuing body of {{{letter}}}")
    return _Reason(
        f"bậc của {{{letter}}} trong hệ thống văn bản quy phạm pháp luật",
        f"the rank of {{{letter}}} among normative documents",
    )


def _administrative(side: Side) -> bool:
    """Whether the form is that of an administrative document: by kind, or by a number without year where one was required."""
    if side.kind is None or side.kind is Kind.CONSOLIDATED:
        return False
    number = _number(side)
    if normativity(side.kind, number, side.issuer, side.issued) is not Normativity.ADMINISTRATIVE:
        return False
    return side.kind is Kind.ADMINISTRATIVE or side.issued is None or side.issued >= _LOCAL_NUMBERS_WITH_YEAR


def _number(side: Side) -> DocumentNumber | None:
    try:
        return DocumentNumber.parse(side.number) if side.number else None
    except ValueError:
        return None


def _same_document(a: Side, b: Side) -> bool:
    """Whether both stand in one document; a key without issuer, number or date tells nothing (a number alone is no key)."""
    if not a.document or a.document != b.document:
        return False
    try:
        key = DocumentKey.parse(a.document)
    except ValueError:
        return True  # a key of another grammar that both sides share
    return all((key.issuer, key.number, key.date))


def _by_force(higher: Side, lower: Side, name: Prevailing) -> _Standing:
    """The higher side prevails; whether the lower one was unlawful is judged on its day of issue (Điều 6 NĐ 79/2025/NĐ-CP)."""
    target, low = (_B, "b") if name is _A else (_A, "a")
    high = name.value
    adopted = higher.issued or higher.effective
    if adopted is None or lower.issued is None:
        which = low if lower.issued is None else high
        reason = _Reason(f"ngày ban hành của {{{which}}}", f"the day of issue of {{{which}}}")
        return _Standing(Case.UNDATED_HIGHER, target, name, reason)
    if adopted > lower.issued:
        return _Standing(Case.LATER_HIGHER, target, name)
    if higher.effective is None or higher.effective <= lower.issued:
        return _Standing(Case.UNLAWFUL, target, name, assumed=higher.effective is None)
    if lower.effective is None:
        reason = _Reason(f"ngày có hiệu lực của {{{low}}}", f"the effective date of {{{low}}}")
        return _Standing(Case.UNDATED_HIGHER, target, name, reason)
    return _Standing(Case.UNLAWFUL if higher.effective <= lower.effective else Case.LATER_HIGHER, target, name)


def _by_issue(a: Side, b: Side) -> _Standing:
    """Equal force: with one issuer the later day of ISSUE prevails, with different issuers nobody does."""
    ours, theirs = _issuer(a), _issuer(b)
    vague = [letter for issuer, letter in ((ours, "a"), (theirs, "b")) if issuer is None]
    if ours is None or theirs is None:
        return _unknown([_Reason(f"cơ quan ban hành của {{{n}}}", f"the issuing body of {{{n}}}") for n in vague])
    if _members(ours) != _members(theirs):
        succeeded = _succession(ours, theirs)
        if not succeeded:
            return _Standing(Case.NO_RULE)
        older_b = a.issued is not None and b.issued is not None and b.issued < a.issued
        return _Standing(Case.SUCCESSOR, _B if older_b else _A)
    if a.issued is None or b.issued is None:
        undated = [letter for side, letter in ((a, "a"), (b, "b")) if side.issued is None]
        return _unknown([_Reason(f"ngày ban hành của {{{n}}}", f"the day of issue of {{{n}}}") for n in undated])
    if a.issued == b.issued:
        return _unknown([_Reason("văn bản nào được ban hành sau (cùng một ngày)", "which was issued later (same day)")])
    later, target = (_A, _B) if a.issued > b.issued else (_B, _A)
    return _Standing(Case.SAME_ISSUER, target, later, by_force=False)


def _issuer(side: Side) -> Issuer | None:
    """The issuer where it is known which body it is: "Bộ" or a people's committee without its place is none.

    A joint document has its ministries as issuer, although its letterhead, read alone, names the first of them.
    """
    if side.kind in (Kind.JOINT_CIRCULAR, Kind.JOINT_RESOLUTION):
        number = _number(side)
        joint = issuer_from_symbol(number.symbol) if number is not None else side.issuer
        return joint if joint is not None and joint.body is Body.JOINT else None
    if side.issuer is None:
        body = _IMPLIED_BODY.get(side.kind) if side.kind is not None else None
        return Issuer(body, body.value, "") if body is not None else None
    vague = side.issuer.id == Body.MINISTRY.value or (side.issuer.local and "." not in side.issuer.id)
    return None if vague else side.issuer


def _members(issuer: Issuer) -> frozenset[str]:
    """The bodies behind an id: joint documents of the same ministries have one issuer whatever the order of their symbol."""
    return frozenset(issuer.id.split(".")[-1].split("-")) if issuer.body is Body.JOINT else frozenset({issuer.id})


def _succession(a: Issuer, b: Issuer) -> bool:
    """Whether one of two bodies took over from the other: a merged ministry, an enlarged province against its old parts."""
    if b.id in successors(a, dt.date.max) or a.id in successors(b, dt.date.max):
        return True
    if not (a.local and b.local and a.body is b.body and a.level is b.level):
        return False
    return relate(a.territory, b.territory, dt.date.max) in _OVERLAPPING

"""Kinds of documents and their legal force: Điều 4 Luật Ban hành văn bản quy phạm pháp luật 64/2025/QH15, amended by 87/2025/QH15."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING

from nlp.law.issuers import Body, Issuer, UnitLevel

if TYPE_CHECKING:
    from nlp.law.identifiers import DocumentNumber


class Kind(StrEnum):
    """The kinds ("tên loại văn bản")."""

    CONSTITUTION = "constitution"
    CODE = "code"
    LAW = "law"
    ORDINANCE = "ordinance"
    RESOLUTION = "resolution"
    JOINT_RESOLUTION = "joint_resolution"
    PRESIDENT_ORDER = "president_order"
    DECREE = "decree"
    DECISION = "decision"
    CIRCULAR = "circular"
    JOINT_CIRCULAR = "joint_circular"
    DIRECTIVE = "directive"
    CONSOLIDATED = "consolidated"
    ADMINISTRATIVE = "administrative"
    UNKNOWN = "unknown"


class Normativity(StrEnum):
    """Whether a document is a "văn bản quy phạm pháp luật"."""

    NORMATIVE = "normative"
    ADMINISTRATIVE = "administrative"
    UNKNOWN = "unknown"


class RankOrder(StrEnum):
    """How the legal force of one document stands to another's."""

    HIGHER = "higher"
    EQUAL = "equal"
    LOWER = "lower"
    UNKNOWN = "unknown"


_NAMES: dict[Kind, str] = {
    Kind.CONSTITUTION: "Hiến pháp",
    Kind.CODE: "Bộ luật",
    Kind.LAW: "Luật",
    Kind.ORDINANCE: "Pháp lệnh",
    Kind.JOINT_RESOLUTION: "Nghị quyết liên tịch",
    Kind.RESOLUTION: "Nghị quyết",
    Kind.PRESIDENT_ORDER: "Lệnh",
    Kind.DECREE: "Nghị định",
    Kind.DECISION: "Quyết định",
    Kind.JOINT_CIRCULAR: "Thông tư liên tịch",
    Kind.CIRCULAR: "Thông tư",
    Kind.DIRECTIVE: "Chỉ thị",
    Kind.CONSOLIDATED: "Văn bản hợp nhất",
}
# Names of administrative documents (Điều 7 Nghị định 30/2020/NĐ-CP), and joint circulars' older spelling
_ADMINISTRATIVE = (
    "công văn", "kế hoạch", "thông báo", "báo cáo", "tờ trình", "kết luận", "hướng dẫn", "công điện", "biên bản", "chương trình",
    "phương án", "đề án", "giấy mời", "thông cáo", "phiếu", "giấy ủy quyền", "bản ghi nhớ", "dự án", "hợp đồng", "thư công",
)  # fmt: skip
_EXTRA = {"thông tư liên bộ": Kind.JOINT_CIRCULAR, "sắc lệnh": Kind.PRESIDENT_ORDER, "sắc luật": Kind.LAW}


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip().lower()


_BY_NAME = sorted(((name.lower(), kind) for kind, name in _NAMES.items()), key=lambda row: -len(row[0]))


def kind_name(kind: Kind) -> str:
    """The Vietnamese name: "Nghị quyết"; "Văn bản" where the kind is unknown."""
    return _NAMES.get(kind, "Văn bản")


def kind_from_name(name: str) -> Kind:
    """The kind whose name begins `name` ("Nghị quyết của HĐND ..." is RESOLUTION); UNKNOWN when none does."""
    folded = _fold(name)
    for text, kind in (*_EXTRA.items(), *_BY_NAME):
        if folded == text or folded.startswith(text + " "):
            return kind
    if folded.startswith(_ADMINISTRATIVE):
        return Kind.ADMINISTRATIVE
    return Kind.UNKNOWN


_SYMBOL_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"VBHN(-|$)", Kind.CONSOLIDATED),
    (r"TTLT|TTLB|TT[-/]LB|LB|TT/LT", Kind.JOINT_CIRCULAR),
    (r"NQLT", Kind.JOINT_RESOLUTION),
    (r"PL([-/]|$)", Kind.ORDINANCE),
    (r"(NQ|NQLT)?[-.]?UBTVQH\d*$|NQ[-/.]", Kind.RESOLUTION),
    (r"QH\d+$", Kind.LAW),
    (r"L-CTN|LCT|SL([-/]|$)", Kind.PRESIDENT_ORDER),
    (r"NĐ|ND-CP|CP$|HĐBT$", Kind.DECREE),
    (r"QĐ|QD", Kind.DECISION),
    (r"TT([-/.]|$)", Kind.CIRCULAR),
    (r"CT([-/.]|$)", Kind.DIRECTIVE),
    (r"(KH|TB|BC|TTr|CV|KL|HD|CĐ|BB|CTr|PA|ĐA|GM|GP)([-/.]|$)", Kind.ADMINISTRATIVE),
)


def kind_from_symbol(symbol: str) -> Kind:
    """The kind that a number's symbol tells: "NQ-HĐND" RESOLUTION, "QH15" LAW (a resolution of the National Assembly looks alike), else UNKNOWN."""
    for pattern, kind in _SYMBOL_KINDS:
        if re.match(pattern, symbol):
            return kind
    return Kind.UNKNOWN


_CENTRAL_RANK: dict[tuple[Kind, Body], int] = {
    (Kind.RESOLUTION, Body.NATIONAL_ASSEMBLY): 2,
    (Kind.RESOLUTION, Body.STANDING_COMMITTEE): 3,
    (Kind.PRESIDENT_ORDER, Body.PRESIDENT): 4,
    (Kind.DECISION, Body.PRESIDENT): 4,
    (Kind.RESOLUTION, Body.GOVERNMENT): 5,
    (Kind.DECREE, Body.GOVERNMENT): 5,
    (Kind.DECISION, Body.PRIME_MINISTER): 6,
    (Kind.RESOLUTION, Body.SUPREME_COURT): 7,
}
_MINISTERIAL = frozenset({Body.MINISTRY, Body.SUPREME_COURT, Body.SUPREME_PROCURACY, Body.STATE_AUDIT})
# Until Luật 17/2008/QH12 took effect ministers also issued normative decisions and directives, the Prime Minister directives.
MINISTERIAL_DECISIONS_END = dt.date(2009, 1, 1)
# Quyết định của Tổng Kiểm toán nhà nước was a normative form until Luật 64/2025/QH15 made it a circular.
STATE_AUDIT_DECISIONS_END = dt.date(2025, 4, 1)
# Until Luật 80/2015/QH13 took effect people's committees issued normative directives.
LOCAL_DIRECTIVES_END = dt.date(2016, 7, 1)


def legal_rank(kind: Kind, issuer: Issuer | None, issued: dt.date | None = None) -> int | None:
    """The place of a document in Điều 4, 1 (strongest) to 14; None where it is not a normative form or the facts do not tell."""
    fixed = {Kind.CONSTITUTION: 1, Kind.CODE: 2, Kind.LAW: 2, Kind.ORDINANCE: 3, Kind.DECREE: 5, Kind.JOINT_CIRCULAR: 9}
    if kind in fixed:
        return fixed[kind]
    if kind is Kind.JOINT_RESOLUTION:
        return 3 if issuer is not None and issuer.body is Body.STANDING_COMMITTEE else 5
    if kind is Kind.CIRCULAR:
        return 8
    if issuer is None:
        return None
    if (kind, issuer.body) in _CENTRAL_RANK:
        return _CENTRAL_RANK[kind, issuer.body]
    if issuer.body is Body.STATE_AUDIT and kind is Kind.DECISION:
        return 8 if issued is None or issued < STATE_AUDIT_DECISIONS_END else None
    if issuer.body in _MINISTERIAL:
        return (
            8
            if kind in (Kind.DECISION, Kind.DIRECTIVE) and issued is not None and issued < MINISTERIAL_DECISIONS_END
            else None
        )
    if issuer.body is Body.PRIME_MINISTER:
        return 6 if kind is Kind.DIRECTIVE and issued is not None and issued < MINISTERIAL_DECISIONS_END else None
    return _local_rank(kind, issuer, issued)


def _local_rank(kind: Kind, issuer: Issuer, issued: dt.date | None) -> int | None:
    council = {UnitLevel.PROVINCE: 10, UnitLevel.DISTRICT: 13, UnitLevel.COMMUNE: 13}
    committee = {UnitLevel.PROVINCE: 11, UnitLevel.DISTRICT: 14, UnitLevel.COMMUNE: 14}
    level = issuer.level or UnitLevel.PROVINCE
    if issuer.body is Body.PEOPLE_COUNCIL and kind is Kind.RESOLUTION:
        return council.get(level)
    if issuer.body in (Body.PEOPLE_COMMITTEE, Body.COMMITTEE_CHAIR):
        if kind is Kind.DECISION:
            return committee.get(level)
        if kind is Kind.DIRECTIVE and issued is not None and issued < LOCAL_DIRECTIVES_END:
            return committee.get(level)
    return None


# Circulars and joint circulars have a place each in the list but no order of force between them.
_LEVELS = {9: 8}


def compare_rank(a: int | None, b: int | None) -> RankOrder:
    """How a's legal force stands to b's; circulars (8) and joint circulars (9) are equal; UNKNOWN when either is."""
    if a is None or b is None:
        return RankOrder.UNKNOWN
    left, right = _LEVELS.get(a, a), _LEVELS.get(b, b)
    if left == right:
        return RankOrder.EQUAL
    return RankOrder.HIGHER if left < right else RankOrder.LOWER


_ALWAYS = frozenset({Kind.CONSTITUTION, Kind.CODE, Kind.LAW, Kind.ORDINANCE})
# The number of a normative document carries its year since Luật Ban hành VBQPPL 1996 (Điều 7.3 Luật 64/2025/QH15 today).
YEAR_IN_NUMBER_SINCE = dt.date(1997, 1, 1)


def normativity(
    kind: Kind, number: DocumentNumber | None, issuer: Issuer | None, issued: dt.date | None = None
) -> Normativity:
    """Whether the form of a document is normative: the kind has a rank and the number carries its year.

    UNKNOWN without a number, and for numbers without a year before 1997 where the year was not yet required.
    """
    if kind in _ALWAYS:
        return Normativity.NORMATIVE
    if kind in (Kind.ADMINISTRATIVE, Kind.CONSOLIDATED):
        return Normativity.ADMINISTRATIVE
    if number is None or kind is Kind.UNKNOWN:
        return Normativity.UNKNOWN
    if issuer is not None and legal_rank(kind, issuer, issued) is None:
        return Normativity.ADMINISTRATIVE
    if number.year is not None:
        return Normativity.NORMATIVE
    if issued is not None and issued < YEAR_IN_NUMBER_SINCE:
        return (
            Normativity.NORMATIVE if kind in (Kind.DECREE, Kind.CIRCULAR, Kind.JOINT_CIRCULAR) else Normativity.UNKNOWN
        )
    return Normativity.ADMINISTRATIVE

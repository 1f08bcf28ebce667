"""Kinds, legal force, normativity and issuing bodies, on real forms."""

from __future__ import annotations

import datetime as dt

import pytest

from nlp.law.identifiers import DocumentNumber
from nlp.law.issuers import Body, UnitLevel, issuer_from_symbol, parse_issuer, successors
from nlp.law.rank import (
    Kind,
    Normativity,
    RankOrder,
    compare_rank,
    kind_from_name,
    kind_from_symbol,
    kind_name,
    legal_rank,
    normativity,
)

DAY = dt.date(2024, 5, 20)

DOCUMENTS = [
    # number, kind name, issuer as printed, day, body, rank, normative
    ("64/2025/QH15", "Luật", "Quốc hội", DAY, Body.NATIONAL_ASSEMBLY, 2, True),
    ("190/2025/QH15", "Nghị quyết", "Quốc hội", DAY, Body.NATIONAL_ASSEMBLY, 2, True),
    ("02/2022/UBTVQH15", "Pháp lệnh", "Ủy ban thường vụ Quốc hội", DAY, Body.STANDING_COMMITTEE, 3, True),
    ("78/2025/NĐ-CP", "Nghị định", "CHÍNH PHỦ", DAY, Body.GOVERNMENT, 5, True),
    ("115/NQ-CP", "Nghị quyết", "Chính phủ", DAY, Body.GOVERNMENT, 5, False),  # no year: administrative
    ("05/2024/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ", DAY, Body.PRIME_MINISTER, 6, True),
    ("04/2019/NQ-HĐTP", "Nghị quyết", "Hội đồng Thẩm phán Tòa án nhân dân tối cao", DAY, Body.SUPREME_COURT, 7, True),
    ("16/2025/TT-BCT", "Thông tư", "Bộ Công Thương", DAY, Body.MINISTRY, 8, True),
    ("122/2011/TTLT-BTC-BTP", "Thông tư liên tịch", "", DAY, Body.JOINT, 9, True),
    ("51/2008/QĐ-BCT", "Quyết định", "Bộ trưởng Bộ Công Thương", dt.date(2008, 12, 30), Body.MINISTRY, 8, True),
    ("135/QĐ-BLĐTBXH", "Quyết định", "Bộ Lao động - Thương binh và Xã hội", DAY, Body.MINISTRY, None, False),
    ("18/2025/NQ-HĐND", "Nghị quyết", "HỘI ĐỒNG NHÂN DÂN TỈNH THANH HÓA", DAY, Body.PEOPLE_COUNCIL, 10, True),
    ("12/2024/QĐ-UBND", "Quyết định", "ỦY BAN NHÂN DÂN TỈNH THÁI BÌNH", DAY, Body.PEOPLE_COMMITTEE, 11, True),
    ("3010/QĐ-UBND", "Quyết định", "UBND tỉnh Thái Bình", DAY, Body.PEOPLE_COMMITTEE, 11, False),
    ("02/2023/QĐ-UBND", "Quyết định", "UBND huyện Ba Vì, thành phố Hà Nội", DAY, Body.PEOPLE_COMMITTEE, 14, True),
    (
        "01/2026/NQ-HĐND",
        "Nghị quyết",
        "HĐND xã An Bình, tỉnh Hưng Yên",
        dt.date(2026, 1, 9),
        Body.PEOPLE_COUNCIL,
        13,
        True,
    ),
    ("11/CT-UBND", "Chỉ thị", "UBND thành phố Hà Nội", DAY, Body.PEOPLE_COMMITTEE, None, False),
    ("75/2005/CT-UB", "Chỉ thị", "Ủy ban nhân dân tỉnh Sơn La", dt.date(2005, 3, 1), Body.PEOPLE_COMMITTEE, 11, True),
]


@pytest.mark.parametrize(("number", "name", "issuer_text", "day", "body", "rank", "normative"), DOCUMENTS)
def test_force_and_form(
    number: str, name: str, issuer_text: str, day: dt.date, body: Body, rank: int | None, normative: bool
) -> None:
    parsed = DocumentNumber.parse(number)
    kind = kind_from_name(name)
    issuer = parse_issuer(issuer_text, parsed.symbol, day)
    assert issuer is not None
    assert issuer.body is body
    assert legal_rank(kind, issuer, day) == rank
    expected = Normativity.NORMATIVE if normative else Normativity.ADMINISTRATIVE
    assert normativity(kind, parsed, issuer, day) is expected


def test_kind_names_round_trip() -> None:
    for kind in Kind:
        if kind not in (Kind.UNKNOWN, Kind.ADMINISTRATIVE):
            assert kind_from_name(kind_name(kind).upper()) is kind


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [("QĐ-UBND", Kind.DECISION), ("TTLT-BTC-BTP", Kind.JOINT_CIRCULAR), ("TTr-STP", Kind.ADMINISTRATIVE), ("TT-BTC", Kind.CIRCULAR),
     ("PL-UBTVQH10", Kind.ORDINANCE), ("VBHN-VPQH", Kind.CONSOLIDATED), ("NQ-HĐND", Kind.RESOLUTION), ("XYZ", Kind.UNKNOWN)],
)  # fmt: skip
def test_kind_from_symbol(symbol: str, kind: Kind) -> None:
    assert kind_from_symbol(symbol) is kind


def test_rank_order() -> None:
    assert compare_rank(2, 11) is RankOrder.HIGHER
    assert compare_rank(11, 10) is RankOrder.LOWER
    assert compare_rank(8, 9) is RankOrder.EQUAL  # circular and joint circular: no order of force
    assert compare_rank(None, 2) is RankOrder.UNKNOWN


def test_enlarged_province_is_another_issuer() -> None:
    before = parse_issuer("Ủy ban nhân dân tỉnh Hưng Yên", on=dt.date(2023, 1, 1))
    after = parse_issuer("Ủy ban nhân dân tỉnh Hưng Yên", on=dt.date(2025, 9, 1))
    unchanged = parse_issuer("Ủy ban nhân dân tỉnh Sơn La", on=dt.date(2025, 9, 1))
    assert before is not None
    assert after is not None
    assert unchanged is not None
    assert (before.id, after.id, unchanged.id) == ("ubnd.hung-yen", "ubnd.hung-yen+2025", "ubnd.son-la")
    assert before.level is UnitLevel.PROVINCE


def test_merged_ministries() -> None:
    ministry = parse_issuer("Bộ Tài nguyên và Môi trường")
    assert ministry is not None
    assert successors(ministry, dt.date(2024, 1, 1)) == ()
    assert successors(ministry, dt.date(2025, 3, 1)) == ("bo.BNNMT",)
    finance = issuer_from_symbol("TT-BTC")
    assert finance is not None
    assert (finance.id, finance.name) == ("bo.BTC", "Bộ Tài chính")


def test_spelling_variants_of_a_ministry_agree() -> None:
    ids = {
        issuer.id if (issuer := parse_issuer(text)) else None
        for text in (
            "BỘ VĂN HOÁ, THỂ THAO VÀ DU LỊCH",
            "Bộ Văn hóa - Thể thao và Du lịch",
            "Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch",
        )
    }
    assert ids == {"bo.BVHTTDL"}

"""Territories over time and the life of documents."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.law.issuers import parse_issuer
from nlp.law.territory import (
    NATION,
    Territory,
    TerritoryLevel,
    TerritoryRelation,
    load_overlay,
    national_gazetteer,
    parse_territory,
    relate,
)
from nlp.law.validity import EventKind, Status, Validity, ValidityEvent, earliest_effective

OLD = dt.date(2024, 1, 1)
NEW = dt.date(2026, 1, 1)


def area(text: str, on: dt.date) -> Territory:
    found = parse_territory(text, on)
    assert found is not None
    return found


def test_thirty_four_units_since_the_merger() -> None:
    def alive(on: dt.date) -> set[str]:
        return {unit.name for unit in national_gazetteer().units if unit.alive(on)}

    assert len(alive(NEW)) == 34
    assert len(alive(OLD)) == 63
    assert len(alive(dt.date(2005, 1, 1))) == 64  # Hà Tây still apart
    assert len(alive(dt.date(1998, 1, 1))) == 61


@pytest.mark.parametrize(
    "day",
    [
        dt.date(1990, 1, 1),
        dt.date(1991, 12, 1),
        dt.date(1993, 1, 1),
        dt.date(1998, 1, 1),
        dt.date(2005, 1, 1),
        OLD,
        dt.date(2025, 3, 1),
        NEW,
    ],
)
def test_units_of_a_day_do_not_overlap(day: dt.date) -> None:
    atoms = [atom for unit in national_gazetteer().units if unit.alive(day) for atom in unit.atoms]
    assert sorted(atoms) == sorted(set(atoms))


RELATIONS = [
    (("tỉnh Thái Bình", OLD), ("tỉnh Hưng Yên", OLD), NEW, TerritoryRelation.MERGED),
    (("tỉnh Thái Bình", OLD), ("tỉnh Hưng Yên", OLD), OLD, TerritoryRelation.DISJOINT),
    (("tỉnh Thái Bình", OLD), ("tỉnh Hưng Yên", NEW), NEW, TerritoryRelation.WITHIN),
    (("tỉnh Hưng Yên", NEW), ("tỉnh Thái Bình", OLD), NEW, TerritoryRelation.CONTAINS),
    (("tỉnh Sơn La", OLD), ("tỉnh Lai Châu", OLD), NEW, TerritoryRelation.DISJOINT),
    (("TỈNH SƠN LA", OLD), ("tỉnh Sơn La", NEW), NEW, TerritoryRelation.SAME),
    (("huyện Ba Vì, thành phố Hà Nội", OLD), ("thành phố Hà Nội", OLD), NEW, TerritoryRelation.WITHIN),
    (("huyện Ba Vì, thành phố Hà Nội", OLD), ("huyện Sóc Sơn, thành phố Hà Nội", OLD), NEW, TerritoryRelation.DISJOINT),
    (("cả nước", OLD), ("tỉnh Sơn La", OLD), NEW, TerritoryRelation.CONTAINS),
    (("tỉnh Hà Bắc", dt.date(1995, 1, 1)), ("tỉnh Bắc Ninh", OLD), OLD, TerritoryRelation.CONTAINS),
]


@pytest.mark.parametrize(("left", "right", "on", "expected"), RELATIONS)
def test_relations(
    left: tuple[str, dt.date], right: tuple[str, dt.date], on: dt.date, expected: TerritoryRelation
) -> None:
    assert relate(area(*left), area(*right), on) is expected


MIRROR = {TerritoryRelation.CONTAINS: TerritoryRelation.WITHIN, TerritoryRelation.WITHIN: TerritoryRelation.CONTAINS}
names = st.sampled_from([unit.name for unit in national_gazetteer().units])
days = st.dates(dt.date(1990, 1, 1), dt.date(2027, 1, 1))


@given(names, names, days, days, days)
def test_relations_mirror(left: str, right: str, left_day: dt.date, right_day: dt.date, on: dt.date) -> None:
    a, b = (
        parse_territory(f"tỉnh {left}", left_day) or NATION,
        parse_territory(f"thành phố {right}", right_day) or NATION,
    )
    forward = relate(a, b, on)
    assert relate(b, a, on) is MIRROR.get(forward, forward)


def test_names_inside_text() -> None:
    assert area("Ủy ban nhân dân thành phố Thái Bình, tỉnh Thái Bình", OLD).level is TerritoryLevel.DISTRICT
    assert area("TP. Hồ Chí Minh", OLD).units == {"ho-chi-minh"}
    assert area("trên địa bàn tỉnh Bà Rịa - Vũng Tàu", OLD).name == "tỉnh Bà Rịa - Vũng Tàu"
    assert area("tỉnh Thanh Hoá", OLD) == area("tỉnh Thanh Hóa", OLD)  # tone placement
    assert parse_territory("theo quy định của pháp luật") is None


def test_overlay_adds_fictional_units() -> None:
    overlay = load_overlay(
        '[[merger]]\nnew = "tỉnh Lam Giang"\nold = ["tỉnh Lam Sơn", "tỉnh Giang Đông"]\neffective = "2025-07-01"\n'
    )
    left, right = overlay.parse("tỉnh Lam Sơn", OLD), overlay.parse("tỉnh Giang Đông", OLD)
    new = overlay.parse("tỉnh Lam Giang", NEW)
    assert relate(left, right, NEW) is TerritoryRelation.MERGED
    assert relate(left, new, NEW) is TerritoryRelation.WITHIN
    with pytest.raises(ValueError, match="number 1"):
        load_overlay('[[merger]]\nnew = "tỉnh A"\n')


def test_status_over_time() -> None:
    life = Validity(issued=dt.date(2020, 1, 1), effective=dt.date(2020, 1, 11))
    life = life.with_event(ValidityEvent(EventKind.REPEALED, dt.date(2023, 1, 1), path="main/art_5"))
    life = life.with_event(ValidityEvent(EventKind.SUSPENDED, dt.date(2024, 1, 1)))
    life = life.with_event(ValidityEvent(EventKind.RESUMED, dt.date(2024, 6, 1)))
    life = life.with_event(ValidityEvent(EventKind.REPLACED, dt.date(2025, 1, 1)))
    assert life.status(dt.date(2020, 1, 5)) is Status.NOT_YET
    assert life.status(dt.date(2022, 1, 1)) is Status.IN_FORCE
    assert life.status(dt.date(2023, 1, 1)) is Status.PARTLY_EXPIRED
    assert life.status(dt.date(2023, 1, 1), "main/art_5/cl_1") is Status.EXPIRED
    assert life.status(dt.date(2023, 1, 1), "main/art_50") is Status.IN_FORCE
    assert life.status(dt.date(2024, 3, 1)) is Status.SUSPENDED
    assert life.status(dt.date(2024, 6, 1)) is Status.PARTLY_EXPIRED
    assert life.status(dt.date(2025, 1, 1)) is Status.EXPIRED
    assert Validity().in_force(OLD) is None


@pytest.mark.parametrize(
    ("issuer", "issued", "expected"),
    [
        ("Chính phủ", dt.date(2025, 5, 1), dt.date(2025, 6, 15)),  # 45 days, Điều 53 Luật 64/2025/QH15
        ("UBND tỉnh Sơn La", dt.date(2025, 5, 1), dt.date(2025, 5, 11)),
        (
            "UBND huyện Ba Vì, thành phố Hà Nội",
            dt.date(2020, 5, 1),
            dt.date(2020, 5, 8),
        ),  # 7 days, Điều 151 Luật 80/2015/QH13
        ("HĐND xã An Bình, tỉnh Hưng Yên", dt.date(2010, 5, 1), dt.date(2010, 5, 6)),  # 5 days, law of 2004
        ("Bộ Tài chính", dt.date(2003, 5, 1), None),
    ],
)
def test_earliest_effective_day(issuer: str, issued: dt.date, expected: dt.date | None) -> None:
    body = parse_issuer(issuer, on=issued)
    assert body is not None
    assert earliest_effective(body, issued) == expected

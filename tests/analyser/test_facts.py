"""Loose facts become sides; nothing is guessed."""

from __future__ import annotations

import datetime as dt

import pytest

from nlp.analyser.boilerplate import is_boilerplate
from nlp.analyser.corpus import side_citation
from nlp.analyser.facts import side_from_facts
from nlp.law.rank import Kind
from nlp.law.territory import NATION


def test_facts_of_a_provincial_provision() -> None:
    side = side_from_facts(
        "Mức hỗ trợ là 500.000 đồng.",
        number="12/2019/QĐ-UBND",
        issuer="Ủy ban nhân dân tỉnh Lạng Sơn",
        issued=dt.date(2019, 4, 19),
        territory="tỉnh Lạng Sơn",
        path="khoản 3 Điều 6",
    )
    assert (side.kind, side.rank) == (Kind.DECISION, 11)
    assert side.issuer is not None
    assert side.issuer.id == "ubnd.lang-son"
    assert side.territory is not None
    assert side.territory.units == {"lang-son"}
    assert side.document == "ubnd.lang-son:decision:12/2019/QĐ-UBND:2019-04-19"
    assert side_citation(side) == "khoản 3 Điều 6 Quyết định số 12/2019/QĐ-UBND"


def test_number_alone_tells_ministry_kind_and_nation() -> None:
    side = side_from_facts("x", number="01/2010/TT-BNG", issuer="Bộ")
    assert side.issuer is not None
    assert (side.kind, side.rank, side.issuer.id, side.territory) == (Kind.CIRCULAR, 8, "bo.BNG", NATION)


def test_text_alone_stays_unknown() -> None:
    side = side_from_facts("Người dân được hỗ trợ.")
    assert (side.kind, side.rank, side.issuer, side.territory, side.document) == (Kind.UNKNOWN, None, None, None, "")


BOILERPLATE = [
    # text, heading, boilerplate?
    ("1. Giao Ủy ban nhân dân tỉnh tổ chức triển khai thực hiện Nghị quyết này.", "", True),
    ("2. Thường trực Hội đồng nhân dân và các Ban giám sát việc thực hiện Nghị quyết này.", "", True),
    ("Nghị quyết này được Hội đồng nhân dân tỉnh khóa XVII thông qua ngày 10 tháng 7 năm 2024./.", "", True),
    ("1. Giao Ủy ban nhân dân tỉnh quy định mức thu phí cụ thể.", "", False),
    ("3. Giao Ủy ban nhân dân cấp xã tổ chức thực hiện thu gom rác.", "", False),
    ("Điều 1. Phạm vi điều chỉnh\nQuyết định này quy định mức thu phí.", "Phạm vi điều chỉnh", True),
    ("Điều 2. Đối tượng áp dụng\nHộ gia đình, cá nhân.", "Đối tượng áp dụng", True),
    ("Điều 5. Hiệu lực thi hành\nQuyết định này có hiệu lực thi hành kể từ ngày 15 tháng 12 năm 2025.", "Hiệu lực thi hành", True),
    ("1. Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 01 năm 2025.", "Hiệu lực thi hành", True),
    ("1. Nghị định này có hiệu lực thi hành từ ngày 01/8/2024 và thay thế Nghị định số 876/2016/NĐ-CP.", "", True),
    # a rule of its own stands after the date
    ("1. Thông tư này có hiệu lực kể từ ngày 01 tháng 01 năm 2025 và áp dụng đối với việc xét công nhận từ năm 2025.", "Hiệu lực thi hành", False),
    ("Điều 6. Tổ chức thực hiện\nChánh Văn phòng, Giám đốc các sở chịu trách nhiệm thi hành Quyết định này./.", "Tổ chức thực hiện", True),
    # a task given under the same heading is a rule
    ("1. Sở Tài chính trình Ủy ban nhân dân tỉnh đơn giá trước ngày 31 tháng 12 hằng năm.", "Tổ chức thực hiện", False),
    ("Điều 3. Mức giá\n1. Hộ gia đình tại phường: 45.000 đồng/hộ/tháng.", "Mức giá", False),
    ("Giấy phép này có hiệu lực 24 tháng kể từ ngày cấp.", "Thời hạn của giấy phép", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "heading", "expected"), BOILERPLATE)
def test_boilerplate(text: str, heading: str, expected: bool) -> None:
    assert is_boilerplate(text, heading) is expected

"""Commands and deciders of a text: what governs what, who does what."""

from __future__ import annotations

import pytest

from nlp.comparison import shipped_scorer
from nlp.comparison.commands import commands
from nlp.comparison.deciding import deciders
from nlp.comparison.facts import Facts, read_facts
from nlp.law.norm import Modality


def facts(text: str) -> Facts:
    return read_facts(text, shipped_scorer().space)


COMMANDS = [
    ("Hộ kinh doanh phải niêm yết giá.", [(Modality.OBLIGATION, "niêm yết giá")]),
    ("Hộ kinh doanh cần niêm yết giá; khi cần thì báo cáo.", [(Modality.OBLIGATION, "niêm yết giá")]),
    ("Không thanh toán bằng tiền mặt.", [(Modality.PROHIBITION, "thanh toán bằng tiền mặt")]),
    # an act ends where the next command begins
    ("Khoản vay không được gia hạn và phải trả trong năm.", [(Modality.PROHIBITION, "gia hạn và"), (Modality.OBLIGATION, "trả trong năm")]),
    # one command for each point below a lead
    ("Nghiêm cấm:\na) Bán thuốc lá;\nb) Quảng cáo.", [(Modality.PROHIBITION, "Bán thuốc lá"), (Modality.PROHIBITION, "Quảng cáo")]),
    # conditions, inability, a side of a room and a copula command nothing
    ("Trường hợp không được cấp phép thì trả hồ sơ.", []),
    ("Cơ sở không thể hoàn thành nhiệm vụ.", []),
    ("Ảnh treo bên phải, miễn là đủ sáng.", []),
    ("Đơn vị không phải là doanh nghiệp.", []),
    ("Thời hạn không quá 05 ngày.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), COMMANDS, ids=[row[0][:30] for row in COMMANDS])
def test_commands(text: str, expected: list[tuple[Modality, str]]) -> None:
    assert [(found.modality, found.act.of(text).strip()) for found in commands(facts(text))] == expected


DECIDERS = [
    ("Sở Y tế cấp giấy phép.", [("so", "y tế", {"cấp"})]),
    # the field of an office holds a verb
    (
        "Giám đốc Sở Giao thông vận tải quyết định công bố bến xe.",
        [("so", "giao thông vận tải", {"quyết định", "công bố"})],
    ),
    (
        "Chủ tịch Ủy ban nhân dân cấp xã xét, công nhận và công bố thôn đạt chuẩn.",
        [("ct_ubnd_xa", "", {"xem xét", "công nhận", "công bố"})],
    ),
    (
        "Việc sử dụng hồ do Ủy ban nhân dân xã có phần diện tích hồ lớn nhất quyết định.",
        [("ubnd_xa", "", {"quyết định"})],
    ),
    # "cấp huyện" is a level, "theo quy định" a reference, the name of a circular decides nothing
    ("Phòng Nội vụ cấp huyện báo cáo.", []),
    ("Nộp tại Sở Y tế theo quy định.", []),
    ("Thông tư số 12/2020/TT-BTC của Bộ Tài chính quy định công tác phí.", []),
    ("Cơ sở sản xuất lập hồ sơ tại quốc phòng.", []),  # no office but syllables of other words
]


@pytest.mark.parametrize(("text", "expected"), DECIDERS, ids=[row[0][:30] for row in DECIDERS])
def test_deciders(text: str, expected: list[tuple[str, str, set[str]]]) -> None:
    found = deciders(facts(text))
    folded = [
        (each.match.body.id, each.match.field, {verb.replace("qui định", "quy định") for verb in each.verbs})
        for each in found
    ]
    assert folded == expected

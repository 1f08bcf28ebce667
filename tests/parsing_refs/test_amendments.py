"""The formulas of amending texts (domain.md 3.4), and what only looks like one."""

from __future__ import annotations

import pytest

from tests.parsing_refs.reading import changed_in, cited_in

HEAD = """BỘ TÀI CHÍNH
Số: 27/2026/TT-BTC
Hà Nội, ngày 01 tháng 3 năm 2026
THÔNG TƯ
Sửa đổi, bổ sung một số điều của Thông tư số 152/2016/TT-BTC
Căn cứ Luật Giá số 16/2023/QH15;
Bộ trưởng Bộ Tài chính ban hành Thông tư sửa đổi, bổ sung một số điều của Thông tư số 152/2016/TT-BTC ngày 17 tháng 10 năm 2016 đã được sửa đổi theo Thông tư số 40/2019/TT-BTC.
"""
LEAD = "Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 152/2016/TT-BTC\n"
TAIL = "Điều 2. Hiệu lực thi hành\nThông tư này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2026.\n"
DOC = "amended 152/2016/TT-BTC"

OPERATIONS = [
    (
        "1. Sửa đổi, bổ sung khoản 2 Điều 5 như sau:\n“2. Mức chi mới.”.\n",
        [f"amend art_5/cl_2 @ {DOC} = 2. Mức chi mới."],
    ),
    (
        "1. Sửa đổi, bổ sung khoản 2 và khoản 3 Điều 5 như sau:\n“2. Một.\n3. Hai.”.\n",
        [f"amend art_5/cl_2 @ {DOC} = 2. Một.", f"amend art_5/cl_3 @ {DOC} = 3. Hai."],
    ),
    ('1. Khoản 1 Điều 21 được sửa đổi, bổ sung như sau:\n"1. Mới."\n', [f"amend art_21/cl_1 @ {DOC} = 1. Mới."]),
    (
        "1. Bổ sung khoản 3a vào sau khoản 3 Điều 6 như sau:\n“3a. Thêm.”.\n",
        [f"insert art_6/cl_3a @ {DOC} after art_6/cl_3 = 3a. Thêm."],
    ),
    (
        "1. Bổ sung Điều 7a vào sau Điều 7 như sau:\n“Điều 7a. Tên\n1. Một.”.\n",
        [f"insert art_7a @ {DOC} after art_7 = Điều 7a. Tên 1. Một."],
    ),
    (
        "1. Bổ sung điểm đ và điểm e vào khoản 1 Điều 13 như sau:\n“đ) Một;\ne) Hai.”.\n",
        [f"insert art_13/cl_1/pt_e @ {DOC} = e) Hai.", f"insert art_13/cl_1/pt_đ @ {DOC} = đ) Một;"],
    ),
    (
        "1. Sửa đổi, bổ sung khoản 2; bổ sung khoản 3 Điều 8 như sau:\n“2. Một.\n3. Hai.”.\n",
        [f"amend art_8/cl_2 @ {DOC} = 2. Một.", f"insert art_8/cl_3 @ {DOC} = 3. Hai."],
    ),
    ("1. Sửa đổi tên Điều 5 như sau:\n“Điều 5. Tên mới”.\n", [f"rename art_5 @ {DOC} = Điều 5. Tên mới"]),
    (
        "1. Bãi bỏ khoản 5 Điều 5, Điều 6 và Phụ lục I.\n",
        [f"repeal annex_I @ {DOC}", f"repeal art_5/cl_5 @ {DOC}", f"repeal art_6 @ {DOC}"],
    ),
    (
        "1. Thay thế cụm từ “Bộ A” bằng cụm từ “Bộ B” tại khoản 2 Điều 5; Điều 9.\n",
        [f"replace_phrase art_5/cl_2 @ {DOC} [Bộ A > Bộ B]", f"replace_phrase art_9 @ {DOC} [Bộ A > Bộ B]"],
    ),
    # the places of each old phrase before the new one
    (
        "1. Thay cụm từ “giá cước” tại Điều 12; cụm từ “cước phí” tại khoản 1 Điều 13 bằng cụm từ “giá dịch vụ”.\n",
        [
            f"replace_phrase art_12 @ {DOC} [giá cước > giá dịch vụ]",
            f"replace_phrase art_13/cl_1 @ {DOC} [cước phí > giá dịch vụ]",
        ],
    ),
    (
        "1. Sửa đổi cụm từ “Ban A” tại khoản 5 Điều 10 thành cụm từ “Ban B”.\n",
        [f"replace_phrase art_10/cl_5 @ {DOC} [Ban A > Ban B]"],
    ),
    ("1. Bỏ cụm từ “cấp huyện” tại Điều 47.\n", [f"delete_phrase art_47 @ {DOC} [cấp huyện > ]"]),
    (
        "1. Bổ sung cụm từ “tàu cá” sau cụm từ “tàu biển” tại khoản 2 Điều 36.\n",
        [f"replace_phrase art_36/cl_2 @ {DOC} [tàu biển > tàu biển tàu cá]"],
    ),
    # headlines over operations are none themselves
    (
        "1. Sửa đổi, bổ sung một số khoản của Điều 13\na) Bãi bỏ điểm b khoản 1.\nb) Sửa đổi, bổ sung khoản 3 như sau:\n“3. Mới.”.\n",
        [f"repeal art_13/cl_1/pt_b @ {DOC}", f"amend art_13/cl_3 @ {DOC} = 3. Mới."],
    ),
    # a part of an annex goes: the annex is amended, not replaced
    (
        "1. Thay thế Mẫu số 15 Phụ lục II ban hành kèm theo Thông tư số 152/2016/TT-BTC.\n",
        ["amend annex_II @ 152/2016/TT-BTC"],
    ),
    # what tells of an earlier amendment is no target
    (
        "1. Sửa đổi, bổ sung khoản 3 Điều 4 Thông tư số 152/2016/TT-BTC đã được sửa đổi tại Điều 3 Thông tư số 43/2023/TT-BTC như sau:\n“3. Mới.”.\n",
        ["amend art_4/cl_3 @ 152/2016/TT-BTC = 3. Mới."],
    ),
]

CLOSING = [
    ("1. Thông tư này có hiệu lực từ ngày 01 tháng 5 năm 2026 và thay thế Thông tư số 12/2015/TT-BTC ngày 10 tháng 01 năm 2015 của Bộ trưởng Bộ Tài chính.\n", ["replace - @ 12/2015/TT-BTC"]),
    ("1. Bãi bỏ Thông tư số 12/2015/TT-BTC; Thông tư số 13/2015/TT-BTC.\n", ["repeal - @ 12/2015/TT-BTC", "repeal - @ 13/2015/TT-BTC"]),
    ("1. Thông tư số 12/2015/TT-BTC hết hiệu lực kể từ ngày 01 tháng 8 năm 2026.\n", ["expire - @ 12/2015/TT-BTC from 2026-08-01"]),
    ("1. Các văn bản sau đây hết hiệu lực kể từ ngày Thông tư này có hiệu lực thi hành:\na) Thông tư số 12/2015/TT-BTC;\nb) Điều 5 Thông tư số 13/2015/TT-BTC.\n", ["expire - @ 12/2015/TT-BTC", "expire art_5 @ 13/2015/TT-BTC"]),
    ("1. Thông tư này bãi bỏ:\na) Khoản 1 Điều 1 Thông tư số 30/2024/TT-NHNN;\nb) Điều 19 Thông tư số 69/2025/TT-NHNN.\n", ["repeal art_1/cl_1 @ 30/2024/TT-NHNN", "repeal art_19 @ 69/2025/TT-NHNN"]),
    # the title of a repealed amending act names what it amended
    ("1. Bãi bỏ Thông tư số 10/2024/TT-BTC ngày 29 tháng 7 năm 2024 của Bộ trưởng Bộ Tài chính sửa đổi, bổ sung một số điều của Thông tư số 17/2016/TT-BTC và Thông tư số 18/2016/TT-BTC.\n", ["repeal - @ 10/2024/TT-BTC"]),
]  # fmt: skip

NO_OPERATIONS = [
    "1. Trường hợp các văn bản dẫn chiếu tại Thông tư này được sửa đổi, bổ sung hoặc thay thế thì thực hiện theo văn bản mới.\n",
    "1. Thực hiện theo Thông tư số 12/2015/TT-BTC được sửa đổi, bổ sung bởi Thông tư số 13/2020/TT-BTC.\n",
    "1. Bổ sung hồ sơ theo quy định tại Điều 5 Thông tư số 12/2015/TT-BTC.\n",
    "1. Khi Thông tư số 12/2015/TT-BTC hết hiệu lực thì áp dụng quy định mới.\n",
    "1. Thay thế người giám hộ theo quy định tại Điều 60 Bộ luật Dân sự.\n",
]


@pytest.mark.parametrize(("body", "expected"), OPERATIONS)
def test_operation(body: str, expected: list[str]) -> None:
    assert changed_in(HEAD + LEAD + body + TAIL) == expected


@pytest.mark.parametrize(("body", "expected"), CLOSING)
def test_closing_article(body: str, expected: list[str]) -> None:
    text = HEAD.replace("Sửa đổi, bổ sung một số điều của Thông tư số 152/2016/TT-BTC", "Quy định về giá")
    text = text.replace(
        "ban hành Thông tư sửa đổi, bổ sung một số điều của Thông tư số 152/2016/TT-BTC ngày 17 tháng 10 năm 2016 đã được sửa đổi theo Thông tư số 40/2019/TT-BTC",
        "ban hành Thông tư quy định về giá",
    )
    assert (
        changed_in(text + "Điều 1. Phạm vi\nThông tư này quy định về giá.\nĐiều 2. Điều khoản thi hành\n" + body)
        == expected
    )


@pytest.mark.parametrize("body", NO_OPERATIONS)
def test_no_operation(body: str) -> None:
    text = HEAD.replace("Sửa đổi, bổ sung một số điều của Thông tư số 152/2016/TT-BTC\n", "Quy định về giá\n").split(
        "Bộ trưởng Bộ Tài chính ban hành"
    )[0]
    assert (
        changed_in(text + "Bộ trưởng Bộ Tài chính ban hành Thông tư quy định về giá.\nĐiều 1. Phạm vi\n" + body) == []
    )


def test_this_inside_a_payload_is_the_amended_document() -> None:
    body = "1. Sửa đổi, bổ sung khoản 2 Điều 5 như sau:\n“2. Thực hiện theo khoản 1 Điều này, Điều 7 Thông tư này và Thông tư số 9/2020/TT-BTC.”.\n"
    found = [line.split(": ", 1)[1] for line in cited_in(HEAD + LEAD + body + TAIL) if line.startswith("main/art_1")]
    assert found == [
        "- @ 152/2016/TT-BTC",
        f"art_5/cl_2 @ {DOC}",
        f"art_5/cl_1 @ {DOC}",
        f"art_7 @ {DOC}",
        "- @ 9/2020/TT-BTC",
    ]


def test_the_attached_rules_are_amended_not_the_decision() -> None:
    text = """ỦY BAN NHÂN DÂN
TỈNH SA KHÊ
Số: 61/2025/QĐ-UBND
Sa Khê, ngày 15 tháng 12 năm 2025
QUYẾT ĐỊNH
Sửa đổi Quy định quản lý vỉa hè ban hành kèm theo Quyết định số 46/2025/QĐ-UBND
Điều 1. Sửa đổi, bổ sung một số điều của Quy định quản lý vỉa hè ban hành kèm theo Quyết định số 46/2025/QĐ-UBND
1. Bãi bỏ Điều 9.
Điều 2. Hiệu lực thi hành
Quyết định này có hiệu lực từ ngày 01 tháng 01 năm 2026.
"""
    assert changed_in(text) == ["repeal art_9 @ attached 46/2025/QĐ-UBND"]

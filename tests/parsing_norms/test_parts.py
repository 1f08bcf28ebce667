"""Conditions, exceptions, savings, definitions, dossiers, sanctions, authorities, roles and time limits of norms."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from nlp.law.norm import Modality, Norm
from nlp.parsing.norms import extract_norms

if TYPE_CHECKING:
    from nlp.law.span import Span


def only(text: str) -> Norm:
    (norm,) = extract_norms(text)
    return norm


def printed(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [span.of(text) for span in spans]


# (text, conditions, exceptions, saving)
CLAUSES: list[tuple[str, list[str], list[str], list[str]]] = [
    ("Nếu hồ sơ thiếu, Sở phải báo lại.", ["Nếu hồ sơ thiếu"], [], []),
    ("Trường hợp có dịch, có bão thì nhà trường được nghỉ.", ["Trường hợp có dịch, có bão"], [], []),
    ("Sở phải kiểm tra khi có đơn tố cáo.", ["khi có đơn tố cáo"], [], []),
    ("Hộ dân phải di dời trong trường hợp khẩn cấp, nguy hiểm.", ["trong trường hợp khẩn cấp"], [], []),
    ("Chủ xe phải nộp phí, trừ trường hợp xe của hộ nghèo.", [], ["trừ trường hợp xe của hộ nghèo"], []),
    ("Chủ xe phải nộp phí, trừ xe cứu thương.", [], ["trừ xe cứu thương"], []),
    ("Sở phải trả lời, trừ trường hợp luật có quy định khác.", [], ["trừ trường hợp luật có quy định khác"], ["trừ trường hợp luật có quy định khác"]),
    ("Bên thuê phải trả tiền hằng tháng nếu các bên không có thỏa thuận khác.", ["nếu các bên không có thỏa thuận khác"], [], ["nếu các bên không có thỏa thuận khác"]),
    ("Người nghiện bị đưa vào cơ sở theo quy định của Luật Phòng, chống ma túy khi tái phạm.", ["khi tái phạm"], [], ["theo quy định của Luật Phòng"]),
    ("Sở công khai theo quy định của Chính phủ.", [], [], ["theo quy định của Chính phủ"]),
    ("Người đủ tuổi theo quy định của Luật Luật sư thì thời gian là 04 tháng.", [], [], ["theo quy định của Luật Luật sư"]),
    # near-misses
    ("Doanh nghiệp được khấu trừ thuế đã nộp.", [], [], []),
    ("Sở phải phòng trừ sâu bệnh.", [], [], []),
    ("Cơ quan phải trừ đi chi phí hợp lý.", [], [], []),
    ("Nhân viên phải loại trừ sự cố.", [], [], []),
    ("Thời hạn 05 ngày kể từ khi nhận hồ sơ.", [], [], []),
    ("Người dân đôi khi phải chờ.", [], [], []),
    ("Sở hỗ trợ trong mọi trường hợp khó khăn.", [], [], []),
    ("Điều kiện cấp phép gồm vốn và nhân lực.", [], [], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "conditions", "exceptions", "saving"), CLAUSES, ids=[row[0][:50] for row in CLAUSES])
def test_clauses(text: str, conditions: list[str], exceptions: list[str], saving: list[str]) -> None:
    norm = only(text)
    assert (printed(text, norm.conditions), printed(text, norm.exceptions), printed(text, norm.saving)) == (
        conditions,
        exceptions,
        saving,
    )


# (text, term, meaning)
DEFINITIONS = [
    ("Di chúc là sự thể hiện ý chí của cá nhân.", "Di chúc", "sự thể hiện ý chí của cá nhân"),
    ("“Đất ở” là loại đất để xây dựng nhà ở.", "Đất ở", "loại đất để xây dựng nhà ở"),
    (
        "Lối đi chung được hiểu là phần đất của nhiều hộ cùng sử dụng.",
        "Lối đi chung",
        "phần đất của nhiều hộ cùng sử dụng",
    ),
]


@pytest.mark.parametrize(("text", "term", "meaning"), DEFINITIONS, ids=[row[1] for row in DEFINITIONS])
def test_definition(text: str, term: str, meaning: str) -> None:
    norm = only(text)
    assert (norm.modality, norm.term, norm.action, norm.bearer) == (Modality.DEFINITION, term, meaning, "")


@pytest.mark.parametrize(
    "text",
    [
        "Mức thu là 50.000 đồng.",
        "Thời hạn thẩm định là thời gian ghi trong giấy hẹn.",
        "Trưởng ban là người do Chủ tịch cử.",
        "Sở Y tế là cơ quan chuyên môn của Ủy ban nhân dân tỉnh.",
        "Đối tượng áp dụng là hộ nghèo.",
        "Nếu là người cao tuổi, sức khỏe yếu.",
        "Hồ sơ là văn bản giấy.",
    ],
)
def test_no_definition(text: str) -> None:
    assert only(text).modality is Modality.STATEMENT
    assert not only(text).term


def test_a_list_of_definitions() -> None:
    text = (
        "Điều 3. Giải thích từ ngữ\nTrong Quy định này, các từ ngữ dưới đây được hiểu như sau:\n1. Bãi cất, hạ cánh là khu vực được chuẩn bị sẵn.\n"
        "2. Đường lăn là đường mà tàu bay không được đỗ.\n3. “Hộ” (sau đây gọi là hộ dân): những người cùng cư trú."
    )
    norms = extract_norms(text)
    assert [(norm.modality, norm.term) for norm in norms] == [
        (Modality.DEFINITION, "Bãi cất, hạ cánh"),
        (Modality.DEFINITION, "Đường lăn"),
        (Modality.DEFINITION, "Hộ"),
    ]


# (text, papers)
DOSSIERS = [
    ("Hồ sơ gồm:\na) Đơn đề nghị;\nb) Bản sao giấy phép, ảnh chụp.\n2. Sở cấp phép.", ("Đơn đề nghị", "Bản sao giấy phép, ảnh chụp")),
    ("Hồ sơ đăng ký gồm: Đơn đăng ký; bản vẽ; phương án.", ("Đơn đăng ký", "bản vẽ", "phương án")),
    ("Hồ sơ gồm đơn đề nghị, bản sao giấy phép và ảnh chân dung.", ("đơn đề nghị", "bản sao giấy phép", "ảnh chân dung")),
    ("1. Thành phần hồ sơ bao gồm:\n- Tờ khai;\n- Giấy khai sinh.\n2. Thời hạn 5 ngày.", ("Tờ khai", "Giấy khai sinh")),
    ("Hồ sơ phải được lưu giữ 10 năm.", ()),
    ("Hồ sơ được gửi đến Sở, bản giấy lưu tại xã.", ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "papers"), DOSSIERS, ids=[row[0][:40] for row in DOSSIERS])
def test_dossier(text: str, papers: tuple[str, ...]) -> None:
    norms = extract_norms(text)
    assert norms[0].dossier == papers
    assert not any(norm.dossier for norm in norms[1:])


# (text, authority)
AUTHORITIES = [
    ("Chủ tịch Ủy ban nhân dân cấp tỉnh quyết định thu hồi đất.", "Chủ tịch Ủy ban nhân dân cấp tỉnh"),
    ("Giấy phép do Sở Công Thương cấp.", "Sở Công Thương"),
    ("Kế hoạch được Ủy ban nhân dân tỉnh Thái Bình phê duyệt.", "Ủy ban nhân dân tỉnh Thái Bình"),
    ("Việc xử phạt thuộc thẩm quyền của Chủ tịch Ủy ban nhân dân cấp xã.", "Chủ tịch Ủy ban nhân dân cấp xã"),
    ("Cơ sở nộp hồ sơ tại Sở Tài nguyên và Môi trường.", "Sở Tài nguyên và Môi trường"),
    ("Trong 15 ngày, Sở Y tế phải cấp giấy phép.", "Sở Y tế"),
    ("Sở Nội vụ trình Chủ tịch Ủy ban nhân dân tỉnh quyết định.", "Chủ tịch Ủy ban nhân dân tỉnh"),
    (
        "Cục trưởng trình Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch xem xét.",
        "Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch",
    ),
    ("Các tổ chức phản ánh về Bộ Xây dựng để xem xét.", ""),
    ("Nghị quyết cần hai phần ba thành viên Hội đồng thông qua.", ""),
    ("Cơ sở y tế lập sổ theo dõi.", ""),
    ("Người dân phòng cháy, chữa cháy tại chỗ.", ""),
    ("Nộp một bộ hồ sơ bản giấy.", ""),
]


@pytest.mark.parametrize(("text", "authority"), AUTHORITIES, ids=[row[0][:50] for row in AUTHORITIES])
def test_authority(text: str, authority: str) -> None:
    assert only(text).authority == authority


# (text, sanction)
SANCTIONS = [
    (
        "Phạt tiền từ 1.000.000 đồng đến 2.000.000 đồng đối với hành vi đổ rác.",
        "Phạt tiền từ 1.000.000 đồng đến 2.000.000 đồng",
    ),
    ("Tịch thu tang vật vi phạm.", "Tịch thu tang vật vi phạm"),
    ("Người vi phạm bị thu hồi giấy phép khi tái phạm.", "bị thu hồi giấy phép"),
    ("Hội đồng phát phạt phẩm.", ""),
    ("Cơ quan thu hồi đất để làm đường.", ""),
]


@pytest.mark.parametrize(("text", "sanction"), SANCTIONS, ids=[row[0][:40] for row in SANCTIONS])
def test_sanction(text: str, sanction: str) -> None:
    assert only(text).sanction == sanction


# (text, role of the first quantity)
ROLES = [
    ("Mức hỗ trợ tối đa là 5.000.000 đồng.", "Mức hỗ trợ"),
    ("Diện tích tối thiểu của thửa đất sau khi tách là 50 m².", "Diện tích"),
    ("Thời hạn giải quyết không quá 15 ngày.", "Thời hạn giải quyết"),
    ("Lớp học có 35 học sinh.", ""),
]


@pytest.mark.parametrize(("text", "role"), ROLES, ids=[row[0][:40] for row in ROLES])
def test_role(text: str, role: str) -> None:
    assert only(text).quantities[0].role == role


# (text, hours, working days or months; start)
LIMITS = [
    ("Trong thời hạn 15 ngày kể từ ngày nhận đủ hồ sơ hợp lệ, Sở phải cấp phép.", 360, "nhận đủ hồ sơ hợp lệ"),
    ("Kể từ ngày nhận hồ sơ, trong thời hạn 05 ngày làm việc, Sở phải trả lời.", 5, "nhận hồ sơ"),
    ("Thời hạn giải quyết là 10 ngày làm việc.", 10, ""),
    ("Sở trả lời trong thời hạn ba (03) ngày làm việc kể từ ngày nhận đơn.", 3, "nhận đơn"),
]


@pytest.mark.parametrize(("text", "value", "start"), LIMITS, ids=[row[0][:40] for row in LIMITS])
def test_time_limit(text: str, value: int, start: str) -> None:
    (deadline,) = only(text).deadlines
    assert (int(deadline.quantity.value), deadline.start) == (value, start)


@pytest.mark.parametrize(
    "text", ["Nhiệm kỳ của Hội đồng là 5 năm.", "Diện tích không quá 100 m².", "Người đủ 18 tuổi nộp đơn."]
)
def test_no_time_limit(text: str) -> None:
    assert only(text).deadlines == ()


def test_object_of_the_action() -> None:
    assert only("Sở phải cấp, gia hạn và thu hồi giấy phép theo quy định.").object == "giấy phép"
    assert only("Hộ dân phải nộp phí vệ sinh trong 5 ngày.").object == "phí vệ sinh"


def test_headings_give_their_points_bearer_and_modality() -> None:
    text = "Điều 7. Trách nhiệm của Sở Y tế\n1. Chủ trì kiểm tra.\n2. Không được thu phí.\n3. Công an tỉnh phối hợp kiểm tra."
    first, second, third = extract_norms(text)
    assert (first.modality, first.bearer) == (Modality.OBLIGATION, "Sở Y tế")
    assert (second.modality, second.bearer) == (Modality.PROHIBITION, "Sở Y tế")
    assert third.bearer == "Công an tỉnh"


def test_prohibited_acts_are_prohibited_one_by_one() -> None:
    for text in (
        "Điều 5. Các hành vi bị nghiêm cấm\n1. Đổ rác ra đường.\n2. Lấn chiếm vỉa hè.",
        "1. Nghiêm cấm các hành vi sau đây:\na) Đổ rác ra đường;\nb) Lấn chiếm vỉa hè.",
    ):
        norms = extract_norms(text)[-2:]
        assert [(norm.modality, norm.action) for norm in norms] == [
            (Modality.PROHIBITION, "Đổ rác ra đường"),
            (Modality.PROHIBITION, "Lấn chiếm vỉa hè"),
        ]


def test_a_mark_without_blank_is_no_part_of_the_term() -> None:
    assert only("1.Mức dự trữ tối đa là tổng giá trị hàng tồn kho.").term == ""
    (norm,) = extract_norms("2.Đường lăn là đường nối các khu bay.")
    assert norm.term == "Đường lăn"


def test_a_list_ends_with_the_next_clause() -> None:
    text = "1. Cơ sở phải:\na) Niêm yết giá;\nb) Lập sổ gồm:\n- Tên hàng;\n- Số lượng.\n2. Hàng hóa lưu kho.\n3. Sở kiểm tra."
    norms = {norm.action: norm for norm in extract_norms(text)}
    assert norms["Tên hàng"].bearer == "Cơ sở"
    assert norms["Hàng hóa lưu kho"].bearer == ""
    assert norms["Hàng hóa lưu kho"].modality is Modality.STATEMENT


def test_every_sanction_of_the_lexicon_is_found() -> None:
    table = tomllib.loads((resources.files("nlp.parsing") / "data" / "norms.toml").read_text(encoding="utf-8"))
    for form in table["sanctions"]:
        text = f"Người vi phạm {form} theo mức 3."
        assert only(text).sanction.startswith(form), form

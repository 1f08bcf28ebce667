"""Who must, may or must not: one sentence a row, half of them near-misses that look like another modality."""

from __future__ import annotations

import pytest

from nlp.law.norm import Modality
from nlp.parsing.norms import extract_norms

M, P, F, R, X, S = (
    Modality.OBLIGATION,
    Modality.PERMISSION,
    Modality.PROHIBITION,
    Modality.RESTRICTION,
    Modality.EXEMPTION,
    Modality.STATEMENT,
)

# (text, modality, bearer, cue)
COMMANDS = [
    ("Chủ đầu tư phải lập báo cáo.", M, "Chủ đầu tư", "phải"),
    ("Sở Tài chính có trách nhiệm tổng hợp dự toán.", M, "Sở Tài chính", "có trách nhiệm"),
    ("Tổ chức, cá nhân có nghĩa vụ nộp phí.", M, "Tổ chức, cá nhân", "có nghĩa vụ"),
    ("Hộ kinh doanh bắt buộc phải đăng ký thuế.", M, "Hộ kinh doanh", "bắt buộc phải"),
    ("Trưởng thôn chịu trách nhiệm về danh sách.", M, "Trưởng thôn", "chịu trách nhiệm"),
    ("Người điều khiển phương tiện không được sử dụng rượu, bia.", F, "Người điều khiển phương tiện", "không được"),
    ("Nghiêm cấm săn bắt động vật hoang dã.", F, "", "Nghiêm cấm"),
    ("Doanh nghiệp không được phép thu thêm tiền.", F, "Doanh nghiệp", "không được phép"),
    ("Công dân có quyền khiếu nại.", P, "Công dân", "có quyền"),
    ("Nhà đầu tư được phép chuyển lợi nhuận ra nước ngoài.", P, "Nhà đầu tư", "được phép"),
    ("Người lao động được nghỉ 12 ngày làm việc.", P, "Người lao động", "được"),
    ("Hộ gia đình được khai thác gỗ rừng trồng.", P, "Hộ gia đình", "được"),
    ("Ủy ban nhân dân cấp xã có thể mời chuyên gia.", P, "Ủy ban nhân dân cấp xã", "có thể"),
    ("Cơ sở chỉ được hoạt động đến 22 giờ.", R, "Cơ sở", "chỉ được"),
    ("Cơ quan cấp phép chỉ thu phí khi trả kết quả.", R, "Cơ quan cấp phép", "chỉ"),
    ("Người nộp hồ sơ không phải nộp bản sao.", X, "Người nộp hồ sơ", "không phải"),
    ("Hộ nghèo được miễn học phí.", X, "Hộ nghèo", "được miễn"),
    ("Bên thuê không bắt buộc đặt cọc.", X, "Bên thuê", "không bắt buộc"),
    ("Chủ rừng không có trách nhiệm bồi thường.", X, "Chủ rừng", "có trách nhiệm"),
    # circumstances before the bearer
    ("Trong thời hạn 05 ngày làm việc, kể từ ngày nhận hồ sơ, Sở Y tế phải trả lời.", M, "Sở Y tế", "phải"),
    ("Trường hợp hồ sơ chưa hợp lệ thì cơ quan tiếp nhận phải thông báo.", M, "cơ quan tiếp nhận", "phải"),
    ("Khi có dịch, nếu cần thiết, Chủ tịch Ủy ban nhân dân cấp tỉnh có quyền đóng chợ.", P, "Chủ tịch Ủy ban nhân dân cấp tỉnh", "có quyền"),
    ("Định kỳ sáu tháng một lần, doanh nghiệp phải báo cáo.", M, "doanh nghiệp", "phải"),
    ("Căn cứ quy hoạch, điều kiện thực tế, Ủy ban nhân dân tỉnh có trách nhiệm bố trí đất.", M, "Ủy ban nhân dân tỉnh", "có trách nhiệm"),
    ("Trường hợp xảy ra bão, lụt, cháy, nổ, nếu người dự thi không muốn thi lại thì tổ chức đánh giá phải hoàn lại chi phí.", M, "tổ chức đánh giá", "phải"),
    ("Chấp hành viên chỉ kê biên đất của người phải thi hành án thuộc diện được chuyển.", R, "Chấp hành viên", "chỉ"),
    ("Mỗi phòng có thể sử dụng để ngủ phải có một cửa sổ.", M, "Mỗi phòng có thể sử dụng để ngủ", "phải"),
    ("Trong mọi trường hợp đều phải mở được bằng tay.", M, "", "đều phải"),
    ("Nếu tường không lệch thì cho phép bố trí một lối ra.", P, "", "cho phép"),
    ("Người có nghĩa vụ trả nợ phải trả đúng hạn.", M, "Người có nghĩa vụ trả nợ", "phải"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "modality", "bearer", "cue"), COMMANDS, ids=[row[0][:50] for row in COMMANDS])
def test_command(text: str, modality: Modality, bearer: str, cue: str) -> None:
    (norm,) = extract_norms(text)
    assert (norm.modality, norm.bearer, norm.cue.of(text) if norm.cue else "") == (modality, bearer, cue)


# (text, modality it really has, word that misleads)
NEAR_MISSES = [
    ("Hồ sơ được lập thành 02 bộ.", S, "được"),
    ("Người lao động được cấp trang phục.", S, "được"),
    ("Thời gian tập sự được tiếp tục tính từ ngày chuyển đến.", S, "được"),
    ("Cơ quan đã được phê duyệt kế hoạch lập dự toán.", S, "được"),
    ("Đất được sử dụng ổn định lâu dài.", S, "được"),
    ("Kinh phí được quyết định hằng năm.", S, "được"),
    ("Sở Y tế nhận được báo cáo.", S, "được"),
    ("Thẩm quyền được quy định như sau.", S, "được"),
    ("Xe dừng ở lề phải của đường.", S, "phải"),
    ("Dép có quai hậu, gót cao vừa phải.", S, "phải"),
    ("Số thuế phải nộp là tổng các khoản.", S, "phải"),
    ("Đây không phải là khoản thu ngân sách.", S, "không phải"),
    ("Thiệt hại xảy ra không phải do lỗi của bên vận chuyển.", S, "không phải"),
    ("Ban Chỉ đạo họp hằng quý.", S, "chỉ"),
    ("Bản sao chứng chỉ hành nghề trong hồ sơ.", S, "chỉ"),
    ("Địa chỉ của trụ sở trong giấy phép.", S, "chỉ"),
    ("Chủ tịch Hội đồng miễn nhiệm thành viên.", S, "miễn"),
    ("Giáo dục bắt buộc gồm chín năm.", S, "bắt buộc"),
    ("Khu vực cấm có biển báo.", S, "cấm"),
    ("Cơ quan công an ngăn chặn các hành vi bị nghiêm cấm quy định tại Điều 8.", S, "bị nghiêm cấm"),
    ("Người có quyền lợi, nghĩa vụ liên quan gửi đơn.", S, "có quyền"),
    ("Công trình dừng thi công do không thể tiến hành.", S, "không thể"),
    ("Vật tư đã mua mà không được sử dụng trả lại kho.", S, "không được"),
    ("Chuyến bay chở hàng mà không phải vận chuyển công cộng.", S, "không phải"),
    ("Cổng thông tin điện tử thông báo rộng rãi để học sinh, phụ huynh được biết.", S, "được"),
    ("Bộ trưởng cho phép áp dụng thí điểm.", S, "cho phép"),
    ("Các bên có quyền chấm dứt hợp đồng với điều kiện phải báo trước 90 ngày.", P, "phải"),
    ("Cơ sở chỉ được hoạt động khi có giấy phép.", R, "được"),
    ("Người học không được nghỉ quá 45 ngày.", F, "được"),
    ("Người nước ngoài phải được cấp phép.", M, "được"),
    ("Người chưa được phép hành nghề lưu bản khai.", S, "được phép"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "modality", "word"), NEAR_MISSES, ids=[row[0][:50] for row in NEAR_MISSES])
def test_near_miss(text: str, modality: Modality, word: str) -> None:
    assert word.lower() in text.lower()
    (norm,) = extract_norms(text)
    assert norm.modality is modality, (norm.cue.of(text) if norm.cue else None, norm.bearer)


# (text, bearer, action): the indicative tells who does what
STATEMENTS = [
    ("Sở Xây dựng chủ trì, phối hợp với Sở Tài chính kiểm tra.", "Sở Xây dựng", "chủ trì, phối hợp với Sở Tài chính kiểm tra"),
    ("Cơ sở nộp 01 bộ hồ sơ.", "Cơ sở", "nộp 01 bộ hồ sơ"),
    ("Tổ chức, quản lý thị trường ngoại tệ.", "", "Tổ chức, quản lý thị trường ngoại tệ"),  # the verb, no organisation
    ("Hiệu trưởng trường trung cấp sư phạm và giám đốc sở.", "", "Hiệu trưởng trường trung cấp sư phạm và giám đốc sở"),  # "cấp" in a noun
    ("Phòng, chống dịch bệnh động vật.", "", "Phòng, chống dịch bệnh động vật"),  # prevention, no office
    ("Nguồn lực, tiến bộ khoa học và công nghệ ảnh hưởng trực tiếp.", "", "Nguồn lực, tiến bộ khoa học và công nghệ ảnh hưởng trực tiếp"),
    ("Trong quá trình thực hiện, nếu có vướng mắc, các tổ chức, cá nhân phản ánh về Sở Y tế để xem xét.", "các tổ chức, cá nhân", "phản ánh về Sở Y tế để xem xét"),
    ("Thủ trưởng đơn vị chủ trì soạn thảo và Ban chỉ đạo.", "", "Thủ trưởng đơn vị chủ trì soạn thảo và Ban chỉ đạo"),
    ("Đối với luật, pháp lệnh, việc soạn thảo được thực hiện theo Điều 52, Điều 53.", "", "việc soạn thảo được thực hiện theo Điều 52, Điều 53"),
    ("Ủy ban nhân dân cấp huyện không thu phí.", "Ủy ban nhân dân cấp huyện", "không thu phí"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "bearer", "action"), STATEMENTS, ids=[row[0][:50] for row in STATEMENTS])
def test_statement(text: str, bearer: str, action: str) -> None:
    (norm,) = extract_norms(text)
    assert (norm.modality, norm.bearer, norm.action) == (S, bearer, action)


# (text, denied)
DENIALS = [
    ("Người dân không được đổ rác.", True),
    ("Tàu biển phá dỡ không trong tình trạng thế chấp.", True),
    ("Ủy ban nhân dân cấp huyện không thu phí.", True),
    ("Cơ sở phải không có nợ thuế.", True),
    ("Thời hạn không quá 30 ngày.", False),
    ("Sở sắp xếp không gian làm việc.", False),
    ("Cảng vụ hàng không cấp phép.", False),
    ("Sở thông báo cho người không đủ điều kiện trong danh sách đã lập.", False),
]


@pytest.mark.parametrize(("text", "denied"), DENIALS, ids=[row[0][:50] for row in DENIALS])
def test_denial(text: str, denied: bool) -> None:
    (norm,) = extract_norms(text)
    assert norm.negated is denied


def test_two_rules_in_one_sentence() -> None:
    text = "Chủ nhà được cho thuê một phần nhà, nhưng phải thông báo cho công an cấp xã."
    first, second = extract_norms(text)
    assert (first.modality, first.bearer) == (P, "Chủ nhà")
    assert (second.modality, second.action) == (M, "thông báo cho công an cấp xã")

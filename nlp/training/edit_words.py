"""Word tables of the edits: which wording changes the law, and which only looks different. All texts are ours."""

from __future__ import annotations

# modality: cue as printed -> wordings of another force
MODALITY = {
    "không được": ("được", "được phép", "có thể"),
    "nghiêm cấm": ("cho phép", "được phép"),
    "không phải": ("phải", "bắt buộc phải"),
    "không cần": ("phải có", "bắt buộc phải"),
    "chỉ được": ("được", "có thể"),
    "có trách nhiệm": ("không có trách nhiệm", "không bắt buộc", "có thể"),
    "có nghĩa vụ": ("không có nghĩa vụ", "có thể"),
    "có quyền": ("không có quyền", "không được"),
    "được phép": ("không được phép", "bị cấm"),
    "phải": ("không phải", "không bắt buộc phải", "có thể", "được tự nguyện"),
    "được": ("không được", "không được", "phải"),
    "có thể": ("không được", "phải"),
}
# the same force in other words
SAME_FORCE = {
    "phải": ("có trách nhiệm", "có nghĩa vụ"),
    "có trách nhiệm": ("phải", "có nghĩa vụ"),
    "có nghĩa vụ": ("phải", "có trách nhiệm"),
    "nghiêm cấm": ("không được", "cấm"),
    "được phép": ("được", "có quyền"),
    "có quyền": ("được", "được phép"),
    "không phải": ("không cần", "không bắt buộc phải"),
}
# who decides: every form stands for one body, so that any other group is another body
AUTHORITIES = (
    ("Thủ tướng Chính phủ",),
    ("Bộ trưởng", "Bộ"),
    ("Ủy ban nhân dân cấp tỉnh", "Ủy ban nhân dân tỉnh", "UBND cấp tỉnh"),
    ("Chủ tịch Ủy ban nhân dân cấp tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh"),
    ("Hội đồng nhân dân cấp tỉnh", "Hội đồng nhân dân tỉnh"),
    ("Giám đốc Sở",),
    ("Ủy ban nhân dân cấp huyện", "Ủy ban nhân dân huyện", "UBND cấp huyện"),
    ("Chủ tịch Ủy ban nhân dân cấp huyện",),
    ("Ủy ban nhân dân cấp xã", "UBND cấp xã", "Ủy ban nhân dân xã"),
    ("Chủ tịch Ủy ban nhân dân cấp xã",),
)
DECIDING = (
    "quyết định", "phê duyệt", "cấp", "thẩm định", "ban hành", "tiếp nhận", "công nhận", "xác nhận", "chấp thuận", "cho phép", "quy định", "thành lập", "giao",
    "thu hồi", "kiểm tra", "phân bổ", "bổ nhiệm",
)  # fmt: skip
ADDED_CONDITIONS = (
    "với điều kiện đã đăng ký thường trú tại địa phương từ đủ {n} năm trở lên",
    "khi có xác nhận của Ủy ban nhân dân cấp xã nơi cư trú",
    "nếu đã nộp đủ tiền ký quỹ {n} triệu đồng",
    "sau khi được Sở quản lý chuyên ngành đồng ý bằng văn bản",
    "và có từ {n} năm kinh nghiệm trở lên",
    "trong trường hợp chưa từng bị xử phạt vi phạm hành chính",
    "và kèm theo bản sao giấy chứng nhận đã tập huấn",
    "nếu có trụ sở chính trên địa bàn tỉnh",
)
ADDED_PAPERS = (
    "Bản cam kết có xác nhận của tổ dân phố", "Giấy xác nhận không nợ thuế", "Phiếu lý lịch tư pháp", "Giấy khám sức khỏe trong thời hạn 6 tháng",
    "Bản sao có chứng thực hợp đồng thuê trụ sở", "Văn bản đồng ý của Ủy ban nhân dân cấp xã",
)  # fmt: skip
# narrower or wider circles of those bound: addressee as printed -> another circle
ADDRESSEES = {
    "cơ quan, tổ chức, cá nhân": ("cơ quan, tổ chức", "cơ quan nhà nước", "cá nhân"),
    "tổ chức, cá nhân": ("tổ chức", "cá nhân", "doanh nghiệp có vốn nhà nước"),
    "cá nhân, tổ chức": ("tổ chức", "cá nhân"),
    "doanh nghiệp, hợp tác xã": ("doanh nghiệp", "hợp tác xã"),
    "trong nước và nước ngoài": ("trong nước", "nước ngoài"),
    "cán bộ, công chức, viên chức": ("cán bộ, công chức", "viên chức"),
    "cán bộ, công chức": ("cán bộ", "công chức giữ chức vụ lãnh đạo"),
    "hộ gia đình, cá nhân": ("hộ gia đình", "hộ nghèo", "cá nhân"),
    "người lao động": ("người lao động là nữ", "người lao động làm việc từ đủ 12 tháng trở lên", "người lao động trực tiếp sản xuất"),
    "người sử dụng lao động": ("doanh nghiệp nhà nước", "người sử dụng lao động có từ 50 lao động trở lên"),
    "mọi": ("một số",),
    "tất cả": ("một số",),
    "trẻ em": ("trẻ em dưới 6 tuổi", "trẻ em thuộc hộ nghèo"),
    "học sinh, sinh viên": ("học sinh", "sinh viên"),
    "học sinh": ("học sinh dân tộc nội trú", "học sinh thuộc hộ nghèo"),
}  # fmt: skip
# things that are governed apart: the same rule for the other one is no contradiction
SUBJECTS = (
    ("đường bộ", "đường sắt", "đường thủy nội địa", "hàng hải"),
    ("doanh nghiệp", "hợp tác xã", "hộ kinh doanh"),
    ("học sinh", "học viên cao học", "nghiên cứu sinh"),
    ("viên chức", "hạ sĩ quan", "công nhân quốc phòng"),
    ("nước mặt", "nước dưới đất", "nước biển"),
    ("rừng sản xuất", "rừng đặc dụng", "rừng phòng hộ"),
    ("thuốc", "mỹ phẩm", "trang thiết bị y tế"),
    ("báo in", "báo điện tử", "xuất bản phẩm"),
    ("kiểm toán", "thẩm định giá", "kế toán"),
    ("luật sư", "công chứng viên", "đấu giá viên", "giám định viên"),
    ("đất ở", "đất nông nghiệp", "đất thương mại, dịch vụ"),
    ("tàu biển", "tàu cá", "tàu bay"),
    ("bảo hiểm xã hội", "bảo hiểm y tế", "bảo hiểm thất nghiệp"),
    ("xăng dầu", "khí", "than"),
    ("giống cây trồng", "giống vật nuôi", "giống thủy sản"),
    ("ngân hàng thương mại", "công ty tài chính", "quỹ tín dụng nhân dân"),
    ("trường mầm non", "trường tiểu học", "trường trung học phổ thông"),
    ("chứng khoán", "bất động sản", "hàng hóa phái sinh"),
    ("di tích", "bảo tàng", "thư viện"),
    ("nhà chung cư", "nhà ở riêng lẻ", "nhà ở xã hội"),
)
# steps and forms: swapping one for the other changes the procedure
PROCEDURE = (
    ("trước khi", "sau khi"), ("trực tuyến", "trực tiếp"), ("bằng văn bản", "bằng lời nói"), ("bản chính", "bản sao"), ("hằng năm", "hằng tháng"),
    ("6 tháng", "hằng tháng"), ("hằng tháng", "hằng năm"), ("công khai", "bí mật"), ("bỏ phiếu kín", "biểu quyết giơ tay"), ("định kỳ", "đột xuất"),
    ("lấy ý kiến", "không lấy ý kiến"), ("niêm yết", "không niêm yết"),
)  # fmt: skip
CONNECTIVES = (
    ("hoặc", "và"), ("một trong các", "đồng thời các"), ("một trong những", "đồng thời tất cả những"),
    ("tất cả các", "một trong các"), ("đồng thời", "hoặc"), ("đầy đủ các", "một trong các"),
)  # fmt: skip
EVENTS = (
    "kể từ ngày nhận đủ hồ sơ hợp lệ", "kể từ ngày có kết quả thẩm định", "kể từ ngày nộp đủ phí, lệ phí", "kể từ ngày kết thúc quý",
    "kể từ ngày quyết định có hiệu lực", "kể từ ngày được kiểm tra thực tế",
)  # fmt: skip
SAVINGS = (
    ", trừ trường hợp luật có quy định khác thì thực hiện theo quy định đó",
    "; trường hợp văn bản của cơ quan nhà nước cấp trên có quy định khác thì áp dụng quy định của cấp trên",
    ", trừ trường hợp Chính phủ hoặc Bộ trưởng có quy định khác",
)
# wordings that do not change the law, both ways; whole syllables only
SAME = (
    ("trong thời hạn", "trong vòng"), ("kể từ ngày", "tính từ ngày"), ("bảo đảm", "đảm bảo"), ("hằng năm", "mỗi năm"), ("hằng tháng", "mỗi tháng"),
    ("nêu rõ lý do", "nói rõ lý do"), ("căn cứ vào", "dựa trên"), ("quy định tại", "nêu tại"), ("không quá", "tối đa"), ("ít nhất", "tối thiểu"),
    ("trong trường hợp", "khi"), ("Ủy ban nhân dân", "UBND"), ("Hội đồng nhân dân", "HĐND"), ("đồng thời", "cùng lúc"), ("chi trả", "thanh toán"),
    ("theo quy định của pháp luật", "theo pháp luật"), ("sau đây", "dưới đây"), ("thuộc thẩm quyền", "trong thẩm quyền"), ("và", "cùng với"),
    ("tổ chức, cá nhân", "cá nhân, tổ chức"), ("liên quan đến", "có liên quan tới"), ("bao gồm", "gồm"),
    ("tại thời điểm", "vào thời điểm"), ("chấm dứt", "kết thúc"), ("tiến hành", "thực hiện"),
)  # fmt: skip
# the same, one way only: the second form stands inside other words
SAME_ONE_WAY = (
    ("nếu", "trường hợp"), ("đề nghị", "yêu cầu"), ("sử dụng", "dùng"), ("đối với", "với"), ("nhằm", "để"), ("các", "những"), ("có văn bản", "ra văn bản"),
    ("phối hợp với", "cùng với"), ("xem xét", "xét"), ("người đứng đầu", "thủ trưởng"), ("lập", "làm"), ("hoàn thiện", "hoàn chỉnh"), ("nhu cầu", "mong muốn"),
    ("thuộc một trong các trường hợp", "rơi vào một trong các trường hợp"), ("thông tin", "dữ liệu, thông tin"), ("kết quả thực hiện", "kết quả"),
    ("theo mẫu", "dùng mẫu"), ("nộp", "gửi"), ("tiếp nhận", "nhận"), ("trả lời bằng văn bản", "có văn bản trả lời"), ("được tính", "tính"),
)  # fmt: skip

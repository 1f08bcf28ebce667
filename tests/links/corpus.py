"""A small fictional corpus for the links room: two old provinces with the same number, their successor, a law, two decrees."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from nlp.law.source import SourceText
from nlp.law.territory import load_overlay
from nlp.links import Catalogue, changes_of, entry_of, validities
from nlp.links.validity import with_ends
from nlp.parsing.parse import parse

if TYPE_CHECKING:
    from nlp.law.document import NormativeDocument
    from nlp.law.territory import Gazetteer
    from nlp.links import ChangeIndex

OVERLAY = '[[merger]]\nnew = "tỉnh Sa Khê"\nold = ["tỉnh Lam Khê", "tỉnh Hồng Sa"]\neffective = "2025-07-01"\n'

LAW_OLD = """QUỐC HỘI
Luật số: 701/2013/QH13
Hà Nội, ngày 29 tháng 11 năm 2013
LUẬT
VỈA HÈ
Điều 1. Phạm vi điều chỉnh
Luật này quy định về vỉa hè.
Điều 2. Hiệu lực thi hành
Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2014.
"""
LAW_NEW = """QUỐC HỘI
Luật số: 918/2024/QH15
Hà Nội, ngày 20 tháng 6 năm 2024
LUẬT
VỈA HÈ
Điều 1. Phạm vi điều chỉnh
Luật này quy định về vỉa hè.
Điều 2. Giải thích từ ngữ
1. Vỉa hè là phần đường dành cho người đi bộ.
2. Lòng đường không phải là vỉa hè.
Điều 3. Hiệu lực thi hành
1. Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2025.
2. Luật Vỉa hè số 701/2013/QH13 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành.
"""
DECREE = """CHÍNH PHỦ
Số: 988/2024/NĐ-CP
Hà Nội, ngày 15 tháng 11 năm 2024
NGHỊ ĐỊNH
Quy định chi tiết một số điều của Luật Vỉa hè
Căn cứ Luật Vỉa hè số 918/2024/QH15;
Chính phủ ban hành Nghị định quy định chi tiết một số điều của Luật Vỉa hè.
Điều 1. Hồ sơ
1. Hồ sơ gồm:
a) Đơn đề nghị;
b) Sơ đồ vị trí.
2. Thời hạn giải quyết là 05 ngày làm việc.
Điều 2. Hiệu lực thi hành
1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2025.
2. Nghị định này thay thế Nghị định số 500/2014/NĐ-CP ngày 01 tháng 8 năm 2014 của Chính phủ.
"""
LAM_KHE = """ỦY BAN NHÂN DÂN
TỈNH LAM KHÊ
Số: 12/2024/QĐ-UBND
Lam Khê, ngày 20 tháng 9 năm 2024
QUYẾT ĐỊNH
Quy định về vỉa hè trên địa bàn tỉnh Lam Khê
Căn cứ Luật Vỉa hè số 701/2013/QH13;
Căn cứ Nghị định số 500/2014/NĐ-CP ngày 01 tháng 8 năm 2014 của Chính phủ;
QUYẾT ĐỊNH:
Điều 1. Phạm vi điều chỉnh
Quyết định này quy định về vỉa hè.
Điều 2. Trách nhiệm
1. Ủy ban nhân dân cấp huyện cấp giấy phép theo khoản 2 Điều 1 và Điều 9.
2. Sở Giao thông vận tải kiểm tra.
Điều 3. Hiệu lực thi hành
Quyết định này có hiệu lực thi hành từ ngày 01 tháng 10 năm 2024.
"""
HONG_SA = (
    LAM_KHE.replace("LAM KHÊ", "HỒNG SA")
    .replace("Lam Khê", "Hồng Sa")
    .replace("20 tháng 9", "14 tháng 6")
    .replace("01 tháng 10", "01 tháng 7")
)
SA_KHE = """ỦY BAN NHÂN DÂN
TỈNH SA KHÊ
Số: 46/2025/QĐ-UBND
Sa Khê, ngày 22 tháng 9 năm 2025
QUYẾT ĐỊNH
Quy định về vỉa hè trên địa bàn tỉnh Sa Khê
Căn cứ Nghị định số 988/2024/NĐ-CP của Chính phủ quy định chi tiết một số điều của Luật Vỉa hè;
Căn cứ Nghị định số 500/2014/NĐ-CP của Chính phủ;
Ủy ban nhân dân tỉnh ban hành Quyết định quy định về vỉa hè.
Điều 1. Hồ sơ
1. Hồ sơ theo điểm d khoản 1 Điều 1 Nghị định số 988/2024/NĐ-CP và Luật Vỉa hè.
2. Sở Xây dựng giải quyết trong 05 ngày làm việc.
Điều 2. Trách nhiệm
1. Sở Văn hóa, Thể thao và Du lịch tỉnh Hồng Sa tổng hợp kết quả.
2. Sở Giao thông vận tải kiểm tra.
Điều 3. Hiệu lực thi hành
1. Quyết định này có hiệu lực thi hành từ ngày 05 tháng 10 năm 2025.
2. Bãi bỏ Quyết định số 12/2024/QĐ-UBND ngày 14 tháng 6 năm 2024 của Ủy ban nhân dân tỉnh Hồng Sa.
3. Trường hợp quy định tại Quyết định số 12/2024/QĐ-UBND thì được tiếp tục thực hiện.
"""
AMENDING = """ỦY BAN NHÂN DÂN
TỈNH SA KHÊ
Số: 61/2025/QĐ-UBND
Sa Khê, ngày 15 tháng 12 năm 2025
QUYẾT ĐỊNH
Sửa đổi, bổ sung một số điều của Quyết định số 46/2025/QĐ-UBND
Ủy ban nhân dân tỉnh ban hành Quyết định sửa đổi, bổ sung một số điều của Quyết định số 46/2025/QĐ-UBND.
Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 46/2025/QĐ-UBND ngày 22 tháng 9 năm 2025 của Ủy ban nhân dân tỉnh
1. Sửa đổi, bổ sung khoản 2 Điều 1 như sau:
“2. Sở Xây dựng giải quyết trong 03 ngày làm việc.”.
2. Bổ sung Điều 1a vào sau Điều 1 như sau:
“Điều 1a. Gia hạn
1. Giấy phép được gia hạn một lần.
2. Thời gian gia hạn không quá 06 tháng.”.
3. Thay thế cụm từ “Sở Giao thông vận tải” bằng cụm từ “Sở Xây dựng” tại khoản 2 Điều 2.
4. Bãi bỏ khoản 1 Điều 2.
5. Bỏ cụm từ “không có cụm từ này” tại Điều 2.
Điều 2. Hiệu lực thi hành
Quyết định này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2026.
"""
TEXTS = {
    "law_old": LAW_OLD, "law_new": LAW_NEW, "decree": DECREE, "lam_khe": LAM_KHE, "hong_sa": HONG_SA, "sa_khe": SA_KHE, "amending": AMENDING,
}  # fmt: skip


@cache
def document(name: str) -> NormativeDocument:
    return parse(SourceText(f"{name}.txt", "text/plain", "0" * 64, TEXTS[name]))


@cache
def gazetteer() -> Gazetteer:
    return load_overlay(OVERLAY)


@cache
def catalogue() -> Catalogue:
    plain = Catalogue(tuple(entry_of(document(name)) for name in TEXTS))
    index = changes_of([document(name) for name in TEXTS], plain)
    return with_ends(plain, validities(plain, index))


@cache
def changes() -> ChangeIndex:
    return changes_of([document(name) for name in TEXTS], catalogue())

"""A small report of our own writing: every kind of finding, one-sided ones, awkward characters."""

from __future__ import annotations

import datetime as dt

from nlp.errors import Language
from nlp.law.finding import (
    ConflictType,
    Coverage,
    Evidence,
    Finding,
    FindingKind,
    Gravity,
    Prevailing,
    Signal,
)
from nlp.law.span import Box, PageRef, Span
from service.reports.report import FileLine, Report

LAM_KHE = Evidence(
    file="LamKhe_12_2024_QD-UBND.pdf",
    number="12/2024/QĐ-UBND",
    provision="attached_1/art_3/cl_1",
    citation="khoản 1 Điều 3 Quy định ban hành kèm theo Quyết định số 12/2024/QĐ-UBND",
    quote="1. Diện tích tối thiểu được tách thửa đối với đất ở tại phường là 50 m².",
    page=3,
    boxes=(PageRef(3, Box(85.04, 310.5, 510.2, 338.75)), PageRef(4)),
)
DECREE = Evidence(
    file="976_2024_ND-CP.pdf",
    number="976/2024/NĐ-CP",
    provision="main/art_6/cl_2",
    citation="khoản 2 Điều 6 Nghị định số 976/2024/NĐ-CP",
    quote="2. Ủy ban nhân dân cấp tỉnh quy định diện tích tối thiểu tách thửa đối với đất ở tại phường không thấp hơn 60 m².",
    page=2,
)
HONG_SA = Evidence(
    file="HongSa_19_2024_QD-UBND.pdf",
    number="19/2024/QĐ-UBND",
    provision="attached_1/art_4",
    citation="Điều 4 Quy định ban hành kèm theo Quyết định số 19/2024/QĐ-UBND",
    quote="=SUM(1) <script>alert(1)</script> & “ngoặc kép” – mức hỗ trợ 4.000.000 đồng/hộ",
    page=None,
)
CONTRADICTION = Finding(
    id="c0ffee0001",
    kind=FindingKind.CONTRADICTION,
    conflict_type=ConflictType.NUMBER,
    probability=0.9312345,
    severity=Gravity.HIGH,
    left=LAM_KHE,
    right=DECREE,
    signals=(
        Signal("number", 2.4, "A cho phép 50 m², B đòi hỏi không thấp hơn 60 m².", (Span(0, 4),), (Span(0, 4),)),
        Signal("delegated_range", -0.5, "B giao cho cấp tỉnh quy định trong giới hạn."),
    ),
    prevailing=Prevailing.B,
    handling="amend_part",
    handling_text="Sửa đổi, bổ sung khoản 1 Điều 3 Quy định kèm theo Quyết định số 12/2024/QĐ-UBND cho phù hợp.",
    grounds=("khoản 3 Điều 58 Luật số 64/2025/QH15", "Điều 6 Nghị định số 79/2025/NĐ-CP"),
    why="Cùng quy định diện tích tối thiểu tách thửa đất ở tại phường, nhưng A cho phép 50 m² còn B đòi hỏi “không thấp hơn 60 m²”. "
    "Văn bản B có hiệu lực pháp lý cao hơn.",
)
DIVERGENT = Finding(
    id="c0ffee0002",
    kind=FindingKind.DIVERGENT,
    conflict_type=ConflictType.NUMBER,
    probability=0.71,
    severity=Gravity.MEDIUM,
    left=LAM_KHE,
    right=HONG_SA,
    signals=(),
    prevailing=None,
    handling="unify",
    handling_text="Kiến nghị thống nhất chính sách trong đơn vị hành chính mới.",
    grounds=("điểm b khoản 2 Điều 54 Luật số 64/2025/QH15",),
    why="Hai địa bàn cũ của tỉnh mới áp dụng mức khác nhau.",
)
DEAD_BASIS = Finding(
    id="c0ffee0003",
    kind=FindingKind.DEAD_BASIS,
    conflict_type=None,
    probability=0.999,
    severity=Gravity.LOW,
    left=HONG_SA,
    right=None,
    signals=(),
    prevailing=None,
    handling="review",
    handling_text="Rà soát, thay căn cứ ban hành.",
    grounds=(),
    why="Nghị định làm căn cứ đã được thay thế.",
)
REPORT = Report(
    kind="audit",
    as_of=dt.date(2026, 11, 23),
    made_at=dt.datetime(2026, 11, 23, 20, 36, 5, tzinfo=dt.UTC),
    findings=(CONTRADICTION, DIVERGENT, DEAD_BASIS),
    coverage=Coverage(
        files=3,
        pages=14,
        pages_unread=1,
        documents=2,
        provisions=1_234,
        candidates=310,
        compared=280,
        abstained=12,
        skipped=(("amending", 18), ("a_new_reason", 2)),
        truncated=7,
        notes=("Chưa đối chiếu với Luật Đất đai số 31/2024/QH15: không có trong không gian làm việc.",),
    ),
    files=(
        FileLine("LamKhe_12_2024_QD-UBND.pdf", 1, 6, 0),
        FileLine("976_2024_ND-CP.pdf", 2, 8, 1),
        FileLine("hong.pdf", 0, 0, 0, "hong.pdf: Tệp bị cắt ngắn. Kiểm tra lại tệp gốc."),
    ),
    settings=(("retrieval.neighbours", "20"),),
    fingerprints=(("encoder", "e5-small-vi-1234"),),
    language=Language.VI,
)

"""Norms of clauses: bearer, modality, action, deadline, authority, exceptions, dossier, term."""

from __future__ import annotations

import pytest

from nlp.law.norm import Modality, Norm
from nlp.parsing.norms import extract_norms

CASES: list[tuple[str, dict[str, object]]] = [
    (
        "Trong thời hạn 15 ngày làm việc kể từ ngày nhận đủ hồ sơ, Sở Y tế phải cấp giấy phép.",
        {"bearer": "Sở Y tế", "modality": Modality.OBLIGATION, "action": "cấp giấy phép", "authority": "Sở Y tế"},
    ),
    ("Không được cho mượn tài sản công.", {"modality": Modality.PROHIBITION, "negated": True, "bearer": ""}),
    ("Doanh nghiệp có quyền khiếu nại.", {"modality": Modality.PERMISSION, "bearer": "Doanh nghiệp"}),
    ("Hồ sơ được lập thành 02 bộ.", {"modality": Modality.STATEMENT}),  # passive "được" permits nothing
    ("Chủ tàu chỉ được hoạt động ban ngày.", {"modality": Modality.RESTRICTION, "bearer": "Chủ tàu"}),
    ("Ban Chỉ đạo họp hằng quý.", {"modality": Modality.STATEMENT}),  # "Chỉ đạo" restricts nothing
    ("Người dân không phải nộp bản sao.", {"modality": Modality.EXEMPTION, "bearer": "Người dân"}),
    (
        "Đỗ xe là trạng thái đứng yên của phương tiện giao thông.",
        {"modality": Modality.DEFINITION, "term": "Đỗ xe", "action": "trạng thái đứng yên của phương tiện giao thông"},
    ),
    (
        "Ủy ban nhân dân cấp tỉnh quyết định số lượng Tổ bảo vệ.",
        {"modality": Modality.STATEMENT, "authority": "Ủy ban nhân dân cấp tỉnh", "bearer": "Ủy ban nhân dân cấp tỉnh"},
    ),
]


@pytest.mark.parametrize(("text", "fields"), CASES, ids=[text[:40] for text, _ in CASES])
def test_one_norm(text: str, fields: dict[str, object]) -> None:
    (norm,) = extract_norms(text)
    assert {name: getattr(norm, name) for name in fields} == fields


def test_exception_and_saving() -> None:
    text = "Sở phải trả lời bằng văn bản, trừ trường hợp pháp luật có quy định khác."
    (norm,) = extract_norms(text)
    assert [span.of(text) for span in norm.exceptions] == ["trừ trường hợp pháp luật có quy định khác"]
    assert [span.of(text) for span in norm.saving] == ["trừ trường hợp pháp luật có quy định khác"]
    assert norm.action == "trả lời bằng văn bản"


def test_points_inherit_from_their_lead() -> None:
    text = "1. Cơ sở sản xuất phải:\na) Niêm yết giá;\nb) Không được bán hàng giả.\n2. Sở cấp giấy phép."
    lead, first, second, after = extract_norms(text)
    assert (lead.bearer, first.bearer, second.bearer) == ("Cơ sở sản xuất",) * 3
    assert (first.modality, second.modality) == (Modality.OBLIGATION, Modality.PROHIBITION)
    assert (after.modality, after.bearer) == (Modality.STATEMENT, "Sở")


def test_dossier_items_are_listed() -> None:
    text = "2. Hồ sơ đề nghị cấp giấy phép gồm:\na) Đơn đề nghị;\nb) Bản sao giấy chứng nhận."
    (norm,) = extract_norms(text)
    assert norm.dossier == ("Đơn đề nghị", "Bản sao giấy chứng nhận")


def test_spans_are_over_the_whole_text() -> None:
    text = "Sở cấp giấy phép trong 05 ngày; cơ sở phải nộp phí 200.000 đồng."
    norms: tuple[Norm, ...] = extract_norms(text)
    assert [quantity.span.of(text) for norm in norms for quantity in norm.quantities] == ["05 ngày", "200.000 đồng"]
    assert norms[1].cue is not None
    assert norms[1].cue.of(text) == "phải"


def test_empty_text_has_no_norms() -> None:
    assert extract_norms("") == ()
    assert extract_norms(" \n ; ") == ()

"""Who prevails and what to do, case by case: rank, issuer, days, areas, missing facts."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import re

import pytest

from nlp.comparison.handling import Case, codes, rows
from nlp.comparison.precedence import Ruling, decide
from nlp.law.finding import Prevailing, ProvisionPair, Relation, Side
from tests.comparison.sides import pair, side

C, D, OV = Relation.CONTRADICTION, Relation.DUPLICATE, Relation.OVERLAP
A, B = Prevailing.A, Prevailing.B

LAW = side("Luật", "31/2024/QH15", "Quốc hội", "2024-01-18", effective="2024-08-01")
LAW_OLD = side("Luật", "45/2013/QH13", "Quốc hội", "2013-11-29", effective="2014-07-01")
NA_RESOLUTION = side("Nghị quyết", "206/2025/QH15", "Quốc hội", "2025-06-24")
DECREE = side("Nghị định", "10/2023/NĐ-CP", "Chính phủ", "2023-04-03", effective="2023-05-20")
DECREE_LATE = side("Nghị định", "101/2024/NĐ-CP", "Chính phủ", "2024-07-29", effective="2024-08-01")
GOV_RESOLUTION = side("Nghị quyết", "66.7/2025/NQ-CP", "Chính phủ", "2025-11-15")
BTC = side("Thông tư", "01/2022/TT-BTC", "Bộ Tài chính", "2022-01-05")
BTC_LATE = side("Thông tư", "09/2024/TT-BTC", "Bộ Tài chính", "2024-02-06")
BYT = side("Thông tư", "05/2023/TT-BYT", "Bộ Y tế", "2023-03-11")
JOINT = side("Thông tư liên tịch", "12/2013/TTLT-BTC-BYT", "Bộ Tài chính - Bộ Y tế", "2013-05-02")
TNMT = side("Thông tư", "10/2024/TT-BTNMT", "Bộ Tài nguyên và Môi trường", "2024-07-31")
NNMT = side("Thông tư", "23/2025/TT-BNNMT", "Bộ Nông nghiệp và Môi trường", "2025-06-20")
HDND_TB = side(
    "Nghị quyết", "08/2022/NQ-HĐND", "Hội đồng nhân dân tỉnh Thái Bình", "2022-07-13", effective="2022-07-23"
)
TB = side("Quyết định", "12/2024/QĐ-UBND", "Ủy ban nhân dân tỉnh Thái Bình", "2024-05-20", effective="2024-06-01")
TB_LATE = side("Quyết định", "30/2024/QĐ-UBND", "Ủy ban nhân dân tỉnh Thái Bình", "2024-10-30", effective="2024-11-10")
TB_CHAIR = side("Quyết định", "02/2025/QĐ-CTUBND", "Chủ tịch Ủy ban nhân dân tỉnh Thái Bình", "2025-06-02")
HY = side("Quyết định", "12/2024/QĐ-UBND", "Ủy ban nhân dân tỉnh Hưng Yên", "2024-06-11", effective="2024-06-21")
HY_NEW = side("Quyết định", "05/2025/QĐ-UBND", "Ủy ban nhân dân tỉnh Hưng Yên", "2025-09-01", effective="2025-09-15")
LS = side("Quyết định", "20/2024/QĐ-UBND", "Ủy ban nhân dân tỉnh Lạng Sơn", "2024-06-11")
ADMIN = side("Quyết định", "3010/QĐ-UBND", "Ủy ban nhân dân tỉnh Thái Bình", "2024-01-02")
LETTER = side("Công văn", "454/UBND-KT", "Ủy ban nhân dân tỉnh Thái Bình", "2024-01-02")
VBHN = side("Văn bản hợp nhất", "03/VBHN-VPQH", "Văn phòng Quốc hội", "2021-07-01")


def but(base: Side, **changes: object) -> Side:
    return dataclasses.replace(base, **changes)  # type: ignore[arg-type]


# (relation, a, b, on, prevailing, handling, words that must stand in grounds, words that must stand in the note)
TABLE: list[tuple[Relation, Side, Side, str, Prevailing | None, str, str, str]] = [
    # higher force: in force when the lower text was issued -> trái
    (C, TB, DECREE, "", B, "bai_bo_mot_phan", "khoản 2 Điều 156 Luật số 80/2015/QH13; Điều 6 Nghị định số 79", "trái"),
    (C, TB, DECREE, "2026-11-23", B, "bai_bo_mot_phan", "khoản 3 Điều 58 Luật số 64/2025/QH15", "trái"),
    (C, TB, HDND_TB, "", B, "bai_bo_mot_phan", "khoản 2 Điều 156", "trái"),
    # adopted before and effective together with the lower text: still a basis
    (C, but(DECREE_LATE, issued=dt.date(2024, 6, 1), effective=dt.date(2024, 8, 1)), LAW, "", B, "bai_bo_mot_phan", "Điều 6", "trái"),
    # adopted before, but effective after the lower text took effect: no basis, a ground for review
    (C, TB, LAW, "", B, "sua_doi_bo_sung", "điểm a khoản 1 Điều 37", "căn cứ rà soát"),
    # adopted later
    (C, HDND_TB, DECREE, "", B, "sua_doi_bo_sung", "Điều 37", "căn cứ rà soát"),
    (C, TB_LATE, but(LAW, effective=None), "", B, "bai_bo_mot_phan", "Điều 6", "giả định"),
    # adopted, effect later than A's issue, A's effect unknown
    (C, but(TB, effective=None), LAW, "", B, "chuyen_vien_xem_xet", "khoản 2 Điều 156", "ngày có hiệu lực của Điều 5 Quyết định"),
    (C, but(TB, issued=None, effective=None), DECREE, "", B, "chuyen_vien_xem_xet", "Điều 6", "ngày ban hành của Điều 5 Quyết định"),
    # the law by the day of judging
    (C, LAW_OLD, but(LAW, issued=dt.date(2025, 4, 1)), "", B, "sua_doi_bo_sung", "khoản 4 Điều 58", "ban hành sau"),
    (C, LAW_OLD, but(LAW, issued=dt.date(2025, 3, 31)), "", B, "sua_doi_bo_sung", "khoản 3 Điều 156", "ban hành sau"),
    (C, JOINT, LAW_OLD, "2014-01-01", B, "sua_doi_bo_sung", "khoản 2 Điều 83 Luật số 17/2008/QH12", "đối chiếu lại"),
    (C, JOINT, LAW_OLD, "2005-01-01", B, "sua_doi_bo_sung", "Điều 80 Luật Ban hành văn bản quy phạm pháp luật năm 1996", "đối chiếu lại"),
    # one issuer: the later day of issue, not of effect
    (C, BTC, BTC_LATE, "", B, "sua_doi_bo_sung", "khoản 3 Điều 156", "cùng một cơ quan"),
    (C, but(BTC, effective=dt.date(2025, 1, 1)), but(BTC_LATE, effective=dt.date(2024, 3, 1)), "", B, "sua_doi_bo_sung", "khoản 3", "sau"),
    (C, TB_LATE, TB, "", A, "sua_doi_bo_sung", "khoản 5 Điều 8", "cùng một cơ quan"),
    (C, LAW, NA_RESOLUTION, "", B, "sua_doi_bo_sung", "khoản 4 Điều 58", "ban hành sau"),
    (C, DECREE, GOV_RESOLUTION, "", B, "sua_doi_bo_sung", "khoản 4 Điều 58", "ban hành sau"),
    (C, but(JOINT, issued=dt.date(2012, 1, 1)), but(JOINT, number="9/2014/TTLT-BYT-BTC"), "", B, "sua_doi_bo_sung", "Điều 83", "sau"),
    (C, TB, but(TB_LATE, issued=None), "", None, "chuyen_vien_xem_xet", "", "ngày ban hành"),
    (C, BTC, but(BTC_LATE, issued=BTC.issued), "", None, "chuyen_vien_xem_xet", "", "cùng một ngày"),
    # equal force, different bodies: no rule, none invented
    (C, BTC, BYT, "", None, "kien_nghi_co_quan_co_tham_quyen", "Điều 58", "ngang hàng"),
    (C, JOINT, BTC, "", None, "kien_nghi_co_quan_co_tham_quyen", "", "ngang hàng"),
    (C, TB, TB_CHAIR, "", None, "kien_nghi_co_quan_co_tham_quyen", "", "ngang hàng"),
    # successors are not "cùng một cơ quan"
    (C, TNMT, NNMT, "", None, "chuyen_vien_xem_xet", "Điều 54", "kế thừa"),
    (C, TB, HY_NEW, "", None, "chuyen_vien_xem_xet", "Điều 54", "kế thừa"),
    (C, HY, HY_NEW, "", None, "chuyen_vien_xem_xet", "Điều 54", "kế thừa"),
    (C, HDND_TB, HY_NEW, "", A, "bai_bo_mot_phan", "khoản 3 Điều 58", "cao hơn"),  # other bodies: force decides
    # areas
    (C, TB, LS, "", None, "khong_xu_ly", "", "địa bàn khác nhau"),
    (C, TB, HY, "", None, "khong_xu_ly", "", "địa bàn khác nhau"),  # both of 2024: two provinces then
    (C, TB, HY, "2025-07-01", None, "thong_nhat_chinh_sach", "điểm b khoản 2 Điều 54", "một đơn vị hành chính"),
    (D, TB, HY, "2025-07-01", None, "khong_xu_ly", "", "một đơn vị hành chính"),
    (Relation.DIVERGENT, TB, HY, "", None, "thong_nhat_chinh_sach", "Điều 54", ""),
    (C, HDND_TB, LS, "", None, "khong_xu_ly", "", "địa bàn khác nhau"),  # force does not matter where they never meet
    # time
    (C, but(TB, expires=dt.date(2024, 10, 1)), TB_LATE, "", None, "khong_xu_ly", "Điều 57", "đã hết hiệu lực trước khi"),
    (C, but(DECREE, expires=dt.date(2024, 1, 1)), TB, "", None, "khong_xu_ly", "Điều 57", "đã hết hiệu lực"),
    (C, but(TB, expires=dt.date(2026, 1, 1)), DECREE, "2026-01-01", None, "cong_bo_het_hieu_luc", "khoản 1 Điều 57", "hết hiệu lực"),
    (C, but(TB, expires=dt.date(2026, 1, 1)), DECREE, "2025-12-31", B, "bai_bo_mot_phan", "", "trái"),
    # one document
    (C, but(TB, document="ubnd.thai-binh:decision:12/2024/QĐ-UBND:2024-05-20"), but(TB, document="ubnd.thai-binh:decision:12/2024/QĐ-UBND:2024-05-20", path="main/art_9"), "", None, "sua_doi_bo_sung", "", "một văn bản"),
    # a bare number is no key: two provinces share it
    (C, but(TB, document="::12/2024/QĐ-UBND:"), but(HY, document="::12/2024/QĐ-UBND:"), "", None, "khong_xu_ly", "", "địa bàn"),
    # unknown facts
    (C, TB, side(), "", None, "chuyen_vien_xem_xet", "", "loại văn bản của"),
    (C, side("Quyết định", "7/2020/QĐ-UBND"), DECREE, "", None, "chuyen_vien_xem_xet", "", "cơ quan ban hành của"),
    (C, side("Quyết định", "7/2020/QĐ-UBND", "Ủy ban nhân dân", "2020-01-01"), TB, "", None, "chuyen_vien_xem_xet", "", "địa bàn áp dụng của"),
    (C, VBHN, DECREE, "", None, "chuyen_vien_xem_xet", "", "văn bản được hợp nhất"),
    (C, TB, dataclasses.replace(LAW, issuer=None, territory=None), "", B, "sua_doi_bo_sung", "khoản 2 Điều 156", ""),  # a law has one issuer
    # an administrative document has no place in the order of force
    (C, ADMIN, DECREE, "", None, "chuyen_vien_xem_xet", "khoản 3 Điều 7", "văn bản quy phạm pháp luật"),
    (C, DECREE, LETTER, "", None, "chuyen_vien_xem_xet", "khoản 3 Điều 7", "454/UBND-KT"),
    (C, side("Quyết định", "3076/QĐ-UB", "Ủy ban nhân dân tỉnh Thái Bình", "2001-03-01"), LAW_OLD, "", B, "sua_doi_bo_sung", "", "cao hơn"),
    # repetition: nothing differs, nobody prevails
    (D, TB, DECREE, "", None, "bai_bo_mot_phan", "Điều 7 Luật số 64", "lặp lại"),
    (D, DECREE, TB, "", None, "bai_bo_mot_phan", "Điều 7 Luật số 64", "lặp lại"),
    (D, TB, TB_LATE, "", None, "sua_doi_bo_sung", "Điều 7", "cùng một cơ quan"),
    (D, BTC, BYT, "", None, "chuyen_vien_xem_xet", "Điều 7", "cùng nội dung"),
    (D, TB, side(), "", None, "chuyen_vien_xem_xet", "Điều 7", "chưa rõ loại văn bản"),
    # overlap
    (OV, TB, DECREE, "", B, "sua_doi_bo_sung", "khoản 2 Điều 156 Luật số 80/2015/QH13; Điều 38", "cùng điều chỉnh"),
    (OV, TB, TB_LATE, "", B, "sua_doi_bo_sung", "khoản 3 Điều 156", "cùng điều chỉnh"),
    (OV, BTC, BYT, "", None, "kien_nghi_co_quan_co_tham_quyen", "Điều 38", "cùng điều chỉnh"),
    (OV, TB, side(), "", None, "chuyen_vien_xem_xet", "", "chưa rõ"),
    # nothing to do
    (Relation.CONSISTENT, TB, DECREE, "", None, "khong_xu_ly", "", ""),
    (Relation.UNRELATED, TB, side(), "", None, "khong_xu_ly", "", ""),
    (Relation.OUTDATED, TB, NA_RESOLUTION, "", None, "sua_doi_bo_sung", "Điều 38", "không còn phù hợp"),
    # a whole document instead of one provision
    (C, but(TB, path="main"), DECREE, "", B, "bai_bo_toan_bo", "Điều 6", "trái"),
    (C, but(HDND_TB, path="main"), DECREE, "", B, "thay_the", "khoản 4 Điều 8", "căn cứ rà soát"),
    (C, but(TB, path="main"), TB_LATE, "", B, "thay_the", "khoản 4 và khoản 5 Điều 8", "ban hành sau"),
    (D, but(TB, path="main"), DECREE, "", None, "bai_bo_toan_bo", "Điều 7", "lặp lại"),
    (Relation.OUTDATED, but(TB, path="main"), NA_RESOLUTION, "", None, "bai_bo_toan_bo", "Điều 38", "không còn phù hợp"),
]  # fmt: skip


def _decide(relation: Relation, a: Side, b: Side, on: str) -> Ruling:
    return decide(pair(a, b), relation, dt.date.fromisoformat(on) if on else None)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0].value}-{row[1].number}-{row[2].number}-{row[3]}")
def test_case(row: tuple[Relation, Side, Side, str, Prevailing | None, str, str, str]) -> None:
    relation, a, b, on, prevailing, handling, ground, note = row
    ruling = _decide(relation, a, b, on)
    assert (ruling.prevailing, ruling.handling) == (prevailing, handling), ruling.note
    assert all(part in "; ".join(ruling.grounds) for part in ground.split("; ")), ruling.grounds
    assert note in ruling.note


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0].value}-{row[1].number}-{row[2].number}-{row[3]}")
def test_swapping_the_sides_swaps_the_answer(
    row: tuple[Relation, Side, Side, str, Prevailing | None, str, str, str],
) -> None:
    relation, a, b, on, prevailing, handling, _, _ = row
    ruling = _decide(relation, b, a, on)
    assert ruling.prevailing is {A: B, B: A, None: None}[prevailing]
    assert ruling.handling == handling or relation is Relation.OUTDATED
    assert ruling.grounds == _decide(relation, a, b, on).grounds


def test_the_texts_name_both_provisions() -> None:
    ruling = decide(pair(TB, DECREE), C)
    assert "bãi bỏ nội dung trái tại Điều 5 Quyết định số 12/2024/QĐ-UBND" in ruling.handling_text
    assert "áp dụng Điều 5 Nghị định số 10/2023/NĐ-CP" in ruling.handling_text
    assert "Article 5 of Decision No. 12/2024/QĐ-UBND" in ruling.handling_text_en
    assert ruling.note.startswith("Điều 5 Nghị định số 10/2023/NĐ-CP có hiệu lực pháp lý cao hơn")


def test_two_documents_of_one_number_are_told_apart() -> None:
    note = decide(pair(TB, HY), C, dt.date(2025, 7, 1)).note
    assert "tỉnh Thái Bình" in note
    assert "tỉnh Hưng Yên" in note


def test_every_row_is_a_full_proposal_and_no_place_stays_open() -> None:
    for row in rows():
        assert row.handling in codes(), row.case
        texts = (row.text, row.text_en, row.note, row.note_en)
        assert all(text[:1].isupper() or text.startswith("{") for text in texts), row.case
        open_places = set(re.findall(r"\{(\w+)\}", " ".join(texts)))
        assert open_places <= {"a", "b", "target", "kept", "reason"}, row.case
    assert {row.case for row in rows()} == set(Case)


def test_every_handling_is_reached_and_no_place_is_left_unfilled() -> None:
    reached: set[str] = set()
    for relation, a, b, on, *_ in TABLE:
        ruling = _decide(relation, a, b, on)
        reached.add(ruling.handling)
        words = f"{ruling.handling_text} {ruling.handling_text_en} {ruling.note} {ruling.note_en}"
        assert "{" not in words, words
    assert reached == set(codes())


def test_every_combination_of_relation_and_sides_gets_an_answer() -> None:
    sides = [LAW, DECREE, BTC, JOINT, HDND_TB, TB, HY_NEW, ADMIN, VBHN, side(), side("Quyết định")]
    for relation, a, b in itertools.product(Relation, sides, sides):
        ruling = decide(ProvisionPair(a, b), relation)
        assert ruling.handling in codes()
        assert ruling.note
        if relation in (Relation.CONSISTENT, Relation.UNRELATED, D):
            assert ruling.prevailing is None

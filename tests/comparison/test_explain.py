"""The words of a judgement: citations, quotes, what differs, the ground, the handling, what was not checked."""

from __future__ import annotations

import dataclasses

import pytest

from nlp.comparison.citing import QUOTE_LENGTH, cite, cite_pair, provision_name, quote, trim
from nlp.comparison.explain import explain, sentence
from nlp.comparison.precedence import decide
from nlp.comparison.view import Hit
from nlp.errors import Language
from nlp.law.finding import ConflictType, Prevailing, ProvisionPair, Relation, Side
from nlp.law.span import Span
from tests.comparison.sides import pair, side

A_TEXT = "1. Thời hạn giải quyết hồ sơ là 20 ngày làm việc kể từ ngày nhận đủ hồ sơ."
B_TEXT = "2. Thời hạn giải quyết hồ sơ là 15 ngày\nkể từ ngày nhận đủ hồ sơ."
LOWER = side(
    "Quyết định", "12/2024/QĐ-UBND", "Ủy ban nhân dân tỉnh Thái Bình", "2024-05-20", effective="2024-06-01",
    path="main/art_6/cl_1/pt_đ", text=A_TEXT,
)  # fmt: skip
HIGHER = side("Nghị định", "10/2023/NĐ-CP", "Chính phủ", "2023-04-03", path="khoản 2 Điều 5", text=B_TEXT)
NOTE = "Thời hạn của cùng một việc khác nhau: “20 ngày làm việc” so với “15 ngày”"


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def told(language: Language = Language.VI, *, abstained: bool = False, notes: tuple[str, ...] = (NOTE,)) -> str:
    both = pair(LOWER, HIGHER)
    evidence = ((span(A_TEXT, "20 ngày làm việc"),), (span(B_TEXT, "15 ngày\nkể từ ngày nhận"),))
    ruling = decide(both, Relation.CONTRADICTION)
    return explain(
        both,
        Relation.CONTRADICTION,
        ConflictType.DEADLINE,
        *evidence,
        notes,
        ruling,
        abstained=abstained,
        language=language,
    )


def test_the_whole_explanation() -> None:
    assert told() == (
        "(A) điểm đ khoản 1 Điều 6 Quyết định số 12/2024/QĐ-UBND quy định “20 ngày làm việc”; "
        "(B) khoản 2 Điều 5 Nghị định số 10/2023/NĐ-CP quy định “15 ngày kể từ ngày nhận”. "
        "Hai quy định mâu thuẫn về thời hạn. "
        "Thời hạn của cùng một việc khác nhau: “20 ngày làm việc” so với “15 ngày”. "
        "Quy định B có hiệu lực pháp lý cao hơn và đã có khi quy định A được ban hành: quy định A trái với văn bản cấp trên. "
        "Ngày có hiệu lực của văn bản cấp trên chưa rõ: giả định có hiệu lực trước văn bản này. "
        "Căn cứ: khoản 2 Điều 156 Luật số 80/2015/QH13; Điều 6 Nghị định số 79/2025/NĐ-CP. "
        "Đề xuất: xử lý văn bản trái pháp luật: bãi bỏ nội dung trái tại quy định A, hoặc sửa đổi, bổ sung nếu vẫn cần quy định; "
        "áp dụng quy định B. "
        "Chưa kiểm tra: ngày có hiệu lực của B; văn bản thứ ba sửa đổi hoặc giao quy định."
    )


def test_english() -> None:
    text = told(Language.EN, notes=("Different time limits.",))
    assert text.startswith(
        "(A) Point đ, Clause 1, Article 6 of Decision No. 12/2024/QĐ-UBND provides “20 ngày làm việc”; "
    )
    assert "(B) Clause 2, Article 5 of Decree No. 10/2023/NĐ-CP provides “15 ngày" in text
    assert "contradict each other in the time limit. Different time limits. Provision B has higher legal force" in text
    assert text.endswith("Not checked: effective date of B; third texts that amend or delegate.")


def test_an_abstention_names_no_conflict_and_no_handling() -> None:
    text = told(abstained=True)
    assert "Chưa đủ cơ sở để kết luận" in text
    assert "“20 ngày làm việc”" in text
    assert "Hai quy định mâu thuẫn" not in text
    assert "Đề xuất" not in text


def test_at_most_two_notes_are_told() -> None:
    text = told(notes=("Một.", "Hai.", "Ba."))
    assert "Một. Hai." in text
    assert "Ba." not in text


def test_empty_sides_are_named_and_nothing_is_invented() -> None:
    both = pair(Side(""), Side(""))
    text = explain(both, Relation.UNRELATED, None, (), (), (), decide(both, Relation.UNRELATED))
    assert text.startswith(
        "(A) văn bản A [không có nội dung]; (B) văn bản B [không có nội dung]. Hai quy định không liên quan."
    )
    assert "Chưa kiểm tra: ngày ban hành của cả hai; ngày có hiệu lực của cả hai; cơ quan ban hành của cả hai" in text


# (side, Vietnamese, English)
CITATIONS = [
    (LOWER, "điểm đ khoản 1 Điều 6 Quyết định số 12/2024/QĐ-UBND", "Point đ, Clause 1, Article 6 of Decision No. 12/2024/QĐ-UBND"),
    (HIGHER, "khoản 2 Điều 5 Nghị định số 10/2023/NĐ-CP", "Clause 2, Article 5 of Decree No. 10/2023/NĐ-CP"),
    (side("Luật", "31/2024/QH15", path=""), "Luật số 31/2024/QH15", "Law No. 31/2024/QH15"),
    (side("Luật", "31/2024/QH15", path="main"), "Luật số 31/2024/QH15", "Law No. 31/2024/QH15"),
    (side(number="31/2024/QH15", path="Điều 9"), "Điều 9 văn bản số 31/2024/QH15", "Article 9 of document No. 31/2024/QH15"),
    (side(path="khoản đầu tiên"), "khoản đầu tiên văn bản A", "khoản đầu tiên of document A"),
    (side(path="", title="Về phân cấp quản lý"), "“Về phân cấp quản lý”", "“Về phân cấp quản lý”"),
    (Side(""), "văn bản A", "document A"),
    (Side("", citation="Điều 3 Luật Đất đai"), "Điều 3 Luật Đất đai", "Điều 3 Luật Đất đai"),
    (Side("", citation="Điều 3 Luật Đất đai", path="main/art_3", number="31/2024/QH15"), "Điều 3 Luật Đất đai", "Article 3 of document No. 31/2024/QH15"),
]  # fmt: skip


@pytest.mark.parametrize(("cited", "vi", "en"), CITATIONS, ids=lambda value: str(value)[:30])
def test_citation(cited: Side, vi: str, en: str) -> None:
    assert cite(cited, Prevailing.A) == vi
    assert cite(cited, Prevailing.A, Language.EN) == en


def test_citations_of_a_pair_are_never_alike() -> None:
    other = side(
        "Quyết định", "12/2024/QĐ-UBND", "Ủy ban nhân dân tỉnh Hưng Yên", "2024-06-11", path="main/art_6/cl_1/pt_đ"
    )
    a, b = cite_pair(pair(LOWER, other))
    assert a.endswith("12/2024/QĐ-UBND của Ủy ban nhân dân tỉnh Thái Bình")
    assert b.endswith("12/2024/QĐ-UBND của Ủy ban nhân dân tỉnh Hưng Yên")
    c, d = cite_pair(ProvisionPair(LOWER, dataclasses.replace(LOWER, text="khác")))
    assert (c[-12:], d[-12:]) == (" (văn bản A)", " (văn bản B)")


def test_paths_that_nothing_reads_stay_as_given() -> None:
    assert provision_name("Phần mở đầu") == "Phần mở đầu"
    assert provision_name("main/art_7a/cl_3a/pt_b1") == "điểm b1 khoản 3a Điều 7a"
    assert provision_name("  ") == ""


def test_quotes_are_words_of_the_text() -> None:
    long = "Cơ quan tiếp nhận hồ sơ " * 20
    shown = trim(long)
    assert len(shown) <= QUOTE_LENGTH + 2
    assert shown.endswith(" …")
    assert long.startswith(shown.removesuffix(" …"))
    assert quote(B_TEXT, ()) == "“2. Thời hạn giải quyết hồ sơ là 15 ngày kể từ ngày nhận đủ hồ sơ”"
    spans = (span(B_TEXT, "15 ngày"), span(B_TEXT, "Thời hạn"), span(B_TEXT, "hồ sơ"))
    assert quote(B_TEXT, spans) == "“Thời hạn” … “hồ sơ”"  # text order, at most two
    assert quote("", ()) == ""


def test_a_sentence_that_is_no_comparison_keeps_its_order_but_not_its_letters() -> None:
    hit = Hit("delegated_range", 0.9, (span(A_TEXT, "20 ngày làm việc"),), (span(B_TEXT, "15 ngày"),))
    told = sentence(hit, A_TEXT, B_TEXT, Language.VI, swapped=True)
    assert told.endswith("“20 ngày làm việc” (B) trong “15 ngày” (A).")
    assert sentence(hit, A_TEXT, B_TEXT, Language.EN).endswith("“20 ngày làm việc” (A) within “15 ngày” (B).")


def test_a_sentence_of_one_side_names_that_side() -> None:
    hit = Hit("boilerplate", 0.9, (span(A_TEXT, "20 ngày làm việc"),))
    assert sentence(hit, A_TEXT, B_TEXT, Language.VI, swapped=True).endswith("“20 ngày làm việc” (B).")

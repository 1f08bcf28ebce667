from __future__ import annotations

import pytest

from nlp.retrieval.terms import fold_marks, has_marks, syllables, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thời hạn 05 ngày", ["thời", "hạn", "05", "ngày", "thời_hạn", "hạn_05", "05_ngày"]),
        ("", []),
        # a document number stays whole beside its parts
        (
            "theo 12/2024/QĐ-UBND",
            ["theo", "12", "2024", "qđ", "ubnd", "theo_12", "12_2024", "2024_qđ", "qđ_ubnd", "12/2024/qđ-ubnd"],
        ),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà giải", "hòa giải"),  # both places of the tone mark are used, often in one law
        ("Uỷ ban", "Ủy ban"),
        ("thủy lợi", "thuỷ lợi"),
        ("khoẻ", "khỏe"),
        ("hòa", "hòa"),  # NFD against NFC
    ],
)
def test_tone_placement_is_one(one: str, other: str) -> None:
    assert syllables(one) == syllables(other)


@pytest.mark.parametrize(("one", "other"), [("quý", "quy"), ("toàn", "toan"), ("hoán", "hoàn"), ("đất", "dất")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert syllables(one) != syllables(other)


def test_fold_marks() -> None:
    assert fold_marks("Quyền sử dụng ĐẤT") == "quyen su dung dat"
    assert has_marks("đat")
    assert not has_marks("Quyen su dung DAT 12/2024")

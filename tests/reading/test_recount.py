"""Figures read a second time: agreement, change, doubt."""

from __future__ import annotations

import pytest

from nlp.reading.recount import holds_figures, recounted
from nlp.reading.words import Word

_STEP = 10  # pixels a letter


def line(text: str, confidence: float = 0.8) -> list[Word]:
    """Words of a line drawn in a type of one width, so that two readings of one print stand at the same places."""
    found, x = [], 0
    for part in text.split(" "):
        found.append(Word(part, confidence, x, 0, x + _STEP * len(part), 20, (0, 0, 0), 30.0))
        x += _STEP * (len(part) + 1)
    return found


def settle(first: str, second: str, third: str) -> list[Word]:
    asked: list[int] = []

    def again(turn: int) -> list[Word]:
        asked.append(turn)
        return line((second, third)[turn])

    result = recounted(line(first), again)
    assert asked in ([0], [0, 1])
    return result


CHANGED = [
    ("tháng 6 năm 2016;", "thang 6 nam 2018;", "thang 6 nam 2018;", "tháng 6 năm 2018;"),
    ("số 133/2016/NĐ-CP ngày", "sé 135/2016/ND-CP ngay", "s6 135/2016/ND-CP ngdy", "số 135/2016/NĐ-CP ngày"),
    ("số 1 39/2016/NĐ-CP ngày", "sé 1135/2016/ND-CP ngay", "s6 1135/2016/ND-CP ngdy", "số 1135/2016/NĐ-CP ngày"),
    ("số 26/202 L/NĐ-CP. ", "s6 26/2021 /ND-CP. ", "s6 26/202 1/ND-CP. ", "số 26/2021/NĐ-CP. "),
    ("tháng l1 năm", "thang 11 nam", "thang 11 nam", "tháng 11 năm"),
    ("Điều § Nghị", "Diéu 8 Nghi", "Diéu 8 Neghi", "Điều 8 Nghị"),
    ("đạt ó9 triệu", "dat 69 triéu", "dat 69 trigu", "đạt 69 triệu"),
    ("là 250 m?; mức", "la 250 m2; muc", "la 250 m?; muc", "là 250 m²; mức"),
    ("5.000 đồng/m°. Khi", "5.000 ddng/m3. Khi", "5.000 ddng/m3. Khi", "5.000 đồng/m³. Khi"),
    ("77/2014/TT- 7C ngày", "77/2014/TT-BIC ngay", "77/2014/TT-BTC ngay", "77/2014/TT-BTC ngày"),
]


@pytest.mark.parametrize(("first", "second", "third", "expected"), CHANGED)
def test_what_is_read_twice_the_same_replaces_the_first_reading(
    first: str, second: str, third: str, expected: str
) -> None:
    result = settle(first, second, third)
    assert " ".join(word.text for word in result).strip() == expected.strip()
    changed = [word for word in result if word.text not in first.split(" ")]
    assert changed
    assert all(word.confidence <= 0.5 for word in changed)  # still marked: a finding that rests on it says so


KEPT = [
    ("tháng 6 năm 2014 của", "thang 6 nam 2014 cua", ""),  # agreed at once
    ("tháng 6 năm 2014 của", "thang 6 nam 2019 cua", "thang 6 nam 2014 cua"),  # agreed at the second size
    ("là 250 m?; mức", "la 250 m2; muc", "la 250 m3; muc"),  # square or cubic: not guessed
    ("là 250 m°; mức", "la 250 m?; muc", "la 250 m?; muc"),
    ("mức 1,0 lần", "muc 1.0 lan", ""),  # a comma stays a comma
    ("27/2021/QĐ-UBND ngày", "27/2021/0D-UBND ngay", "27/2021/OD-UBND ngay"),  # Q is no zero
    ("Luật số 59/2020/QH14 và", "Luat s6 59/2020/QH14 va", ""),
    ("một số điều của", "mot s6 diéu cua", "mot s6 diéu cua"),  # the second model takes letters for figures
    ("I. ĐÁNH GIÁ CHUNG", "1. DANH GIA CHUNG", "1. DANH GIA CHUNG"),
    ("lô (2.421 lô)", "16 (2.42/ 16)", "16 (2.42/ /6)"),  # a lost figure
]


@pytest.mark.parametrize(("first", "second", "third"), KEPT)
def test_other_readings_leave_the_text(first: str, second: str, third: str) -> None:
    assert " ".join(word.text for word in settle(first, second, third)) == first


def test_agreement_makes_sure_and_three_opinions_doubt() -> None:
    agreed = settle("tháng 6", "thang 6", "")
    assert agreed[1].confidence >= 0.9
    disputed = settle("tháng 445 nam", "thang 115 nam", "thang 175 nam")
    assert (disputed[1].text, disputed[1].confidence) == ("445", 0.5)
    unseen = settle("tháng 445 nam", "thang", "thang")
    assert unseen[1].confidence == 0.8  # no opinion is no doubt


def test_only_lines_with_figures_are_read_again() -> None:
    assert not holds_figures(line("Ủy ban nhân dân tỉnh"))
    assert not holds_figures(line("lô l của dự án"))
    assert holds_figures(line("khoản l Điều này"))
    assert holds_figures(line("trong 30 ngày"))

"""What is made of recognised words: figures, torn numbers, lost diacritics, noise."""

from __future__ import annotations

import pytest

from nlp.reading.figures import mended
from nlp.reading.spelling import corrected
from nlp.reading.words import Word, runs_of_words


def words(text: str, confidence: float = 0.9) -> list[Word]:
    found, x = [], 0
    for part in text.split():
        found.append(Word(part, confidence, x, 0, x + 10 * len(part), 20, (0, 0, 0), 30.0))
        x += 10 * len(part) + 10
    return found


MENDED = [
    ("ngày l5 tháng Š năm 2014", "ngày 15 tháng 5 năm 2014"),
    ("khoản l Điều 8", "khoản 1 Điều 8"),
    ("ngày 1ó tháng 6", "ngày 16 tháng 6"),
    ("số 44/201 4NĐ-CP ngày", "số 44/2014/NĐ-CP ngày"),
    ("số 76/2014/TT- BTC ngày", "số 76/2014/TT-BTC ngày"),
    ("số 24/2021NQ-HĐND", "số 24/2021/NQ-HĐND"),
    ("lô l của dự án", "lô l của dự án"),  # no place for a number alone
    ("ngày làm việc", "ngày làm việc"),
    ("tháng 12/2024 UBND", "tháng 12/2024 UBND"),  # a month, not a number torn apart
    ("năm 2014 Ủy ban", "năm 2014 Ủy ban"),
]


@pytest.mark.parametrize(("read", "expected"), MENDED)
def test_mended(read: str, expected: str) -> None:
    assert " ".join(word.text for word in mended(words(read))) == expected


def test_what_was_mended_is_marked_uncertain() -> None:
    run = runs_of_words(mended(words("ngày l5 tháng 6")), 1.0, 0.6)[0]
    assert run.text == "ngày 15 tháng 6"
    assert [run.text[a:b] for a, b in run.uncertain] == ["15"]


CORRECTED = [
    ("tô chức chính quyên địa phương", "tổ chức chính quyền địa phương"),
    ("quy định chỉ tiết một số điều", "quy định chi tiết một số điều"),
    ("có thâm quyền đối chiếu", "có thẩm quyền đối chiếu"),
    ("xã, phường trong tỉnh", "xã, phường trong tỉnh"),  # sound words stay
    ("Vườn quốc gia Ba Vì thực hiện", "Vườn quốc gia Ba Vì thực hiện"),  # names stay
    ("mức 15 đồng", "mức 15 đồng"),
]


@pytest.mark.parametrize(("read", "expected"), CORRECTED)
def test_corrected(read: str, expected: str) -> None:
    assert " ".join(corrected(read.split(), [0.9] * len(read.split()))) == expected


def test_sure_words_stay() -> None:
    assert corrected(["tô", "chức"], [0.99, 0.99]) == ["tô", "chức"]


def test_noise_is_apart() -> None:
    seal = runs_of_words(words("¬ ~< 4g", 0.2), 1.0, 0.6)
    assert all(run.stamped for run in seal)
    unit = runs_of_words(words("m?.", 0.3), 1.0, 0.6)
    assert [(run.text, run.stamped, bool(run.uncertain)) for run in unit] == [("m?.", False, True)]
    number = runs_of_words(words("20/2019/QĐ-UBND", 0.3), 1.0, 0.6)
    assert [(run.text, run.stamped) for run in number] == [("20/2019/QĐ-UBND", False)]  # unsure, but no noise

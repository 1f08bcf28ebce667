"""Doubtful pieces read again, and lines that recognition left out."""

from __future__ import annotations

import numpy as np

from nlp.reading.reread import is_legible, left_out, reread
from nlp.reading.words import Word


def words(
    text: str, confidence: float, x: int = 0, top: int = 100, line: tuple[int, int, int] = (0, 0, 0)
) -> list[Word]:
    found = []
    for part in text.split():
        found.append(Word(part, confidence, x, top, x + 12 * len(part), top + 20, line, 30.0))
        x += 12 * len(part) + 12
    return found


def texts(found: list[Word]) -> str:
    return " ".join(word.text for word in found)


def test_a_doubtful_piece_is_replaced_by_a_sure_one_and_stays_in_its_line() -> None:
    line = [*words("Km bệ»", 0.2), *words("TM. ỦY BAN NHÂN DÂN", 0.95, x=400)]
    asked: list[int] = []

    def again(place: tuple[int, int, int, int], size: int) -> list[Word]:
        asked.append(place[0])
        return words("Nơi nhận:", 0.9, line=(9, 9, 9)) if size == 0 else []

    found = reread(line, again)
    assert texts(found) == "Nơi nhận: TM. ỦY BAN NHÂN DÂN"
    assert {word.line for word in found} == {(0, 0, 0)}
    assert set(asked) == {0}  # the sure piece beside it is not read again


def test_unsure_and_short_readings_replace_nothing() -> None:
    seal = words("¬ ~< 4g", 0.2)
    assert texts(reread(seal, lambda _place, _size: words("Là TƯ", 0.95))) == "¬ ~< 4g"
    assert texts(reread(seal, lambda _place, _size: words("phải không thế", 0.6))) == "¬ ~< 4g"


def test_a_figure_alone_in_its_cell_may_be_short() -> None:
    cell = words("—1/", 0.1, line=(7, 0, 0))
    assert texts(reread(cell, lambda _place, size: words("1,0", 0.9) if size == 0 else [])) == "1,0"


def test_stretches_of_ink_without_words_are_found() -> None:
    ink = np.full((400, 900), 255, np.uint8)
    for x in range(20, 800, 14):
        ink[100:120, x : x + 9] = 0  # read
        ink[140:160, x : x + 9] = 0  # left out
    ink[200:390, 600:790] = 0  # a seal: no line
    read = [*words("chữ " * 15, 0.9, x=10), Word("rest", 0.9, 10, 100, 820, 120, (0, 0, 0), 30.0)]
    ((x0, top, x1, bottom),) = left_out(ink, read)
    assert x0 <= 24
    assert x1 >= 786
    assert (top, bottom) == (140, 160)


def test_only_writing_is_taken() -> None:
    assert is_legible(words("khoảng 83,94 ha", 0.9))
    assert not is_legible(words("khoảng 83,94 ha", 0.5))
    assert not is_legible(words("— ^", 0.95))

"""One spelling of the same letters, and the way back to the original."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.law.span import Span
from nlp.text.normalise import comparison_form, normalise

NORMALISED = [
    ("Quyết định", "Quyết định"),
    (
        unicodedata.normalize("NFD", "Quyết định hoà thuỷ"),
        "Quyết định hoà thuỷ",
    ),  # combining marks; tone placement stays
    ("Ðiều 5. ðất", "Điều 5. đất"),  # eth
    ("THƢỜNG trực, ƣu tiên", "THƯỜNG trực, ưu tiên"),  # ToUnicode one place off
    ("a\u0301\u0302n", "ấn"),  # tone typed before the circumflex: NFC alone keeps two pieces
    ("o\u031b\u0301", "ớ"),
    ("số\u00a015\u2009ngày", "số 15 ngày"),
    ("QĐ\u2011UBND, \u22125", "QĐ-UBND, -5"),
    ("Điều\u200b 1\ufeff", "Điều 1"),
    ("01⁄2017", "01/2017"),
    ("QĐ–UBND “a”", "QĐ–UBND “a”"),  # dashes and quotes stay as printed
    ("", ""),
]


@pytest.mark.parametrize(("raw", "expected"), NORMALISED)
def test_normalise(raw: str, expected: str) -> None:
    assert normalise(raw).text == expected


def test_positions_lead_back_to_the_original() -> None:
    raw = "\u200bNghị " + unicodedata.normalize("NFD", "định") + " số\u00a05"
    done = normalise(raw)
    at = done.text.index("định")
    back = done.offsets.span_to_original(Span(at, at + 4))
    assert unicodedata.normalize("NFC", back.of(raw)) == "định"
    five = done.text.index("5")
    assert done.offsets.span_to_original(Span(five, five + 1)).of(raw) == "5"


VIETNAMESE = st.text(
    st.sampled_from("aăâeêioôơuưyđAĐ bcn1.\n\u0300\u0301\u0302\u0306\u0309\u031b\u0323\u200b\u00a0Ðƣ"), max_size=40
)


@given(VIETNAMESE)
def test_normalise_is_idempotent_and_maps_every_position(raw: str) -> None:
    done = normalise(raw)
    assert normalise(done.text).text == done.text
    places = [done.offsets.to_original(index) for index in range(len(done.text) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(raw)


COMPARED = [
    ("hoà giải, huỷ bỏ, Uỷ ban, khoẻ", "hòa giải, hủy bỏ, ủy ban, khỏe"),
    ("quý, quỳ, quả", "quý, quỳ, quả"),  # qu is an onset: no choice of place
    ("hoàn, toán, thuyền", "hoàn, toán, thuyền"),  # closed syllables have one place
    ("kĩ thuật, lí do, Mĩ", "kỹ thuật, lý do, mỹ"),
    ("thi hành, chi phí", "thi hành, chi phí"),  # th, ch: not a single onset letter
    ("“Điều” – 5", '"điều" - 5'),
]


@pytest.mark.parametrize(("text", "expected"), COMPARED)
def test_comparison_form(text: str, expected: str) -> None:
    assert comparison_form(text) == expected


@given(VIETNAMESE)
def test_comparison_form_keeps_every_position(raw: str) -> None:
    text = normalise(raw).text
    assert len(comparison_form(text)) == len(text)
    assert comparison_form(comparison_form(text)) == comparison_form(text)

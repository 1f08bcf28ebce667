"""Old eight-bit codes, told by evidence and by font."""

from __future__ import annotations

import pytest

from nlp.text.legacy import LegacyEncoding, decode, detect, encoding_of_font
from nlp.text.syllables import is_syllable, marked_share, syllable_share

DECODED = [
    (
        LegacyEncoding.TCVN3,
        "QuyÕt ®Þnh vÒ viÖc qu¶n lý ®Êt ®ai, ng\u00adêi sö dông",
        "Quyết định về việc quản lý đất đai, người sử dụng",
    ),
    (LegacyEncoding.TCVN3, "§iÒu 5. ¦u tiªn", "Điều 5. Ưu tiên"),
    (LegacyEncoding.VNI, "UÛY BAN NHAÂN DAÂN tænh Bình Döông", "ỦY BAN NHÂN DÂN tỉnh Bình Dương"),
    (LegacyEncoding.VNI, "quyeát ñònh veà vieäc quaûn lyù ñöôøng boä", "quyết định về việc quản lý đường bộ"),
    (LegacyEncoding.VISCII, "Quy\xaat \xf0\xb8nh", "Quyết định"),
]


@pytest.mark.parametrize(("encoding", "raw", "expected"), DECODED)
def test_decode(encoding: LegacyEncoding, raw: str, expected: str) -> None:
    assert decode(raw, encoding) == expected


DETECTED = [
    (
        "C¨n cø LuËt Tæ chøc ChÝnh phñ ngµy 25 th¸ng 12 n¨m 2001; NghÞ ®Þnh nµy quy ®Þnh viÖc ph¸t hµnh c«ng tr¸i",
        LegacyEncoding.TCVN3,
    ),
    (
        "Caên cöù Luaät Toå chöùc Chính phuû ngaøy 25 thaùng 12 naêm 2001; Nghò ñònh naøy quy ñònh vieäc phaùt haønh",
        LegacyEncoding.VNI,
    ),
    ("Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001", None),  # sound Unicode
    (
        "Le présent décret fixe les modalités d'application de la loi précitée à l'égard des étrangers",
        None,
    ),  # accents, but French
    ("UY BAN NHAN DAN TINH DONG NAI chap thuan", None),  # marks lost: no code brings them back
]


@pytest.mark.parametrize(("text", "expected"), DETECTED)
def test_detect(text: str, expected: LegacyEncoding | None) -> None:
    assert detect(text) is expected


FONTS = [
    ("ABCDEF+.VnTime", (LegacyEncoding.TCVN3, False)),
    (".VnTimeH", (LegacyEncoding.TCVN3, True)),
    ("BCDEEE+.VnTimeH,Bold", (LegacyEncoding.TCVN3, True)),
    (".VnArial-Bold", (LegacyEncoding.TCVN3, False)),
    ("VNI-Times", (LegacyEncoding.VNI, False)),
    ("Times New Roman", (None, False)),
]


@pytest.mark.parametrize(("font", "expected"), FONTS)
def test_encoding_of_font(font: str, expected: tuple[LegacyEncoding | None, bool]) -> None:
    assert encoding_of_font(font) == expected


SYLLABLES = [
    ("nghiêng", True),
    ("Uỷ", True),
    ("qua", True),
    ("gì", True),
    ("giếng", True),
    ("khuỷu", True),
    ("UBND", False),
    ("vvrb", False),
    ("tion", False),
    ("Êqz", False),
]


@pytest.mark.parametrize(("word", "expected"), SYLLABLES)
def test_is_syllable(word: str, expected: bool) -> None:
    assert is_syllable(word) is expected


def test_shares_tell_sound_text_from_broken() -> None:
    sound, broken = "Căn cứ Luật Tổ chức chính quyền địa phương", "Can cir Lu4t T6 chtrc chinh quyAn dja phuong"
    assert marked_share(sound) > 0.25
    assert marked_share(broken) < 0.11
    assert syllable_share(sound) == 1.0
    assert syllable_share("1.000 - 2.000") == 0.0

"""Texts of the years before Unicode: TCVN3 (ABC), VNI and VISCII codes read as if they were Latin-1."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from nlp.text.syllables import marked_share, syllable_share


class LegacyEncoding(StrEnum):
    """The eight-bit codes that Vietnamese offices used."""

    TCVN3 = "tcvn3"  # fonts ".VnTime"; capitals by the twin font ".VnTimeH"
    VNI = "vni"  # fonts "VNI-Times": letter plus mark
    VISCII = "viscii"


# bytes A1..FF of TCVN 5712-1, once derived from `iconv -f TCVN5712-1`; B0..B4 are spacing forms of the combining tone marks
_TCVN3 = dict(
    zip(
        range(0xA1, 0x100),
        "ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
        strict=True,
    )
)
# bytes 80..FF of VISCII (RFC 1456); its six control-range capitals never occur in files
_VISCII = dict(
    zip(
        range(0x80, 0x100),
        "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
        strict=True,
    )
)

# VNI writes a mark after its vowel; ô and ö are themselves ơ and ư
_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_HAT = dict(
    zip(
        "âáàåãä",
        ["\u0302", "\u0302\u0301", "\u0302\u0300", "\u0302\u0309", "\u0302\u0303", "\u0302\u0323"],
        strict=True,
    )
)
_VNI_BREVE = dict(
    zip(
        "êéèúüë",
        ["\u0306", "\u0306\u0301", "\u0306\u0300", "\u0306\u0309", "\u0306\u0303", "\u0306\u0323"],
        strict=True,
    )
)
_VNI_SINGLE = {"ñ": "đ", "ö": "ư", "ô": "ơ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}

# what Windows-1252 shows for bytes 80..9F, back to the byte
_CP1252 = {
    ord(bytes([code]).decode("cp1252")): code
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}


def _vni_table() -> dict[str, str]:
    table: dict[str, str] = dict(_VNI_SINGLE)
    for vowel in "aeouy":
        for mark, tone in _VNI_TONES.items():
            table[vowel + mark] = unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aeo":
        for mark, accents in _VNI_HAT.items():
            table[vowel + mark] = unicodedata.normalize("NFC", vowel + accents)
    for mark, accents in _VNI_BREVE.items():
        table["a" + mark] = unicodedata.normalize("NFC", "a" + accents)
    for base, letter in (("ô", "ơ"), ("ö", "ư")):
        for mark, tone in _VNI_TONES.items():
            table[base + mark] = unicodedata.normalize("NFC", letter + tone)
    return table


_VNI = _vni_table()
_VNI_UNIT = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)), re.IGNORECASE)


def decode(text: str, encoding: LegacyEncoding) -> str:
    """`text` (codes shown as Latin-1 or Windows-1252 letters) in Unicode, NFC; what the code does not define stays as it is.

    TCVN3 and VISCII keep the length of the text except for the five combining marks; VNI joins a vowel and its mark.
    """
    if encoding is LegacyEncoding.VNI:
        return _VNI_UNIT.sub(_vni_letter, text)
    table = (
        _TCVN3
        if encoding is LegacyEncoding.TCVN3
        else {**{code: _VISCII[byte] for code, byte in _CP1252.items()}, **_VISCII}
    )
    return unicodedata.normalize("NFC", text.translate(table))


def _vni_letter(match: re.Match[str]) -> str:
    unit = match.group()
    letter = _VNI[unit.lower()]
    return letter.upper() if unit[0].isupper() else letter


def encoding_of_font(font: str) -> tuple[LegacyEncoding | None, bool]:
    """The code that a font name tells, and whether the font draws capitals for small letters: ".VnTimeH" -> (TCVN3, True)."""
    name = font.rsplit("+", 1)[-1].strip().strip("'\"").lower()
    if name.startswith((".vn", "vnarial", "vntime", "_.vn", "abc ")):
        family = re.sub(r"[-, ]*(bold|italic|regular|mt|ps)+", "", name).strip()
        return LegacyEncoding.TCVN3, family.endswith("h") and family not in {".vntech", ".vnarabiah"}
    if name.startswith("vni"):
        return LegacyEncoding.VNI, False
    return None, False


# a text is taken for legacy when its own letters make few syllables and decoding makes most words syllables
_SOUND_SYLLABLES = 0.75
_MIN_GAIN = 0.15
_MIN_MARKED = 0.12


def detect(text: str) -> LegacyEncoding | None:
    """The legacy code that makes Vietnamese of `text`, None if it is sound as it is or no code helps.

    Evidence, not file names: the share of words that are Vietnamese syllables before and after decoding.
    """
    sample = text[:20_000]
    if not re.search("[\u0080-\u00ff]", sample):
        return None
    best, best_score = None, max(_SOUND_SYLLABLES, syllable_share(sample) + _MIN_GAIN)
    for encoding in LegacyEncoding:
        decoded = decode(sample, encoding)
        score = syllable_share(decoded)
        if score > best_score and marked_share(decoded) >= _MIN_MARKED:
            best, best_score = encoding, score
    return best

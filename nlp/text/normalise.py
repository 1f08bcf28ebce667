"""One spelling of the same letters: what reading keeps as text, and the form in which two texts are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from nlp.law.span import OffsetMap


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text in one spelling and the way back to where each character came from."""

    text: str
    offsets: OffsetMap


# letters that look like another one and come from broken fonts or wrong keyboards
_LOOK_ALIKES = {
    "Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ",  # eth and African d
    "Ƣ": "Ư", "ƣ": "ư",  # oi, from ToUnicode tables one place off
    "\u2010": "-", "\u2011": "-", "\u2212": "-", "\u00ad": "-", "\u02d7": "-", "\uff0d": "-",
    "\u2044": "/", "\u2215": "/",  # fraction and division slash
    "\uf02d": "-", "\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf0fc": "•", "\uf076": "•", "\uf06e": "•", "\uf0e8": "→",
    "\uff08": "(", "\uff09": ")", "\uff0c": ",", "\uff1a": ":", "\uff1b": ";",
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
}  # fmt: skip
_SPACES = dict.fromkeys(
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
)
_INVISIBLE = dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e", "")
_SINGLE = _LOOK_ALIKES | _SPACES | _INVISIBLE
_MODIFIERS = "\u0302\u0306\u031b"  # circumflex, breve, horn: part of the letter


def normalise(text: str) -> Normalised:
    """`text` in NFC with one letter for each look-alike, plain spaces and hyphens, and no invisible characters; idempotent.

    Line breaks, en dashes and the placement of tone marks stay as printed: the result is what is quoted.
    """
    if text.isascii():
        return Normalised(text, OffsetMap.identity(len(text)))
    pieces: list[str] = []
    derived, original = [0], [0]
    at = length = 0
    for match in _changes(text):
        start, end, letter = match
        if start > at:
            pieces.append(text[at:start])
            length += start - at
        _mark(derived, original, length, start)
        pieces.append(letter)
        length += len(letter)
        at = end
        _mark(derived, original, length, at)
    pieces.append(text[at:])
    length += len(text) - at
    if derived[-1] == length and len(derived) > 1:
        original[-1] = len(text)
    else:
        derived.append(length)
        original.append(len(text))
    return Normalised("".join(pieces), OffsetMap(tuple(derived), tuple(original)))


def _mark(derived: list[int], original: list[int], at: int, source: int) -> None:
    if derived[-1] == at:
        original[-1] = source
        return
    derived.append(at)
    original.append(source)


_HIDDEN = "".join(_INVISIBLE)
_CLUSTER = re.compile(
    f"[^\\W\\d_](?:[{_HIDDEN}]*[\u0300-\u036f])+|[{''.join(_SINGLE)}]|[\u212a\u212b\u1f71-\u1fff\u0374\u037e\u0387]"
)


def _changes(text: str) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for match in _CLUSTER.finditer(text):
        unit = match.group()
        letter = _SINGLE.get(unit)
        if letter is None:
            letter = _compose(unit)
        if letter != unit:
            found.append((match.start(), match.end(), letter))
    return found


def _compose(cluster: str) -> str:
    """One letter of a base and its marks; NFC alone leaves "á" + circumflex (a typing order of some keyboards) in two pieces."""
    parts = unicodedata.normalize("NFD", "".join(_SINGLE.get(letter, letter) for letter in cluster))
    modifiers = "".join(mark for mark in parts[1:] if mark in _MODIFIERS)
    others = "".join(mark for mark in parts[1:] if mark not in _MODIFIERS)
    if len(set(others)) == 1:
        others = others[0]  # the same tone typed twice
    return unicodedata.normalize("NFC", parts[0] + "".join(dict.fromkeys(modifiers)) + others)


# "hoà" -> "hòa", "thuỷ" -> "thủy": in an open oa, oe, uy both places of the tone are in use, often inside one law; "quý" has no choice
_OPEN = re.compile(r"(o)([àáảãạ]|[èéẻẽẹ])(?![^\W\d_])|(?<!q)(u)([ỳýỷỹỵ])(?![^\W\d_])", re.IGNORECASE)
# "kĩ thuật" and "kỹ thuật", "quí" and "quý": after a single h, k, l, m, s, t, v and after qu
_FINAL_I = re.compile(r"(?<![^\W\d_])([hklmstv]|qu)([iìíỉĩị])(?![^\W\d_])", re.IGNORECASE)
_I_TO_Y = str.maketrans("iìíỉĩịIÌÍỈĨỊ", "yỳýỷỹỵYỲÝỶỸỴ")
_DASHES = str.maketrans(
    {"–": "-", "—": "-", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\t": " ", "\n": " ", "\r": " "}
)


def comparison_form(text: str) -> str:
    """The NFC `text` as two texts are compared: small letters, one tone placement, y for a final i, plain dashes and quotes.

    As long as its input: position i stands for position i. Never shown to a reader.
    """
    lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text).translate(_DASHES)
    return one_spelling(lowered)


def one_spelling(text: str) -> str:
    """The NFC `text` with one tone placement ("hòa", "thủy") and y for a final i ("kỹ"), its capitals as they are; as long as its input."""
    placed = _OPEN.sub(_place_tone, text)
    return _FINAL_I.sub(lambda match: match.group(1) + match.group(2).translate(_I_TO_Y), placed)


def _place_tone(match: re.Match[str]) -> str:
    first = match.group(1) or match.group(3)
    second = unicodedata.normalize("NFD", match.group(2) or match.group(4))
    return unicodedata.normalize("NFC", first + second[1:]) + second[0]

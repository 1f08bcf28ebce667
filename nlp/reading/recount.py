"""Figures read twice: the Vietnamese model is weak at them, so a second model reads every line that holds some.

Where the readings agree the figure is certain. Where they differ the second model reads once more at another size: only what it
says twice replaces the first reading, and stays marked uncertain; three opinions leave the first one, marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nlp.reading.spelling import bare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nlp.reading.words import Word

_PARTS = re.compile(r"(\D*)(\d(?:[\d.,/%\-–]*[\d%/])?)?(.*)", re.DOTALL)  # before the figure, the figure, after it
_OPEN_YEAR = re.compile(r"\d{1,4}/(?:19|20)\d?")  # "26/202": its last figure was read as part of the next word
_FOREIGN_Q = re.compile(r"/[0O]+(?=[DĐ])")  # how the second model reads "/QĐ"
_SYMBOL = re.compile(r"[A-Z][A-Za-z]+(?:-[A-Z]+)*[.,;)]*")
# after these words stands a number: "ngày l1", "Điều §", "khoản Ì"
_SLOT = re.compile(r"(?:ngày|tháng|năm|khoản|điều|đi[êể]n|số)", re.IGNORECASE)
_SHAPE = re.compile(r"[\dlIiÌÍÏìíï|!\]\[¡óòốồôõöŠŚšOH§L:\s]{1,4}")
# m² and m³ whose raised figure the first model takes for a mark: it knows no raised figures
_ODD_UNIT = re.compile(r"(\S*\bk?m)[?°º'’”\"*!]+([.,;:)/]*)")
_POWER = re.compile(r"m\??([23])\b")
_RAISED = {"2": "²", "3": "³"}
_TAIL = re.compile(r"[A-ZĐ]{2}|[.,;:)]*$")
_SURE = 0.9  # the confidence of a figure on which two models agree
_GUESSED = 0.5  # of one that was changed, or on which they do not agree
_OVERLAP = 0.3  # of the narrower word: two readings of one place share at least this much


def holds_figures(words: Sequence[Word]) -> bool:
    """Whether some word of a printed line holds a figure, or stands where only a number can."""
    return any(_asks(words, index) for index in range(len(words)))


def _asks(words: Sequence[Word], index: int) -> bool:
    text = words[index].text
    if any(letter.isdigit() for letter in text) or _ODD_UNIT.fullmatch(text):
        return True
    return bool(index and _SLOT.fullmatch(words[index - 1].text.rstrip(":")) and _SHAPE.fullmatch(text.strip(".,;()")))


@dataclass(frozen=True, slots=True)
class _Place:
    """The words `first` to `last` (exclusive) of the first reading, and what a second one reads there."""

    first: int
    last: int
    again: str


def recounted(words: list[Word], again: Callable[[int], list[Word]]) -> list[Word]:
    """The words of one printed line with their figures confirmed, changed or doubted; `again(n)` is the n-th reading by the second model."""
    places = [place for place in _places(words, again(0)) if _is_asked(words, place)]
    doubtful = [
        place
        for place in places
        if _digits(place.again) != _digits(_text(words, place)) or _ODD_UNIT.fullmatch(_text(words, place))
    ]
    third = again(1) if doubtful else []
    result = list(words)
    for place in reversed(places):
        own = words[place.first : place.last]
        last = _text_at(own, third) if place in doubtful else place.again
        result[place.first : place.last] = _settled(own, _text(words, place), place.again, last)
    return result


def _settled(own: list[Word], first: str, second: str, third: str) -> list[Word]:
    """The words of one place after two or three readings of it."""
    odd = _ODD_UNIT.fullmatch(first)
    if odd is not None:
        powers = set(_POWER.findall(f"{second} {third}"))
        return [_merged(own, odd[1] + _RAISED[powers.pop()] + odd[2])] if len(powers) == 1 else own
    torn = len(own) > 1 and " " not in second and _digits(own[0].text)
    if _digits(first) in {_digits(second), _digits(third)}:
        return [_merged(own, first.replace(" ", ""))] if torn else [_believed(word) for word in own]
    if _digits(second) and _digits(second) == _digits(third):
        text = _joined(first, second, third)
        if text:
            return [_merged(own, text)]
    if not second and not third:
        return own  # the second model saw nothing here: no opinion
    if torn:
        return [_merged(own, first.replace(" ", ""))]
    return [replace(word, confidence=min(word.confidence, _GUESSED)) if _digits(word.text) else word for word in own]


def _is_asked(words: Sequence[Word], place: _Place) -> bool:
    return any(_asks(words, index) for index in range(place.first, place.last))


def _text(words: Sequence[Word], place: _Place) -> str:
    return " ".join(word.text for word in words[place.first : place.last])


def _digits(text: str) -> str:
    return re.sub(r"\D", "", _FOREIGN_Q.sub("/", text))


def _believed(word: Word) -> Word:
    return replace(word, confidence=max(word.confidence, _SURE)) if _digits(word.text) else word


def _places(words: Sequence[Word], others: Sequence[Word]) -> list[_Place]:
    """The words of both readings grouped by the place where they stand; as many on both sides are paired one by one."""
    places: list[_Place] = []
    first = 0
    while first < len(words):
        last, taken = first + 1, set[int]()
        grown = True
        while grown:
            before = (last, len(taken))
            taken |= {
                number
                for number, other in enumerate(others)
                if any(_same_place(word, other) for word in words[first:last])
            }
            while last < len(words) and (
                any(_same_place(words[last], others[number]) for number in taken)
                or _OPEN_YEAR.fullmatch(words[last - 1].text)
            ):
                last += 1
            grown = before != (last, len(taken))
        texts = [others[number].text for number in sorted(taken)]
        if len(texts) == last - first and not _OPEN_YEAR.fullmatch(words[first].text):
            places.extend(_Place(first + index, first + index + 1, text) for index, text in enumerate(texts))
        else:
            places.append(_Place(first, last, " ".join(texts)))
        first = last
    return places


def _same_place(a: Word, b: Word) -> bool:
    shared = min(a.x1, b.x1) - max(a.x0, b.x0)
    return shared > _OVERLAP * min(a.x1 - a.x0, b.x1 - b.x0)


def _text_at(own: Sequence[Word], others: Sequence[Word]) -> str:
    return " ".join(other.text for other in others if any(_same_place(word, other) for word in own))


def _joined(first: str, second: str, third: str) -> str:
    """The figure of the later readings with the letters of the first ("NĐ-CP" is foreign to the second model); "" where they cannot be told apart."""
    tight = first.replace(" ", "")
    mine = _PARTS.fullmatch(tight)
    theirs = _PARTS.fullmatch(_FOREIGN_Q.sub("/Q", second.replace(" ", "")))
    if mine is None or theirs is None or not theirs[2] or (theirs[2].endswith("/") and not theirs[3][:1].isalpha()):
        return ""
    figure = theirs[2]
    if _SHAPE.fullmatch(first.strip(".,;()")):
        end = re.search(r"[.,;)]*$", tight)
        return str(figure + (end[0] if end else ""))
    before = mine[1] if re.fullmatch(r"[^\W\d]*[(\[“\"']?", mine[1]) else ""
    for start in range(len(tight)):
        if bare(tight[start:]) == bare(theirs[3]):
            return before + figure + tight[start:]
    if _digits(mine[3]) == _digits(theirs[3]) and _TAIL.match(mine[3]):
        return before + figure + mine[3]
    symbol = _PARTS.fullmatch(third.replace(" ", ""))
    if symbol is not None and "D" not in symbol[3] and _SYMBOL.fullmatch(symbol[3]):
        return before + figure + symbol[3]  # the first reading has a figure among the letters: "TT-7C"
    return ""


def _merged(own: Sequence[Word], text: str) -> Word:
    return replace(
        own[0],
        text=text,
        confidence=min([_GUESSED, *(word.confidence for word in own)]),
        x1=own[-1].x1,
        top=min(word.top for word in own),
        bottom=max(word.bottom for word in own),
    )

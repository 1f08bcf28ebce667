"""Diacritics that recognition lost, put back where the neighbours leave no doubt: "tô chức" is "tổ chức", "chỉ tiết" is "chi tiết".

Only marks change, never base letters, digits or the number of letters, so a number stays what was read. The evidence is how often two syllables
follow each other in normative texts (`data/syllable_pairs.tsv`, counts from the codification, made by tests/benchmark/reading_syllables.py).
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache
from importlib import resources

from nlp.text.syllables import is_syllable

_MIN_COUNT = 40  # a pair seen less often is no evidence
_UNSEEN = 0.5  # the count taken for a pair that was not seen
_MIN_RATIO = 120.0  # how many times the weight of the present syllable the other must have
_CLEAR = 4.0  # and how many times that of the next best
_SURE = 0.975  # a word that recognition is surer of than this stays
_OVERWHELMING = 1_500
_COMMON = 500  # a syllable counted this often is believed unless both neighbours speak for another


class _Pairs:
    """Counts of neighbouring syllables, and the syllables that differ in marks only."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], int] = {}
        alike: defaultdict[str, set[str]] = defaultdict(set)
        table = resources.files("nlp.reading").joinpath("data/syllable_pairs.tsv").read_text("utf-8")
        for line in table.splitlines():
            first, rest = line.split("\t")
            parts = rest.split(" ")
            alike[bare(first)].add(first)
            for second, times in zip(parts[::2], parts[1::2], strict=True):
                self.counts[first, second] = int(times)
                alike[bare(second)].add(second)
        self.frequency: defaultdict[str, int] = defaultdict(int)
        for (first, second), count in self.counts.items():
            self.frequency[first] += count
            self.frequency[second] += count
        self.alike = {key: tuple(sorted(values)) for key, values in alike.items()}


@cache
def _pairs() -> _Pairs:
    return _Pairs()


def bare(word: str) -> str:
    """The word without tone and letter marks: "quyền" -> "quyen", "đ" -> "d"."""
    decomposed = unicodedata.normalize("NFD", word)
    return (
        "".join(letter for letter in decomposed if not unicodedata.combining(letter))
        .replace("đ", "d")
        .replace("Đ", "D")
    )


def corrected(words: list[str], confidences: list[float]) -> list[str]:
    """The words of one printed line with lost marks put back; as many words, each as long as before."""
    plain = [_core(word) for word in words]
    result = list(words)
    for index, (start, core, end) in enumerate(plain):
        if confidences[index] > _SURE or not core or not core.isalpha():
            continue
        left = plain[index - 1][1].lower() if index and not plain[index - 1][2] else ""
        right = plain[index + 1][1].lower() if index + 1 < len(words) and not end else ""
        if index and core[:1].isupper() and not core.isupper() and plain[index - 1][1][:1].isupper():
            continue  # inside a name ("Ba Vì")
        better = _better(core.lower(), left, right)
        if better is not None:
            result[index] = start + _cased(core, better) + end
            plain[index] = (start, better, end)
    return result


def _better(word: str, left: str, right: str) -> str | None:
    """The syllable that differs from `word` in marks only and that its neighbours want instead, None in any doubt."""
    pairs = _pairs()
    counts = pairs.counts

    def support(syllable: str) -> tuple[int, int]:
        return counts.get((left, syllable), 0), counts.get((syllable, right), 0)

    def weight(syllable: str) -> float:
        before, after = support(syllable)
        return (before + _UNSEEN if left else 1.0) * (after + _UNSEEN if right else 1.0)

    others = [other for other in pairs.alike.get(bare(word), ()) if other != word and len(other) == len(word)]
    ranked = sorted(others, key=weight, reverse=True)[:2]
    if not ranked:
        return None
    other = ranked[0]
    own, (before, after) = support(word), support(other)
    # a neighbour that stands beside the present syllable more often than beside the other speaks against the change
    if own[0] > before or own[1] > after or before + after < _MIN_COUNT:
        return None
    if weight(other) < (_MIN_RATIO if is_syllable(word) else _MIN_RATIO / 5) * weight(word):
        return None
    if len(ranked) > 1 and weight(other) < _CLEAR * weight(ranked[1]):
        return None
    if pairs.frequency[word] >= _COMMON and min(before, after) < _MIN_COUNT:
        # one neighbour must do at the edge of a clause ("cơ quan, tô chức"): only an overwhelming one does
        at_edge = not left or not right
        return other if at_edge and not sum(own) and before + after >= _OVERWHELMING else None
    return other


def _core(word: str) -> tuple[str, str, str]:
    """The marks before, the letters, the marks after: "(tô," -> ("(", "tô", ",")."""
    start, end = 0, len(word)
    while start < end and not word[start].isalnum():
        start += 1
    while end > start and not word[end - 1].isalnum():
        end -= 1
    return word[:start], word[start:end], word[end:]


def _cased(model: str, word: str) -> str:
    if model.isupper() and len(model) > 1:
        return word.upper()
    return "".join(new.upper() if old.isupper() else new for old, new in zip(model, word, strict=True))

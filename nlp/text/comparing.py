"""How the words round a number bound it: "không quá", "tối thiểu", "... trở lên", "không kéo dài quá", "20 ngày trước khi khai mạc"."""

from __future__ import annotations

from nlp.law.norm import Comparator
from nlp.text.lexicon import alternatives, comparators
from nlp.text.segment import folded_pattern

_BEFORE = folded_pattern(
    rf"(?<!\w)(?P<word>{alternatives(tuple(comparators('before')))})\s*(?:là\s+|khoảng\s+|bằng\s+)?$"
)
_AFTER = folded_pattern(rf"\s*(?:[^\W\d_]+\s+){{0,3}}?(?P<word>{alternatives(tuple(comparators('after')))})(?!\w)")
# "không kéo dài quá 144 tháng", "không được thu vượt 5 %": the denial stands a verb away from the comparing word. Only these verbs: "không bán
# cho người dưới 18 tuổi" denies the sale, not the bound.
_DENIED = folded_pattern(
    r"(?<!\w)(?:không|chưa|chẳng)(?:\s+(?:được|nên|phải))?"
    r"(?:\s+(?:kéo dài|thu|chi|để|vượt|tăng|cao|dài|lớn|nhiều|rộng|nặng|lâu|chậm|muộn|trễ|giảm|trả|nộp|chiếm|hưởng|đạt|xếp|có)){0,2}\s+$"
)
_OPPOSITE = {
    Comparator.MORE: Comparator.AT_MOST,
    Comparator.LESS: Comparator.AT_LEAST,
}
_DENIABLE = frozenset({Comparator.MORE, Comparator.LESS})
_DENIED_ALREADY = ("chưa", "không")  # "chưa đủ 18 tuổi" holds its denial
# "chậm nhất 20 ngày trước ngày khai mạc": the later it may be done, the fewer days are left; twenty is the least
_COUNTED_BACK = folded_pattern(r"\s*,?\s*trước\s+(?:khi|ngày|thời điểm|lúc|hôm|giờ)(?!\w)(?!\s+\d)")
WINDOW = 40  # characters before a number in which its comparing words stand


def comparator_at(folded: str, start: int, end: int, *, time: bool = False) -> Comparator:
    """The comparator of the number at [start, end) of a folded text, EXACT where nothing bounds it; `time`: whether it measures time."""
    after = _AFTER.match(folded, end)
    if after:
        return comparators("after")[" ".join(after["word"].split())]
    window = folded[max(0, start - WINDOW) : start]
    before = _BEFORE.search(window)
    if before is None:
        return Comparator.EXACT
    word = " ".join(before["word"].split())
    found = comparators("before")[word]
    if found in _DENIABLE and not word.startswith(_DENIED_ALREADY) and _DENIED.search(window[: before.start()]):
        found = _OPPOSITE[found]
    if time and found is Comparator.AT_MOST and _COUNTED_BACK.match(folded, end):
        return Comparator.AT_LEAST
    return found

"""The commands of a text: each deontic word with the act it governs, so that opposite commands over one act can be found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.law.norm import Modality
from nlp.law.span import Span
from nlp.text.segment import folded_pattern

if TYPE_CHECKING:
    from nlp.comparison.facts import Facts

REACH = 150  # characters that a deontic word governs at most
LIST_REACH = 900  # characters of the points below "không được ...:"


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its force, the deontic words, and the act they govern (without those words)."""

    modality: Modality
    cue: Span
    act: Span


_END = re.compile(r"[;.\n]")
_CLAUSE = folded_pattern(r",\s*(?=trừ|nếu|nhưng|trường hợp|đồng thời|và phải|không được|phải|được)|(?<!\w)nhưng(?!\w)")
# "không" before a verb forbids: "không thanh toán bằng tiền mặt"; not in "trường hợp không còn đất", "mà không báo trước", "không quá 5 ngày"
_BARE = folded_pattern(
    r"(?<!\w)không\s+(?!quá|vượt|dưới|thấp|ít|nhiều|cao|lớn|nhỏ|muộn|chậm|kể|gian|khí|chỉ|những|đầy|hợp|còn|đủ|thuộc|may|có|là|"
    r"được|phải|cần|bắt|yêu|nhất|buộc|cho|thể|bị|ai|chấp|khai|áp|thay|bao|do|phân|phụ|làm|ảnh|mui|chuyên|vào|nằm|cùng|trên|trong|như)[^\W\d_]+"
)
_NO_COMMAND_BEFORE = folded_pattern(
    r"(?:trường hợp|nếu|khi|mà|người|hoặc|vì|do|đã|còn|đang|nhưng|hành vi|loại|đối tượng|việc|số|phần|cơ sở|tổ chức, cá nhân)\s+$"
)
_CONDITIONAL = folded_pattern(r"(?<!\w)(?:nếu|trường hợp|khi)(?!\w)(?:(?!thì)[^,;.:\n]){0,60}$")


_NO_FORCE = frozenset({"không thể", "chưa được", "chưa phải"})  # inability and what has not happened yet, no command


def commands(facts: Facts) -> tuple[Command, ...]:
    """The commands of a text in order, one for each point below a lead; words inside conditions command nothing."""
    places = [(cue.span, cue.modality) for cue in facts.cues if cue.form not in _NO_FORCE]
    taken = [cue.span for cue in facts.cues]
    for match in _BARE.finditer(facts.folded):
        place = Span(match.start(), match.start() + len("không"))
        before = facts.folded[max(0, match.start() - 30) : match.start()]
        if not any(place.overlaps(other) for other in taken) and not _NO_COMMAND_BEFORE.search(before):
            places.append((place, Modality.PROHIBITION))
    places.sort()
    starts = [place.start for place, _ in places]
    found: list[Command] = []
    for index, (place, modality) in enumerate(places):
        if _CONDITIONAL.search(facts.folded, max(0, place.start - 70), place.start):
            continue
        stop = _END.search(facts.folded, place.end)
        end = stop.start() if stop else len(facts.folded)
        if stop is not None and facts.folded[place.end : end].rstrip().endswith(":"):
            found += [Command(modality, place, point) for point in _points(facts, end, starts)]
            continue
        following = starts[index + 1] if index + 1 < len(starts) else end
        clause = _CLAUSE.search(facts.folded, place.end + 8, end)
        end = min(end, following, clause.start() if clause else end, place.end + REACH)
        if end > place.end:
            found.append(Command(modality, place, Span(place.end, end)))
    return tuple(found)


def _points(facts: Facts, start: int, commanded: list[int]) -> list[Span]:
    """The points below a lead that ends at `start`; a point with a command of its own is its own rule."""
    inside = [span for span in facts.sentences if start <= span.start < start + LIST_REACH]
    return [span for span in inside if not any(span.start <= place < span.end for place in commanded)]

"""The same time limit counted from another event.

Fires: "trong 03 tháng kể từ ngày có quyết định thu hồi" against "trong 03 tháng kể từ ngày có văn bản đồng ý hình thức xử lý".
Silent: "05 ngày kể từ ngày nhận hồ sơ hợp lệ" against "05 ngày tính từ khi nhận được hồ sơ hợp lệ".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.comparison.amounts import Standing
from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType
from nlp.law.span import Span

if TYPE_CHECKING:
    from nlp.comparison.facts import Facts
    from nlp.law.norm import Deadline

CODE = "deadline_start"
SENTENCE = "Thời điểm bắt đầu tính thời hạn khác nhau: {a} so với {b}."
SENTENCE_EN = "The time limit starts at different events: {a} against {b}."
GROUND = "khoản 3, khoản 4 Điều 58 Luật số 64/2025/QH15; Điều 147 Bộ luật Dân sự số 91/2015/QH13 (thời điểm bắt đầu thời hạn)"
MAX_COMMON = (
    0.4  # share of the event's content found in the other event from which both may be the same event in other words
)
MIN_REST = 0.7  # share of the rest of A's sentence that stands in B's: the step itself must be the same
MIN_WORDS = 2  # content words without which an event ("ngày nhận", "ngày đó") names nothing


def check(view: View) -> Hit | None:
    """The hit on two equal time limits of one step whose starting events share too few words."""
    ours = {deadline.quantity: deadline for deadline in view.a.deadlines if deadline.start}
    theirs = {deadline.quantity: deadline for deadline in view.b.deadlines if deadline.start}
    for match in view.amounts.matches:
        mine, other = ours.get(match.a), theirs.get(match.b)
        if mine is None or other is None or match.standing not in {Standing.EQUAL, Standing.SAME_AMOUNT}:
            continue
        if min(_content(view.a, _event(mine)), _content(view.b, _event(other))) < MIN_WORDS:
            continue
        common = max(
            view.coverage_in(_event(mine), _event(other)), view.coverage_in(_event(other), _event(mine), reverse=True)
        )
        sentences = view.sentence_of_a(mine.span.start), view.sentence_of_b(other.span.start)
        rest = view.coverage_in(*sentences, without=_event(mine))
        if common < MAX_COMMON and rest >= MIN_REST:
            return Hit(CODE, min(1.0, rest * (1.2 - common)), (mine.span,), (other.span,), ConflictType.DEADLINE)
    return None


def _content(facts: Facts, span: Span) -> int:
    return int((facts.weight[facts.words_in(span.start, span.end)] > 0).sum())


def _event(deadline: Deadline) -> Span:
    return Span(deadline.span.end - len(deadline.start), deadline.span.end)

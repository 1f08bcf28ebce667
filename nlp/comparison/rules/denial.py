"""What one side says, the other denies.

Fires: "Giấy chứng nhận bị mất được cấp lại" against "Giấy chứng nhận bị mất thì không cấp lại".
Silent: "loại không tái chế được" against "loại không có khả năng tái chế" (both deny).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nlp.comparison.align import MATCHED
from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType
from nlp.law.span import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nlp.comparison.wordspace import Word

CODE = "denial"
SENTENCE = "Điều bên này quy định thì bên kia phủ định: {a} so với {b}."
SENTENCE_EN = "What one side says, the other denies: {a} against {b}."
GROUND = "khoản 3, khoản 4 Điều 58 Luật số 64/2025/QH15"
MIN_SHARE = 0.16  # of a sentence's matched content under opposite polarity


def check(view: View) -> Hit | None:
    """The hit whose strength is the share of one sentence's matched content that stands under a negation on one side only."""
    alignment = view.alignment
    if not len(view.a.words) or not len(view.b.words):
        return None
    matched = (alignment.a_best >= MATCHED) & (view.a.weight > 0)
    alike = view.a_denied[:, None] == view.b_denied[None, :]
    opposite = matched & ~((alignment.similar >= MATCHED) & alike).any(1)
    best, where = 0.0, -1
    for index in range(len(view.a.sentences)):
        inside = view.a.sentence_of == index
        whole = float(view.a.weight[inside & matched].sum())
        share = float(view.a.weight[inside & opposite].sum()) / whole if whole else 0.0
        share *= float(alignment.a_sentence[index])
        if share > best and int((inside & opposite).sum()) >= 2:
            best, where = share, index
    if best < MIN_SHARE:
        return None
    words = np.flatnonzero(opposite & (view.a.sentence_of == where))
    return Hit(
        CODE,
        min(1.0, best * 1.5),
        (_cover(view.a.words, words),),
        (_cover(view.b.words, alignment.a_arg[words]),),
        ConflictType.MODALITY,
    )


def _cover(words: tuple[Word, ...], indexes: NDArray[np.int64]) -> Span:
    middle = int(np.median(indexes))
    near = [int(i) for i in indexes if abs(int(i) - middle) <= 12] or [middle]
    return Span(words[max(0, min(near) - 2)].start, words[max(near)].end)

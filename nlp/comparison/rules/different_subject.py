"""A speaks of another thing in B's words.

Fires: "Hồ sơ của người nhận khoán rừng được lập thành 02 bộ" against "Hồ sơ của người nhận con nuôi được lập thành 02 bộ".
Silent: "Hồ sơ nhận con nuôi lập thành 02 bộ" against "Hồ sơ của người nhận con nuôi được lập thành 02 bộ".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nlp.comparison.view import Hit, View
from nlp.law.span import Span

if TYPE_CHECKING:
    from nlp.comparison.wordspace import Word

CODE = "different_subject"
SENTENCE = "Hai bên nói về đối tượng khác nhau: {a} so với {b}."
SENTENCE_EN = "The two speak of different subjects: {a} against {b}."
GROUND = "khoản 3 Điều 58 Luật số 64/2025/QH15: chỉ các quy định về cùng một vấn đề mới được so sánh"
OPENING = 7  # content words that name who and what
SAME = 0.99  # sister words are near in the word space ("đường sắt", "đường thủy"): only the word itself counts
RARE = 3.5  # idf from which a word names a thing
MIN_FRAME = 0.55  # the rest must be alike, else the texts are simply unlike


def check(view: View) -> Hit | None:
    """The hit on naming words of both openings that the other text lacks, within an otherwise like text."""
    ours = _missing(view.a.weight, view.alignment.a_best)
    theirs = _missing(view.b.weight, view.alignment.b_best)
    if not len(ours) or not len(theirs) or max(view.alignment.a_cover, view.alignment.b_cover) < MIN_FRAME:
        return None
    weight = float(view.a.weight[ours].sum() + view.b.weight[theirs].sum())
    return Hit(
        CODE,
        min(1.0, weight / 50),
        (_span(view.a.words, ours),),
        (_span(view.b.words, theirs),),
    )


def _missing(weight: np.ndarray, best: np.ndarray) -> np.ndarray:
    content = np.flatnonzero(weight > 0)[:OPENING]
    return content[(best[content] < SAME) & (weight[content] >= RARE)]


def _span(words: tuple[Word, ...], indexes: np.ndarray) -> Span:
    return Span(words[int(indexes[0])].start, words[int(indexes[-1])].end)

"""One side repeats the other because the law wants it to.

Fires: a consolidated text ("05/VBHN-BTC") beside the text it consolidates; a published procedure that copies its decree;
"Theo khoản 2 Điều 5 Nghị định số 10/2023/NĐ-CP, ..." beside that clause.
Silent: a local text that restates a decree as its own rule (khoản 2 Điều 7 Luật số 64/2025/QH15 forbids it).
"""

from __future__ import annotations

from nlp.comparison.amounts import Standing
from nlp.comparison.view import Hit, View
from nlp.law.finding import Prevailing
from nlp.law.span import Span
from nlp.text.segment import fold, folded_pattern

CODE = "required_repetition"
SENTENCE = "Một bên nhắc lại quy định của bên kia theo yêu cầu của pháp luật: {a}."
SENTENCE_EN = "One side repeats the other's rule as the law requires: {a}."
GROUND = "Điều 65 Luật số 64/2025/QH15 (hợp nhất); Nghị định số 63/2010/NĐ-CP (công bố thủ tục hành chính)"
_PUBLISHES = folded_pattern(
    r"^\W*(?:công bố (?:danh mục )?thủ tục hành chính|văn bản hợp nhất|nội dung cụ thể của thủ tục hành chính)"
)
# "Theo khoản 2 Điều 5 Nghị định số 10/2023/NĐ-CP, ...": the source opens the sentence
_SOURCE = folded_pattern(r"(?:^|[.;\n]\s+|\d\.\s+)(?:theo(?: quy định)?(?: tại| của)?|căn cứ)\s[^;,.\n]{0,70}$")
MIN_COVER = 0.75  # share of the repeating text that stands in the other
_SAME = frozenset({Standing.EQUAL, Standing.SAME_AMOUNT})


def check(view: View) -> Hit | None:
    """The hit where one side is a consolidated or publishing text, or opens with the other's number, and repeats it without a change."""
    if any(match.standing not in _SAME for match in view.amounts.matches) or bool(view.a_denied.any()) != bool(
        view.b_denied.any()
    ):
        return None
    sides = (
        (Prevailing.A, view.a, view.pair.a, view.pair.b, view.alignment.a_cover),
        (Prevailing.B, view.b, view.pair.b, view.pair.a, view.alignment.b_cover),
    )
    for which, facts, side, other, whole in sides:
        if not facts.sentences:
            continue
        cover = whole
        number = fold(other.number)
        at = facts.folded.find(number) if number else -1
        after = at + len(number)
        if at >= 0 and _SOURCE.search(facts.folded[:at]) and facts.folded[after:].lstrip().startswith(","):
            rest = Span(after, len(facts.text))  # the source itself is no part of what is repeated
            cover = view.coverage(rest) if which is Prevailing.A else view.coverage_b(rest)
        elif "VBHN" not in side.number.upper() and not _PUBLISHES.match(facts.folded):
            continue
        if cover >= MIN_COVER:
            place = (facts.sentences[0],)
            return Hit(CODE, min(1.0, cover), *((place, ()) if which is Prevailing.A else ((), place)))
    return None

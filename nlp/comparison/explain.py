"""The words of a judgement: citations, quotes, what differs, the ground, what was not checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.comparison.rules import BY_CODE
from nlp.errors import Language
from nlp.law.finding import ConflictType, Relation

if TYPE_CHECKING:
    from nlp.comparison.handling import Handling
    from nlp.comparison.view import Hit
    from nlp.law.finding import Side
    from nlp.law.span import Span

QUOTE_LENGTH = 220  # characters of a quote before it is cut at a blank

RELATION_NAMES = {
    Relation.CONTRADICTION: ("mâu thuẫn", "contradiction"),
    Relation.DUPLICATE: ("trùng lặp", "repetition"),
    Relation.OVERLAP: ("chồng chéo", "overlap"),
    Relation.CONSISTENT: ("thống nhất", "consistent"),
    Relation.UNRELATED: ("không liên quan", "unrelated"),
}
TYPE_NAMES = {
    ConflictType.MODALITY: ("mệnh lệnh (phải, được, cấm)", "modality"),
    ConflictType.NUMBER: ("mức, số lượng", "number"),
    ConflictType.DEADLINE: ("thời hạn", "time limit"),
    ConflictType.AUTHORITY: ("thẩm quyền", "competent authority"),
    ConflictType.CONDITION: ("điều kiện, hồ sơ", "condition or dossier"),
    ConflictType.SCOPE: ("phạm vi, đối tượng", "scope"),
    ConflictType.SANCTION: ("chế tài", "sanction"),
    ConflictType.DEFINITION: ("giải thích từ ngữ", "definition"),
    ConflictType.PROCEDURE: ("trình tự, thủ tục", "procedure"),
    ConflictType.EFFECT_DATE: ("thời điểm áp dụng", "effective date"),
}


def cite(side: Side, letter: str, language: Language) -> str:
    """The citation of a side: as given, else its path and number, else "Văn bản A"."""
    if side.citation:
        return side.citation
    number = f"{'văn bản số' if language is Language.VI else 'document'} {side.number}" if side.number else ""
    known = " ".join(part for part in (side.path, number) if part)
    return known or (f"Văn bản {letter}" if language is Language.VI else f"Document {letter}")


def quote(text: str, spans: tuple[Span, ...]) -> str:
    """The first quoted span in quotation marks, cut at a blank with "..." when long."""
    words = " ".join((spans[0].of(text) if spans else text).split())
    if len(words) > QUOTE_LENGTH:
        words = words[:QUOTE_LENGTH].rsplit(" ", 1)[0] + " ..."
    return f"“{words}”"


def sentence(hit: Hit, a: str, b: str, language: Language) -> str:
    """The rule's sentence with its quotes filled in."""
    rule = BY_CODE[hit.rule]
    template = rule.sentence_en if language is Language.EN else rule.sentence
    filled = template.replace("{a}", quote(a, hit.a) if hit.a else "").replace("{b}", quote(b, hit.b) if hit.b else "")
    return filled.replace("{detail}", hit.detail)


def why(
    sides: tuple[Side, Side],
    evidence: tuple[tuple[Span, ...], tuple[Span, ...]],
    relation: Relation,
    conflict_type: ConflictType | None,
    handling: Handling,
    probability: float,
    reason: str,
    language: Language,
) -> str:
    """Two or three sentences a reviewer would sign: both citations and quotes, what differs, ground and handling; `reason` is the leading rule's sentence."""
    english = language is Language.EN
    a, b = sides
    name = RELATION_NAMES[relation][english]
    first = f"{cite(a, 'A', language)}: {quote(a.text, evidence[0])}; {cite(b, 'B', language)}: {quote(b.text, evidence[1])}."
    kind = f" ({TYPE_NAMES[conflict_type][english]})" if conflict_type is not None else ""
    percent = f"{probability:.0%}"
    second = (
        f"Assessment: {name}{kind}, probability {percent}."
        if english
        else f"Đánh giá: {name}{kind}, xác suất {percent}."
    )
    ground = "; ".join(handling.grounds)
    third = handling.text + ((f" Ground: {ground}." if english else f" Căn cứ: {ground}.") if ground else "")
    return " ".join(part for part in (first, second, reason, third) if part)

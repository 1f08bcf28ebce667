"""The words of a judgement: both citations and quotes, what differs, who prevails and why, what to do, what was not checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.comparison.citing import cite_pair, quote
from nlp.comparison.rules import BY_CODE
from nlp.errors import Language
from nlp.law.finding import ConflictType, ProvisionPair, Relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.comparison.precedence import Ruling
    from nlp.comparison.view import Hit
    from nlp.law.finding import Side
    from nlp.law.span import Span

MAX_NOTES = 2  # sentences of signals in an explanation; all signals are listed beside it

RELATION_NAMES = {
    Relation.CONTRADICTION: ("mâu thuẫn", "contradict each other"),
    Relation.DUPLICATE: ("trùng lặp", "repeat each other"),
    Relation.OVERLAP: ("chồng chéo", "overlap"),
    Relation.DIVERGENT: ("chưa thống nhất giữa các địa bàn cũ", "differ between former areas"),
    Relation.OUTDATED: ("có nội dung không còn phù hợp", "show an outdated rule"),
    Relation.CONSISTENT: ("thống nhất với nhau", "are consistent"),
    Relation.UNRELATED: ("không liên quan", "are not related"),
}
TYPE_NAMES = {
    ConflictType.MODALITY: ("mệnh lệnh (phải, được, không được)", "what is commanded"),
    ConflictType.NUMBER: ("mức, số lượng", "the amount"),
    ConflictType.DEADLINE: ("thời hạn", "the time limit"),
    ConflictType.AUTHORITY: ("thẩm quyền", "the competent authority"),
    ConflictType.CONDITION: ("điều kiện, hồ sơ", "conditions or papers"),
    ConflictType.SCOPE: ("phạm vi, đối tượng", "scope or addressees"),
    ConflictType.SANCTION: ("chế tài", "the sanction"),
    ConflictType.DEFINITION: ("giải thích từ ngữ", "the meaning of a term"),
    ConflictType.PROCEDURE: ("trình tự, thủ tục", "the procedure"),
    ConflictType.EFFECT_DATE: ("thời điểm áp dụng", "the date of application"),
}


def sentence(hit: Hit, a: str, b: str, language: Language, *, swapped: bool = False) -> str:
    """The rule's sentence with the quoted words of both texts filled in, each with the letter of its side.

    `a` and `b` are the texts in the order in which the rule read them; `swapped` where the reader's A is the `b`. A comparison names A first.
    """
    rule = BY_CODE[hit.rule]
    template = rule.sentence_en if language is Language.EN else rule.sentence
    letters = "BA" if swapped else "AB"
    mine = f"{quote(a, hit.a)} ({letters[0]})" if hit.a else ""
    other = f"{quote(b, hit.b)} ({letters[1]})" if hit.b else ""
    if swapped and mine and other and _COMPARES[language] in template:
        mine, other = other, mine
    return template.replace("{a}", mine).replace("{b}", other).replace("{detail}", hit.detail)


_COMPARES = {Language.VI: "{a} so với {b}", Language.EN: "{a} against {b}"}  # alike both ways, unlike "{a} trong {b}"


def explain(
    pair: ProvisionPair,
    relation: Relation,
    conflict_type: ConflictType | None,
    evidence_a: Sequence[Span],
    evidence_b: Sequence[Span],
    signal_notes: Sequence[str],
    ruling: Ruling,
    *,
    abstained: bool = False,
    language: Language = Language.VI,
) -> str:
    """What a reviewer would sign, in this order: citations and quotes; the relation and what differs; ground and handling; what was not checked.

    `signal_notes` are whole sentences in `language`, most telling first; the first two are used. An abstention says so instead of naming a relation.
    """
    english = language is Language.EN
    cited = cite_pair(pair, language)
    evidence = (quote(pair.a.text, evidence_a), quote(pair.b.text, evidence_b))
    parts = [
        _quoted(cited, evidence, english=english),
        _assessment(relation, conflict_type, abstained=abstained, english=english),
    ]
    parts += [_sentence(note) for note in signal_notes[:MAX_NOTES] if note.strip()]
    if not abstained:
        parts.append(_lettered(_handling(ruling, english=english), cited, english=english))
    parts.append(_unchecked(pair, english=english))
    return " ".join(part for part in parts if part)


def _quoted(cited: tuple[str, str], quotes: tuple[str, str], *, english: bool) -> str:
    said, empty = ("provides", "empty text") if english else ("quy định", "không có nội dung")
    sides = (
        f"({letter}) {citation} {f'{said} {words}' if words else f'[{empty}]'}"
        for letter, citation, words in zip("AB", cited, quotes, strict=True)
    )
    return "; ".join(sides) + "."


def _lettered(text: str, cited: tuple[str, str], *, english: bool) -> str:
    """The text with the citations, already given in full, shortened to "quy định A" and "quy định B"; the longer one first, it may hold the other."""
    noun = "provision" if english else "quy định"
    for citation, letter in sorted(zip(cited, "AB", strict=True), key=lambda row: -len(row[0])):
        first, rest = citation[:1], re.escape(citation[1:])
        text = re.sub(rf"(^|[.!?] )[{first.upper()}{first}]{rest}", rf"\g<1>{_capital(noun)} {letter}", text)
        text = re.sub(rf"[{first.upper()}{first}]{rest}", f"{noun} {letter}", text)
    return text


def _assessment(relation: Relation, conflict_type: ConflictType | None, *, abstained: bool, english: bool) -> str:
    if abstained:
        if english:
            return "Not enough to say whether the two provisions contradict each other: expert review."
        return "Chưa đủ cơ sở để kết luận hai quy định có mâu thuẫn hay không: cần chuyên viên xem xét."
    name = RELATION_NAMES[relation][english]
    where = ""
    if conflict_type is not None and relation in (Relation.CONTRADICTION, Relation.DIVERGENT):
        where = f" {'in' if english else 'về'} {TYPE_NAMES[conflict_type][english]}"
    return f"The two provisions {name}{where}." if english else f"Hai quy định {name}{where}."


def _handling(ruling: Ruling, *, english: bool) -> str:
    note, text = (ruling.note_en, ruling.handling_text_en) if english else (ruling.note, ruling.handling_text)
    grounds = "; ".join(ruling.grounds)
    ground = f"{'Ground' if english else 'Căn cứ'}: {grounds}." if grounds else ""
    proposal = f"{'Proposed' if english else 'Đề xuất'}: {_small(text)}"
    return " ".join(part for part in (note, ground, proposal) if part)


_MISSING = (
    ("issued", "ngày ban hành", "day of issue"),
    ("effective", "ngày có hiệu lực", "effective date"),
    ("issuer", "cơ quan ban hành", "issuing body"),
    ("territory", "địa bàn áp dụng", "area"),
)


def _unchecked(pair: ProvisionPair, *, english: bool) -> str:
    """What the judgement does not rest on: facts that are missing, and always third texts that amend, delegate or except."""
    missing = []
    for field, vi, en in _MISSING:
        sides = [letter for letter, side in (("A", pair.a), ("B", pair.b)) if not _known(side, field)]
        if sides:
            label = en if english else vi
            which = (
                (" of both" if english else " của cả hai")
                if len(sides) == 2
                else f" {'of' if english else 'của'} {sides[0]}"
            )
            missing.append(f"{label}{which}")
    third = "third texts that amend or delegate" if english else "văn bản thứ ba sửa đổi hoặc giao quy định"
    listed = "; ".join([*missing, third])
    return f"Not checked: {listed}." if english else f"Chưa kiểm tra: {listed}."


def _known(side: Side, field: str) -> bool:
    if field == "territory" and side.issuer is not None:
        return side.territory is not None or not side.issuer.local or side.issuer.territory is not None
    return getattr(side, field) is not None


def _sentence(note: str) -> str:
    note = note.strip()
    return note if note.endswith((".", "!", "?", "…")) else f"{note}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    """The text with a small first letter where its first word is a common one (not "UBND")."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text

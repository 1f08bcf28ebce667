"""Norms of a text: who must, may or must not do what, when, how much, unless."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from nlp.law.norm import Modality, Norm
from nlp.law.span import Span
from nlp.text.clauses import CueMatch, find_bodies, find_cues, find_phrases
from nlp.text.numbers import find_deadlines, find_quantities
from nlp.text.segment import fold, folded_pattern, sentences

MAX_BEARER = 110  # characters; a longer stretch before the cue is no name of a bearer
# where a sentence turns to a second rule: each part is a norm of its own
_PART = folded_pattern(r",\s+(?:nhưng|tuy nhiên|đồng thời|song)\s+|\.\s+")
# circumstances before the bearer: "Trong thời hạn 15 ngày, kể từ ngày ..., Sở Y tế phải ..."
_CIRCUMSTANCE = folded_pattern(
    r"^(?:trong (?:thời hạn|vòng|thời gian|trường hợp)|chậm nhất|kể từ|tính từ|khi|nếu|trường hợp|đối với|căn cứ|"
    r"trên cơ sở|sau khi|trước khi|hằng|hàng|định kỳ|ngoài|theo|trừ|tại|để|từ ngày|đến|với|"
    r"quá thời hạn|hết thời hạn|nhận được|riêng|đồng thời|và|hoặc|nhưng|tuy nhiên)(?!\w)"
)
_CONDITION = folded_pattern(
    r"(?<!\w)(?:trường hợp|trong trường hợp|nếu|khi|với điều kiện|chỉ khi|sau khi|trước khi|đối với trường hợp)\s+[^,;.:\n]{4,200}"
)
_EXCEPTION = folded_pattern(
    r"(?<!\w)(?:trừ(?: trường hợp| khi| những| các)?|ngoại trừ|không áp dụng đối với|không kể)\s+[^;.\n]{4,220}"
)
_SAVING = folded_pattern(
    r"(?:trừ trường hợp\s+(?:pháp luật|luật|điều ước|bộ luật)[^;.\n]{0,120}quy định khác|"
    r"(?:thực hiện\s+)?theo quy định (?:của pháp luật|tại|của)[^,;.\n]{0,120})"
)
_DEFINITION = folded_pattern(
    r"^(?P<term>[^,;:.()]{2,80}?)\s+(?P<is>(?:được\s+(?:hiểu|coi|xem)\s+)?là)\s+(?:việc|quá trình|hoạt động|tổ chức|"
    r"cá nhân|người|văn bản|khoản|số|những|các|hành vi|trạng thái|loại|hộ|khu|đất|tài sản|tập hợp|phương|công|nơi|"
    r"sản phẩm|hình thức|cơ|doanh|giấy|mức|tình trạng|hệ thống|hàng|đơn vị|xe|phần)(?!\w)"
)
_DOSSIER = folded_pattern(r"(?:hồ sơ|giấy tờ|thành phần hồ sơ)[^:;\n]{0,120}?(?:bao gồm|gồm(?:\s+có)?|sau đây)\s*:?")
_DECIDES = folded_pattern(
    r"(?<!\w)(?:quyết định|cấp|phê duyệt|ban hành|quy định|tiếp nhận|thẩm định|giải quyết|xem xét|công nhận|thu hồi|"
    r"chấp thuận|cho phép|bổ nhiệm|xác nhận|công bố|trả lời|thành lập)(?!\w)"
)
_PROHIBITED_LIST = folded_pattern(r"(?:hành vi|việc)\s+(?:bị\s+)?(?:nghiêm\s+)?cấm")
_STRONG = {
    Modality.PROHIBITION: 0,
    Modality.RESTRICTION: 1,
    Modality.EXEMPTION: 2,
    Modality.OBLIGATION: 3,
    Modality.PERMISSION: 4,
}


@dataclass(frozen=True, slots=True)
class _Lead:
    """What the lead of a list gives to its points: "Cơ sở sản xuất phải:" gives the bearer and the modality."""

    bearer: str
    modality: Modality
    cue: Span | None
    dossier: bool


@lru_cache(maxsize=32_768)
def extract_norms(text: str) -> tuple[Norm, ...]:
    """The norms of a clause or point in text order, one per sentence part; spans are over `text`.

    A lead that ends with a colon gives its bearer and modality to the points below it; points of a dossier list become `dossier` of the lead's
    norm. A text without a deontic word gives norms of modality STATEMENT (competence, amounts, procedure told in the indicative); a defining
    sentence gives DEFINITION with its term. Empty text gives ().
    """
    found: list[Norm] = []
    lead: _Lead | None = None
    lead_at = -1
    for sentence in sentences(text):
        opens = text[sentence.end : sentence.end + 1] == ":"
        if lead is not None and _new_clause(text, sentence):
            lead = None
        if lead is not None and lead.dossier and not opens:
            found[lead_at] = replace(found[lead_at], dossier=(*found[lead_at].dossier, sentence.of(text)))
            continue
        found.extend(_norm(text, part, lead) for part in _parts(text, sentence))
        if opens:
            norm = found[-1]
            lead_at = len(found) - 1
            lead = _lead(text, norm)
    return tuple(found)


def _parts(text: str, sentence: Span) -> list[Span]:
    parts: list[Span] = []
    begin = sentence.start
    for match in _PART.finditer(text, sentence.start, sentence.end):
        if find_cues(text[begin : match.start()]) and find_cues(text[match.end() : sentence.end]):
            parts.append(Span(begin, match.start()))
            begin = match.end()
    parts.append(Span(begin, sentence.end))
    return parts


def _lead(text: str, norm: Norm) -> _Lead:
    folded = fold(norm.span.of(text))
    modality = Modality.PROHIBITION if _PROHIBITED_LIST.search(folded) else norm.modality
    return _Lead(norm.bearer, modality, norm.cue, dossier=bool(_DOSSIER.search(folded)))


def _new_clause(text: str, sentence: Span) -> bool:
    """Whether the sentence begins a numbered clause: the lead of the list above ends there."""
    line = text.rfind("\n", 0, sentence.start) + 1
    return bool(re.match(r"\s*\d{1,3}[a-zđ]?\.\s", text[line : sentence.start]))


def _norm(text: str, span: Span, lead: _Lead | None) -> Norm:
    piece = span.of(text)
    folded = fold(piece)
    cues = find_cues(piece)
    cue = _leading(cues)
    modality, bearer, action_from = _reading(piece, cue, lead)
    term = ""
    definition = _DEFINITION.match(folded)
    if definition and (cue is None or cue.span.start > definition.end()):
        modality, term = Modality.DEFINITION, piece[: definition.end("term")]
        bearer, action_from = "", definition.end("is")
    action = piece[action_from:].lstrip(" ,:")
    cut = _EXCEPTION.search(fold(action))
    dossier = _DOSSIER.search(folded)
    listed = piece[dossier.end() :].strip() if dossier else ""
    phrases = find_phrases(piece)
    sanction = next((p for p in phrases if p.group == "sanction"), None)
    return Norm(
        span=span,
        bearer=bearer,
        modality=modality,
        cue=cue.span.shift(span.start) if cue is not None else (lead.cue if lead is not None else None),
        action=(action[: cut.start()] if cut else action).strip(" ,"),
        conditions=_spans(_CONDITION, folded, span.start),
        exceptions=_spans(_EXCEPTION, folded, span.start),
        saving=_spans(_SAVING, folded, span.start),
        quantities=tuple(replace(q, span=q.span.shift(span.start)) for q in find_quantities(piece)),
        deadlines=tuple(
            replace(
                d, span=d.span.shift(span.start), quantity=replace(d.quantity, span=d.quantity.span.shift(span.start))
            )
            for d in find_deadlines(piece)
        ),
        authority=_authority(piece, folded),
        dossier=tuple(
            item.strip()
            for item in re.split(r"\s*;\s*|,\s+(?=(?:đơn|bản|giấy|văn bản|phiếu|tờ)\b)", listed)
            if item.strip()
        ),
        sanction=piece[sanction.span.start : sanction.span.start + 120].split(";")[0] if sanction else "",
        term=term,
        negated=bool(re.search(r"(?<!\w)(?:không|chưa|chẳng)(?!\w)", folded)) or modality is Modality.PROHIBITION,
    )


def _leading(cues: tuple[CueMatch, ...]) -> CueMatch | None:
    """The cue that commands: the first one, unless a stronger one follows within the same words ("được ... nhưng không được" are parts)."""
    if not cues:
        return None
    first = cues[0]
    near = [cue for cue in cues if cue.span.start - first.span.end <= 2]
    return min(near, key=lambda cue: _STRONG.get(cue.modality, 9))


def _reading(piece: str, cue: CueMatch | None, lead: _Lead | None) -> tuple[Modality, str, int]:
    if cue is None:
        if lead is not None and lead.modality not in {Modality.STATEMENT, Modality.DEFINITION}:
            return lead.modality, lead.bearer, 0
        body = next(iter(find_bodies(piece)), None)
        if body is not None and body.span.start <= 60:
            return Modality.STATEMENT, body.span.of(piece), body.span.end
        return Modality.STATEMENT, lead.bearer if lead is not None else "", 0
    before = piece[: cue.span.start].rstrip(" ,:")
    chunks = before.split(", ")
    while len(chunks) > 1 and _CIRCUMSTANCE.match(fold(chunks[0])):
        chunks.pop(0)
    bearer = ", ".join(chunks)
    then = re.search(r"(?<!\w)thì\s+", fold(bearer))
    if then:
        bearer = bearer[then.end() :]
    if _CIRCUMSTANCE.match(fold(bearer)) or len(bearer) > MAX_BEARER:
        named = find_bodies(before)
        bearer = named[-1].span.of(before) if named else ""
    if not bearer and lead is not None:
        bearer = lead.bearer
    return cue.modality, bearer.strip(), cue.span.end


def _authority(piece: str, folded: str) -> str:
    for body in find_bodies(piece):
        if _DECIDES.search(folded, body.span.end, body.span.end + 45) or folded[: body.span.start].endswith("do "):
            tail = re.match(
                r"(?:\s+(?!quyết|cấp\s(?:giấy|phép)|phê|ban hành|quy|tiếp|thẩm|giải|xem|có|phải|được|thu|chấp|cho|bổ|xác|"
                r"công bố|trả|thành lập)[^\W\d_]+){0,6}",
                piece[body.span.end :],
            )
            return (body.span.of(piece) + (tail.group() if tail and "," not in tail.group() else "")).strip()
    return ""


def _spans(pattern: re.Pattern[str], folded: str, offset: int) -> tuple[Span, ...]:
    return tuple(Span(m.start() + offset, m.end() + offset) for m in pattern.finditer(folded))

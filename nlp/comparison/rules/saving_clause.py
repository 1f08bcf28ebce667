"""A leaves B's rule untouched by its own words.

Fires: "..., trừ trường hợp thuộc thẩm quyền của Bộ Công an theo Điều 41 Luật Bảo vệ môi trường"; "thời hạn cấp lại theo đúng mốc của Luật Điện lực".
Silent: "không áp dụng quy định của Luật" (sets B aside).
"""

from __future__ import annotations

from nlp.comparison.view import Hit, View
from nlp.law.issuers import Body
from nlp.law.span import Span
from nlp.text.segment import fold, folded_pattern

CODE = "saving_clause"
SENTENCE = "Một bên giữ nguyên quy định của bên kia bằng điều khoản loại trừ, dẫn chiếu: {a}."
SENTENCE_EN = "One side leaves the other's rule untouched by a saving clause or reference: {a}."
GROUND = "khoản 5 Điều 8 và khoản 6 Điều 58 Luật số 64/2025/QH15 (quy định khác phải được nêu rõ)"
REACH = 80


# "việc gửi nghị quyết của hội nghị chủ nợ thực hiện theo Luật ... số 51/2014/QH13"
_DEFERS = folded_pattern(
    r"(?<!\w)(?:thực hiện|áp dụng|thi hành|hưởng|giải quyết|xử lý|tuân theo)\s+(?:theo\s+)?[^,;.\n]{0,80}$"
)
_DENIED = folded_pattern(r"(?<!\w)(?:không|khác|trái|chỉ)\s+[^,;.\n]{0,20}$")


def _named(view: View) -> Hit | None:
    """The hit on a clause of A that leaves a matter to B's document by its number."""
    number = fold(view.pair.b.number)
    at = view.a.folded.find(number) if number else -1
    if at < 0:
        return None
    defers = _DEFERS.search(view.a.folded, max(0, at - 120), at)
    if (
        defers is None
        or "theo" not in defers.group()
        or _DENIED.search(view.a.folded, max(0, at - 140), defers.start())
    ):
        return None
    return Hit(CODE, 1.0, (view.span(defers.start(), at + len(number)),))


# "không quá 15 ngày, trừ trường hợp Hội đồng nhân dân cấp tỉnh quy định thời gian dài hơn đối với phố đi bộ"
_LEAVES = folded_pattern(
    r"(?<!\w)trừ (?:trường hợp |khi )?(?:do )?(?P<body>hội đồng nhân dân|uỷ ban nhân dân|địa phương)[^,;.\n]{0,30}? (?:có )?quy định(?P<matter>[^;.\n]{0,100})"
)
_ISSUERS = {"hội đồng nhân dân": Body.PEOPLE_COUNCIL, "uỷ ban nhân dân": Body.PEOPLE_COMMITTEE}
MIN_MATTER = 0.4  # share of what is left to the other text or the law that must be its matter


def _left_to_a(view: View) -> Hit | None:
    """The hit on an exception of B for what A's issuer, or the body that A names, regulates."""
    issuer = view.pair.a.issuer
    for match in _LEAVES.finditer(view.b.folded):
        wanted = _ISSUERS.get(match["body"])
        regulates = issuer is not None and issuer.local and wanted in {None, issuer.body}
        if not regulates and match["body"] not in view.a.folded:
            continue
        if view.coverage_b(view.span_b(match.start("matter"), match.end("matter"))) >= MIN_MATTER:
            return Hit(CODE, 0.9, (view.sentence_of_a(0),), (view.span_b(match.start(), match.end()),))
    return None


def check(view: View) -> Hit | None:
    """The hit on a saving phrase of A that B's text does not print alike; a denied reference ("không thực hiện theo") saves nothing."""
    named = _named(view) or _left_to_a(view)
    if named is not None:
        return named
    theirs = {phrase.form for phrase in view.b.phrases}
    for group, strength in (("out_of_scope", 1.0), ("saving", 0.7), ("follows_law", 0.6)):
        for phrase in view.a.phrases_of(group):
            before = view.a.folded[max(0, phrase.span.start - 24) : phrase.span.start]
            if group != "out_of_scope" and any(
                word in before for word in ("không ", "khác ", "trái ", "dù ", "bất kể ")
            ):
                continue
            if phrase.form in theirs and group != "out_of_scope":
                continue
            reference = view.span(phrase.span.start, view.clause_end(phrase.span.end, REACH))
            matter = view.coverage_in(
                view.sentence_of_a(phrase.span.start), Span(0, len(view.b.text)), without=reference
            )
            if matter < MIN_MATTER:
                continue  # "việc lưu trữ hồ sơ thực hiện theo Luật Lưu trữ" leaves another matter to the law
            return Hit(CODE, strength, (reference,))
    return None

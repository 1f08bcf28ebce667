"""A settles what B leaves to a body other than A's issuer.

Fires: a decision of a province that sets a fee against "Bộ trưởng Bộ Tài chính quy định mức thu phí".
Silent: the same beside "Ủy ban nhân dân cấp tỉnh quy định mức thu" (delegated to A's issuer); an A that only refers to that body's text.
"""

from __future__ import annotations

from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType
from nlp.law.issuers import Body
from nlp.text.segment import folded_pattern

CODE = "reserved_matter"
SENTENCE = "Nội dung thuộc thẩm quyền quy định của cơ quan khác: {a}, trong khi {b}."
SENTENCE_EN = "The matter is for another body to regulate: {a}, while {b}."
GROUND = "Điều 6 Nghị định số 79/2025/NĐ-CP (thẩm quyền về nội dung)"
_RESERVES = folded_pattern(
    r"(?P<body>quốc hội|uỷ ban thường vụ quốc hội|chính phủ|thủ tướng(?: chính phủ)?|bộ trưởng(?: bộ)?[^,;.\n]{0,40}|bộ (?:tài chính|y tế|công thương|"
    r"xây dựng|nội vụ|tư pháp)[^,;.\n]{0,20}|hội đồng nhân dân(?: cấp)? tỉnh)\s+(?:quy định|ban hành)\s+(?!tại|của|này|khác)"
    r"(?P<matter>[^;.\n]{8,160})"
)
_TITLE_BEFORE = folded_pattern(r"(?:của|do)\s+$")
_DEFERS = folded_pattern(
    r"(?<!\w)(?:thực hiện theo|theo quy định (?:của|tại)|áp dụng theo|do (?:chính phủ|bộ|thủ tướng|quốc hội|hội đồng))(?!\w)"
)
_COUNCIL = "hội đồng nhân dân"
MIN_MATTER = 0.6  # share of the reserved matter that stands in A


def check(view: View) -> Hit | None:
    """The hit where B names a body above A's issuer that regulates a matter and A regulates it without referring to that body."""
    issuer = view.pair.a.issuer
    if issuer is None or not issuer.local or _DEFERS.search(view.a.folded):
        return None
    for match in _RESERVES.finditer(view.b.folded):
        council = match["body"].startswith(_COUNCIL)
        if (council and issuer.body is Body.PEOPLE_COUNCIL) or "uỷ ban nhân dân" in match["matter"]:
            continue
        if _TITLE_BEFORE.search(view.b.folded, max(0, match.start() - 8), match.start()) and not council:
            continue
        if match["body"].strip() in view.a.folded:  # A speaks of that body itself
            continue
        matter = view.span_b(match.start("matter"), match.end("matter"))
        cover = view.coverage_b(matter)
        if cover >= MIN_MATTER:
            return Hit(
                CODE,
                min(1.0, cover),
                (view.sentence_of_a(0),),
                (view.span_b(match.start(), match.end()),),
                ConflictType.AUTHORITY,
            )
    return None

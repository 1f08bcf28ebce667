"""A demands what B does not: a further condition, paper or step whose lack has consequences.

Fires: "...; phải có thêm giấy xác nhận của hàng xóm. Thiếu giấy này thì không tiếp nhận hồ sơ" against a list of papers without it.
Fires: "Hồ sơ gồm đơn, sơ đồ và giấy xác nhận của Công an" against "Hồ sơ gồm đơn và sơ đồ".
Silent: "...; Sở gửi tin nhắn nhắc người dân trước 05 ngày" (service of the office, no burden).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.comparison.view import Hit, View
from nlp.law.finding import ConflictType
from nlp.text.segment import folded_pattern

if TYPE_CHECKING:
    from nlp.law.span import Span

CODE = "condition_added"
SENTENCE = "Một bên đặt thêm điều kiện, giấy tờ hoặc bước mà bên kia không có: {a}."
SENTENCE_EN = "One side adds a condition, paper or step that the other lacks: {a}."
GROUND = "khoản 3, khoản 4 Điều 58 Luật số 64/2025/QH15; Điều 6 Nghị định số 79/2025/NĐ-CP"
# a demand whose lack has consequences, in its own words
_STRONG = folded_pattern(
    r"(?<!\w)(?:còn phải|cũng phải|phải thêm|phải nộp thêm|phải có thêm|nộp thêm|kèm thêm|bổ sung thêm|mới được|thì mới|bắt buộc|với điều kiện|"
    r"đủ điều kiện khi|thiếu|không có .{0,40} thì không|nếu không .{0,40} không|chưa .{0,30} thì không|không tiếp nhận|"
    r"không được xét|bị trả lại|không cấp|bị từ chối|loại khỏi|chỉ (?:được )?[^,;.\n]{0,60} khi)(?!\w)"
)
# one that only counts where papers or permits are spoken of: offices add work for themselves in the same words
_WEAK = folded_pattern(
    r"(?<!\w)(?:phải có|phải nộp|phải kèm|phải được|phải xin|phải xuất trình|nộp kèm|kèm theo|và có|và phải|thêm|từ .{0,25} trở lên)(?!\w)"
)
_DOSSIER = folded_pattern(
    r"(?<!\w)(?:hồ sơ|giấy (?:tờ|xác nhận|chứng nhận|phép|giới thiệu|cam kết)|đơn|bản sao|bản chính|tờ khai|xác nhận của|điều kiện|được (?:cấp|xét|hỗ trợ|"
    r"hưởng)|xin|chứng chỉ|người (?:nộp|yêu cầu|đề nghị))(?!\w)"
)
# the condition stands before these: "doanh nghiệp ký quỹ mười tỷ mới được miễn"
_BACK = folded_pattern(r"mới được|thì mới|không tiếp nhận|không được xét|bị trả lại|không cấp|bị từ chối|loại khỏi")
# a list of papers, and the papers in it
_LIST = folded_pattern(
    r"(?<!\w)(?:hồ sơ|giấy tờ|thành phần hồ sơ)(?!\w)[^.;:\n]{0,90}?(?<!\w)(?:bao gồm|gồm(?: có)?|như sau)(?!\w)\s*:?"
)
_CUT = folded_pattern(r"[;\n]|,(?!\d)|(?<!\w)và(?!\w)|\.(?=\s|$)")
_PAPER = folded_pattern(
    r"\W*(?:[a-zđ]\) )?(?:\d+ )?(?:bản (?:sao |chính )?)?(?:giấy|văn bản|đơn|phiếu|biên bản|báo cáo|chứng chỉ|chứng nhận|xác nhận|tờ khai|hợp đồng|"
    r"bản cam kết|kết quả|sơ đồ|bản vẽ|ảnh|lý lịch|sổ)(?!\w)"
)
MAX_KNOWN = 0.5  # a listed paper is new when less than this share of its words stands in B
MIN_KNOWN = 0.75  # and another is known from this share on: the lists are of one matter
MAX_COVER = 0.55  # a demand is new when less than this share of its words stands in B
MIN_BASE = 0.35  # the rest of A must speak of B's matter
REACH = 70


def check(view: View) -> Hit | None:
    """The hit on the demand of A that B knows least, where the rest of A is about B's matter."""
    if view.alignment.a_cover < MIN_BASE and max(view.alignment.a_sentence, default=0.0) < MIN_BASE + 0.15:
        return None
    best: Hit | None = None
    demands = [(match, True) for match in _STRONG.finditer(view.a.folded)]
    demands += [(match, False) for match in _WEAK.finditer(view.a.folded)]
    for match, strong in demands:
        sentence = view.sentence_of_a(match.start())
        if not strong and not _DOSSIER.search(view.a.folded, sentence.start, sentence.end):
            continue
        span = _before(view, sentence, match) if _BACK.fullmatch(match.group()) else _after(view, sentence, match)
        new = 1.0 - view.coverage(span)
        if len(span) > 12 and new >= 1 - MAX_COVER and (best is None or new > best.strength):
            best = Hit(CODE, min(1.0, new), (span,), (view.partner_sentence(match.start()),), ConflictType.CONDITION)
    return best or _listed(view)


def _listed(view: View) -> Hit | None:
    """The hit on the paper of A's list that B's list of the same papers lacks most."""
    ours, theirs = _papers(view.a.folded), _papers(view.b.folded)
    if not ours or not theirs:
        return None
    shares = [(view.coverage(view.span(start, end)), start, end) for start, end in ours]
    least, start, end = min(shares)
    if least >= MAX_KNOWN or max(shares)[0] < MIN_KNOWN:
        return None
    place = view.span_b(theirs[0][0], theirs[-1][1])
    return Hit(CODE, 1.0 - least, (view.span(start, end),), (place,), ConflictType.CONDITION)


def _papers(folded: str) -> list[tuple[int, int]]:
    """Where the papers of the first list of papers stand."""
    lead = _LIST.search(folded)
    if lead is None:
        return []
    found, at = [], lead.end()
    for cut in _CUT.finditer(folded, at):
        found.append((at, cut.start()))
        at = cut.end()
    found.append((at, len(folded)))
    return [(start, end) for start, end in found if _PAPER.match(folded, start, end)]


def _after(view: View, sentence: Span, match: re.Match[str]) -> Span:
    end = min(sentence.end, match.end() + REACH)
    cut = re.search(r"[;.\n]", view.a.folded[match.end() : end])
    return view.span(match.start(), match.end() + cut.start() if cut else end)


def _before(view: View, sentence: Span, match: re.Match[str]) -> Span:
    start = max(sentence.start, match.start() - REACH)
    cut = max(view.a.folded.rfind(mark, start, match.start()) for mark in ",;")
    return view.span(max(start, cut + 1), match.end())

"""Who does what: each authority of a text with its verbs of deciding and the act they govern."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.law.span import Span
from nlp.text.segment import fold, folded_pattern

if TYPE_CHECKING:
    from nlp.comparison.facts import Facts
    from nlp.text.clauses import BodyMatch

_VERBS = (
    "quyết định|cấp|phê duyệt|duyệt|ban hành|quy định|tiếp nhận|thẩm định|giải quyết|xem xét|xét|công nhận|thu hồi|"
    "chủ trì|ký|chấp thuận|cho phép|bổ nhiệm|giao|xác nhận|thẩm tra|xác minh|"
    "công bố|kiểm tra|lập|trả lời|thành lập|ấn định|chọn|nhận|thu|tổ chức|thông qua|miễn nhiệm|phân bổ|phân công|"
    "xử phạt|điều chỉnh|huỷ|gia hạn|đăng ký|chứng thực|xử lý|quản lý"
)
_DECIDES = folded_pattern(rf"(?<!\w)(?:{_VERBS})(?!\w)")
# "theo quy định" is a reference, "người được giao" another person, "gửi quyết định" a paper
_NO_VERB_BEFORE = folded_pattern(
    r"(?:theo|người|người được|được giao|ngày|bị|gửi|kèm theo|kèm|thực hiện|căn cứ|về|hồ sơ|đã được|các|những|cơ quan)\s+$"
)
_CHAIN = folded_pattern(r"\s*(?:,|và|hoặc|,\s*ra|việc)?\s*(?:ra\s+)?$")
NEAR = 32  # characters between a body and the verb of what it does
FAR = 80  # the same where only a relative clause or an aside stands between them
ACT_REACH = 160  # characters of the act after the verbs
# "Ủy ban nhân dân xã có phần diện tích lớn nhất quyết định", "... nơi diễn ra chương trình chấp thuận"
_ASIDE = folded_pattern(
    r"\s*,?\s*(?:nơi|có (?!trách nhiệm|văn bản)|trong phạm vi|căn cứ|trên cơ sở|theo|các|và|hoặc|cấp|huyện|tỉnh|thành phố|thị xã|phường|"
    r"xã)(?!\w)"
)
_STOP = re.compile(r"[.;\n]")
# "Thông tư số 12/2020/TT-BTC của Bộ Tài chính quy định ...": the name of a text, nobody decides
_TITLE_BEFORE = folded_pattern(
    r"(?:số\s+\S+|ngày\s+\d[^;.]{0,30}|thông tư|nghị định|quyết định|luật|pháp lệnh|nghị quyết)[^;,.]{0,40}\scủa\s+$"
)
_CANONICAL = {
    fold(printed): fold(same)
    for same, forms in {
        "phê duyệt": ("duyệt", "thông qua"),
        "tiếp nhận": ("nhận",),
        "quyết định": ("ký", "ấn định", "chọn", "quy định", "ban hành"),
        "cho phép": ("chấp thuận",),
        "xem xét": ("xét",),
        "thẩm định": ("thẩm tra",),
    }.items()
    for printed in forms
}
# any of these may stand for any other where the act is the same: to decide, approve or allow it
GENERAL = frozenset(
    fold(verb)
    for verb in ("quyết định", "phê duyệt", "cho phép", "công nhận", "xem xét", "điều chỉnh", "công bố", "giải quyết")
)


@dataclass(frozen=True, slots=True)
class Decider:
    """An authority that does something: the body, the folded canonical verbs, body and verbs together, and the act with what precedes the body."""

    match: BodyMatch
    verbs: frozenset[str]
    span: Span
    act: Span

    @property
    def special(self) -> frozenset[str]:
        """The verbs that name one act and no other: to grant is not to withdraw."""
        return self.verbs - GENERAL

    @property
    def general(self) -> bool:
        """Whether it decides, approves or allows, in whatever word."""
        return bool(self.verbs & GENERAL)


def deciders(facts: Facts) -> tuple[Decider, ...]:
    """Each authority with the verbs of deciding that follow it, in order; "do Ủy ban nhân dân tỉnh quyết định" and "... quyết định" alike."""
    found: list[Decider] = []
    for index, body in enumerate(facts.bodies):
        if _TITLE_BEFORE.search(facts.folded, max(0, body.span.start - 120), body.span.start):
            continue
        following = facts.bodies[index + 1].span.start if index + 1 < len(facts.bodies) else len(facts.folded)
        stop = _STOP.search(facts.folded, body.span.end)
        limit = min(following, stop.start() if stop else len(facts.folded))
        reach = FAR if _ASIDE.match(facts.folded, body.span.end) else NEAR
        verbs = _verbs(facts, body.span.end, min(limit, body.span.end + reach), limit)
        if not verbs:
            continue
        sentence = facts.sentence_at(body.span.start) or Span(0, len(facts.folded))
        end = min(stop.start() if stop else len(facts.folded), verbs[-1].end + ACT_REACH)
        words = frozenset(_CANONICAL.get(word, word) for word in (verb.of(facts.folded) for verb in verbs))
        found.append(Decider(body, words, Span(body.span.start, verbs[-1].end), Span(sentence.start, end)))
    return tuple(found)


def _verbs(facts: Facts, start: int, first_limit: int, limit: int) -> list[Span]:
    """The places of the first verb of deciding before `first_limit` and of those that follow it in a chain: "xét, công nhận và công bố"."""
    found: list[Span] = []
    for match in _DECIDES.finditer(facts.folded, start, limit):
        place = Span(match.start(), match.end())
        if found:
            if not _CHAIN.fullmatch(facts.folded, found[-1].end, place.start):
                break
            found.append(place)
            continue
        if place.start >= first_limit:
            break
        named = (
            facts.text[place.start].isupper() and not facts.text[start : place.end].isupper()
        )  # "Giao thông", "Quản lý"
        before = facts.folded[max(start, place.start - 16) : place.start]
        if not named and not _level(facts.folded, match) and not _NO_VERB_BEFORE.search(before):
            found.append(place)
    return found


# "cấp huyện" is a level, "cấp giấy phép" an act
_LEVELS = folded_pattern(
    r"\s+(?:tỉnh|huyện|xã|trên|dưới|trung ương|uỷ|kỹ thuật|trưởng|phó|có thẩm quyền|nào|học)(?!\w)"
)


def _level(folded: str, verb: re.Match[str]) -> bool:
    return verb.group() == "cấp" and _LEVELS.match(folded, verb.end()) is not None

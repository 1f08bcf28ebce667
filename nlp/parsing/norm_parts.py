"""The parts of a norm besides who and how: conditions, exceptions, savings, terms, dossiers, sanctions, authorities, objects, roles."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from nlp.law.issuers import ministries
from nlp.law.norm import Comparator, Deadline, Dimension
from nlp.law.span import Span
from nlp.parsing.norm_words import find_verb, pattern, verb_at
from nlp.text.lexicon import alternatives
from nlp.text.segment import fold

if TYPE_CHECKING:
    from nlp.law.norm import Quantity
    from nlp.parsing.norm_reading import Reading

_STOP = r"[^,;:\n]"
_CONDITION = re.compile(
    r"(?<!\w)(?:chỉ khi|sau khi|trước khi|với điều kiện|trong (?:các )?trường hợp|đối với (?:các )?trường hợp|trường hợp|nếu|khi|"
    rf"trong điều kiện)(?!\w)\s+(?:(?!\s*(?<!\w)thì(?!\w)){_STOP}){{3,240}}"
)
# "trừ trường hợp" is an exception; "kể từ khi" starts a time limit; "đôi khi", "nhiều khi" are adverbs; "mọi trường hợp" is no condition
_NO_CONDITION = (
    "kể từ ", "tính từ ", "từ ", "trừ ", "trừ các ", "đôi ", "nhiều ", "một số ", "mọi ", "các ", "những ", "sau ", "trước ", "chỉ ",
)  # fmt: skip
# a condition that opens a sentence may have commas: it goes on to "thì"
_UNTIL_THEN = re.compile(
    r"(?:trong trường hợp|đối với trường hợp|trường hợp|nếu|khi)(?!\w)(?P<what>[^;\n]{3,400}?)\s*,?\s+thì(?!\w)"
)
_EXCEPTION = re.compile(
    r"(?<!\w)(?:ngoại trừ|trừ(?! (?:đi|vào|lùi|dần|thuế|tiền|nợ|sâu|mối|hao|điểm)(?!\w))|không áp dụng đối với|không bao gồm)(?!\w)"
    r"\s+[^;.\n]{3,240}"
)
_EXCEPTION_WORDS = ("trừ", "không áp dụng", "không bao gồm")
_NO_EXCEPTION = (
    "khấu ",
    "loại ",
    "bù ",
    "phòng ",
    "diệt ",
    "ngoại ",
    "miễn ",
    "giảm ",
)  # "khấu trừ", "phòng trừ sâu bệnh"
_OTHERWISE = re.compile(r"(?:qui định|thoả thuận|quyết định|hướng dẫn|cam kết)\s+khác(?!\w)")
_UNLESS = re.compile(r"nếu\s+[^,;.\n]{0,100}?không\s+(?:có\s+)?(?:qui định|thoả thuận)\s+khác")
_FOLLOWS = re.compile(
    r"(?<!\w)(?:thực hiện |áp dụng )?theo (?:đúng )?qui định (?:của|tại|trong|về)(?!\w)"
    r"(?:(?!\s+(?:thì|khi|nếu|để|nhưng|trong thời hạn)(?!\w))[^,;.\n)]){2,160}|"
    r"(?<!\w)theo pháp luật(?: về)?(?!\w)[^,;.\n]{0,80}"
)
_END = re.compile(r"(?<=[^\W\d_])\.(?=\s|$)")


def conditions(reading: Reading, span: Span, excepted: tuple[Span, ...]) -> tuple[Span, ...]:
    """The conditions of a sentence in order, without the comma or "thì" that ends them; none inside an exception or the start of a time limit."""
    folded = reading.folded
    found: list[Span] = []
    taken = [*excepted, *(deadline.span for deadline in reading.deadlines_in(span.start, span.end))]
    opening = _UNTIL_THEN.match(folded, span.start, span.end)
    if opening:
        found.append(_stripped(folded, opening.start(), opening.end("what")))
    begin = opening.end() if opening else span.start
    found += [
        place
        for place in _matches(_CONDITION, _NO_CONDITION, folded, begin, span.end)
        if not any(other.overlaps(place) for other in taken)
    ]
    return tuple(found)


def exceptions(reading: Reading, span: Span) -> tuple[Span, ...]:
    """The exceptions of a sentence ("trừ trường hợp ..."), in order."""
    if not _mentions(reading.folded, span, _EXCEPTION_WORDS):
        return ()
    return tuple(_matches(_EXCEPTION, _NO_EXCEPTION, reading.folded, span.start, span.end))


def _mentions(folded: str, span: Span, clues: tuple[str, ...]) -> bool:
    """Whether a sentence holds one of these letter groups: most do not, and looking is ten times cheaper than matching."""
    return any(folded.find(clue, span.start, span.end) >= 0 for clue in clues)


def _matches(finder: re.Pattern[str], never_after: tuple[str, ...], folded: str, start: int, end: int) -> list[Span]:
    """The matches in [start, end) in order, without those that one of `never_after` stands before."""
    found: list[Span] = []
    while match := finder.search(folded, start, end):
        if folded.endswith(never_after, 0, match.start()):
            start = match.start() + 1
            continue
        found.append(_stripped(folded, match.start(), match.end()))
        start = match.end()
    return found


def savings(reading: Reading, span: Span, excepted: tuple[Span, ...]) -> tuple[Span, ...]:
    """The clauses that leave room for other rules ("trừ trường hợp luật có quy định khác", "theo quy định của Chính phủ"), in order."""
    folded = reading.folded
    found = [place for place in excepted if _OTHERWISE.search(folded, place.start, place.end)]
    for finder, word in ((_UNLESS, " khác"), (_FOLLOWS, "theo ")):
        if folded.find(word, span.start, span.end) < 0:
            continue
        for match in finder.finditer(folded, span.start, span.end):
            place = _stripped(folded, match.start(), match.end())
            if not any(place.overlaps(other) for other in found):
                found.append(place)
    return tuple(sorted(found))


def _stripped(folded: str, start: int, end: int) -> Span:
    sentence_end = _END.search(folded, start, end)
    if sentence_end:
        end = sentence_end.start()
    while end > start and folded[end - 1] in " ,.:":
        end -= 1
    return Span(start, end)


# --- definitions -------------------------------------------------------------------------------------------------------------------------

MAX_TERM = 110
_IS = re.compile(r"(?P<mark>\s+(?:được\s+(?:hiểu|coi|xem)\s+)?là(?!\w)(?:\s+gồm)?\s*|\s*\(sau đây|\s*:\s+)")
_TERM_IS = re.compile(r"\s+(?:được\s+(?:hiểu|coi|xem)\s+)?là(?!\w)\s*")
_QUOTES = ' "“”*'


def defined(reading: Reading, span: Span, *, listed: bool) -> tuple[Span, int] | None:
    """The term of a defining sentence and where its meaning begins; None where nothing is defined.

    In a list of definitions every "X là ..." (or "X: ...") defines; elsewhere the words after "là" must be a kind of thing and the words before it
    no measure, office or document: "Mức thu là 50.000 đồng" and "Trưởng ban là Phó Chủ tịch" define nothing.
    """
    folded = reading.folded
    finder = _IS if listed else _TERM_IS
    match = finder.search(folded, span.start, min(span.end, span.start + MAX_TERM + 40))
    if match is None or match.start() - span.start > MAX_TERM or match.end() >= span.end:
        return None
    if listed and match["mark"].lstrip().startswith("("):
        again = _TERM_IS.search(folded, match.end(), span.end)
        match = again or match
    term = _bare_term(folded, Span(span.start, match.start()))
    if not len(term):
        return None
    if not listed:
        # "Hồ sơ hợp lệ là hồ sơ có đủ giấy tờ": the head that comes again defines, whatever it is
        repeated = folded[term.start : term.end].split()[:2] == folded[match.end() : span.end].split(maxsplit=2)[:2]
        if not repeated and (
            pattern("no_term").match(folded, term.start) or not pattern("definiens").match(folded, match.end())
        ):
            return None
        if reading.cues_in(term.start, term.end) or "," in folded[term.start : term.end]:
            return None
    return term, match.end()


def _bare_term(folded: str, span: Span) -> Span:
    start, end = span.start, span.end
    bracket = folded.find("(", start, end)
    if bracket > start:
        end = bracket
    while start < end and folded[start] in _QUOTES:
        start += 1
    while end > start and folded[end - 1] in _QUOTES + ",":
        end -= 1
    return Span(start, end)


# --- dossier, sanction ---------------------------------------------------------------------------------------------------------------------

_DOSSIER_INLINE = re.compile(
    r"(?<!\w)(?:hồ sơ|giấy tờ|thành phần hồ sơ)(?!\w)[^:;\n]{0,160}?(?<!\w)(?:bao gồm|gồm(?: có)?)(?!\w)\s*:?\s*"
)
_PAPER = (
    r"(?:\d{1,2} )?(?:đơn|tờ|bản|giấy|văn bản|phiếu|quyết định|hợp đồng|biên bản|ảnh|chứng|hoá đơn|sơ đồ|danh sách|báo cáo|tài liệu|"
    r"phương án|hồ sơ|thẻ|sổ|công văn|dự án|kế hoạch|bảng|sơ yếu|lí lịch|hộ chiếu|chứng minh|căn cước)"
)
_NEXT_PAPER = re.compile(rf"\s*;\s*|\s*,\s+(?:và\s+)?(?={_PAPER}(?!\w))|\s+và\s+(?={_PAPER}(?!\w))")


def papers(reading: Reading, span: Span) -> tuple[str, ...]:
    """The papers that a sentence lists after "hồ sơ gồm", as printed; () where it lists none."""
    if not _mentions(reading.folded, span, ("gồm",)):
        return ()
    match = _DOSSIER_INLINE.search(reading.folded, span.start, span.end)
    if (
        match is None
        or match.end() >= span.end
        or re.match(r"(?:các |những )?(?:thành phần|giấy tờ|tài liệu) sau", reading.folded[match.end() : span.end])
    ):
        return ()
    found, at = [], match.end()
    for separator in _NEXT_PAPER.finditer(reading.folded, match.end(), span.end):
        found.append(reading.text[at : separator.start()])
        at = separator.end()
    found.append(reading.text[at : span.end])
    return tuple(paper.strip(" .,;") for paper in found if paper.strip(" .,;"))


_SANCTION_WORDS = (
    "phạt",
    "buộc",
    "bị ",
    "tước",
    "tịch",
    "trục",
    "đình chỉ",
    "khiển",
    "cách chức",
    "hạ bậc",
    "cảnh cáo",
)  # one of each form in norms.toml
_SANCTION_END = re.compile(r";|\n|\.\s|(?<!\w)(?:đối với|nếu|khi|trong trường hợp|trường hợp)(?!\w)")


def sanction(reading: Reading, span: Span) -> str:
    """The sanction that a sentence threatens, as printed ("Phạt tiền từ 1.000.000 đồng đến 2.000.000 đồng"), "" where it threatens none."""
    if not _mentions(reading.folded, span, _SANCTION_WORDS):
        return ""
    match = pattern("sanctions").search(reading.folded, span.start, span.end)
    if match is None:
        return ""
    stop = _SANCTION_END.search(reading.folded, match.end(), span.end)
    return reading.text[match.start() : stop.start() if stop else span.end].strip(" ,.")


# --- who decides ---------------------------------------------------------------------------------------------------------------------------

DECIDER_REACH = 48  # characters between an authority's name and its verb
_NAME_TAIL = re.compile(
    r"(?:\s+(?:cấp (?:tỉnh|huyện|xã|trên)|nơi (?!có thẩm)[^,;.\n]{2,60}?(?=\s+(?:quyết|cấp|phê|tiếp|xem|có|phải|được|trong)|$|,)|có thẩm quyền|quản lí)(?!\w))"
)
_TAIL_WORD = re.compile(r"(?:\s+(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|và|-))?\s+([^\W\d_]+)")
_RECEIVES = re.compile(
    r"(?<!\w)(?:nộp|gửi|trình|báo cáo|đề nghị)(?!\w)[^,;.\n]{0,80}?(?:\s(?:tại|đến|cho|lên|về|tới)\s+)?$"
)
_MEMBER = re.compile(
    r"(?<!\w)(?:thành viên|uỷ viên|thành lập|giúp việc)\s+$"
)  # "hai phần ba thành viên Hội đồng giải quyết": nobody decides
_BY = re.compile(r"(?<!\w)(?:do|được|thẩm quyền của|thuộc)\s+(?:chủ tịch |giám đốc |thủ trưởng )?$")
_GAP_BROKEN = re.compile(r"[.;:\n]|(?<!\w)(?:bị|không|theo|qui định tại|do|đã|để|trình|đề nghị|báo cáo|gửi|nộp)(?!\w)")


def authority(reading: Reading, span: Span) -> str:
    """The body that decides, approves, grants or receives, as printed; the deciding one before the receiving one, "" where none is named."""
    folded, receiver = reading.folded, ""
    for body in reading.bodies_in(span.start, span.end):
        end = _name_end(reading, body.span.end, span.end)
        before = folded[max(span.start, body.span.start - 100) : body.span.start]
        if _MEMBER.search(before):
            continue
        verb = find_verb("decides", folded, end, min(span.end, end + DECIDER_REACH))
        if verb and not _GAP_BROKEN.search(folded, end, verb.start()) and not reading.bodies_in(end, verb.start()):
            return reading.text[body.span.start : end]
        if _BY.search(before) and "thẩm quyền" in before:
            return reading.text[body.span.start : end]
        if not receiver and _RECEIVES.search(before):
            receiver = reading.text[body.span.start : end]
    return receiver


def _name_end(reading: Reading, at: int, end: int) -> int:
    """Where the name of a body that was found up to `at` ends: with its ministry, its place ("tỉnh Thái Bình") or its level."""
    if reading.folded.endswith(" nơi", 0, at):
        return at - len(" nơi")
    ministry = _field().match(reading.folded, at, end)
    if ministry:
        return ministry.end()
    level = _NAME_TAIL.match(reading.folded, at, end)
    if level:
        return level.end()
    while (word := _TAIL_WORD.match(reading.text, at, end)) and word[1][0].isupper():
        at = word.end()
    return at


@lru_cache(maxsize=1)
def _field() -> re.Pattern[str]:
    """The names of ministries behind "Bộ", "Bộ trưởng", "Sở": " văn hóa, thể thao và du lịch", with "Bộ" where the office comes first."""
    names = tuple(fold(body.name).removeprefix("bộ ") for body in ministries() if body.name.startswith("Bộ "))
    return re.compile(rf"\s+(?:bộ\s+)?(?:{alternatives(names)})(?!\w)")


# --- what is done, what is measured ----------------------------------------------------------------------------------------------------------

_OBJECT_END = re.compile(
    r"[,;:\n(]|(?<!\w)(?:trong thời hạn|trong vòng|trong|trước|sau|kể từ|theo|nếu|khi|để|nhằm|đến|cho|tại|bằng|với|trừ|qua|"
    r"chậm nhất|không quá|từ|vào|đối với|như sau|kèm|kèm theo)(?!\w)"
)
_CHAIN = re.compile(r"\s*(?:,|và(?!\w)|hoặc(?!\w))\s+")  # "cấp, gia hạn và thu hồi giấy phép"


def acted_on(folded: str, start: int, end: int) -> Span | None:
    """The object of an action [start, end): the words after its verb up to the next preposition or comma; None where the verb is not known."""
    verb = verb_at("verbs", folded, start, end)
    if verb is None:
        return None
    at = verb.end()
    while chained := _CHAIN.match(folded, at, end):
        following = verb_at("verbs", folded, chained.end(), end)
        if following is None:
            break
        at = following.end()
    while at < end and folded[at] == " ":
        at += 1
    stop = _OBJECT_END.search(folded, at, end)
    place = _stripped(folded, at, stop.start() if stop else end)
    return place if len(place) else None


ROLE_REACH = 90
_ROLE_STRIP = re.compile(
    r"\s*(?:,|:|(?<!\w)(?:là|được tính|không quá|không vượt quá|tối đa|tối thiểu|ít nhất|từ|trên|dưới|bằng|không thấp hơn|"
    r"không dưới|chậm nhất|không được|phải|có|đạt|quá|trở|đến|gồm|khoảng|cho mỗi))(?:\s.*)?$"
)


def with_role(reading: Reading, quantity: Quantity, floor: int) -> Quantity:
    """The quantity with the noun that it measures, the nearest one before it in its sentence ("mức hỗ trợ cho mỗi hộ")."""
    start = max(floor, quantity.span.start - ROLE_REACH)
    nouns = list(pattern("measured").finditer(reading.folded, start, quantity.span.start))
    noun = nouns[-1] if nouns else None
    if noun is None or re.search(r"[;\n]", reading.folded[noun.end() : quantity.span.start]):
        return quantity
    tail = reading.folded[noun.end() : quantity.span.start]
    cut = _ROLE_STRIP.search(tail)
    stop = noun.end() + (cut.start() if cut else len(tail.rstrip()))
    role = " ".join(reading.text[noun.start() : stop].split()[:6])
    return replace(quantity, role=role)


_TIME = frozenset({Dimension.DURATION, Dimension.CALENDAR_MONTHS, Dimension.WORKING_DAYS})
_COUNTED_FROM = re.compile(
    r"(?<!\w)(?:kể từ|tính từ|từ)\s+(?:khi|ngày|thời điểm|lúc)\s+(?P<event>[^,;.\n]{3,140})(?=,)"
)
_LIMIT_ROLE = re.compile(
    r"^(?:thời hạn|thời gian)\s+(?:giải quyết|xử lí|thực hiện|trả lời|cấp|thẩm định|xem xét|nộp|tiếp nhận|trả kết quả|công khai|"
    r"niêm yết|gửi|thông báo)"
)


def time_limits(reading: Reading, span: Span, quantities: tuple[Quantity, ...]) -> tuple[Deadline, ...]:
    """The time limits of a sentence with their start events; an event told before the limit ("Kể từ ngày nhận hồ sơ, trong 5 ngày ...") counts too."""
    found = {deadline.quantity.span: deadline for deadline in reading.deadlines_in(span.start, span.end)}
    for quantity in quantities:
        limit = fold_role(quantity.role)
        if (
            quantity.dimension in _TIME
            and quantity.span not in found
            and quantity.comparator is Comparator.EXACT
            and _LIMIT_ROLE.match(limit)
        ):
            found[quantity.span] = Deadline(quantity.span, quantity)
    roles = {quantity.span: quantity for quantity in quantities}
    limits = []
    for place in sorted(found):
        deadline = found[place]
        start = deadline.start
        if not start:
            event = _COUNTED_FROM.search(reading.folded, span.start, place.start)
            start = reading.text[event.start("event") : event.end("event")].strip() if event else ""
        limits.append(replace(deadline, quantity=roles.get(place, deadline.quantity), start=start))
    return tuple(limits)


def fold_role(role: str) -> str:
    """The role in lower case with the i-spelling of folded texts."""
    return role.lower().replace("xử lý", "xử lí")

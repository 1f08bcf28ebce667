"""The main clause of a sentence: what stands before it as circumstance, who bears it, and the cue that commands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from nlp.law.norm import Modality
from nlp.law.span import Span
from nlp.parsing.norm_words import find_verb, pattern, verb_at, words

if TYPE_CHECKING:
    from nlp.parsing.norm_reading import Reading
    from nlp.text.clauses import CueMatch

MAX_BEARER = 130  # characters; a longer stretch before the cue is no name of a bearer
MAX_SUBJECT = 320  # characters between the start of the main clause and its cue
MAX_CIRCUMSTANCES = 6  # "Trong thời hạn ..., kể từ ngày ..., nếu ..., thì"

_WHEN = (
    r"trong (?:thời hạn|vòng|thời gian|trường hợp|quá trình|phạm vi|khi)|chậm nhất|muộn nhất|kể từ|tính từ|khi|nếu|"
    r"trường hợp|đối với|căn cứ|trên cơ sở|sau khi|trước khi|sau|trước|hằng|hàng|định kì|ngoài|theo|trừ|tại|để|từ|đến|"
    r"với|quá thời hạn|hết thời hạn|nhận được|riêng|đồng thời|và|hoặc|nhưng|tuy nhiên|ngay sau|trong|khi có|do|vì|nhằm|cùng với"
)
_CIRCUMSTANCE = re.compile(rf"(?:{_WHEN})(?!\w)")
_THEN = re.compile(r"(?<!\w)thì(?!\w)")
_COMMA = re.compile(r",\s+")
# A cue behind one of these belongs to a clause inside the clause: "dịch vụ mà không phải trả tiền", "do không thể tiến hành"
_INNER = re.compile(
    r"(?<!\w)(?:mà|nếu|khi|(?<!mọi )(?<!các )trường hợp|trừ|vì|do|để|nhằm|kể từ|nhưng chưa|có nội dung)(?!\w)"
)
_ALWAYS_INNER = re.compile(r"(?<!\w)(?:mà|nếu|trừ|(?<!mọi )(?<!các )trường hợp|với điều kiện)(?!\w)")
_OPEN_INNER = re.compile(r"(?:,|(?<!\w)thì(?!\w))\s*")
_BARE_HEAD = re.compile(r"(?:những |các |mọi )?(?:người|bên|cơ quan|tổ chức|cá nhân|đơn vị|bên còn lại)$")
_TRAILING = re.compile(r"(?:\s+(?:cũng|đều|đã|sẽ|vẫn|thì|mới|còn|không|chưa|đồng thời|và|nhưng)|\s*[,:(])+\s*$")

# What makes a cue none. Each with the phrase that taught it.
_NOT_OBLIGED = re.compile(r"(?:bên|phía|lề|tay|mé|chân|vừa|lẽ)\s+$")  # "lề phải", "vừa phải"
_OBLIGED_OTHER = re.compile(
    r"(?<!\w)(?:của|cho|với|do|đối với|từ)\s+(?:những |các )?(?:người|bên|tổ chức|cá nhân|cơ quan)\s+$"
)  # "của người phải thi hành án"
_OWED = re.compile(
    r"(?:số (?:tiền|thuế)|khoản|tiền|thuế|phí|chi phí|mức|(?:khoản|số) nợ|giá trị|thời gian)\s+$"
)  # "số thuế phải nộp"
_OWED_VERB = re.compile(r"\s+(?:nộp|trả|thu|đóng|chi|bồi thường|thanh toán|hoàn trả|chịu)(?!\w)")
_RIGHTS_NOUN = re.compile(r"\s+(?:lợi|hạn|và nghĩa vụ|và lợi ích)(?!\w)")  # "người có quyền lợi"
_IS_NOT = re.compile(r"\s+(?:là|do|của|chỉ|vì|lúc nào)(?!\w)")  # "không phải là", "không phải do lỗi"
_FREE_OF = re.compile(
    r"\s+(?:phí|thuế|lệ phí|tiền|giảm|học phí|thị thực|nộp|trừ tiền|đóng|thi|kiểm tra)(?!\w)"
)  # not "miễn nhiệm"
_ONLY_WHEN = re.compile(r"(?<!\w)(?:khi|sau khi|trong trường hợp|nếu|cho|đối với|trong|tại|ở|một|thuộc)(?!\w)")
_POINTS_ELSEWHERE = re.compile(
    r"\s+(?:qui định tại|theo|nêu tại|trong)(?!\w)"
)  # "các hành vi bị nghiêm cấm quy định tại Điều 8"
_ACTS = re.compile(r"(?:các |những )?hành vi(?!\w)")
_ADJECTIVE = frozenset({"bắt buộc"})  # "giáo dục bắt buộc": a command only before "phải" (a form of its own)
_NEVER = frozenset({"không thể", "khỏi", "chưa phải"})  # inability, grammar
_WEAK_PERMISSION = frozenset({"được"})


@dataclass(frozen=True, slots=True)
class Clause:
    """The main clause of a sentence: [start, end) after its circumstances, its cue (None in a statement) and its bearer, both over the text."""

    start: int
    end: int
    cue: CueMatch | None
    modality: Modality
    bearer: Span | None


def main_clause(reading: Reading, start: int, end: int) -> Clause:
    """The main clause of the sentence [start, end)."""
    begin, certain = _main_start(reading, start, end)
    cue, modality = _command(reading, begin, end)
    if cue is None:
        return Clause(begin, end, None, Modality.STATEMENT, _acting(reading, begin, end) if certain else None)
    return Clause(begin, end, cue, modality, _bearer(reading, begin, cue.span.start) if certain else None)


def _main_start(reading: Reading, start: int, end: int) -> tuple[int, bool]:
    """Where the main clause begins, and whether that is certain: after the circumstances that open the sentence."""
    folded, at = reading.folded, start
    for _ in range(MAX_CIRCUMSTANCES):
        if not _CIRCUMSTANCE.match(folded, at, end):
            return at, True
        then = _THEN.search(folded, at, end)
        if then and _whole(reading, at, then.start()):
            return _after(folded, then.end(), end), True
        following = _clause_after_comma(reading, at, end)
        if following is None:
            return at, False
        at = following
    return at, False


def _whole(reading: Reading, at: int, then: int) -> bool:
    """Whether the stretch up to "thì" is one condition, however many commas it has: it holds no command of its own after a comma."""
    return then - at <= MAX_SUBJECT * 2 and "; " not in reading.folded[at:then]


_WORK = re.compile(r"việc(?!\w)")  # "Đối với nghị quyết, việc soạn thảo được ..."
_CITED = re.compile(r"(?:điều|khoản|điểm|chương|mục|phụ lục|luật|nghị định|thông tư|quyết định)(?!\w)")


def _clause_after_comma(reading: Reading, at: int, end: int) -> int | None:
    """The first place after a comma where a bearer, a body or another circumstance begins, None when there is none."""
    bearer = pattern("bearers")
    for comma in _COMMA.finditer(reading.folded, at, min(end, at + 2 * MAX_SUBJECT)):
        place = comma.end()
        if bearer.match(reading.folded, place) or _CIRCUMSTANCE.match(reading.folded, place):
            return place
        if _WORK.match(reading.folded, place):
            return place
        if (reading.text[place : place + 1].isupper() and not _CITED.match(reading.folded, place)) or any(
            cue.span.start == place for cue in reading.cues_in(place, place + 24)
        ):
            return place
        if verb_at("verbs", reading.folded, place, end) and not _listed(reading, place):
            return place
    return None


def _listed(reading: Reading, place: int) -> bool:
    """Whether the word at `place` is one of a row ("thẩm định, phê duyệt, công bố"): the word before the comma is a verb too."""
    before = reading.folded[max(0, place - 40) : place].rstrip(", ")
    return any(match.end() == len(before) for match in pattern("verbs").finditer(before))


def _after(folded: str, at: int, end: int) -> int:
    while at < end and folded[at] in " ,:":
        at += 1
    return at


def _command(reading: Reading, begin: int, end: int) -> tuple[CueMatch | None, Modality]:
    """The cue that commands in the main clause, with its modality here."""
    second: tuple[CueMatch, Modality] | None = None
    cues = reading.cues_in(begin, end)
    for index, cue in enumerate(cues):
        if cue.span.start - begin > MAX_SUBJECT:
            break
        modality = _meaning(reading, cue, begin, end)
        if modality is None or _in_brackets(reading.folded, begin, cue.span.start):
            continue
        inner = _inner(reading.folded, begin, cue.span.start)
        if inner is _Depth.ALWAYS:
            continue
        head = reading.folded[begin : cue.span.start].strip()
        relative = cue.form == "có thể" or _BARE_HEAD.fullmatch(head) is not None
        later = _later_command(reading, cue, cues[index + 1 :], begin, end) if relative else None
        if later is not None:
            return later
        if inner is _Depth.MAYBE:
            second = second or (cue, modality)
            continue
        return cue, modality
    return second or (None, Modality.STATEMENT)


_ENDS_RELATIVE = re.compile(r"(?<!\w)(?:mà|nếu|khi|trường hợp|trừ|nhưng|với điều kiện|và|hoặc)(?!\w)")
RELATIVE_REACH = 80  # characters of a relative clause without comma: "Người có nghĩa vụ trả nợ phải ..."


def _later_command(
    reading: Reading, cue: CueMatch, others: tuple[CueMatch, ...], begin: int, end: int
) -> tuple[CueMatch, Modality] | None:
    """The cue behind this one that is the real command, None if there is none: "Phòng có thể dùng để ngủ phải ..." describes, then obliges."""
    for other in others:
        between = reading.folded[cue.span.end : other.span.start]
        if len(between) > RELATIVE_REACH or "," in between or _ENDS_RELATIVE.search(between):
            return None
        modality = _meaning(reading, other, begin, end)
        if modality is not None:
            return other, modality
    return None


class _Depth(Enum):
    """How deep a cue stands: in the main clause, perhaps inside another, surely inside another."""

    MAIN = 0
    MAYBE = 1
    ALWAYS = 2


def _inner(folded: str, begin: int, at: int) -> _Depth:
    opened = begin
    for mark in _OPEN_INNER.finditer(folded, begin, at):
        opened = mark.end()
    if _ALWAYS_INNER.search(folded, opened, at):
        return _Depth.ALWAYS
    openers = [match.end() for match in _INNER.finditer(folded, opened, at)]
    if not openers:
        return _Depth.MAIN
    return _Depth.ALWAYS if len(folded[openers[-1] : at].split()) <= 2 else _Depth.MAYBE


def _in_brackets(folded: str, begin: int, at: int) -> bool:
    return folded.count("(", begin, at) > folded.count(")", begin, at)


def _meaning(reading: Reading, cue: CueMatch, begin: int, end: int) -> Modality | None:
    """The modality of a cue where it stands, None where it is no cue."""
    folded, form = reading.folded, cue.form
    before, at = folded[max(begin, cue.span.start - 24) : cue.span.start], cue.span.end
    if form in _NEVER or form in _ADJECTIVE:
        return None
    if form in {"phải", "đều phải", "còn phải"}:
        if (
            _NOT_OBLIGED.search(before)
            or _OBLIGED_OTHER.search(before)
            or (_OWED.search(before) and _OWED_VERB.match(folded, at))
        ):
            return None
        return Modality.OBLIGATION
    if form == "cho phép":  # at the head of a clause a permission, behind a subject what a body does
        return Modality.PERMISSION if not folded[begin : cue.span.start].strip() else None
    if form == "có quyền" and _RIGHTS_NOUN.match(folded, at):
        return None
    if form in {"có trách nhiệm", "có nghĩa vụ", "có nhiệm vụ"} and re.search(r"(?<!\w)không\s+$", before):
        return Modality.EXEMPTION
    if form in {"bị nghiêm cấm", "bị cấm"} and re.search(r"hành vi\s+$", before):
        return None if _POINTS_ELSEWHERE.match(folded, at) or not _ACTS.match(folded, begin) else Modality.PROHIBITION
    if form == "không phải" and _IS_NOT.match(folded, at):
        return None
    if form == "miễn":
        return Modality.EXEMPTION if _FREE_OF.match(folded, at) else None
    if form in {"được", "chưa được"}:
        return _permitted(reading, cue, begin)
    if form == "được phép" and re.search(r"(?<!\w)(?:đã|chưa)\s+$", before):
        return None
    if form in {"chỉ", "chỉ có"}:
        return Modality.RESTRICTION if _ONLY_WHEN.search(folded, at, end) else None
    return cue.modality


_PURPOSE = re.compile(r"(?<!\w)(?:để|nhằm)(?!\w)")  # "thông báo rộng rãi để học sinh được biết"


def _permitted(reading: Reading, cue: CueMatch, begin: int) -> Modality | None:
    """Whether bare "được" permits: an act of the subject follows; with acts that may also be done to it, the subject must be a person or body."""
    folded = reading.folded
    at = _after(folded, cue.span.end, len(folded))
    subject = folded[begin : cue.span.start]
    if _PURPOSE.search(subject):
        return None
    if not pattern("permitted").match(folded, at) or re.match(rf"(?:các |những |mọi )?{words('inanimate')}", subject):
        return None
    if pattern("either").match(folded, at) and not re.match(rf"(?:các |những |mọi )?{words('bearers')}", subject):
        return None
    return Modality.PROHIBITION if cue.form == "chưa được" else Modality.PERMISSION


def _bearer(reading: Reading, begin: int, cue: int) -> Span | None:
    """The subject before a cue, without particles; None where it is too long to be a name or there is none."""
    piece = reading.text[begin:cue]
    trailing = _TRAILING.search(reading.folded, begin, cue)
    stop = trailing.start() if trailing else begin + len(piece.rstrip())
    start = begin + len(piece) - len(piece.lstrip(' ,:"“('))
    if stop - start > MAX_BEARER:
        cut = re.search(
            r"\s*(?:,|(?<!\w)(?:qui định tại|khi|khi có|nếu|được qui định|theo qui định)(?!\w))",
            reading.folded[start:stop],
        )
        if cut is None or cut.start() > MAX_BEARER or not pattern("bearers").match(reading.folded, start):
            return None
        stop = start + cut.start()
    return Span(start, stop) if stop > start else None


_NOT_ACTING = re.compile(r"[.;:]|(?<!\w)(?:là|được|bị|của việc|để|nhằm|khi|nếu|như)(?!\w)")
_ADVERB = re.compile(r"(?:\s+(?:không|chưa|sẽ|đã|cũng|đều|phải)|\s*,)+$")
_AND_VERB = re.compile(r"\s*(?:,|và(?!\w))?\s*")


def _acting(reading: Reading, begin: int, end: int) -> Span | None:
    """The subject of a statement: a bearer at the start of the clause with a verb of acting behind it ("Sở Y tế chủ trì ...")."""
    folded = reading.folded
    subject = re.match(rf"(?:các |những |mọi |mỗi )?(?:{words('bearers')})", folded[begin : min(end, begin + 60)])
    body = next((body for body in reading.bodies_in(begin, end) if body.span.start == begin), None)
    if subject is None and body is None:
        return None
    if subject is not None and subject.group() == "tổ chức":
        following = _AND_VERB.match(folded, begin + subject.end(), end)
        if following and verb_at("verbs", folded, following.end(), end):
            return None  # "Tổ chức, quản lý ...", "Tổ chức thực hiện ...": the verb
    opening = verb_at("verbs", folded, begin, end)
    if opening and body is None and subject and opening.end() > begin + subject.end():
        return None  # "Chủ trì kiểm tra", "Thu gom rác": verbs that begin like a bearer
    floor = max(begin + (subject.end() if subject else 0), body.span.end if body else 0)
    verb = find_verb("verbs", folded, floor, min(end, begin + MAX_BEARER + 20))
    if verb is None or _NOT_ACTING.search(folded, floor, verb.start()):
        return None
    adverb = _ADVERB.search(folded, begin, verb.start() - 1)
    stop = adverb.start() if adverb else begin + len(folded[begin : verb.start()].rstrip(" ,"))
    return Span(begin, stop)

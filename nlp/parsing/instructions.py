"""Instructions of amending texts: the verb of each operation and the stretch of text in which its targets stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nlp.law.document import Operation
from nlp.law.span import Span

if TYPE_CHECKING:
    from nlp.parsing.places import Places

_QUOTED = r"[“\"‘](?P<{name}>(?:[^“”\"\n]|\n(?!\s*\n)){{1,600}})[”\"’]"
_OLD = _QUOTED.format(name="old")
_NEW = _QUOTED.format(name="new")
_NOUN = r"(?:(?:các|một\s+số)\s+)?(?:cụm\s+từ|cụm|từ\s+ngữ|từ|chữ|số|nội\s+dung|đoạn|dấu|ký\s+hiệu)\s*:?\s*"

_ANY_QUOTED = r"[“\"‘](?:[^“”\"\n]|\n(?!\s*\n)){1,600}[”\"’]"

# Thay thế cụm từ "A" bằng cụm từ "B" tại khoản 1 Điều 5
_REPLACE_PHRASE = re.compile(
    rf"\b(?:[Tt]hay(?:\s+thế)?|[Ss]ửa\s+đổi|[Ss]ửa)\s+{_NOUN}{_OLD}\s*,?\s*(?:thành|bằng)\s*(?:{_NOUN})?{_NEW}"
)
# Thay thế cụm từ "A" tại khoản 1 Điều 5; cụm từ "C" tại Điều 6 bằng cụm từ "B"
_AT = rf"{_NOUN}{{phrase}}\s*{{places}},?\s*tại\s(?:[^“”\"\n]|\n(?!\s*\n)){{{{4,900}}}}?{{end}}"
_OLD_AT = _AT.format(
    phrase=_OLD, places="(?P<places>", end=r")(?=\s*(?:[;,]\s*(?:các\s+)?(?:cụm\s+từ|từ)\s|thành|bằng)|$)"
)
_REPLACE_AT = re.compile(
    rf"\b(?:[Tt]hay(?:\s+thế)?|[Ss]ửa\s+đổi)\s+(?P<pairs>{_AT.format(phrase=_QUOTED.format(name='first'), places='', end='')}"
    rf"(?:[;,]\s*{_AT.format(phrase=_ANY_QUOTED, places='', end='')})*)\s*(?:thành|bằng)\s*(?:{_NOUN})?{_NEW}"
)
_ONE_AT = re.compile(_OLD_AT)
# ... cụm từ "C" bằng cụm từ "D": the next pair of the same verb
_NEXT_PAIR = re.compile(rf"(?:,|;|và)\s+{_NOUN}{_OLD}\s*,?\s*(?:thành|bằng)\s*(?:{_NOUN})?{_NEW}")
# Bỏ cụm từ "A" tại khoản 1 Điều 5
_DELETE_PHRASE = re.compile(rf"\b(?:[Bb]ỏ|[Bb]ãi\s+bỏ|[Hh](?:ủy|uỷ)\s+bỏ)\s+{_NOUN}{_OLD}")
# Bổ sung cụm từ "A" vào sau cụm từ "B" tại khoản 1 Điều 5
_INSERT_PHRASE = re.compile(
    rf"\b[Bb]ổ\s+sung\s+{_NOUN}{_NEW}\s*,?\s*(?P<side>(?:vào\s+)?(?:liền\s+|ngay\s+)?(?:phía\s+)?"
    rf"(?:sau|trước))\s+{_NOUN}{_OLD}"
)
_CORRECT_PHRASE = re.compile(
    rf"\b[Đđ]ính\s+chính\s+(?:{_NOUN})?{_OLD}[^“”\"\n]{{0,120}}?(?:thành|là|bằng)\s*:?\s*(?:{_NOUN})?{_NEW}"
)
_PHRASES = (
    (_REPLACE_PHRASE, Operation.REPLACE_PHRASE),
    (_NEXT_PAIR, Operation.REPLACE_PHRASE),
    (_INSERT_PHRASE, Operation.REPLACE_PHRASE),
    (_DELETE_PHRASE, Operation.DELETE_PHRASE),
    (_CORRECT_PHRASE, Operation.CORRECT),
)

_VERBS: tuple[tuple[Operation, str], ...] = (
    (Operation.RENAME, r"(?:[Ss]ửa\s+đổi(?:\s*,\s*bổ\s+sung)?|[Tt]hay\s+đổi|[Đđ]ổi)\s+(?:tên|tiêu\s+đề)(?!\w)"),
    (Operation.AMEND, r"(?:[Ss]ửa\s+đổi(?:\s*,\s*bổ\s+sung|\s+và\s+bổ\s+sung)?|[Bb]ổ\s+sung\s*,\s*sửa\s+đổi)(?!\w)"),
    (Operation.INSERT, r"[Bb]ổ\s+sung(?:\s+thêm)?(?!\w)"),
    (Operation.REPLACE, r"[Tt]hay(?:\s+thế)?(?!\w)"),
    (Operation.REPEAL, r"(?:[Bb]ãi\s+bỏ|[Hh](?:ủy|uỷ)\s+bỏ|[Bb]ỏ)(?!\w)"),
    (Operation.SUSPEND, r"[Đđ]ình\s+chỉ\s+(?:việc\s+)?thi\s+hành"),
    (Operation.PAUSE, r"(?:[Tt]ạm\s+)?[Nn]gưng\s+(?:áp\s+dụng|hiệu\s+lực(?:\s+thi\s+hành)?)"),
    (Operation.CORRECT, r"[Đđ]ính\s+chính"),
    (Operation.EXPIRE, r"[Cc]ông\s+bố\s+hết\s+hiệu\s+lực"),
)
_VERB = re.compile("|".join(f"(?P<{operation.value}>{pattern})" for operation, pattern in _VERBS))
_EXPIRES = re.compile(r"(?:chấm\s+dứt|không\s+còn|hết)\s+hiệu\s+lực(?:\s+thi\s+hành)?")
# "... được thay thế bằng ...", "... bị bãi bỏ": the target stands before the verb
_PASSIVE = re.compile(
    r"(?:được|bị|đều|nay)\s+(?P<verb>bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ|thay\s+thế\s+bằng|sửa\s+đổi(?:,?\s*(?:và\s+)?bổ\s+sung)?\s+như\s+sau|bổ\s+sung\s+như\s+sau)"
)
_PASSIVE_OPERATIONS = {
    "bãi": Operation.REPEAL, "hủy": Operation.REPEAL, "huỷ": Operation.REPEAL, "thay": Operation.REPLACE, "sửa": Operation.AMEND, "bổ": Operation.INSERT,
}  # fmt: skip
_MARK = r"(?:(?:Điều|ĐIỀU)\s+\d+[a-zđ]?\s*[.:]\s*|\d{1,3}(?:\.\d{1,2})*[a-zđ]?[.)/]\s*|[a-zđ]\d?\)\s*|[-–+•]\s*)?"
# An instruction begins a unit or a sentence ...
_BEGINS = re.compile(rf"(?:^|[.:;”\"]\s+|\n\s*)(?:[“\"]\s*)?{_MARK}(?:Nay\s+|Tạm\s+thời\s+)?$")
# ... or follows its subject ("Nghị định này thay thế ...") or another instruction ("... và bãi bỏ khoản 3")
_SUBJECT = re.compile(
    r"(?:Luật|luật|Nghị\s+định|Nghị\s+quyết|Thông\s+tư|Quyết\s+định|Pháp\s+lệnh|Quy\s+định|Quy\s+chế|Chỉ\s+thị)(?:\s+liên\s+tịch)?\s+này"
    r"(?:\s+(?:có\s+hiệu\s+lực|được\s+áp\s+dụng)[^;]{0,160}?)?[\s,;]*(?:và\s+|đồng\s+thời\s+|sẽ\s+)*$"
)
_CONTINUES = re.compile(r"(?:Sửa\s+đổi|Bổ\s+sung|Bãi\s+bỏ|Thay\s+thế)(?!\w)[^.“”\"\n]{0,200}(?:,|;|và)\s+$")
_CONDITIONAL = re.compile(
    r"(?:[Tt]rường\s+hợp|\b[Kk]hi|\b[Nn]ếu|[Vv]iệc|\bđể|đề\s+nghị|kiến\s+nghị|thẩm\s+quyền|\btrình|hồ\s+sơ|có\s+nội\s+dung|xem\s+xét|cho\s+đến\s+khi|đến\s+khi|tiếp\s+tục|"
    r"chưa|không|văn\s+bản\s+quy\s+phạm\s+pháp\s+luật\s+(?:dẫn\s+chiếu|được\s+viện\s+dẫn)|giấy|chứng\s+chỉ|hợp\s+đồng)\s[^.;\n]{0,200}$"
)
_NEXT_TARGET = r"(?!\s*(?:và\s+)?(?:các\s+)?(?:[Kk]hoản|[Đđ]iểm|[Đđ]iều|Phụ\s+lục|Mẫu|Luật|Nghị|Thông|Quyết|Chỉ|Pháp|tại\s|tên\s|đoạn\s))"
_STOP = re.compile(
    rf"\.(?:\s|$)|;(?=\s|$){_NEXT_TARGET}|\n\s*\n|"
    r"\n(?=[^\S\n]*(?:(?:Điều|ĐIỀU)\s+\d+[a-zđ]?\s*[.:]|\d{1,3}[a-zđ]?\.\s|[a-zđ]\d?\)|[-–+]\s))|như\s+sau\s*:|[“\"]"
)
_SENTENCE_START = re.compile(
    r"[.;]\s+(?=[A-ZĐÀ-Ỹ])|\n\s*\n|\n(?=[^\S\n]*(?:(?:Điều|ĐIỀU)\s+\d|\d{1,3}[a-zđ]?\.\s|[a-zđ]\d?\)|[-–+]\s))|;\s*\n|\.\s*\n"
)
_LIST_FOLLOWS = re.compile(
    r"(?:sau\s+đây|sau|gồm|dưới\s+đây|thi\s+hành|hiệu\s+lực)[^.;“”\"]{0,160}[:.]?\s*$|:\s*$", re.IGNORECASE
)
# "Sửa đổi, bổ sung một số điều của Luật X": a headline over the operations
_CONTAINER = re.compile(
    r"\s*(?:(?:một\s+số|các)\s+)?(?:cụm\s+từ|từ)(?:,\s*(?:điểm|khoản|điều))*\s+(?:của|tại|trong)\s|"
    r"\s*(?:,?\s*(?:bổ\s+sung|bãi\s+bỏ|thay\s+thế|và)\s+)*(?:một\s+số|các)\s+(?:điều|khoản|điểm|nội\s+dung|quy\s+định|phụ\s+lục|từ|cụm|mẫu|biểu)(?!\s+(?:\d|[a-zđ]\s*[,;v]))"
)
_FAR = 900  # characters back to the start of a sentence


@dataclass(frozen=True, slots=True)
class Instruction:
    """One verb: `at` where it stands, `zone` where its targets stand, `old`/`new` of phrase operations, `container` for headlines."""

    operation: Operation
    at: int
    end: int
    zone: Span
    old: str = ""
    new: str = ""
    container: bool = False
    passive: bool = False


def find_instructions(text: str, places: Places) -> tuple[Instruction, ...]:
    """The instructions of `text` outside quoted payloads, in order; a zone ends where the next verb begins."""
    finder = _Finder(text, places)
    found = sorted([*finder.phrases(), *finder.verbs(), *finder.passives()], key=lambda one: (one.at, -one.end))
    kept: list[Instruction] = []
    for one in found:
        if kept and one.at < kept[-1].end and not one.passive:
            continue  # "Thay thế" inside "Thay thế cụm từ ...": the phrase pattern came first
        kept.append(one)
    bounded = []
    for one, following in zip(kept, [*kept[1:], None], strict=False):
        stop = one.zone.end
        if following is not None and one.zone.start <= following.at < stop and not following.passive:
            stop = following.at
        bounded.append(replace(one, zone=Span(one.zone.start, max(one.zone.start, stop))))
    return tuple(bounded)


class _Finder:
    def __init__(self, text: str, places: Places) -> None:
        self._text = text
        self._places = places

    def phrases(self) -> list[Instruction]:
        found: list[Instruction] = []
        for pattern, operation in _PHRASES:
            for match in pattern.finditer(self._text):
                if self._places.quoted(match.start()):
                    continue
                fields = match.groupdict()
                old, new = _one_line(fields.get("old") or ""), _one_line(fields.get("new") or "")
                if pattern is _INSERT_PHRASE:
                    new = f"{old} {new}" if "sau" in match["side"] else f"{new} {old}"
                zone = Span(match.end(), self.stop(match.end()))
                found.append(Instruction(operation, match.start(), match.end(), zone, old, new))
        found.sort(key=lambda one: (one.at, -one.end))
        return [*_share_zones(found), *self._placed_phrases()]

    def _placed_phrases(self) -> list[Instruction]:
        """Replacements that name the places of each old phrase before the new one."""
        found: list[Instruction] = []
        for match in _REPLACE_AT.finditer(self._text):
            if self._places.quoted(match.start()):
                continue
            for index, one in enumerate(_ONE_AT.finditer(self._text, *match.span("pairs"))):
                at = match.start() if index == 0 else one.start()
                zone = Span(*one.span("places"))
                found.append(
                    Instruction(
                        Operation.REPLACE_PHRASE, at, zone.start, zone, _one_line(one["old"]), _one_line(match["new"])
                    )
                )
        return found

    def verbs(self) -> list[Instruction]:
        found = []
        for match in _VERB.finditer(self._text):
            at = match.start()
            if self._places.quoted(at):
                continue
            before = self._text[max(0, at - 260) : at]
            begins = match[0][0].isupper() and _BEGINS.search(before) is not None
            if not begins and (_SUBJECT.search(before) is None and _CONTINUES.search(before) is None):
                continue
            zone = Span(match.end(), self.stop(match.end()))
            container = _CONTAINER.match(self._text, match.end()) is not None
            operation = Operation(match.lastgroup or "")
            if not container or operation in (Operation.REPEAL, Operation.EXPIRE, Operation.REPLACE):
                zone = self.with_list(zone)
            found.append(Instruction(operation, at, match.end(), zone, container=container))
        return found

    def passives(self) -> list[Instruction]:
        found = []
        for pattern in (_EXPIRES, _PASSIVE):
            for match in pattern.finditer(self._text):
                if self._places.quoted(match.start()) or (
                    _VERB.search(self._text[max(0, match.start() - 8) : match.end()]) and pattern is _EXPIRES
                ):
                    continue
                start = self.sentence_start(match.start())
                before = self._text[start : match.start()]
                if _CONDITIONAL.search(before):
                    continue
                operation = Operation.EXPIRE if pattern is _EXPIRES else _PASSIVE_OPERATIONS[match["verb"].split()[0]]
                zone = Span(start, match.start())
                rest = Span(match.end(), self._line_end(match.end()))
                if re.search(r"sau(?:\s+đây)?,?\s*(?:cũng\s+)?$", before) and rest.of(self._text).rstrip().endswith(
                    (":", "này", "hành", "đây")
                ):
                    zone = self.with_list(rest, always=True)
                found.append(Instruction(operation, match.start(), match.end(), zone, passive=True))
        return found

    def stop(self, start: int) -> int:
        """Where the sentence of an instruction ends: before its payload, at the next unit, or at its full stop."""
        match = _STOP.search(self._text, start)
        return match.start() if match else len(self._text)

    def sentence_start(self, at: int) -> int:
        """Where the sentence around `at` begins."""
        low = max(0, at - _FAR)
        index = self._places.own_index(at)
        if index >= 0:
            low = max(low, self._places.provisions[index].span.start)
        starts = [low + match.end() for match in _SENTENCE_START.finditer(self._text[low:at])]
        return starts[-1] if starts else low

    def _line_end(self, start: int) -> int:
        end = re.compile(r":\s|\.\s|\n[^\S\n]*(?=(?:Điều|\d{1,3}\.\s|[a-zđ]\)|[-–+]))").search(self._text, start)
        return end.start() + 1 if end else len(self._text)

    def with_list(self, zone: Span, *, always: bool = False) -> Span:
        """The zone with the units below it when a list follows ("Bãi bỏ các văn bản sau đây: a) ...") instead of a payload."""
        if not always and not (
            _LIST_FOLLOWS.search(zone.of(self._text)) or self._text[zone.end - 1 : zone.end + 1].strip().endswith(":")
        ):
            return zone
        after = re.compile(r"(?:như\s+sau)?[\s:.“\"]*").match(self._text, zone.end)
        if after is not None and self._places.payload(after.end()) is not None:
            return zone
        index = self._places.own_index(zone.start)
        return zone if index < 0 else Span(zone.start, max(zone.end, self._places.provisions[index].span.end))


def _share_zones(found: list[Instruction]) -> list[Instruction]:
    """Pairs that follow each other share the places named behind the last: "thay A bằng B, C bằng D tại khoản 1"."""
    shared: list[Instruction] = []
    for one in reversed(found):
        if shared and one.zone.start <= shared[-1].at < one.zone.end and shared[-1].at - one.end < 12:
            shared.append(replace(one, zone=shared[-1].zone))
        else:
            shared.append(one)
    return shared[::-1]


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()

"""Documents as a text names them: by number, by name and year or date, "Luật này", "quy chế ban hành kèm theo ...", and plain names."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from nlp.law.document import DocumentMention, TargetKind
from nlp.law.identifiers import find_numbers
from nlp.law.rank import Kind, kind_from_name, kind_from_symbol
from nlp.law.span import Span
from nlp.text.segment import fold

# Only these may be cited without a number: by name, with or without a year or date.
_NAMED_KINDS = frozenset({Kind.LAW, Kind.CODE, Kind.ORDINANCE, Kind.CONSTITUTION})
_KINDS = (
    r"Hiến\s+pháp|Bộ\s+[Ll]uật|Luật|Pháp\s+lệnh|Nghị\s+quyết\s+liên\s+tịch|Nghị\s+quyết|Sắc\s+lệnh|Lệnh|Quyết\s+định|Nghị\s+định|"
    r"Thông\s+tư\s+liên\s+tịch|Thông\s+tư\s+liên\s+bộ|Thông\s+tư|Chỉ\s+thị|Văn\s+bản\s+hợp\s+nhất|"
    r"Công\s+văn|Kế\s+hoạch|Thông\s+báo|Tờ\s+trình|Báo\s+cáo|Kết\s+luận|Công\s+điện|Hướng\s+dẫn"
)
_KIND = re.compile(rf"(?<![\w])(?P<kind>{_KINDS})(?!\w)")
_ANY_KIND = re.compile(rf"(?<![\w])(?P<kind>{_KINDS})(?!\w)", re.IGNORECASE)
# Rules that are issued with a decision and cited by their own name
_ATTACHED_NOUNS = r"Quy\s+định|Quy\s+chế|Điều\s+lệ|Nội\s+quy|Quy\s+trình|Quy\s+tắc|Chuẩn\s+mực|Quy\s+chuẩn"
_ATTACHED_THIS = re.compile(rf"(?<!\w)(?:{_ATTACHED_NOUNS})\s+này(?!\w)")
_ATTACHED_NOUN = re.compile(rf"(?<!\w)(?:Bản\s+)?(?:{_ATTACHED_NOUNS})(?!\w)")
_ISSUED_WITH = re.compile(r"(?:(?:được\s+)?ban\s+hành\s+(?:kèm\s+)?theo|kèm(?:\s+theo)?)\s+(?:bản\s+)?$", re.IGNORECASE)
_NEAR = 260  # characters between "Quy chế" and "ban hành kèm theo": the longest title seen in the gazette pack has 240

DATE = r"ngày\s+(?P<day>\d{1,2})\s*(?:tháng|[/.\-])\s*(?P<month>\d{1,2})\s*(?:năm|[/.\-])\s*(?P<year>(?:19|20)\d\d)"
_DATED = re.compile(rf"\s*[,(]?\s*{DATE}", re.IGNORECASE)
_YEAR = re.compile(r"\s+(?:năm\s+)?((?:19|20)\d\d)(?![\d/.\-])")
_YEAR_SAID = re.compile(r"\s+năm\s+((?:19|20)\d\d)(?![\d/.\-])")
_NO = re.compile(r"\s*(?:số)?\s*:?\s*$", re.IGNORECASE)
_THIS = re.compile(r"\s+này(?!\w)")
_OWN_NUMBER = re.compile(
    r"(?:^|\n|\|)[^\S\n]*(?:(?:Luật|LUẬT|Nghị quyết|Lệnh|Pháp lệnh)[^\S\n]+)?[Ss]ố[^\S\n]*:?[^\S\n]*$"
)
_FORM_NUMBER = re.compile(r"(?:[Mm]ẫu|[Bb]iểu|[Pp]hiếu|[Mm]ã|ký\s+hiệu)(?:\s+số)?\s*:?\s*$", re.IGNORECASE)
_SIBLING = re.compile(r"\s*(?:,|;|\s+và|\s+hoặc|,\s*và)\s*(?:số\s+)?$")

# "của Bộ trưởng Bộ Tài chính", "của UBND tỉnh Thái Bình": ends where the sentence goes on
_ISSUER = re.compile(
    r"\s*,?\s+của\s+(?P<issuer>(?:(?:liên\s+)?(?:Bộ|bộ)\s+trưởng(?:,\s+Chủ\s+nhiệm)?|Chủ\s+tịch|Chánh\s+án|Viện\s+trưởng|Thống\s+đốc|"
    r"Tổng\s+(?:Thanh|Kiểm)|Thủ\s+tướng|Quốc\s+hội|(?:[ỦU]ỷ?y?\s+ban|UBND)|Hội\s+đồng|HĐND|Chính\s+phủ|[Ll]iên\s+[Bb]ộ|Bộ|Văn\s+phòng|"
    r"Ngân\s+hàng|Thanh\s+tra|Tòa|Toà|Viện|Kiểm\s+toán|Ban|Tổng\s+cục|Cục|Sở|Bộ\s+Chính\s+trị)"
    r"(?:(?!\s+(?:quy\s+định|hướng\s+dẫn|về|ban\s+hành|sửa\s+đổi|bổ\s+sung|phê\s+duyệt|thay\s+thế|được|đã|có|công\s+bố|ngày|số|và\s+(?:Luật|"
    r"Nghị|Thông|Quyết|các|khoản|Điều|điểm|pháp\s+luật|quy\s+định|văn\s+bản|hướng|theo)|hết|thực\s+hiện|trừ|thì|đến|để|khi|bằng|do|theo|tại|trên\s+địa|như|hoặc|bãi\s+bỏ|tiếp|là|quyết\s+định)(?!\w))"
    r"[^;:.()“”\"\n,|]|\n(?=[^\n]*\S)(?!\s*(?:\d|[a-zđ]\)|Điều|Căn|Theo|Xét|quy|về|hướng|ban|sửa|phê|và))|,(?=\s+Thể\s+thao)){0,110})"
)
_NAME_STOP = re.compile(r"[;:.()“”\"|\[\]]|\n\s*\n|\d")
_AMENDING_NAME = re.compile(r"\s+sửa\s+đổi", re.IGNORECASE)
_MAX_NAME = 150
_MAX_AMENDING_NAME = 420  # an amending law names every law that it amends


@dataclass(frozen=True, slots=True)
class Mention:
    """A named document and where its name stands; `plain` when only a name is given, without number, year or date."""

    span: Span
    document: DocumentMention
    plain: bool = False


@cache
def law_names() -> dict[str, str]:
    """The names of nlp/parsing/data/law_names.txt by their folded form."""
    lines = files("nlp.parsing").joinpath("data/law_names.txt").read_text(encoding="utf-8").splitlines()
    return {fold(line): line for line in lines if line and not line.startswith("#")}


@cache
def _known_names() -> re.Pattern[str]:
    """Every known name with any blanks between its words, longest first, over folded text."""
    names = sorted(law_names(), key=len, reverse=True)
    return re.compile(r"\s+(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names) + r")(?!\w)")


def parse_date(match: re.Match[str]) -> dt.date | None:
    """The date of groups day, month, year; None where the calendar has no such day."""
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def squeeze(text: str) -> str:
    """`text` in one line, blanks collapsed."""
    return re.sub(r"\s+", " ", text).strip()


class _Finder:
    """One pass over a text: kind words first, then numbers that no kind word claimed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.numbers = find_numbers(text)
        self.number_starts = [span.start for span, _ in self.numbers]
        self.taken: set[int] = set()
        self.found: list[Mention] = []

    def run(self) -> list[Mention]:
        end = 0
        for match in _ANY_KIND.finditer(self.text):
            if match.start() < end:
                continue
            mention = self._at(match)
            if mention is not None:
                mention = self._with_attached_noun(mention)
                self.found.append(mention)
                end = mention.span.end
        self._siblings()
        for match in _ATTACHED_THIS.finditer(self.text):
            self.found.append(Mention(Span(*match.span()), DocumentMention(TargetKind.ATTACHED)))
        self.found.sort(key=lambda mention: mention.span)
        return self.found

    def _at(self, match: re.Match[str]) -> Mention | None:
        kind = kind_from_name(match["kind"])
        proper = _KIND.fullmatch(match[0]) is not None
        after = match.end()
        this = _THIS.match(self.text, after)
        if this is not None and kind is not Kind.ADMINISTRATIVE:
            if not proper:
                return None
            return Mention(Span(match.start(), this.end()), DocumentMention(TargetKind.THIS, kind))
        numbered = self._numbered(match.start(), after, kind)
        if numbered is not None:
            return numbered
        if not proper or kind not in _NAMED_KINDS:
            return self._dated_only(match.start(), after, kind) if proper else None
        return self._named(match.start(), after, kind)

    def _numbered(self, start: int, after: int, kind: Kind) -> Mention | None:
        index = bisect_left(self.number_starts, after)
        if index == len(self.numbers) or self.number_starts[index] - after > _MAX_AMENDING_NAME + 20:
            return None
        span, number = self.numbers[index]
        between = self.text[after : span.start]
        head = _NO.search(between)
        assert head is not None
        name = between[: head.start()]
        if name.strip() and not (head[0].strip() and self._may_be_name(name, kind, after)):
            return None
        self.taken.add(span.start)
        issuer = ""
        if name.strip() and kind not in _NAMED_KINDS:
            issuer, name = squeeze(name.strip()[4:]), ""
        mention = DocumentMention(TargetKind.NAMED, kind, number, squeeze(name), number.year, None, issuer)
        return self._tail(start, span.end, mention)

    def _may_be_name(self, name: str, kind: Kind, after: int) -> bool:
        longest = _MAX_AMENDING_NAME if _AMENDING_NAME.match(name) else _MAX_NAME
        if len(name) > longest or _NAME_STOP.search(name.replace("HIV/AIDS", "")):
            return False
        if kind is Kind.ADMINISTRATIVE:
            return re.fullmatch(r"(?:\s+[a-zà-ỹđ]+){1,5}\s*", name) is not None  # "Báo cáo thẩm tra số 295/BC-HĐND"
        if kind not in _NAMED_KINDS:
            return re.match(r"\s+của\s", name) is not None and not _ANY_KIND.search(name)
        if _AMENDING_NAME.match(name):
            return not self._enacted_here(after)
        if re.search(r"\s(?:này|năm|và\s+Nghị|và\s+Luật|ngày)\s", name + " "):
            return False
        inner = _KIND.search(name)
        return inner is None or (inner["kind"] == "Luật" and fold(squeeze(name)) == "luật sư")

    def _enacted_here(self, after: int) -> bool:
        """Whether the text enacts the law: in "Quốc hội ban hành Luật sửa đổi ... của Luật X số N" the number is that of Luật X."""
        return re.search(r"ban\s+hành\s+Luật$", self.text[max(0, after - 30) : after]) is not None

    def _tail(self, start: int, end: int, mention: DocumentMention) -> Mention:
        """The mention with the date and issuer that follow its number."""
        dated = _DATED.match(self.text, end)
        if dated is not None:
            date = parse_date(dated)
            mention = replace(mention, date=date, year=mention.year or int(dated["year"]))
            end = dated.end()
            if dated[0].lstrip().startswith("(") and self.text[end : end + 1] == ")":
                end += 1
        issuer = _ISSUER.match(self.text, end)
        if issuer is not None:
            printed = re.sub(r"\s+(?:và|hoặc|-)\s*$", "", issuer["issuer"].rstrip(" -,"))
            mention = replace(mention, issuer=squeeze(printed))
            end = issuer.start("issuer") + len(printed)
        return Mention(Span(start, end), mention)

    def _dated_only(self, start: int, after: int, kind: Kind) -> Mention | None:
        """A document by date only: "Nghị quyết ngày 26 tháng 11 năm 2003 của Quốc hội"."""
        dated = _DATED.match(self.text, after)
        if dated is None or kind in (Kind.ADMINISTRATIVE, Kind.UNKNOWN):
            return None
        return self._tail(start, after, DocumentMention(TargetKind.NAMED, kind))

    def _named(self, start: int, after: int, kind: Kind) -> Mention | None:
        """A law by its name, with a year or date where one follows."""
        end = self._name_end(after, kind)
        if end is None:
            return None
        name = "" if kind is Kind.CONSTITUTION else squeeze(self.text[after:end])
        mention = DocumentMention(TargetKind.NAMED, kind, None, name)
        year = (_YEAR_SAID if kind is Kind.CONSTITUTION else _YEAR).match(self.text, end)
        dated = _DATED.match(self.text, end)
        if dated is not None:
            return self._tail(start, end, mention)
        if year is not None:
            return Mention(Span(start, year.end()), replace(mention, year=int(year[1])))
        if _AMENDING_NAME.match(" " + name):
            return None
        return Mention(Span(start, end), mention, plain=True)

    def _name_end(self, after: int, kind: Kind) -> int | None:
        """Where the name of a law ends: at its year or date, as the table of names says, or where capitals and plain words end."""
        if kind is Kind.CONSTITUTION:
            full = re.compile(
                r"\s+nước\s+Cộng\s+h[oòóa]+à?\s+xã\s+hội\s+chủ\s+nghĩa\s+Việt\s+Nam", re.IGNORECASE
            ).match(self.text, after)
            return full.end() if full else after
        known = _known_names().match(self.folded, after)
        stop = _NAME_STOP.search(self.text, after)
        longest = _MAX_AMENDING_NAME if _AMENDING_NAME.match(self.text, after) else _MAX_NAME
        limit = min(stop.start() if stop else len(self.text), after + longest)
        # "Luật Tổ chức chính quyền địa phương ngày 16 ...", "Luật Sở hữu trí tuệ năm 2005": the name runs up to the date
        marked = re.compile(r"\s+(?:ngày\s+\d|năm\s+(?:19|20)\d\d|(?:19|20)\d\d(?![\d/.]))").search(
            self.text, after, limit + 16
        )
        if marked is not None and marked.start() <= limit and (known is None or marked.start() >= known.end()):
            name = self.text[after : marked.start()]
            between = name if known is None else self.text[known.end() : marked.start()]
            if _AMENDING_NAME.match(name) and self._enacted_here(after):
                return None
            if (_AMENDING_NAME.match(name) or not _ANY_KIND.search(name)) and _plain_words(between, known is not None):
                return marked.start()
        if known is not None:
            return known.end()
        guess = _CAPITAL_NAME.match(self.text, after, limit)
        return guess.end() if guess else None

    def _with_attached_noun(self, mention: Mention) -> Mention:
        """The mention widened to "Quy chế ... ban hành kèm theo Quyết định số ...": the rules, not the decision, are cited."""
        window = max(0, mention.span.start - _NEAR)
        before = self.text[window : mention.span.start]
        joint = _ISSUED_WITH.search(before)
        if joint is None:
            return mention
        nouns = [
            noun
            for noun in _ATTACHED_NOUN.finditer(before, 0, joint.start())
            if not re.search(r"[.;:“”\n]\s*\n|[;:.“”]", before[noun.end() : joint.start()])
        ]
        if not nouns:
            return mention
        last = nouns[-1]
        document = replace(mention.document, target=TargetKind.ATTACHED)
        if mention.document.target is TargetKind.THIS:
            document = DocumentMention(TargetKind.ATTACHED)
        return Mention(Span(window + last.start(), mention.span.end), document)

    def _siblings(self) -> None:
        """Numbers without a kind word: "các Nghị định số 10/2020/NĐ-CP, số 12/2021/NĐ-CP", or a number alone."""
        ends = {mention.span.end: mention for mention in self.found}
        spans = sorted(mention.span for mention in self.found)
        starts = [span.start for span in spans]
        for span, number in self.numbers:
            inside = bisect_right(starts, span.start) - 1
            if span.start in self.taken or (inside >= 0 and spans[inside].end > span.start):
                continue
            before = self.text[max(0, span.start - 40) : span.start]
            if _OWN_NUMBER.search(before) or _FORM_NUMBER.search(before):
                continue
            kind = kind_from_symbol(number.symbol)
            joint = _SIBLING.search(before)
            older = ends.get(span.start - len(joint[0])) if joint else None
            if (
                older is not None
                and older.document.number is not None
                and older.document.number.symbol == number.symbol
            ):
                kind = older.document.kind or kind
            if kind in (Kind.UNKNOWN, Kind.ADMINISTRATIVE) or (
                number.year is None and kind not in (Kind.DECISION, Kind.DECREE)
            ):
                continue
            mention = self._tail(span.start, span.end, DocumentMention(TargetKind.NAMED, kind, number, "", number.year))
            self.found.append(mention)
            ends[mention.span.end] = mention


# "Luật Thủ đô", "Luật nhà ở": a capital, then lower-case words until the sentence goes on
_STOP_WORDS = (
    "và|hoặc|quy|có|được|này|thì|để|khi|theo|của|tại|không|phải|là|do|trên|với|cho|hết|thực|số|năm|ngày|đã|về|bao|các|những|hay|như|trong|"
    "từ|đến|nếu|ban|sửa|hướng|nêu|ở|bị|đối|trừ|bằng|mà|hiện|đó|trước|sau|còn|áp|nhằm"
)
_CAPITAL_NAME = re.compile(rf"\s+[A-ZÀ-ỸĐ][a-zà-ỹđ]+(?:,?\s+(?!(?:{_STOP_WORDS})(?!\w))[A-Za-zÀ-ỹđĐ]+){{0,7}}")


def _plain_words(between: str, known: bool) -> bool:
    """Whether the words between a name and its year still belong to the name: none, or a name of its own without sentence words."""
    if not between.strip():
        return True
    if known:
        return False
    return re.search(r"\s(?:này|được|phải|thì|có\s+hiệu|là|trong\s+thời|khi|tại|theo)\s", between) is None


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Every document named in `text`, in order. Generic talk of "pháp luật" is not among them."""
    return tuple(_Finder(text).run())


# "theo quy định của pháp luật về đất đai", "theo pháp luật hiện hành"
_GENERIC = re.compile(
    r"(?:[Tt]heo|[Qq]uy\s+định(?:\s+khác)?\s+(?:của|tại|trong))\s+(?:các\s+)?(?:quy\s+định\s+(?:khác\s+|hiện\s+hành\s+)?(?:của\s+)?)?pháp\s+luật(?!\w)"
    r"(?:\s+(?:chuyên\s+ngành|hiện\s+hành|có\s+liên\s+quan|liên\s+quan))?(?:\s+về\s+(?P<name>(?:(?!\s(?:và\s+(?:các\s+)?(?:quy|văn|hướng|pháp)|thì|phải|được|để|trừ|hoặc|tại|của|do|khi|đối|có|không|trên)\s)"
    r"[^;:.()“”\"\n\d|]|\n(?=[a-zà-ỹđ])){1,90}?)(?=[;:.()“”\"\n\d|]|\s(?:và\s+(?:các\s+)?(?:quy|văn|hướng|pháp)|thì|phải|được|để|trừ|hoặc|tại|của|do|khi|đối|có|không|trên)\s|,\s|$))?"
)


def find_generic(text: str) -> tuple[Mention, ...]:
    """The passages that point to "the law" at large; nothing to resolve, but they tell a saving clause from a citation."""
    return tuple(
        Mention(
            Span(match.start(), match.end()),
            DocumentMention(TargetKind.GENERIC, name=squeeze(match["name"] or "")),
            plain=True,
        )
        for match in _GENERIC.finditer(text)
    )

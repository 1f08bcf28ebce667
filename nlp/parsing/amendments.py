"""Amendments: what an amending text does to which unit of which document (Điều 66 to 70 Nghị định 78/2025/NĐ-CP)."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from nlp.law.document import Amendment, Level, Operation, Reference, TargetKind
from nlp.law.identifiers import parse_path
from nlp.law.span import Span
from nlp.parsing.cited_documents import in_amendment_chain, in_title
from nlp.parsing.instructions import Instruction, find_instructions
from nlp.parsing.mentions import DATE, parse_date
from nlp.parsing.payload_units import article_numbers, first_marker, unit_span
from nlp.parsing.places import Places
from nlp.parsing.quotes import find_payloads

if TYPE_CHECKING:
    import datetime as dt

    from nlp.law.document import DocumentMention, Provision

# Words that may stand between a verb and its first target; others mean that something else is changed ("Bổ sung hồ sơ theo Điều 5")
_FILLER = re.compile(
    r"\b(?:bổ\s+sung|bãi\s+bỏ|thay\s+thế|sửa\s+đổi|và|hoặc|một\s+số|một\s+phần|toàn\s+bộ|nội\s+dung|quy\s+định|các|tại|của|như|sau|đây|mới|thêm|điều|khoản|điểm|"
    r"tên|tiêu\s+đề|đoạn|câu|dẫn|thứ|nhất|hai|ba|tư|cuối|đầu|mở|dòng|cột|số|mẫu|biểu|phụ|lục|danh|mục|hiệu\s+lực|thi\s+hành|việc|văn\s+bản|quy\s+phạm|pháp\s+luật|ban\s+hành|"
    r"kèm|theo|gạch\s+dòng|ý|phần|chương|cụm|từ|hết|áp\s+dụng|dung|vào|trong|thông\s+tư|nghị\s+quyết|quyết\s+định|nghị\s+định|luật|chỉ\s+thị|gồm|liên\s+tịch|lần|đối\s+với|bộ|được|căn\s+cứ)\b|\d+[a-zđ]?",
    re.IGNORECASE,
)
_AS_FOLLOWS = re.compile(
    r"(?:[^.“”\"\n]|\n(?!\s*(?:\d{1,3}[.)]\s|[a-zđ]\)|Điều\s))){0,250}?"
    r"(?:như\s+sau|sau\s+đây|sau|thành|bằng)?\s*:?\s*[“\"]?\s*"
)
_BETWEEN_PAYLOADS = re.compile(r"[”\"’'.;,\s]*(?:và\s*)?[“\"]\s*")
_LIST_MARK = re.compile(r"\n\s*(?:[a-zđ]\d?|\d{1,2})[.)]")
_SELF = re.compile(r"(?<!\w)này(?!\w)")
# "Thay thế Mẫu số 15 Phụ lục II": a part of the cited unit is replaced or repealed, the unit itself is amended
_PART = re.compile(
    r"\b(?:[Mm]ẫu|[Bb]iểu|dòng|cột|nội\s+dung|đoạn|câu|số\s+thứ\s+tự|một\s+phần|tiết|danh\s+mục|thủ\s+tục)\b"
)
_CONTAINERS = (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION)
_ANCHOR = re.compile(r"(?:vào\s+|ngay\s+|liền\s+|phía\s+)*(?P<where>sau|trước|vào)\s+(?:cuối\s+|đầu\s+)?$")
_FROM = re.compile(rf"(?:từ|vào)\s+{DATE}", re.IGNORECASE)


def extract_amendments(
    text: str, provisions: tuple[Provision, ...], references: tuple[Reference, ...]
) -> tuple[Amendment, ...]:
    """The operations of a document in text order, one per target unit.

    `references` are those of `extract_references` for the same text: they are the targets. A whole document is a target with path None. New text is
    bound to its unit; `after` is the unit behind which a new one goes. A headline ("Sửa đổi, bổ sung một số điều của ...") is an operation
    only when nothing below it is. Talk about amendments made elsewhere ("được sửa đổi bởi ...") is none.
    """
    return _Extractor(text, provisions, references).run()


class _Extractor:
    def __init__(self, text: str, provisions: tuple[Provision, ...], references: tuple[Reference, ...]) -> None:
        self._text = text
        self._payloads = find_payloads(text)
        self._payload_starts = [span.start for span in self._payloads]
        self._places = Places(provisions, self._payloads)
        self._references = [
            one for one in references if one.document.target is not TargetKind.GENERIC and not one.quoted
        ]
        self._starts = [one.span.start for one in self._references]

    def run(self) -> tuple[Amendment, ...]:
        instructions = find_instructions(self._text, self._places)
        found: list[Amendment] = []
        headlines: list[Amendment] = []
        for instruction in instructions:
            if self._places.provisions and self._places.own_index(instruction.at) < 0:
                continue  # the title in the header is no operation
            amendments = self._amendments(instruction, found)
            (headlines if instruction.container and not any(one.path for one in amendments) else found).extend(
                amendments
            )
        found = _without_headlines(found)
        found.extend(self._kept_headlines(headlines, found))
        return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.span.start, one.path or "")))

    def _kept_headlines(self, headlines: list[Amendment], found: list[Amendment]) -> list[Amendment]:
        """The headlines under which no operation on the same document was found."""
        kept: list[Amendment] = []
        for headline in headlines:
            if any(_same(headline.document, one.document) for one in [*found, *kept]):
                continue
            kept.append(headline)
        return kept

    def _amendments(self, instruction: Instruction, before: list[Amendment]) -> list[Amendment]:
        targets = self._targets(instruction)
        if not targets:
            return self._unplaced(instruction, before)
        if not instruction.passive and not instruction.old and not self._close(instruction, targets[0]):
            return []
        instruction = self._partial(instruction, targets[0])
        span = Span(min(instruction.at, targets[0].span.start), max(instruction.end, targets[-1].span.end))
        effective = self._effective(instruction, span)
        if instruction.operation is Operation.INSERT:
            return self._insertions(instruction, targets, span, effective)
        payloads = (
            self._payload_after(span.end)
            if instruction.operation in (Operation.AMEND, Operation.RENAME, Operation.REPLACE)
            else ()
        )
        return [self._one(instruction, target, span, payloads, len(targets) == 1, effective) for target in targets]

    def _one(
        self,
        instruction: Instruction,
        target: Reference,
        span: Span,
        payloads: tuple[Span, ...],
        alone: bool,
        effective: dt.date | None,
    ) -> Amendment:
        payload = unit_span(self._text, payloads, target.path) if target.path and payloads else None
        if payload is None and alone and len(payloads) == 1:
            payload = payloads[0]
        document = target.document
        if document.target is TargetKind.THIS and instruction.operation is not Operation.EXPIRE:
            document = replace(document, target=TargetKind.AMENDED)
        return Amendment(
            instruction.operation,
            span,
            self._source(instruction.at),
            document,
            target.path,
            payload,
            None,
            instruction.old,
            instruction.new,
            effective,
        )

    def _partial(self, instruction: Instruction, target: Reference) -> Instruction:
        """The instruction as an amendment when only a part of its target goes or is replaced."""
        whole = (Operation.REPLACE, Operation.REPEAL, Operation.INSERT, Operation.EXPIRE)
        low = instruction.zone.start if instruction.passive else instruction.end
        if instruction.operation in whole and _PART.search(self._text[low : target.span.start]):
            return replace(instruction, operation=Operation.AMEND)
        return instruction

    def _source(self, position: int) -> str | None:
        index = self._places.own_index(position)
        return self._places.provisions[index].path if index >= 0 else None

    # -- targets

    def _between(self, zone: Span) -> list[Reference]:
        low, high = bisect_left(self._starts, zone.start), bisect_left(self._starts, zone.end)
        return [one for one in self._references[low:high] if one.span.end <= zone.end + 1]

    def _targets(self, instruction: Instruction) -> list[Reference]:
        """The cited units and documents that the verb is about: not this document, not what titles and chains of amendments name."""
        zone = instruction.zone
        found = self._between(zone)
        if instruction.old and not found:
            found = self._between(
                Span(self._sentence_start(instruction.at), instruction.at)
            )  # "Tại khoản 1 Điều 5, thay cụm từ ..."
        kept: list[Reference] = []
        told_until = -1
        for one in found:
            whole = one.path is None
            if told_until >= 0 and ";" not in self._text[told_until : one.span.start] and whole:
                continue  # "... sửa đổi, bổ sung một số điều của A, B và C": all three stand in the title
            if whole and one.document.target in (TargetKind.THIS, TargetKind.AMENDED):
                continue
            if kept and one.span.start >= kept[-1].span.end and self._told(kept[-1], one, whole=whole):
                told_until = one.span.end
                continue
            if (
                one.document.target is TargetKind.THIS
                and one.document.kind is not None
                and instruction.operation is not Operation.EXPIRE
            ):
                continue  # "Phụ lục II ban hành kèm theo Thông tư này": the new text, not the target
            kept.append(one)
        with_path = [one for one in kept if one.path is not None]
        return [
            one
            for one in kept
            if one.path is not None or not any(_same(one.document, other.document) for other in with_path)
        ]

    def _told(self, older: Reference, one: Reference, *, whole: bool) -> bool:
        """Whether `one` stands in the title of `older`, or in its chain of earlier amendments."""
        between = self._text[older.span.end : one.span.start]
        return (whole and in_title(between)) or in_amendment_chain(between)

    def _sentence_start(self, at: int) -> int:
        low = max(0, at - 400)
        cut = [match.end() for match in re.finditer(r"\n|\.\s|;\s", self._text[low:at])]
        return low + (cut[-1] if cut else 0)

    def _close(self, instruction: Instruction, target: Reference) -> bool:
        """Whether only words of an instruction stand between the verb and its first target, or a payload follows."""
        between = self._text[instruction.end : target.span.start]
        between = _LIST_MARK.sub("", between)
        left = re.sub(r"[^\w]+", "", _FILLER.sub("", between))
        return not left or (bool(self._payload_after(instruction.zone.end)) and len(left) < 60)

    def _unplaced(self, instruction: Instruction, before: list[Amendment]) -> list[Amendment]:
        """The change of a phrase operation that names no place; other verbs without a target say nothing.

        It acts on the unit that its own provision names first ("Sửa đổi khoản 2 như sau: thay cụm từ ..."), else on the whole amended document.
        """
        if not instruction.old:
            return []
        source = self._source(instruction.at)
        last = before[-1] if before else None
        if last is not None and last.source == source and last.payload is None and not last.old and last.path:
            document, path = last.document, last.path
        else:
            earlier = self._references[: bisect_left(self._starts, instruction.at)]
            amended = (one.document for one in reversed(earlier) if one.document.target is TargetKind.AMENDED)
            found = next(amended, None)
            if found is None:
                return []
            document, path = found, None
        span = Span(instruction.at, instruction.end)
        return [
            Amendment(instruction.operation, span, source, document, path, old=instruction.old, new=instruction.new)
        ]

    # -- insertions

    def _insertions(
        self, instruction: Instruction, targets: list[Reference], span: Span, effective: dt.date | None
    ) -> list[Amendment]:
        """New units and the anchor they go behind: "Bổ sung khoản 3a vào sau khoản 3 Điều 5"."""
        new: list[Reference] = []
        anchors: list[Reference] = []
        after: str | None = None
        for target in targets:
            before = self._text[instruction.end : target.span.start]
            anchor = _ANCHOR.search(before[-24:])
            if anchor is not None:
                anchors.append(target)
                after = target.path if anchor["where"] == "sau" else after
            elif anchors and not new:
                new.append(target)  # "Bổ sung vào sau Điều 5 Điều 5a"
            elif anchors:
                anchors.append(target)
            else:
                new.append(target)
        payloads = self._payload_after(span.end)
        if not new:
            return self._into(instruction, anchors, after, span, payloads, effective)
        alone = len(new) == 1
        found = [
            replace(self._one(instruction, target, span, payloads, alone, effective), after=after) for target in new
        ]
        return [*found, *(article for one in found for article in self._articles(one))]

    def _articles(self, inserted: Amendment) -> list[Amendment]:
        """The articles of an inserted chapter or section: they are units of the document by their own numbers."""
        if inserted.path is None or inserted.payload is None or parse_path(inserted.path)[-1].level not in _CONTAINERS:
            return []
        numbers = article_numbers(self._text, inserted.payload)
        paths = [f"art_{number}" for number in numbers]
        return [
            replace(inserted, path=path, payload=unit_span(self._text, (inserted.payload,), path), after=previous)
            for path, previous in zip(paths, [None, *paths], strict=False)
        ]

    def _into(
        self,
        instruction: Instruction,
        anchors: list[Reference],
        after: str | None,
        span: Span,
        payloads: tuple[Span, ...],
        effective: dt.date | None,
    ) -> list[Amendment]:
        """An insertion that names only its anchor: the new unit's number stands in the payload, plain words amend the anchor."""
        if not anchors:
            return []
        anchor = anchors[0]
        marker = first_marker(self._text, payloads[0]) if payloads else None
        if marker is None or anchor.path is None:
            return [replace(self._one(instruction, anchor, span, payloads, True, effective), operation=Operation.AMEND)]
        level, number = marker
        steps = parse_path(anchor.path)
        parents = [str(step) for step in steps if step.level is not level]
        if steps[-1].level is level or after is None:
            path = "/".join([*parents, f"{level.value}_{number}"])
            return [replace(self._one(instruction, anchor, span, payloads, True, effective), path=path, after=after)]
        return [replace(self._one(instruction, anchor, span, payloads, True, effective), operation=Operation.AMEND)]

    # -- payloads and dates

    def _payload_after(self, position: int) -> tuple[Span, ...]:
        """The payloads that follow a target list: the first one announced behind it and those that stand right behind each other."""
        index = bisect_left(self._payload_starts, position)
        if index == len(self._payloads):
            return ()
        first = self._payloads[index]
        gap = self._text[position : first.start]
        if len(gap) > 260 or not _AS_FOLLOWS.fullmatch(gap):
            return ()
        found = [first]
        for payload in self._payloads[index + 1 :]:
            if not _BETWEEN_PAYLOADS.fullmatch(self._text[found[-1].end : payload.start]):
                break
            found.append(payload)
        return tuple(found)

    def _effective(self, instruction: Instruction, span: Span) -> dt.date | None:
        """The day from which an expiry or repeal takes effect when its sentence says one."""
        if not instruction.passive:
            return None
        end = re.compile(r"[.;]\s|\n\s*\n|$").search(self._text, span.end)
        match = _FROM.search(self._text, instruction.at, end.start() if end else len(self._text))
        return parse_date(match) if match else None


def _without_headlines(found: list[Amendment]) -> list[Amendment]:
    """The operations without those that only head others: no new text, and a later operation on the same unit or its parts in or below their provision."""
    by_source: dict[str, list[Amendment]] = {}
    for one in found:
        parts = (one.source or "").split("/")
        for end in range(1, len(parts) + 1):
            by_source.setdefault("/".join(parts[:end]), []).append(one)
    return [one for one in found if not _heads(one, by_source.get(one.source or "", []))]


def _heads(one: Amendment, below: list[Amendment]) -> bool:
    if one.payload is not None or one.old or one.path is None:
        return False
    return any(
        other.span.start > one.span.start
        and _same(other.document, one.document)
        and (other.path == one.path or (other.path or "").startswith(one.path + "/"))
        for other in below
    )


def _same(a: DocumentMention, b: DocumentMention) -> bool:
    if a.number is not None and b.number is not None:
        return a.number.folded == b.number.folded
    return a.number is None and b.number is None and a.name == b.name and bool(a.name)

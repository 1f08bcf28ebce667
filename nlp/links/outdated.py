"""References to bodies and units that no longer exist: the district level, merged ministries and departments, old provinces."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from nlp.law.document import Level, TargetKind
from nlp.law.finding import Gravity
from nlp.law.issuers import ministries
from nlp.law.span import Span
from nlp.law.territory import national_gazetteer
from nlp.links.findings import LinkFinding, LinkProblem
from nlp.text.segment import fold

if TYPE_CHECKING:
    from nlp.law.document import NormativeDocument, Provision
    from nlp.law.territory import Gazetteer, Unit
    from nlp.links.amend import ChangeIndex

GROUND = "khoản 5 Điều 3, Điều 63 Luật số 64/2025/QH15"
# A provision is one finding; points, dashes and rows are told with the clause that holds them.
_GROUPED = frozenset({Level.POINT, Level.DASH, Level.ROW})
# Words of a passage that tells history or transition instead of giving a task
_PAST = re.compile(
    fold(
        r"trước (?:đây|khi (?:sắp xếp|sáp nhập|hợp nhất|tổ chức lại)|(?:thời điểm )?ngày 01 ?(?:tháng 0?7 năm|/0?7/) ?2025)|\(cũ\)|(?:cũ|trước đây)\)|"
        r"(?:đã|được) (?:sáp nhập|hợp nhất|sắp xếp|giải thể|chấm dứt hoạt động|tổ chức lại|chuyển (?:giao|chức năng))|kết thúc hoạt động|"
        r"không tổ chức|bỏ cấp huyện|thay thế cụm từ|bỏ cụm từ|chuyển (?:chức năng|nhiệm vụ|giao)"
    )
)
_TRANSITION = re.compile(r"chuyển tiếp|điều khoản thi hành .{0,20}chuyển tiếp")
_CAPTIONS = re.compile(r"\((?:Được\s+)?(?:[Bb]an\s+hành\s+)?[Kk]èm\s+theo\s[^()]{1,300}\)")
_QUOTES = re.compile(r"[“\"][^“”\"\n]{1,400}[”\"]")
_BODY_WORDS = (
    r"(?:ủy ban nhân dân|hội đồng nhân dân|ubnd|hđnd|chủ tịch|giám đốc|sở [^;.]{3,60}?|"
    r"công an|tòa án nhân dân|cục thuế|chi cục [^,;.]{3,40}?|ban quản lý [^,;.]{3,40}?)"
)


@dataclass(frozen=True, slots=True)
class AbolishedTerm:
    """A body or level that ended: how texts name it (over folded text), the first day without it, who took over, and the source."""

    id: str
    name: str
    pattern: re.Pattern[str]
    since: dt.date
    successor: str
    source: str


@cache
def abolished_terms() -> tuple[AbolishedTerm, ...]:
    """The rows of nlp/links/data/abolished_bodies.toml, and the dissolved ministries of nlp/law/data/ministries.toml."""
    text = files("nlp.links").joinpath("data/abolished_bodies.toml").read_text(encoding="utf-8")
    terms = []
    for row in tomllib.loads(text)["body"]:
        forms = sorted(row["forms"], key=len, reverse=True)
        tail = f"(?!{row['unless']})" if row.get("unless") else ""
        pattern = _compile("|".join(f"(?:{form})" for form in forms), tail)
        terms.append(AbolishedTerm(row["id"], row["name"], pattern, row["since"], row["successor"], row["source"]))
    names = {body.abbr: body.name for body in ministries()}
    for body in ministries():
        if body.until is None or not body.successors:
            continue
        successor = ", ".join(names.get(abbr, abbr) for abbr in body.successors)
        name = re.escape(fold(body.name)).replace(r"\-", r"\s?[-,]\s?").replace(r"\ \s?", r"\s?")
        since = body.until + dt.timedelta(days=1)
        terms.append(
            AbolishedTerm(
                f"bo-{body.abbr}",
                body.name,
                _compile(name.replace(r"\ ", " "), ""),
                since,
                successor,
                "nlp/law/data/ministries.toml",
            )
        )
    return tuple(terms)


def _compile(forms: str, tail: str) -> re.Pattern[str]:
    # the forms are folded like the text; they hold no class that lower case would turn round
    return re.compile(rf"(?<!\w)(?:{fold(forms)})(?!\w){fold(tail)}".replace(" ", r"\s+"))


def find_outdated(
    document: NormativeDocument, on: dt.date, gazetteer: Gazetteer | None = None, changes: ChangeIndex | None = None
) -> tuple[LinkFinding, ...]:
    """The provisions of a document that give tasks to bodies or units which do not exist on a day, one finding each, in text order.

    Silent: names inside citations and titles of documents, quoted phrases and payloads, transition clauses and passages on the past, a document's own
    old province, and words that an amendment in force has replaced (`changes`). The preamble is never judged: it tells who acted then.
    """
    return _Sweep(document, on, gazetteer or national_gazetteer(), changes).run()


@dataclass(frozen=True, slots=True)
class _Hit:
    span: Span
    term: AbolishedTerm


class _Sweep:
    def __init__(
        self, document: NormativeDocument, on: dt.date, gazetteer: Gazetteer, changes: ChangeIndex | None
    ) -> None:
        self._document = document
        self._on = on
        self._folded = fold(document.text)
        self._changes = changes.of(str(document.key)) if changes else ()
        self._gazetteer = gazetteer
        self._silent = _merge([*self._citations(), *self._quotes(), *self._amending()])
        self._terms = self._find_terms()
        self._silent_starts = [span.start for span in self._silent]

    def run(self) -> tuple[LinkFinding, ...]:
        units = [unit for unit in self._document.provisions if not unit.quoted]
        by_path = {unit.path: unit for unit in units}
        grouped: dict[str, list[_Hit]] = {}
        for unit in units:
            for hit in self._hits(unit):
                if not self._past(unit, hit, by_path):
                    grouped.setdefault(_home(unit, by_path).path, []).append(hit)
        found = [self._finding(by_path[path], hits) for path, hits in grouped.items()]
        return tuple(sorted(found, key=lambda one: one.span))

    def _find_terms(self) -> tuple[AbolishedTerm, ...]:
        territory = self._document.header.territory
        own = set(territory.units) if territory else set()
        return (
            *(term for term in abolished_terms() if term.since <= self._on),
            *(_province(unit) for unit in _ended(self._gazetteer, self._on) if not self._home_province(unit, own)),
        )

    def _home_province(self, unit: Unit, own: set[str]) -> bool:
        """Whether a document of the old province itself names it: its scope, not a task given to a dead body."""
        issued = self._document.header.issued
        return unit.atoms == own and (issued is None or unit.until is None or issued <= unit.until)

    def _hits(self, unit: Provision) -> list[_Hit]:
        found: list[_Hit] = []
        for term in self._terms:
            for match in term.pattern.finditer(self._folded, unit.own.start, unit.own.end):
                span = Span(*match.span())
                letterhead = span.of(self._document.text).isupper()
                if letterhead or self._is_silent(span) or self._replaced(unit, span):
                    continue
                found.append(_Hit(span, term))
        found.sort(key=lambda hit: (hit.span.start, -hit.span.end))
        kept: list[_Hit] = []
        for hit in found:
            if not kept or hit.span.start >= kept[-1].span.end:
                kept.append(hit)
        return kept

    def _is_silent(self, span: Span) -> bool:
        at = bisect_right(self._silent_starts, span.start) - 1
        return at >= 0 and self._silent[at].overlaps(span)

    def _past(self, unit: Provision, hit: _Hit, by_path: dict[str, Provision]) -> bool:
        """Whether the sentence tells history, or the article is a transition clause."""
        low = max(self._folded.rfind(mark, unit.own.start, hit.span.start) for mark in (".", ";", "\n"))
        ends = [at for mark in (". ", ";", "\n") if (at := self._folded.find(mark, hit.span.end, unit.own.end)) >= 0]
        sentence = self._folded[max(low, unit.own.start) : min(ends, default=unit.own.end)]
        if _PAST.search(re.sub(r"\s+", " ", sentence)):
            return True
        above: Provision | None = unit
        while above is not None:
            if above.heading and _TRANSITION.search(fold(above.heading)):
                return True
            above = by_path.get(above.parent) if above.parent else None
        return False

    def _replaced(self, unit: Provision, span: Span) -> bool:
        """Whether an amendment in force on the day has replaced these words, or the whole unit."""
        words = self._folded[span.start : span.end]
        for change in self._changes:
            if change.on is None or change.on > self._on:
                continue
            if change.path is not None and not (unit.path == change.path or unit.path.startswith(change.path + "/")):
                continue
            if change.amendment.old:
                if fold(change.amendment.old) in self._folded[max(0, span.start - 80) : span.end + 80] and (
                    words in fold(change.amendment.old) or fold(change.amendment.old) in words
                ):
                    return True
            elif change.path is not None or change.ends_document:
                return True
        return False

    # -- where names are not judged

    def _citations(self) -> list[Span]:
        """The cited documents with their dates, issuers and titles."""
        text = self._document.text
        stop = re.compile(r"[;.:\n](?=\s|$)|\)")
        spans = []
        for reference in self._document.references:
            if reference.document.target not in (TargetKind.NAMED, TargetKind.AMENDED, TargetKind.ATTACHED):
                continue
            end = reference.span.end
            if reference.document.number is not None or reference.document.date is not None:
                after = stop.search(text, end)
                end = after.start() if after and self._title_follows(end) else end
            spans.append(Span(reference.span.start, max(end, reference.span.end)))
        spans.extend(basis.span for basis in self._document.legal_bases)
        return spans

    def _title_follows(self, end: int) -> bool:
        return (
            re.match(
                r"\s*,?\s*(?:của|quy định|ban hành|về|hướng dẫn|sửa đổi|phê duyệt|thay thế)\b",
                self._folded[end : end + 40],
            )
            is not None
        )

    def _quotes(self) -> list[Span]:
        text = self._document.text
        return [Span(*match.span()) for pattern in (_QUOTES, _CAPTIONS) for match in pattern.finditer(text)]

    def _amending(self) -> list[Span]:
        spans = [change.span for change in self._document.amendments]
        spans.extend(change.payload for change in self._document.amendments if change.payload is not None)
        return spans

    # -- the finding

    def _finding(self, unit: Provision, hits: list[_Hit]) -> LinkFinding:
        issued = self._document.header.issued
        terms = list(dict.fromkeys(hit.term for hit in hits))
        words = list(dict.fromkeys(" ".join(hit.span.of(self._document.text).split()) for hit in hits))
        quoted = ", ".join(f"“{word}”" for word in words[:4]) + (" …" if len(words) > 4 else "")
        notes = "; ".join(
            f"{term.name} (không còn từ ngày {term.since:%d/%m/%Y}; nay: {term.successor})" for term in terms[:3]
        )
        english = "; ".join(f"{term.name} (ended {term.since:%d/%m/%Y})" for term in terms[:3])
        return LinkFinding(
            LinkProblem.ABOLISHED_BODY,
            str(self._document.key),
            unit.path,
            hits[0].span,
            f"Nêu {quoted}: {notes}.",
            f"Names {quoted}: {english}.",
            Gravity.HIGH if issued is not None and any(term.since <= issued for term in terms) else Gravity.MEDIUM,
            (GROUND, *dict.fromkeys(term.source for term in terms)),
            spans=tuple(hit.span for hit in hits),
            terms=tuple(term.name for term in terms),
        )


def _home(unit: Provision, by_path: dict[str, Provision]) -> Provision:
    while unit.level in _GROUPED and unit.parent is not None and unit.parent in by_path:
        above = by_path[unit.parent]
        if above.level not in (*_GROUPED, Level.CLAUSE, Level.ARTICLE):
            break
        unit = above
    return unit


def _ended(gazetteer: Gazetteer, on: dt.date) -> tuple[Unit, ...]:
    """The provinces whose name no living unit bears on a day."""
    living = {unit.slug for unit in gazetteer.units if unit.alive(on)}
    return tuple(
        unit for unit in gazetteer.units if unit.until is not None and unit.until < on and unit.slug not in living
    )


@cache
def _province(unit: Unit) -> AbolishedTerm:
    assert unit.until is not None
    since = unit.until + dt.timedelta(days=1)
    kind = "thành phố" if unit.city else "tỉnh"
    names = "|".join(re.escape(fold(name)).replace(r"\ ", " ") for name in (unit.name, *unit.aliases))
    pattern = _compile(rf"{_BODY_WORDS} (?:{kind} )?(?:{names})", "")
    return AbolishedTerm(
        f"province-{unit.slug}",
        f"{kind} {unit.name}",
        pattern,
        since,
        "đơn vị hành chính mới sau sắp xếp",
        "Nghị quyết số 202/2025/QH15",
    )


def _merge(spans: list[Span]) -> list[Span]:
    """The spans in order, overlapping ones joined."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged

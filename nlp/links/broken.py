"""References to provisions that do not exist in a document that the corpus holds whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.law.document import Level, Operation, TargetKind
from nlp.law.finding import Gravity
from nlp.law.identifiers import DocumentKey, citation, parse_path
from nlp.law.link import Link, LinkKind, Resolution
from nlp.links.findings import LinkFinding, LinkProblem

if TYPE_CHECKING:
    from nlp.law.document import NormativeDocument
    from nlp.links.amend import ChangeIndex
    from nlp.links.catalogue import Catalogue, DocumentEntry

_GROUND = "Điều 68 Nghị định số 78/2025/NĐ-CP"
_CHECKED = (Level.ARTICLE, Level.CLAUSE, Level.POINT)
_CANDIDATE = re.compile(r"(?P<key>[^#]*)#(?P<path>.*)")


def find_broken(
    document: NormativeDocument, links: tuple[Link, ...], catalogue: Catalogue, changes: ChangeIndex
) -> tuple[LinkFinding, ...]:
    """The citations of `document` whose unit does not exist, one finding per place, in text order.

    Only articles, clauses and points are judged, and only against a text that is complete and numbers its units of that level: an article without
    numbered clauses may still be cited by "khoản 2" for its second paragraph. Units that an amending text inserts exist.
    """
    found: dict[tuple[int, int, str], LinkFinding] = {}
    for link in links:
        if link.kind is not LinkKind.CITES or link.resolution is not Resolution.DOCUMENT_ONLY or link.path is None:
            continue
        near = _CANDIDATE.fullmatch(link.candidates[0]) if link.candidates else None
        entry = catalogue.get(str(link.target.document)) if link.target is not None else None
        if entry is None or not entry.complete or _quoted(document, link):
            continue
        if _of_a_list(link) or _of_another(link, document):
            continue
        root = _root(entry, link, own=entry.key == str(document.key))
        place = near["path"] if near else ""
        missing = _missing(entry, link.path, place, root, changes)
        if missing is None:
            continue
        key = (link.span.start, link.span.end, missing)
        found.setdefault(key, _finding(document, link, entry, missing, place))
    return tuple(sorted(found.values(), key=lambda one: one.span))


def _of_a_list(link: Link) -> bool:
    """Whether a citation of "this" document stands in an annex, or a bare one outside the articles: lists and forms there speak of other documents."""
    if link.mention.target is not TargetKind.THIS:
        return False
    source = link.source_path or ""
    return source.startswith("annex") or (link.mention.kind is None and "/art_" not in source)


def _of_another(link: Link, document: NormativeDocument) -> bool:
    """Whether a bare citation may belong to a document named later in its provision ("bãi bỏ Điều 24 và ... quy định tại ... Thông tư số ...")."""
    if link.mention.target is not TargetKind.THIS or link.mention.kind is not None:
        return False
    here = f"{link.source_path}/"
    if any(
        here.startswith(f"{change.source}/") or f"{change.source}/".startswith(here) for change in document.amendments
    ):
        return True
    return any(
        reference.source == link.source_path
        and reference.span.start > link.span.start
        and reference.document.target not in (TargetKind.THIS, TargetKind.GENERIC)
        for reference in document.references
    )


def _quoted(document: NormativeDocument, link: Link) -> bool:
    before = document.text[max(0, link.span.start - 500) : link.span.start]
    if before.rfind("“") > before.rfind("”"):
        return True
    return any(
        reference.span == link.span and reference.path == link.path and reference.quoted
        for reference in document.references
    )


def _missing(entry: DocumentEntry, path: str, near: str, root: str, changes: ChangeIndex) -> str | None:
    """The first step of `path` that is certainly missing, as a relative path; None when the tree cannot tell."""
    steps = parse_path(path)
    if any(step.level not in _CHECKED for step in steps):
        return None
    depth = len(parse_path(near)) if near else 0
    known = max(depth - 1, 0)  # `near` begins with its part
    if known >= len(steps):
        return None  # the unit exists, but in another part
    step = steps[known]
    if re.search(r"\d[a-zđ]|[a-zđ]\d", step.number) or (step.level is Level.POINT and step.number[0].isdigit()):
        return None  # inserted units ("Điều 7a", "điểm b1") may come from an amending text that is not in the corpus
    parent = near or root
    siblings = [
        other.rsplit("/", 1)[-1]
        for other in entry.paths
        if other.rsplit("/", 1)[0] == parent and _level(other) is step.level
    ]
    if len(siblings) < 2:
        return None
    if any(
        change.operation is Operation.INSERT and (change.path or "").startswith(f"{parent}/{step}")
        for change in changes.of(entry.key)
    ):
        return None
    return "/".join(map(str, steps[: known + 1]))


def _root(entry: DocumentEntry, link: Link, *, own: bool) -> str:
    """The part in which an article was looked up: the rules themselves where they are cited, or where a bare citation stands in them."""
    bare = own and link.mention.kind is None and (link.source_path or "").startswith("attached")
    attached = bare or link.mention.target is TargetKind.ATTACHED
    return "attached_1" if attached and "attached_1" in entry.paths else "main"


def _level(path: str) -> Level | None:
    return parse_path(path)[-1].level


def _finding(document: NormativeDocument, link: Link, entry: DocumentEntry, missing: str, near: str) -> LinkFinding:
    number = DocumentKey.parse(entry.key).number
    own = entry.key == str(document.key)
    where_vi = "văn bản này" if own else number
    where_en = "this document" if own else number
    unit = citation(missing)
    return LinkFinding(
        LinkProblem.NO_SUCH_PROVISION,
        str(document.key),
        link.source_path,
        link.span,
        f"Viện dẫn {unit} nhưng {where_vi} không có {unit}.",
        f"{unit} is cited, but {where_en} has no {unit}.",
        Gravity.MEDIUM,
        (_GROUND,),
        "" if own else entry.key,
        near or None,
    )

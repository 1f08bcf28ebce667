"""The text of a document in force on a day, with who changed what: "hợp nhất" as Điều 65 Luật 64/2025/QH15 means it, never official."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.law.document import Level, Operation
from nlp.law.identifiers import parse_path

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from nlp.law.document import NormativeDocument, Provision
    from nlp.law.span import Span
    from nlp.links.amend import Change

_INSIDE = frozenset({Level.DASH, Level.ROW})  # kept as words of the unit around them
_REPEALED = "(được bãi bỏ)"
_LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass(frozen=True, slots=True)
class ConsolidatedUnit:
    """One unit of the text in force: its path, its own words (a repealed one says so), and the changes that made them, oldest first."""

    path: str
    level: Level
    number: str
    text: str
    changes: tuple[Change, ...] = ()
    repealed: bool = False
    inserted: bool = False


@dataclass(frozen=True, slots=True)
class ConsolidatedText:
    """A document as it stands on a day.

    `applied` are the changes that made it, `open` those that act on it but could not be carried out with the reason in Vietnamese
    (no payload in the text, unit not found, phrase not found): the reader must see them. `ended` is the change that ended the whole document.
    """

    document: str
    on: dt.date
    units: tuple[ConsolidatedUnit, ...]
    applied: tuple[Change, ...]
    open: tuple[tuple[Change, str], ...]
    ended: Change | None = None

    @property
    def text(self) -> str:
        """The words of all units in order, one paragraph each."""
        return "\n".join(unit.text for unit in self.units if unit.text)

    def unit(self, path: str) -> ConsolidatedUnit | None:
        """The unit with this path, None if there is none on that day."""
        return next((unit for unit in self.units if unit.path == path), None)


@dataclass(slots=True)
class _Node:
    path: str
    level: Level
    number: str
    text: str
    children: list[_Node] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    repealed: bool = False
    inserted: bool = False

    def walk(self) -> Iterator[_Node]:
        yield self
        for child in self.children:
            yield from child.walk()


def consolidate(
    document: NormativeDocument, changes: Iterable[Change], sources: Mapping[str, NormativeDocument], on: dt.date
) -> ConsolidatedText:
    """The text of `document` on a day. `changes` are those of `ChangeIndex.of`, `sources` the changing documents by key.

    Changes are carried out in the order of their days. A change without a day, or of a later day, is left out. The same inputs give the same text.
    """
    return _Consolidation(document, sources).run(tuple(changes), on)


class _Consolidation:
    def __init__(self, document: NormativeDocument, sources: Mapping[str, NormativeDocument]) -> None:
        self._document = document
        self._sources = sources
        self._roots = _tree(document.text, [unit for unit in document.provisions if not unit.quoted])
        self._index = {node.path: node for root in self._roots for node in root.walk()}

    def run(self, changes: tuple[Change, ...], on: dt.date) -> ConsolidatedText:
        applied: list[Change] = []
        open_: list[tuple[Change, str]] = []
        ended: Change | None = None
        for change in sorted(
            changes, key=lambda one: (one.on.isoformat() if one.on else "", one.by, one.amendment.span.start)
        ):
            if change.on is None or change.on > on:
                continue
            if change.ends_document:
                ended = ended or change
                applied.append(change)
                continue
            problem = self._apply(change)
            if problem:
                open_.append((change, problem))
            else:
                applied.append(change)
        units = tuple(_unit(node) for root in self._roots for node in root.walk())
        return ConsolidatedText(str(self._document.key), on, units, tuple(applied), tuple(open_), ended)

    def _apply(self, change: Change) -> str:
        """Carry out one change; the reason in Vietnamese when it cannot be, "" when it was."""
        operation = change.operation
        if operation in (Operation.REPLACE_PHRASE, Operation.DELETE_PHRASE, Operation.CORRECT) and change.amendment.old:
            return self._phrase(change)
        if operation is Operation.INSERT:
            return self._insert(change)
        node = self._index.get(change.path or "")
        if node is None:
            return "không tìm thấy đơn vị được sửa đổi trong văn bản"
        if operation in (Operation.REPEAL, Operation.EXPIRE):
            self._repeal(node, change)
            return ""
        if operation in (Operation.SUSPEND, Operation.PAUSE):
            node.changes.append(change)
            return ""
        payload = self._payload(change)
        if payload is None:
            return "văn bản sửa đổi không kèm nội dung mới ở dạng đọc được"
        if operation is Operation.RENAME:
            node.text = payload.text
            node.changes.append(change)
            return ""
        self._replace(node, payload, change)
        return ""

    def _repeal(self, node: _Node, change: Change) -> None:
        for below in node.walk():
            if below is not node:
                self._index.pop(below.path, None)
        node.children = []
        node.text = f"{_label(node)} {_REPEALED}"
        node.repealed = True
        node.changes.append(change)

    def _replace(self, node: _Node, payload: _Node, change: Change) -> None:
        for below in node.walk():
            self._index.pop(below.path, None)
        node.text, node.children, node.repealed = payload.text, payload.children, False
        for below in node.walk():
            below.changes.append(change)
        self._adopt(node)

    def _adopt(self, node: _Node) -> None:
        """Give a new subtree the paths of its place, and remember them."""
        self._index[node.path] = node
        for child in node.children:
            child.path = f"{node.path}/{child.level.value}_{child.number}"
            self._adopt(child)

    def _insert(self, change: Change) -> str:
        path = change.path or ""
        payload = self._payload(change)
        if payload is None:
            return "văn bản sửa đổi không kèm nội dung mới ở dạng đọc được"
        if path in self._index:
            return "đơn vị được bổ sung đã có trong văn bản"
        siblings = self._siblings(path, change.after)
        if siblings is None:
            return "không tìm thấy vị trí bổ sung trong văn bản"
        payload.path, payload.inserted = path, True
        step = parse_path(path)[-1]
        payload.level, payload.number = step.level or payload.level, step.number
        for below in payload.walk():
            below.changes.append(change)
        at = next((index + 1 for index, node in enumerate(siblings) if node.path == change.after), None)
        siblings.insert(_place(siblings, payload) if at is None else at, payload)
        self._adopt(payload)
        return ""

    def _siblings(self, path: str, after: str | None) -> list[_Node] | None:
        """The list in which a new unit goes: beside its anchor, else below its parent, else among units of its level."""
        parent, _, _ = path.rpartition("/")
        beside = after if after in self._index else None
        if beside is None and parent not in self._index:
            level = parse_path(path)[-1].level
            beside = next(
                (
                    other
                    for other in self._index
                    if other.rpartition("/")[0] == parent and parse_path(other)[-1].level is level
                ),
                None,
            )
        if beside is not None:
            return self._list_of(beside)
        return self._index[parent].children if parent in self._index else None

    def _list_of(self, path: str) -> list[_Node]:
        for root in self._roots:
            for node in root.walk():
                if any(child.path == path for child in node.children):
                    return node.children
        return self._roots

    def _phrase(self, change: Change) -> str:
        top = self._index.get(change.path) if change.path else None
        if change.path and top is None:
            return "không tìm thấy đơn vị được sửa đổi trong văn bản"
        nodes = top.walk() if top is not None else (node for root in self._roots for node in root.walk())
        pattern = re.compile(r"\s+".join(map(re.escape, change.amendment.old.split())), re.IGNORECASE)
        hit = False
        for node in nodes:
            if not pattern.search(node.text):
                continue
            hit = True
            node.text = _tidy(pattern.sub(lambda _: change.amendment.new, node.text))
            node.changes.append(change)
        return "" if hit else f"không tìm thấy cụm từ “{change.amendment.old}”"

    def _payload(self, change: Change) -> _Node | None:
        """The new text as a tree: the quoted units of the changing document inside the payload, or plain words."""
        source, span = self._sources.get(change.by), change.amendment.payload
        if source is None or span is None:
            return None
        quoted = [unit for unit in source.provisions if unit.quoted and span.contains(unit.span)]
        step = parse_path(change.path)[-1] if change.path else None
        for root in _tree(source.text, quoted):
            for node in root.walk():
                if step is not None and node.level is step.level and node.number == step.number:
                    return node
        level = step.level if step is not None and step.level is not None else Level.ARTICLE
        return _Node(change.path or "", level, step.number if step else "", _words(source.text, span))


def _tree(text: str, units: Iterable[Provision]) -> list[_Node]:
    """The units as nodes, parents before children; dashes and rows stay words of the unit around them."""
    roots: list[_Node] = []
    nodes: dict[str, _Node] = {}
    kept = [unit for unit in units if unit.level not in _INSIDE]
    starts: dict[str, int] = {}
    for unit in kept:
        if unit.parent is not None and unit.parent not in starts:
            starts[unit.parent] = unit.span.start
    for unit in kept:
        end = starts.get(unit.path, unit.span.end)
        node = _Node(unit.path, unit.level, unit.number, _words(text, type(unit.span)(unit.span.start, end)))
        nodes[unit.path] = node
        parent = nodes.get(unit.parent) if unit.parent else None
        (parent.children if parent is not None else roots).append(node)
    return roots


def _words(text: str, span: Span) -> str:
    lines = (" ".join(line.split()) for line in span.of(text).strip().strip('“”"').splitlines())
    return "\n".join(line for line in lines if line)


def _unit(node: _Node) -> ConsolidatedUnit:
    return ConsolidatedUnit(
        node.path, node.level, node.number, node.text, tuple(node.changes), node.repealed, node.inserted
    )


def _label(node: _Node) -> str:
    if node.level is Level.ARTICLE:
        return f"Điều {node.number}."
    return (
        f"{node.number}."
        if node.level is Level.CLAUSE
        else f"{node.number})"
        if node.level is Level.POINT
        else node.text.split("\n")[0]
    )


def _place(siblings: list[_Node], node: _Node) -> int:
    """Where a unit without an anchor goes by its number: behind the last smaller one."""
    order = _order(node.number)
    place = 0
    for index, other in enumerate(siblings):
        if other.level is node.level and _order(other.number) < order:
            place = index + 1
    return place or len(siblings)


def _order(number: str) -> tuple[int, str, int]:
    match = re.fullmatch(r"(\d+)([a-zđ]?)(\d*)", number)
    if match:
        return int(match[1]), f"{_LETTERS.find(match[2]):03d}" if match[2] else "", int(match[3] or 0)
    match = re.fullmatch(r"([a-zđ])(\d*)", number)
    if match:
        return _LETTERS.find(match[1]), "", int(match[2] or 0)
    return 10_000, number, 0


def _tidy(text: str) -> str:
    """The text without the double blanks and blanks before stops that a deleted phrase leaves."""
    return re.sub(r"[^\S\n]+([,.;:])", r"\1", re.sub(r"[^\S\n]{2,}", " ", text))

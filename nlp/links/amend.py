"""Who amends, replaces, repeals or suspends whom: the changes of each document over time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.law.document import Operation, TargetKind
from nlp.law.issuers import issuer_from_symbol
from nlp.law.link import Resolution
from nlp.law.rank import Kind
from nlp.law.validity import EventKind, ValidityEvent
from nlp.links.resolve import find_document, provision_in

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from nlp.law.document import Amendment, DocumentMention, NormativeDocument
    from nlp.law.identifiers import DocumentNumber
    from nlp.links.catalogue import Catalogue

_EVENTS = {
    Operation.REPLACE: EventKind.REPLACED,
    Operation.REPEAL: EventKind.REPEALED,
    Operation.EXPIRE: EventKind.EXPIRED,
    Operation.SUSPEND: EventKind.SUSPENDED,
    Operation.PAUSE: EventKind.SUSPENDED,
}
_WHOLE_ENDS = frozenset({Operation.REPLACE, Operation.REPEAL, Operation.EXPIRE})


@dataclass(frozen=True, slots=True)
class Change:
    """One operation as it acts on its target.

    `target` is the key of the changed document, or `outside_key` of it when it is not in the corpus; `path` is the full path of the changed unit
    (of the new unit for insertions), None for the whole document. `on` is the first day on which the change is law, None when it is not known.
    `by` and `by_path` are the changing document and provision; `amendment` carries payload, phrases and anchor.
    """

    target: str
    path: str | None
    operation: Operation
    on: dt.date | None
    by: str
    by_path: str | None
    amendment: Amendment
    after: str | None = None

    @property
    def ends_document(self) -> bool:
        """Whether the whole target ends with this change."""
        return self.path is None and self.operation in _WHOLE_ENDS

    def event(self) -> ValidityEvent | None:
        """The change as an event of the target's validity; None when its day is not known."""
        if self.on is None:
            return None
        kind = _EVENTS.get(self.operation, EventKind.AMENDED)
        if self.operation is Operation.REPLACE and self.path is not None:
            kind = EventKind.AMENDED  # a replaced article goes on with new words
        return ValidityEvent(kind, self.on, self.by, self.path)


def outside_key(number: DocumentNumber, kind: Kind | None) -> str:
    """The name of a document that is not in the corpus; only for central numbers, which are unique within a kind.

    Laws and resolutions of the National Assembly are counted apart: Luật 71/2006/QH11 and Nghị quyết 71/2006/QH11 are two documents.
    """
    word = Kind.LAW if kind in (Kind.LAW, Kind.CODE) else kind or Kind.UNKNOWN
    return f"~{word.value}:{number.folded}"


def find_changes(document: NormativeDocument, catalogue: Catalogue) -> tuple[Change, ...]:
    """The changes that one document makes, in text order. A target that is ambiguous, or a local one outside the corpus, is left out."""
    if document.header.kind is Kind.CONSOLIDATED:
        return ()  # it repeats the clauses of the texts that it consolidates
    found: list[Change] = []
    for amendment in document.amendments:
        on = amendment.effective or document.header.effective or document.header.issued
        change = _change(amendment, document, catalogue, on)
        if change is not None:
            found.append(change)
    return tuple(found)


def _change(
    amendment: Amendment, document: NormativeDocument, catalogue: Catalogue, on: dt.date | None
) -> Change | None:
    mention = amendment.document
    if mention.target is TargetKind.GENERIC:
        return None
    by = str(document.key)
    target = find_document(mention, document, catalogue)
    if target.entry is None:
        if target.resolution is Resolution.AMBIGUOUS or mention.number is None or _is_local(mention):
            return None
        return Change(
            outside_key(mention.number, mention.kind),
            amendment.path,
            amendment.operation,
            on,
            by,
            amendment.source,
            amendment,
            amendment.after,
        )
    if target.entry.key == by and amendment.operation is not Operation.EXPIRE:
        return None
    path, after = None, None
    if amendment.path is not None:
        path = _full(target.entry.paths, amendment.path, mention)
        after = _full(target.entry.paths, amendment.after, mention) if amendment.after else None
        resolution, found, _ = provision_in(target.entry, amendment.path, mention, None)
        if resolution is Resolution.RESOLVED and found is not None:
            path = found.path
    return Change(target.entry.key, path, amendment.operation, on, by, amendment.source, amendment, after)


def _is_local(mention: DocumentMention) -> bool:
    issuer = issuer_from_symbol(mention.number.symbol) if mention.number else None
    return issuer is None or issuer.local


def _full(paths: frozenset[str], path: str, mention: DocumentMention) -> str:
    """The full path of a relative one in a document that need not have the unit yet."""
    if path.startswith("annex"):
        return path
    part = "attached_1" if mention.target is TargetKind.ATTACHED and "attached_1" in paths else "main"
    return f"{part}/{path}"


@dataclass(frozen=True, slots=True)
class ChangeIndex:
    """All changes of a corpus by their target, oldest first; equal inputs in any order give equal answers."""

    changes: tuple[Change, ...]
    _by_target: dict[str, tuple[Change, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        table: dict[str, list[Change]] = {}
        for change in sorted(self.changes, key=_order):
            table.setdefault(change.target, []).append(change)
        object.__setattr__(self, "_by_target", {target: tuple(rows) for target, rows in table.items()})

    def of(self, target: str) -> tuple[Change, ...]:
        """The changes of one document, oldest first; `target` is its key, or `outside_key` of its number."""
        return self._by_target.get(target, ())

    def end_of(self, target: str) -> Change | None:
        """The first change that ends the whole document; None when no text of the corpus does."""
        return next((change for change in self.of(target) if change.ends_document and change.on is not None), None)

    def targets(self) -> tuple[str, ...]:
        """The documents that are changed, in order of their keys."""
        return tuple(sorted(self._by_target))


def _order(change: Change) -> tuple[str, str, int]:
    return (change.on.isoformat() if change.on else "9999", change.by, change.amendment.span.start)


def changes_of(documents: Iterable[NormativeDocument], catalogue: Catalogue) -> ChangeIndex:
    """The changes that a corpus makes to itself and to central documents outside it."""
    return ChangeIndex(tuple(change for document in documents for change in find_changes(document, catalogue)))

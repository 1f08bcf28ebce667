"""Citations followed to the documents and provisions of a corpus. Nothing is guessed: several candidates stay ambiguous."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.law.document import TargetKind
from nlp.law.identifiers import DocumentKey, ProvisionId, parse_path
from nlp.law.issuers import parse_issuer
from nlp.law.link import Link, LinkKind, Resolution
from nlp.law.rank import Kind
from nlp.links.catalogue import NAMED_KINDS, entry_of

if TYPE_CHECKING:
    from nlp.law.document import DocumentMention, NormativeDocument
    from nlp.law.issuers import Issuer
    from nlp.links.catalogue import Catalogue, DocumentEntry

_ATTACHED = "attached_1"


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a mention leads: one entry, several candidates, or none."""

    resolution: Resolution
    entry: DocumentEntry | None = None
    candidates: tuple[str, ...] = ()


def resolve(document: NormativeDocument, catalogue: Catalogue) -> tuple[Link, ...]:
    """The links of one document: its citations, legal bases and amendments in this order, each in text order.

    RESOLVED has `target`; a document cited as a whole has the path "main" as its target. DOCUMENT_ONLY means that the document is known (its
    "main" is the target) but the unit is not in its text: `candidates` then holds the nearest unit that exists. AMBIGUOUS lists the candidates' keys.
    """
    return _Resolver(document, catalogue).links()


class _Resolver:
    def __init__(self, document: NormativeDocument, catalogue: Catalogue) -> None:
        self._document = document
        self._key = str(document.key)
        self._catalogue = catalogue
        self._memo: dict[DocumentMention, _Target] = {}

    def links(self) -> tuple[Link, ...]:
        found: list[Link] = []
        for reference in self._document.references:
            link = self._link(reference.document, reference.path, reference.source)
            found.append(
                Link(
                    LinkKind.CITES,
                    self._key,
                    reference.source,
                    reference.span,
                    reference.document,
                    reference.path,
                    *link,
                )
            )
        for basis in self._document.legal_bases:
            for mention in basis.documents:
                link = self._link(mention, None, None)
                found.append(Link(LinkKind.LEGAL_BASIS, self._key, None, basis.span, mention, None, *link))
        for change in self._document.amendments:
            resolution, target, candidates = self._link(change.document, change.path, change.source)
            found.append(
                Link(
                    LinkKind.AMENDS, self._key, change.source, change.span, change.document, change.path,
                    resolution, target, candidates, change.operation, change.effective or self._document.header.effective,
                )
            )  # fmt: skip
        return tuple(found)

    def _link(
        self, mention: DocumentMention, path: str | None, source: str | None
    ) -> tuple[Resolution, ProvisionId | None, tuple[str, ...]]:
        if mention.target is TargetKind.GENERIC:
            return Resolution.GENERIC, None, ()
        if mention not in self._memo:
            self._memo[mention] = find_document(mention, self._document, self._catalogue)
        found = self._memo[mention]
        if found.entry is None:
            return found.resolution, None, found.candidates
        own = found.entry.key == self._key
        return provision_in(found.entry, path, mention, source if own else None)


def find_document(mention: DocumentMention, citing: NormativeDocument, catalogue: Catalogue) -> _Target:
    """The document that a mention means, seen from the document that cites it."""
    if mention.target is TargetKind.THIS or (mention.target is TargetKind.ATTACHED and mention.number is None):
        return _Target(Resolution.RESOLVED, catalogue.get(str(citing.key)) or entry_of(citing))
    if mention.number is not None:
        found = _of_kind(catalogue.numbered(mention.number), mention)
        found = _of_date(found, mention)
        return _one(_of_issuer(found, mention, citing), mention, placed=_placed(found, mention, citing))
    if mention.kind in NAMED_KINDS and mention.name:
        return _one(_of_time(_of_kind(catalogue.named(mention.name), mention), mention, citing), mention)
    if mention.date is not None and mention.kind is not None:
        found = catalogue.dated(mention.kind, mention.date)
        return _one(_of_issuer(found, mention, citing), mention, placed=_placed(found, mention, citing))
    return _Target(Resolution.NOT_IN_CORPUS)


def _placed(entries: tuple[DocumentEntry, ...], mention: DocumentMention, citing: NormativeDocument) -> bool:
    """Whether the place of a local number is known: said, told by its date, or the citing document's own."""
    home = citing.header.issuer
    said = parse_issuer(mention.issuer) if mention.issuer else None
    return (
        not any(entry.local for entry in entries)
        or mention.date is not None
        or (said is not None and said.territory is not None)
        or (home is not None and home.local)
    )


def _one(entries: tuple[DocumentEntry, ...], mention: DocumentMention, *, placed: bool = True) -> _Target:
    if len(entries) == 1 and placed and _sure(entries[0], mention):
        return _Target(Resolution.RESOLVED, entries[0])
    if entries:
        return _Target(Resolution.AMBIGUOUS, None, tuple(entry.key for entry in entries))
    return _Target(Resolution.NOT_IN_CORPUS)


def _sure(entry: DocumentEntry, mention: DocumentMention) -> bool:
    """Whether the only candidate is meant. A consolidated text shares its source's number but is another document."""
    return entry.kind is not Kind.CONSOLIDATED or mention.kind is Kind.CONSOLIDATED


_ALIKE = frozenset({Kind.LAW, Kind.CODE})


def _of_kind(entries: tuple[DocumentEntry, ...], mention: DocumentMention) -> tuple[DocumentEntry, ...]:
    """The candidates of the cited kind; "Luật" and "Bộ luật" are used for each other. An unknown kind excludes nothing.

    A law and a resolution of the National Assembly may share their number.
    """
    kind = mention.kind
    if kind in (None, Kind.UNKNOWN):
        return entries
    alike = _ALIKE if kind in _ALIKE else frozenset({kind})
    return tuple(entry for entry in entries if entry.kind in alike or entry.kind is Kind.UNKNOWN)


def _of_date(entries: tuple[DocumentEntry, ...], mention: DocumentMention) -> tuple[DocumentEntry, ...]:
    """The candidates with the cited date. A central number is unique, so a slip in the date does not matter; a local one is of another province."""
    if mention.date is None:
        return entries
    same = tuple(entry for entry in entries if entry.issued in (None, mention.date))
    return same or tuple(entry for entry in entries if not entry.local)


def _of_issuer(
    entries: tuple[DocumentEntry, ...], mention: DocumentMention, citing: NormativeDocument
) -> tuple[DocumentEntry, ...]:
    """The candidates that the cited body issued; a local number without a place means the citing document's own province."""
    if not entries or not any(entry.local for entry in entries):
        return entries
    on = mention.date or next((entry.issued for entry in entries if entry.issued), None)
    symbol = mention.number.symbol if mention.number else ""
    named = parse_issuer(mention.issuer, symbol, on) if mention.issuer else None
    if named is not None and named.territory is not None:
        return tuple(entry for entry in entries if _same_area(entry.issuer, named))
    home = citing.header.issuer
    if home is not None and home.local:
        return tuple(e for e in entries if _same_area(e.issuer, home) or _predecessor(e.issuer, home))
    return entries


def _same_area(issuer: Issuer | None, named: Issuer) -> bool:
    if issuer is None or issuer.territory is None or named.territory is None:
        return False
    return issuer.territory.units == named.territory.units and issuer.territory.place == named.territory.place


def _predecessor(issuer: Issuer | None, home: Issuer) -> bool:
    """Whether the issuer governed a part of what `home` governs now."""
    if issuer is None or issuer.territory is None or home.territory is None:
        return False
    return issuer.territory.units < home.territory.units and issuer.territory.place == home.territory.place


def _of_time(
    entries: tuple[DocumentEntry, ...], mention: DocumentMention, citing: NormativeDocument
) -> tuple[DocumentEntry, ...]:
    """Of several laws with one name: the one of the cited date or year, else those that the citing text can mean on its day of issue."""
    if mention.date is not None:
        return tuple(entry for entry in entries if entry.issued == mention.date)
    if mention.year is not None:
        return tuple(entry for entry in entries if _year(entry) == mention.year)
    issued = citing.header.issued
    if issued is None or len(entries) < 1:
        return entries
    known = tuple(entry for entry in entries if entry.issued is None or entry.issued <= issued)
    alive = tuple(entry for entry in known if entry.expires is None or entry.expires > issued)
    started = tuple(entry for entry in alive if (entry.effective or entry.issued or issued) <= issued)
    return started or alive or known


def _year(entry: DocumentEntry) -> int | None:
    if entry.issued is not None:
        return entry.issued.year
    return entry.number.year if entry.number else None


def provision_in(
    entry: DocumentEntry, path: str | None, mention: DocumentMention, source: str | None
) -> tuple[Resolution, ProvisionId | None, tuple[str, ...]]:
    """The provision `path` (relative) of a document. `source` is the citing unit when it stands in the same document: its part is looked at first."""
    key = DocumentKey.parse(entry.key)
    if path is None:
        attached = mention.target is TargetKind.ATTACHED and _ATTACHED in entry.paths
        return Resolution.RESOLVED, ProvisionId(key, _ATTACHED if attached else "main"), ()
    for part in _parts(entry, mention, source):
        full = f"{part}/{path}" if part else path
        if full in entry.paths:
            return Resolution.RESOLVED, ProvisionId(key, full), ()
    near = tuple(f"{entry.key}#{place}" for place in _nearest(entry, path, mention, source))
    return Resolution.DOCUMENT_ONLY, ProvisionId(key, "main"), near


def _parts(entry: DocumentEntry, mention: DocumentMention, source: str | None) -> tuple[str, ...]:
    """The parts of a document in which a relative path is looked up, in order; "" for annexes, which are parts themselves."""
    if mention.target is TargetKind.ATTACHED:
        return (_ATTACHED, "") if _ATTACHED in entry.paths else ("main", "")
    root = source.split("/", 1)[0] if source else "main"
    if mention.target is TargetKind.THIS and mention.kind is None and root != "main":
        return (root, "")  # a bare "Điều 9" inside the attached rules is theirs
    return ("main", "")


def _nearest(entry: DocumentEntry, path: str, mention: DocumentMention, source: str | None) -> tuple[str, ...]:
    """The deepest ancestor of a missing unit that exists, else the same unit in an attached text."""
    steps = parse_path(path)
    for part in _parts(entry, mention, source):
        for size in range(len(steps) - 1, 0, -1):
            near = "/".join([*([part] if part else []), *map(str, steps[:size])])
            if near in entry.paths:
                return (near,)
    elsewhere = f"{_ATTACHED}/{path}"
    return (elsewhere,) if elsewhere in entry.paths else ()

"""A corpus tied together: who changes whom, which life each document has, and what is wrong with its links."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.analyser.facts import parse_number
from nlp.law.link import LinkKind
from nlp.law.rank import Kind
from nlp.law.validity import Status, Validity
from nlp.links import (
    Catalogue,
    ChangeIndex,
    DocumentEntry,
    changes_of,
    check_bases,
    entry_of,
    find_broken,
    find_outdated,
    orphaned,
    resolve,
    validities,
)
from nlp.links.validity import with_ends

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from nlp.analyser.corpus import CorpusProvision
    from nlp.law.document import NormativeDocument
    from nlp.law.link import Link
    from nlp.law.territory import Gazetteer
    from nlp.links.findings import LinkFinding

# An article cited as a whole with more units than this is a subject, not a rule to be held against ("theo quy định tại Điều 5 Luật này").
MOST_CITED_UNITS = 8
_ENDED = {Status.EXPIRED: "not_in_force", Status.NOT_YET: "not_yet_in_force", Status.SUSPENDED: "suspended"}


@dataclass(frozen=True, slots=True)
class LinkedCorpus:
    """The catalogue, links, changes and lives of a corpus on one day.

    `links` are those of each parsed document by its key; `drafts` are keys of documents whose start is still ahead by nature.
    """

    catalogue: Catalogue
    links: Mapping[str, tuple[Link, ...]]
    changes: ChangeIndex
    lives: Mapping[str, Validity]
    drafts: frozenset[str]
    as_of: dt.date
    gazetteer: Gazetteer

    def why_not(self, unit: CorpusProvision) -> str:
        """Why a unit is not compared on the day ("not_in_force", "not_yet_in_force", "suspended"), "" when it is or its dates are not known."""
        life = self.lives.get(unit.side.document)
        if life is None:
            return ""
        reason = _ENDED.get(life.status(self.as_of, unit.side.path or None), "")
        return "" if reason == "not_yet_in_force" and unit.side.document in self.drafts else reason

    def problems(self, document: NormativeDocument) -> tuple[LinkFinding, ...]:
        """What is wrong with the legal bases and citations of a document, in the order of the checks; nothing for a document that ended."""
        life = self.lives.get(str(document.key))
        if life is not None and life.status(self.as_of) is Status.EXPIRED:
            return ()
        links = self.links[str(document.key)]
        return (
            *check_bases(document, self.catalogue, self.changes),
            *orphaned(links, self.lives, self.changes, self.as_of),
            *find_broken(document, links, self.catalogue, self.changes),
            *find_outdated(document, self.as_of, self.gazetteer, self.changes),
        )

    def citations(self, units: Sequence[CorpusProvision]) -> dict[int, frozenset[int]]:
        """For each position in `units` the positions that it cites or that cite it, by links followed to a provision.

        The units of a cited article are its clauses or points, those around a cited point the clause that holds it.
        """
        places: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for position, unit in enumerate(units):
            places[unit.side.document][unit.side.path] = position
        found: defaultdict[int, set[int]] = defaultdict(set)
        for link in (link for links in self.links.values() for link in links):
            if link.kind is not LinkKind.CITES or link.path is None or link.source_path is None or link.target is None:
                continue
            cited = _at(places.get(str(link.target.document), {}), link.target.path)
            if len(cited) > MOST_CITED_UNITS:
                continue
            for citing in _at(places.get(link.source_document, {}), link.source_path):
                for target in cited:
                    if target != citing:
                        found[citing].add(target)
                        found[target].add(citing)
        return {position: frozenset(others) for position, others in found.items()}


def link_corpus(
    documents: Mapping[str, NormativeDocument],
    units: Sequence[CorpusProvision],
    drafts: frozenset[str],
    as_of: dt.date,
    gazetteer: Gazetteer,
) -> LinkedCorpus:
    """The corpus tied together. `drafts` are file names of texts that are not issued yet."""
    parsed = {str(document.key): entry_of(document) for document in documents.values()}
    listed = {
        unit.side.document: _listed(unit) for unit in units if unit.side.document and unit.side.document not in parsed
    }
    catalogue = Catalogue((*parsed.values(), *listed.values()))
    changes = changes_of(documents.values(), catalogue)
    lives = validities(catalogue, changes)
    # a bare name ("Luật Đất đai") means the law of its time: known only after the ends are
    catalogue = with_ends(catalogue, lives)
    changes = changes_of(documents.values(), catalogue)
    lives = validities(catalogue, changes)
    keys = frozenset(str(document.key) for file, document in documents.items() if file in drafts)
    links = {str(document.key): resolve(document, catalogue) for document in documents.values()}
    return LinkedCorpus(catalogue, links, changes, lives, keys, as_of, gazetteer)


def _at(places: Mapping[str, int], path: str) -> list[int]:
    """The positions of the unit at a path, else of those below it, else of the one that holds it."""
    if path in places:
        return [places[path]]
    below = [position for each, position in places.items() if each.startswith(f"{path}/")]
    while not below and "/" in path:
        path = path.rpartition("/")[0]
        below = [places[path]] if path in places else []
    return below


def _listed(unit: CorpusProvision) -> DocumentEntry:
    """The entry of a document that is known by a provision list only: what it lacks proves nothing."""
    side = unit.side
    return DocumentEntry(
        key=side.document,
        kind=side.kind or Kind.UNKNOWN,
        number=parse_number(side.number),
        title=side.title,
        issued=side.issued,
        effective=side.effective,
        expires=side.expires,
        issuer=side.issuer,
        rank=side.rank,
        complete=False,
    )

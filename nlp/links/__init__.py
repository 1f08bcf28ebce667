"""Links between documents: citations resolved to provisions, amendments over time, legal bases, dead and broken references, consolidated text."""

from nlp.links.amend import Change, ChangeIndex, changes_of, find_changes
from nlp.links.basis import check_bases
from nlp.links.broken import find_broken
from nlp.links.catalogue import Catalogue, DocumentEntry, entry_of
from nlp.links.consolidate import ConsolidatedText, ConsolidatedUnit, consolidate
from nlp.links.diff import DiffPiece, PieceKind, UnitDiff, diff_texts, word_diff
from nlp.links.findings import LinkFinding, LinkProblem
from nlp.links.outdated import AbolishedTerm, abolished_terms, find_outdated
from nlp.links.resolve import resolve
from nlp.links.validity import orphaned, validities

__all__ = [
    "AbolishedTerm",
    "Catalogue",
    "Change",
    "ChangeIndex",
    "ConsolidatedText",
    "ConsolidatedUnit",
    "DiffPiece",
    "DocumentEntry",
    "LinkFinding",
    "LinkProblem",
    "PieceKind",
    "UnitDiff",
    "abolished_terms",
    "changes_of",
    "check_bases",
    "consolidate",
    "diff_texts",
    "entry_of",
    "find_broken",
    "find_changes",
    "find_outdated",
    "orphaned",
    "resolve",
    "validities",
    "word_diff",
]

"""How a side of a pair is named and quoted: its citation in both languages, its words in quotation marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.errors import Language
from nlp.law.document import Level
from nlp.law.finding import Prevailing
from nlp.law.identifiers import citation, parse_citation_path, parse_path
from nlp.law.rank import Kind, kind_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.law.finding import ProvisionPair, Side
    from nlp.law.span import Span

QUOTE_LENGTH = 180  # characters of one quoted span before it is cut at a blank
MAX_QUOTES = 2  # quoted spans of one side
_GAP = "…"

_KINDS_EN = {
    Kind.CONSTITUTION: "Constitution",
    Kind.CODE: "Code",
    Kind.LAW: "Law",
    Kind.ORDINANCE: "Ordinance",
    Kind.JOINT_RESOLUTION: "Joint Resolution",
    Kind.RESOLUTION: "Resolution",
    Kind.PRESIDENT_ORDER: "Order",
    Kind.DECREE: "Decree",
    Kind.DECISION: "Decision",
    Kind.JOINT_CIRCULAR: "Joint Circular",
    Kind.CIRCULAR: "Circular",
    Kind.DIRECTIVE: "Directive",
    Kind.CONSOLIDATED: "Consolidated text",
}
_LEVELS_EN = {
    Level.PART: "Part",
    Level.CHAPTER: "Chapter",
    Level.SECTION: "Section",
    Level.SUBSECTION: "Subsection",
    Level.ARTICLE: "Article",
    Level.CLAUSE: "Clause",
    Level.POINT: "Point",
    Level.DASH: "Dash",
    Level.ANNEX: "Annex",
    Level.ATTACHED: "attached text",
    Level.ROW: "row",
}


def cite_pair(pair: ProvisionPair, language: Language = Language.VI) -> tuple[str, str]:
    """The citations of A and B, never alike: two documents of one number are told apart by issuer, then by "(văn bản A)"."""
    a, b = cite(pair.a, Prevailing.A, language), cite(pair.b, Prevailing.B, language)
    if a == b and pair.a.issuer and pair.b.issuer and pair.a.issuer.name != pair.b.issuer.name:
        of = "of" if language is Language.EN else "của"
        a, b = f"{a} {of} {pair.a.issuer.name}", f"{b} {of} {pair.b.issuer.name}"
    if a == b:
        label = "document" if language is Language.EN else "văn bản"
        a, b = f"{a} ({label} A)", f"{b} ({label} B)"
    return a, b


def cite(side: Side, which: Prevailing, language: Language = Language.VI) -> str:
    """The citation of a side: "khoản 3 Điều 6 Quyết định số 12/2024/QĐ-UBND"; what is not known is left out, "văn bản A" when nothing is.

    A ready Vietnamese citation is taken as it is; in English it is built again where the path is known.
    """
    english = language is Language.EN
    if side.citation and not (english and side.path):
        return side.citation
    place, document = provision_name(side.path, language), document_name(side, which, language)
    if not place:
        return document
    return f"{place} of {document}" if english else f"{place} {document}"


def provision_name(path: str, language: Language = Language.VI) -> str:
    """The provision of a path as a lawyer says it: own paths are spelled out, a lawyer's words stay in Vietnamese; "" for a whole document."""
    own = _own_path(path)
    if language is Language.VI:
        return citation(own) if own and own == path else path.strip()
    if not own:
        return path.strip()
    steps = [step for step in reversed(parse_path(own)) if step.level is not None]
    return ", ".join(f"{_LEVELS_EN[step.level]} {step.number}" for step in steps if step.level is not None)


def _own_path(path: str) -> str:
    """`path` in our own form, "" where it cannot be read as one."""
    return (parse_citation_path(path) or "") if path.strip() else ""


def document_name(side: Side, which: Prevailing, language: Language = Language.VI) -> str:
    """The document of a side: "Quyết định số 12/2024/QĐ-UBND", without number its title, else "văn bản A"."""
    english = language is Language.EN
    letter = which.value.upper()
    kind = side.kind if side.kind in _KINDS_EN else None
    if side.number:
        name = (_KINDS_EN[kind] if english else kind_name(kind)) if kind else ("document" if english else "văn bản")
        return f"{name} {'No.' if english else 'số'} {side.number}"
    if side.title:
        return f"“{trim(side.title)}”"
    return f"document {letter}" if english else f"văn bản {letter}"


def quote(text: str, spans: Sequence[Span]) -> str:
    """The quoted words of a side in “…”: at most two spans, the whole text where none is given; "" for an empty text."""
    pieces = [trim(span.of(text)) for span in sorted(spans)[:MAX_QUOTES]] if spans else [trim(text)]
    return f" {_GAP} ".join(f"“{piece}”" for piece in pieces if piece)


def trim(text: str, limit: int = QUOTE_LENGTH) -> str:
    """`text` on one line without outer marks, cut at a blank and closed with "…" when longer than `limit` characters."""
    line = re.sub(r"\s+", " ", text).strip().strip('“”"').rstrip(" .,;:")
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip(" .,;:") + f" {_GAP}"

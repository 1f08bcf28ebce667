"""Short names that a text gives to documents: "(sau đây gọi tắt là Luật Bảo hiểm y tế)", and names that its own căn cứ lines complete."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nlp.law.document import DocumentMention, TargetKind
from nlp.law.span import Span
from nlp.parsing.mentions import Mention, squeeze
from nlp.text.segment import fold

# "(sau đây gọi tắt là ...)", "(sau đây gọi chung là ...)", "(dưới đây viết tắt là ...)", "(gọi tắt là ...)"
_DEFINITION = re.compile(
    r"(?:sau\s+đây|dưới\s+đây)?\s*(?:được\s+)?(?:gọi|viết)\s+(?:(?:tắt|chung|là|ngắn\s+gọn)\s+)*(?:là\s*:?\s*|)[“\"]?"
    r"(?P<alias>(?:Bộ\s+luật|Luật|Pháp\s+lệnh|Nghị\s+định|Nghị\s+quyết|Thông\s+tư|Quyết\s+định|Hiến\s+pháp|Quy\s+chế|Quy\s+định|Chỉ\s+thị|Chương\s+trình)"
    r"(?!\s+này)[^);:.“”\"\n]{0,120})",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[;.:]\s*(?:\n|(?=[A-ZĐ]))|\n\s*\n|(?:^|\n)\s*Căn\s+cứ\s")
_REACH = 1_200  # characters back in which the named document must stand: a long title with its chain of amendments


@dataclass(frozen=True, slots=True)
class Alias:
    """A short name bound to a document; `span` is the short name inside its definition, which cites nothing."""

    span: Span
    name: str
    document: DocumentMention


def find_aliases(text: str, mentions: tuple[Mention, ...]) -> tuple[Alias, ...]:
    """The short names that `text` defines for documents, in order."""
    found = []
    for match in _DEFINITION.finditer(text):
        if "gọi" not in match[0].lower() and "viết" not in match[0].lower():
            continue
        name = squeeze(match["alias"]).rstrip(" ,")
        document = _defined(text, match.start(), name, mentions)
        if document is not None:
            found.append(
                Alias(Span(match.start("alias"), match.start("alias") + len(match["alias"].rstrip())), name, document)
            )
    return tuple(found)


def _defined(text: str, at: int, name: str, mentions: tuple[Mention, ...]) -> DocumentMention | None:
    """The first full mention of the sentence before `at` whose kind fits the short name."""
    low = max(0, at - _REACH)
    breaks = [match.end() for match in _SENTENCE.finditer(text, low, at)]
    start = breaks[-1] if breaks else low
    folded = fold(name)
    fitting = [
        mention.document
        for mention in mentions
        if start <= mention.span.start < at
        and mention.document.target is not TargetKind.THIS
        and _fits(folded, mention, text)
    ]
    if not fitting:
        return None
    same_name = [document for document in fitting if document.name and fold(document.name) in folded]
    numbered = [document for document in (same_name or fitting) if document.number or document.date or document.year]
    return (numbered or same_name or fitting)[0]


def _fits(folded: str, mention: Mention, text: str) -> bool:
    if mention.document.target is TargetKind.ATTACHED:
        return folded.startswith(("quy chế", "quy định", "chương trình"))
    words = fold(squeeze(mention.span.of(text)))
    return words.startswith(folded.split(" số ", maxsplit=1)[0].split(maxsplit=1)[0])


def bind(mentions: tuple[Mention, ...], aliases: tuple[Alias, ...], text: str) -> tuple[Mention, ...]:
    """The mentions with the number that the document itself gives for a plain name, by definition or by its only full citation.

    Mentions that stand inside a definition are dropped. A name with two different numbers stays as printed: it is ambiguous.
    """
    defined = [alias.span for alias in aliases]
    named: dict[str, dict[str, DocumentMention]] = {}
    for mention in mentions:
        document = mention.document
        if document.name and document.number is not None and document.target is TargetKind.NAMED:
            named.setdefault(fold(document.name), {}).setdefault(document.number.folded, document)
    by_alias = {_key(alias.name): alias.document for alias in aliases}
    bound = []
    for mention in mentions:
        if any(span.overlaps(mention.span) for span in defined):
            continue
        bound.append(_complete(mention, named, by_alias, text) if mention.plain else mention)
    return tuple(bound)


def _key(name: str) -> str:
    return fold(squeeze(name))


def _complete(
    mention: Mention, named: dict[str, dict[str, DocumentMention]], by_alias: dict[str, DocumentMention], text: str
) -> Mention:
    full = by_alias.get(_key(mention.span.of(text)))
    if full is None:
        candidates = named.get(fold(mention.document.name), {})
        full = next(iter(candidates.values())) if len(candidates) == 1 else None
    if full is None or full.target is not TargetKind.NAMED:
        return mention
    document = replace(
        mention.document,
        number=full.number,
        year=full.year,
        date=full.date,
        issuer=full.issuer,
        name=mention.document.name or full.name,
    )
    return replace(mention, document=document)


def find_alias_uses(text: str, aliases: tuple[Alias, ...], mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The later uses of short names that are no names of laws by themselves: "Luật", "Quy chế", "Nghị định 10"."""
    starts = {mention.span.start for mention in mentions}
    found = []
    for alias in aliases:
        if not re.fullmatch(r"\w+(?:\s+\w+)?(?:\s+\d+)?", alias.name):
            continue
        pattern = re.compile(rf"(?<!\w){re.escape(alias.name)}(?!\w)(?!\s+(?:này|số|[A-ZĐÀ-Ỹ]))")
        for match in pattern.finditer(text, alias.span.end):
            if match.start() not in starts:
                found.append(Mention(Span(*match.span()), alias.document))
                starts.add(match.start())
    return tuple(found)

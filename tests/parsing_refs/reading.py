"""Short views of what the citation grammar finds, so that tests are tables of text against strings."""

from __future__ import annotations

from nlp.law.document import DocumentMention, Reference, TargetKind
from nlp.law.source import SourceText
from nlp.parsing.parse import parse
from nlp.parsing.references import extract_references


def name(mention: DocumentMention) -> str:
    """The document as a test writes it: "this", "22/2024/NĐ-CP", "Đất đai 2013", "attached 12/2024/QĐ-UBND", "amended ?"."""
    words = str(mention.number) if mention.number else mention.name
    if mention.number is None and (mention.date or mention.year):
        words += f" {mention.date or mention.year}"
    if mention.target is TargetKind.NAMED:
        return words
    return f"{mention.target.value} {words}".strip()


def cited(text: str) -> list[str]:
    """The citations of a text without a tree, "path @ document" each; generic talk of the law left out."""
    return [show(one) for one in extract_references(text, (), None) if one.document.target is not TargetKind.GENERIC]


def show(reference: Reference) -> str:
    return f"{reference.path or '-'} @ {name(reference.document)}".strip()


def source(text: str) -> SourceText:
    return SourceText("test.txt", "text/plain", "0" * 64, text)


def cited_in(text: str) -> list[str]:
    """The citations of a whole document, completed from the place where they stand, with that place."""
    document = parse(source(text))
    return [
        f"{one.source or 'preamble'}: {show(one)}"
        for one in document.references
        if one.document.target is not TargetKind.GENERIC
    ]


def changed_in(text: str) -> list[str]:
    """The operations of a document: "operation path @ document", with anchor, phrases and the first words of the new text."""
    document = parse(source(text))
    shown = []
    for one in document.amendments:
        line = f"{one.operation.value} {one.path or '-'} @ {name(one.document)}"
        line += f" after {one.after}" if one.after else ""
        line += f" [{one.old} > {one.new}]" if one.old else ""
        line += f" from {one.effective}" if one.effective else ""
        if one.payload:
            line += f" = {' '.join(one.payload.of(document.text).split())[:24]}"
        shown.append(line)
    return shown

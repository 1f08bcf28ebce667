"""A normative document as parsing leaves it: its identity, its tree of provisions, what it cites and what it changes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from nlp.law.identifiers import DocumentKey, DocumentNumber, ProvisionId
    from nlp.law.issuers import Issuer
    from nlp.law.rank import Kind, Normativity
    from nlp.law.source import ParseIssue, SourceText
    from nlp.law.span import Span
    from nlp.law.territory import Territory


class Level(StrEnum):
    """The levels of a document, from large to small; the value is the Akoma-Ntoso-style path prefix."""

    PART = "part"  # Phần
    CHAPTER = "chp"  # Chương
    SECTION = "sec"  # Mục
    SUBSECTION = "subsec"  # Tiểu mục
    ARTICLE = "art"  # Điều
    CLAUSE = "cl"  # khoản
    POINT = "pt"  # điểm
    DASH = "ds"  # gạch đầu dòng, numbered by position
    ANNEX = "annex"  # Phụ lục
    ATTACHED = "attached"  # văn bản ban hành kèm theo: restarts at Điều 1
    ROW = "row"  # a row of a table, numbered by position


@dataclass(frozen=True, slots=True)
class Provision:
    """One unit of the tree.

    `span` covers the unit with all below it; `own` the unit's own words (marker, heading and lead text before its first child).
    `number` is the printed number without its marker: "5", "7a", "3a", "đ", "b1", "II"; a dash or row has its position.
    `quoted` units stand inside the payload of an amending act: they belong to the amended document and are never counted as provisions of this one.
    """

    id: ProvisionId
    level: Level
    number: str
    heading: str  # "" where the unit has none
    span: Span
    own: Span
    parent: str | None  # path of the parent, None for top units
    quoted: bool = False
    children: tuple[str, ...] = ()  # paths, in order

    @property
    def path(self) -> str:
        """The path inside the document: "main/art_5/cl_2/pt_a"."""
        return self.id.path


class TargetKind(StrEnum):
    """Which document a citation points to."""

    THIS = "this"  # "Luật này", "Điều này", or a bare "Điều 5"
    NAMED = "named"  # by number, name, date or alias
    AMENDED = "amended"  # "Luật này" inside a quoted payload: the amended document
    ATTACHED = "attached"  # "Quy định ban hành kèm theo ..."
    GENERIC = "generic"  # "theo quy định của pháp luật về đất đai": nothing to resolve


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """A document as a text names it: any of its fields may be missing.

    "Luật Đất đai số 31/2024/QH15" -> kind LAW, name "Đất đai", number 31/2024/QH15; "Luật Đất đai năm 2013" -> name and year;
    "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025" -> name and date.
    """

    target: TargetKind
    kind: Kind | None = None
    number: DocumentNumber | None = None
    name: str = ""  # title without the kind, as printed
    year: int | None = None
    date: dt.date | None = None
    issuer: str = ""  # as printed: "Chính phủ", "Ủy ban nhân dân tỉnh Thái Bình"


@dataclass(frozen=True, slots=True)
class Reference:
    """One cited unit ("các điểm b, c khoản 1 Điều 49" gives two): where it stands and what it names.

    `path` is relative ("art_49/cl_1/pt_b"), None when the whole document is cited. `source` is the path of the smallest provision
    around it, None in the preamble. `span` covers the printed citation that the unit was expanded from.
    """

    span: Span
    source: str | None
    document: DocumentMention
    path: str | None = None
    quoted: bool = False  # inside the payload of an amending act


class Operation(StrEnum):
    """What an amending text does to its target."""

    AMEND = "amend"  # sửa đổi, bổ sung
    INSERT = "insert"  # bổ sung (unit mới)
    REPLACE = "replace"  # thay thế (the whole target)
    REPEAL = "repeal"  # bãi bỏ
    REPLACE_PHRASE = "replace_phrase"  # thay cụm từ
    DELETE_PHRASE = "delete_phrase"  # bỏ cụm từ
    RENAME = "rename"  # sửa đổi tên Điều, Chương, văn bản
    SUSPEND = "suspend"  # đình chỉ thi hành
    PAUSE = "pause"  # ngưng hiệu lực
    CORRECT = "correct"  # đính chính
    EXPIRE = "expire"  # hết hiệu lực, công bố hết hiệu lực


@dataclass(frozen=True, slots=True)
class Amendment:
    """One operation on one target unit: who (`source`, path of the amending provision) does what to which unit of which document.

    `path` is the target's relative path, None for the whole document; `payload` is the span of the new text (without quotes);
    `after` is the sibling after which an inserted unit goes; `old`/`new` are the phrases of phrase operations; `effective` is the day
    that the operation's own sentence gives ("hết hiệu lực kể từ ngày ..."), None when it takes effect with the amending document.
    """

    operation: Operation
    span: Span
    source: str | None
    document: DocumentMention
    path: str | None = None
    payload: Span | None = None
    after: str | None = None
    old: str = ""
    new: str = ""
    effective: dt.date | None = None


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One "Căn cứ ..." line: its span and the documents it names (a chain of amendments names several)."""

    span: Span
    documents: tuple[DocumentMention, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """The identity of a document as its first and last pages print it; missing fields are None or empty, with an issue."""

    kind: Kind
    number: DocumentNumber | None
    issuer: Issuer | None
    place: str
    issued: dt.date | None
    title: str  # trích yếu
    effective: dt.date | None
    expires: dt.date | None
    territory: Territory | None
    normativity: Normativity
    rank: int | None
    signer_role: str = ""  # "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"; never a personal name
    consolidates: tuple[DocumentMention, ...] = ()  # sources of a "văn bản hợp nhất"
    issuer_text: str = ""  # the issuing body as printed


@dataclass(frozen=True, slots=True)
class NormativeDocument:
    """A parsed document.

    Invariant: spans of top-level provisions, the header before them and the furniture reassemble `source.text`; nothing is lost or invented.
    `provisions` is in text order, parents before children.
    """

    key: DocumentKey
    header: Header
    source: SourceText
    provisions: tuple[Provision, ...]
    legal_bases: tuple[LegalBasis, ...] = ()
    references: tuple[Reference, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    issues: tuple[ParseIssue, ...] = ()

    @property
    def text(self) -> str:
        """The document's text; every span of this document is over it."""
        return self.source.text

    def provision(self, path: str) -> Provision | None:
        """The provision with this path, None if there is none."""
        return next((unit for unit in self.provisions if unit.path == path), None)

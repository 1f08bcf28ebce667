"""The documents that a text cites: mentions with their short names completed, without captions and without laws inside titles."""

from __future__ import annotations

import re

from nlp.law.document import DocumentMention, TargetKind
from nlp.parsing.aliases import bind, find_alias_uses, find_aliases
from nlp.parsing.mentions import Mention, find_mentions

# "(Ban hành kèm theo Quyết định số ...)" under the title of an annex is its caption, not a citation
_CAPTION = re.compile(
    r"(?:^|\n)\s*[(\[]\s*(?:Được\s+)?(?:[Bb]an\s+hành\s+)?[Kk]èm\s+theo\s+$|[(\[]\s*(?:Được\s+ban|Ban)\s+hành\s+kèm\s+theo\s+$"
)
_TITLE = re.compile(
    r"\s*,?\s*(?:quy\s+định|hướng\s+dẫn|về|ban\s+hành|sửa\s+đổi|bổ\s+sung|phê\s+duyệt|thay\s+thế|quyết\s+định|công\s+bố)(?!\w)"
    r"(?:[^;.:“”]|;(?=\s+(?:quy|hướng|sửa|bổ)\s)){0,400}",
    re.IGNORECASE,
)
_AFTER_TITLE = re.compile(
    r"(?:được|đã)\s+(?:được\s+)?sửa\s+đổi|sau\s+đây|[()]|\n\s*\n|,\s*(?:Luật|Bộ\s+luật|Nghị\s+định|Thông\s+tư)|thì|phải|có\s+hiệu\s+lực"
)


# a unit of the law is cited, inside the title or not
_CITED_UNIT = re.compile(
    r"(?:điểm|khoản|[Đđ]iều|[Mm]ục|[Cc]hương|[Pp]hụ\s+lục)\s+(?:\d+\w*|[a-zđ]\d?|[IVXLC]+)\s+(?:của\s+)?$"
)


def document_mentions(text: str) -> tuple[Mention, ...]:
    """The documents that `text` names, short names completed from their definitions, laws inside titles left out."""
    mentions = find_mentions(text)
    aliases = find_aliases(text, mentions)
    bound = bind(mentions, aliases, text)
    uses = find_alias_uses(text, aliases, bound)
    together = tuple(sorted((*bound, *uses), key=lambda mention: mention.span))
    titled = titled_mentions(text, together)
    return tuple(
        mention
        for index, mention in enumerate(together)
        if not (index in titled and _is_name(mention) and not _CITED_UNIT.search(_before(text, mention)))
        and not _CAPTION.search(_before(text, mention))
    )


def _before(text: str, mention: Mention) -> str:
    return text[max(0, mention.span.start - 60) : mention.span.start]


def basis_documents(line: str) -> tuple[DocumentMention, ...]:
    """The documents that one căn cứ line names, its chain of amendments included; those inside titles are no legal basis."""
    mentions = document_mentions(line)
    titled = titled_mentions(line, mentions)
    return tuple(
        mention.document
        for index, mention in enumerate(mentions)
        if index not in titled and mention.document.target is not TargetKind.THIS
    )


def _is_name(mention: Mention) -> bool:
    return mention.plain or (mention.document.number is None and mention.document.target is TargetKind.NAMED)


def titled_mentions(text: str, mentions: tuple[Mention, ...]) -> frozenset[int]:
    """The indexes of mentions that stand in the title of the numbered document before them ("Nghị định số ... quy định chi tiết Luật Đất đai")."""
    inside: set[int] = set()
    head: Mention | None = None
    for index, mention in enumerate(mentions):
        if head is not None and mention.span.start >= head.span.end:
            between = text[head.span.end : mention.span.start]
            if in_title(between):
                inside.add(index)
                continue
        if mention.document.number is not None and not mention.plain:
            head = mention
    return frozenset(inside)


def in_title(between: str) -> bool:
    """Whether the words behind a numbered document begin its title, and the title goes on to the end of them."""
    return len(between) < 500 and _TITLE.fullmatch(between) is not None and _AFTER_TITLE.search(between) is None


# "..., đã được sửa đổi, bổ sung một số điều theo Luật số A, Luật số B và ...": the chain of earlier amendments behind a document
_AMENDED_BY = re.compile(
    r"[^;.]{0,400}?(?:được|đã)\s+(?:được\s+)?sửa\s+đổi(?:,?\s+(?:và\s+)?bổ\s+sung)?[^;.]{0,60}?\s(?:bởi|theo|tại|bằng)\s+(?:[^;.]{0,300}(?:,|và)\s+)?",
    re.IGNORECASE,
)


def in_amendment_chain(between: str) -> bool:
    """Whether the words behind a document say that it was amended by the one that follows them."""
    return len(between) < 700 and _AMENDED_BY.fullmatch(between) is not None

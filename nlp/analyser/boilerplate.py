"""Provisions that look alike in every document and command nothing that could conflict: scope, addressees, entry into force, who carries out."""

from __future__ import annotations

import re

_SCOPE = re.compile(
    r"phạm vi(?: điều chỉnh)?(?:,| và)? ?(?:đối tượng(?: áp dụng)?)?|đối tượng(?: áp dụng)?(?: và phạm vi(?: điều chỉnh)?)?"
)
_CLOSING = re.compile(
    r"(?:điều khoản thi hành|hiệu lực(?: và trách nhiệm)? thi hành|tổ chức thực hiện|trách nhiệm (?:thi hành|tổ chức thực hiện)|hiệu lực)"
)
# The whole of a closing clause; what is added after the date ("và áp dụng đối với ...") is a rule of its own and is compared.
_IN_FORCE = re.compile(
    r"(?:\d+\.\s*)?(?:[\w\s]{1,40}) này (?:có hiệu lực|hiệu lực)(?: thi hành)? (?:kể )?từ ngày[^.;]{1,40}"
    r"(?:[.;,]? ?(?:và )?(?:thay thế|bãi bỏ|hủy bỏ)[^\n]*)?[.;]?(?:/\.)?",
    re.IGNORECASE,
)
_CARRIED_OUT = re.compile(
    r"chịu trách nhiệm (?:thi hành|tổ chức thực hiện|thực hiện)[^.;\n]{0,80} này[.;]?(?:/?\.)?\s*(?:\(?đã ký\)?)?\s*$",
    re.IGNORECASE,
)
_THIS = r"(?:thực hiện|thi hành) (?:nghị quyết|quyết định|quy định|quy chế|chỉ thị|văn bản)(?: này)?(?: theo quy định(?: của pháp luật)?)?[.;]?(?:/\.)?"
# "Giao Ủy ban nhân dân tỉnh tổ chức triển khai thực hiện Nghị quyết này", and who watches over it: no own content may follow
_HANDED_ON = re.compile(
    r"(?:\d+\.\s*)?(?:[\w\s]{0,40}\b)?giao(?: cho)? [^.;:\n]{1,160}? (?:tổ chức|triển khai|hướng dẫn)[^.;:\n]{0,40}? "
    + _THIS,
    re.IGNORECASE,
)
_WATCHED = re.compile(
    r"(?:\d+\.\s*)?[^.;:\n]{1,300}? giám sát (?:việc )?(?:tổ chức )?(?:triển khai )?" + _THIS, re.IGNORECASE
)
_ADOPTED = re.compile(
    r"(?:\d+\.\s*)?[\w\s]{1,30} này (?:đã )?được [^.;:\n]{1,200}? thông qua[^.;:\n]{0,200}[.;]?(?:/\.)?", re.IGNORECASE
)


def is_boilerplate(text: str, heading: str) -> bool:
    """Whether a unit is scope, addressee or closing boilerplate, judged by its heading and its own words."""
    title = " ".join(heading.lower().split()).rstrip(".:")
    body = " ".join(text.split())
    body = re.sub(r"^Điều \d+[a-zđ]?\s?[.:]\s*", "", body)
    body = body.removeprefix(" ".join(heading.split())).lstrip(" .:") or body
    if _SCOPE.fullmatch(title):
        return True
    return any(whole.fullmatch(body) for whole in (_IN_FORCE, _HANDED_ON, _WATCHED, _ADOPTED)) or (
        bool(_CLOSING.fullmatch(title) or not title) and bool(_CARRIED_OUT.search(body))
    )

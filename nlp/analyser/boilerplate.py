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


def is_boilerplate(text: str, heading: str) -> bool:
    """Whether a unit is scope, addressee or closing boilerplate, judged by its heading and its own words."""
    title = " ".join(heading.lower().split()).rstrip(".:")
    body = " ".join(text.split())
    body = re.sub(r"^Điều \d+[a-zđ]?\s?[.:]\s*", "", body)
    body = body.removeprefix(" ".join(heading.split())).lstrip(" .:") or body
    if _SCOPE.fullmatch(title):
        return True
    return bool(_IN_FORCE.fullmatch(body)) or (
        bool(_CLOSING.fullmatch(title) or not title) and bool(_CARRIED_OUT.search(body))
    )

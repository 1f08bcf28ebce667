"""When a document takes effect and when it ends, as its own closing articles say (Điều 53 and 57 Luật 64/2025/QH15)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.law.document import Level
from nlp.parsing.dates import DATE, date_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlp.parsing.units import Unit

_SELF = (
    r"(?:Hiến\s+pháp|Bộ\s+luật|Luật|Pháp\s+lệnh|Nghị\s+quyết|Lệnh|Quyết\s+định|Nghị\s+định|Thông\s+tư(?:\s+liên\s+tịch)?|Chỉ\s+thị|Quy\s+định|Quy\s+chế|"
    r"Văn\s+bản)\s+này"
)
_STARTS = re.compile(
    rf"(?P<self>{_SELF})(?P<between>[^.;]{{0,260}}?)(?<!hết\s)có\s+hiệu\s+lực(?:\s+(?:thi\s+hành|thực\s+hiện|pháp\s+luật|áp\s+dụng))?\s*,?\s*(?:k[ểếêe]\s+)?(?:từ|sau)?(?:\s+sau)?\s*"
    rf"(?:(?P<days>\d{{1,3}}|mười|mười\s+lăm|bốn\s+mươi\s+lăm)\s*(?:\([^)]*\)\s*)?ngày,?\s*(?:làm\s+việc\s*,?\s*)?(?:k[ểếêe]\s+)?từ\s+)?(?:{DATE}|(?P<signed>ngày\s+(?:ký|kí|ban\s+hành|được\s+(?:Hội|HĐND)[^.;]{{0,60}}thông\s+qua|thông\s+qua))|(?P<gazette>ngày\s+đăng))",
    re.IGNORECASE,
)
_NUMBER_WORDS = {"mười": 10, "mười lăm": 15, "bốn mươi lăm": 45}
# "có hiệu lực ... đến hết ngày 31 tháng 12 năm 2030"; the day after is the first without force
_ENDS = re.compile(
    rf"{_SELF}[^.;]{{0,260}}?(?:có\s+hiệu\s+lực|được\s+(?:thực\s+hiện|áp\s+dụng)|áp\s+dụng)[^.;]{{0,120}}?(?:đến\s+(?P<through>hết\s+)?|và\s+hết\s+hiệu\s+lực[^.;]{{0,60}}?từ\s+){DATE}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Effect:
    """The days that a document itself names: `effective` the first with force, `expires` the first without it; None where it names none."""

    effective: dt.date | None
    expires: dt.date | None


def read_effect(text: str, units: Sequence[Unit], issued: dt.date | None) -> Effect:
    """The effect of a document from its own articles, the last first; `issued` resolves "kể từ ngày ký" and "sau 10 ngày kể từ ngày ký".

    Quoted payloads, attached texts and annexes are not read: they speak of other documents. "sau 45 ngày kể từ ngày đăng Công báo" stays None.
    """
    effective: dt.date | None = None
    expires: dt.date | None = None
    for start, end in _own_articles(units):
        passage = text[start:end]
        if effective is None:
            effective = next(filter(None, (_start(match, issued) for match in _STARTS.finditer(passage))), None)
        if expires is None and (match := _ENDS.search(passage)):
            expires = _end(match)
        if effective is not None:
            break
    if expires is not None and effective is not None and expires <= effective:
        expires = None
    return Effect(effective, expires)


def _own_articles(units: Sequence[Unit]) -> list[tuple[int, int]]:
    """The ranges of the main part's articles (or its whole, without articles), last first, payloads cut out at their start."""
    main = [unit for unit in units if unit.level not in (Level.ANNEX, Level.ATTACHED)]
    articles = [unit for top in main for unit in top.walk() if unit.level is Level.ARTICLE and not unit.quoted]
    return [(unit.start, unit.end) for unit in reversed(articles or main)]


def _start(match: re.Match[str], issued: dt.date | None) -> dt.date | None:
    if re.search(r"\bkhông\s*$|\bchưa\s*$", match["between"]):
        return None
    days = match["days"]
    delay = 0 if not days else int(days) if days.isdigit() else _NUMBER_WORDS[re.sub(r"\s+", " ", days.lower())]
    if match["signed"]:
        return issued + dt.timedelta(days=delay) if issued else None
    if match["gazette"]:
        return None
    named = date_of(match)
    return named + dt.timedelta(days=delay) if named and delay else named


def _end(match: re.Match[str]) -> dt.date | None:
    named = date_of(match)
    if named is None:
        return None
    return named + dt.timedelta(days=1) if match["through"] else named

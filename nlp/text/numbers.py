"""Quantities of a text: numerals in words and digits with unit, comparator and range, in exact base units."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import prod

from nlp.law.norm import Comparator, Deadline, Dimension, Quantity
from nlp.law.span import Span
from nlp.text.bounds import inherit_bounds
from nlp.text.comparing import comparator_at
from nlp.text.lexicon import alternatives, counted_nouns, no_nouns, units
from nlp.text.numerals import NUMERAL_DIGITS, NUMERAL_WORDS, SCALE_WORDS, parse_digits, parse_half, parse_words
from nlp.text.segment import fold, folded_pattern

_UNIT_FORMS = alternatives(tuple(units()))
_LETTER = r"[^\W_]"
# one number: "02 (hai)", "1,5 tỷ", "hai mươi lăm", "nửa", "2/3"; named groups are read by _value
_NUMBER = (
    rf"(?:(?P<half>một\s+nửa|nửa|\d{{1,2}}/\d{{1,3}}(?![\d/])|\d{{1,2}}\s+phần\s+\d{{1,2}}|(?:một|hai|ba)\s+phần\s+(?:hai|ba|tư|bốn|năm|mười))"
    rf"|(?P<digits>{NUMERAL_DIGITS})(?:\s*\((?:{NUMERAL_WORDS})\))?(?P<scale>(?:\s+(?:{SCALE_WORDS})(?!{_LETTER}))*)"
    rf"(?P<more>(?:(?<={_LETTER})\s+\d{{1,3}}(?:\s+(?:{SCALE_WORDS})(?!{_LETTER}))+)*)"  # "1 triệu 500 nghìn đồng"
    rf"|(?P<words>{NUMERAL_WORDS})(?:\s*\(\s*\d{{1,4}}\s*\))?)"  # "ba (03) ngày làm việc"
    rf"(?P<rest>\s+rưỡi(?!{_LETTER}))?"
)
# a unit, then optionally "rưỡi" ("hai năm rưỡi") and "đồng/m2/tháng" tails
_UNIT = rf"(?P<unit>{_UNIT_FORMS})(?![^\W_])(?P<after_half>\s+rưỡi)?(?P<per>(?:\s*/\s*(?:\d+\s*)?[^\W\d_]+[²³23]?)*)"
# "năm rưỡi", "tháng rưỡi" without a number are one and a half; "gấp đôi", "gấp rưỡi" are ratios of their own
_ALONE = r"(?P<alone>năm|tháng|tuần|ngày|giờ)\s+rưỡi(?![^\W_])|(?<=gấp\s)(?P<ratio>đôi|rưỡi|hai|ba|bốn|năm|sáu|mười)(?!\s+(?:lần|phần|mươi|trăm))(?![^\W_])"
_PATTERN = folded_pattern(rf"(?<![\w/.,-])(?:{_ALONE}|{_NUMBER}(?:\s*{_UNIT})?)")

# numbers that name something instead of measuring: "Điều 5", "khoản 2", "số 12/2024", "Mẫu số 01", "Phụ lục 2", "nhóm 3", "cấp 2", "loại 1", "bậc 5/7"
_NAME_BEFORE = folded_pattern(
    r"(?:điều|khoản|các khoản|điểm|chương|mục|phần|số|mẫu|biểu|phụ lục|bảng|nhóm|hạng|loại|bậc|cấp|lớp|khoá|quyển|"
    r"tập|trang|tổ|vùng|khu vực|nghị quyết|luật|kỳ|thứ|quốc lộ|tiết|giai đoạn)\s*$"
)
_DOCUMENT_AFTER = folded_pattern(r"\s*/\s*(?:\d{4}|[a-zđ]{2})|\s*[a-zđ]?\s*(?:điều|khoản)\b")
_LIST_BEFORE = folded_pattern(
    r"(?:điều|khoản|điểm|mẫu số)\s+\d+[a-zđ]?(?:\s*(?:,|và|đến|hoặc|-)\s*\d+[a-zđ]?)*\s*(?:,|và|đến|hoặc|-)\s*$"
)
_RANGE_LINK = folded_pattern(
    r"\s*(?:-|đến|tới)\s*(?P<strict>dưới\s+|cận\s+|không quá\s+|tối đa\s+|đủ\s+|hết\s+|dưới mức\s+)?$"
)
# things that are counted when no unit follows: the noun right after the number
# "chậm nhất là ngày thứ 10 kể từ ngày phát sinh" is a limit of ten days; "ngày thứ 5 hằng tuần" is a weekday
_NTH_DAY = folded_pattern(
    rf"ngày(?P<work>\s+làm việc)?\s+thứ\s+(?:(?P<digits>\d{{1,3}})|(?P<words>{NUMERAL_WORDS}))(?:\s*\([^)]{{1,20}}\))?"
    r"(?P<after>\s+làm việc)?(?=\s*,?\s*(?:kể từ|tính từ|sau|từ khi|từ ngày))"
)
_DATE_LIMIT = folded_pattern(r"(?<!\w)(?:trước|đến hết|hết|không quá)\s*$")
_COUNTED = folded_pattern(r"\s+(?P<noun>[^\W\d_]+(?:\s+[^\W\d_]+)?)")
# after an amount that is told without "đồng": "không quá hai nghìn một lượt", "20 triệu/hộ", "một tỷ hai."
_NO_UNIT_AFTER = folded_pattern(
    r"\s*(?:$|[,;.:)/]|(?:một|mỗi|cho|trở|và|hoặc|thì|đến|tới|hằng|hàng|để|nếu|khi|với|từ|trong|tuỳ|bằng|do|theo)(?!\w))"
)

_DATE = folded_pattern(
    r"(?:ngày\s+)?(?P<d>\d{1,2})\s*(?:/|-|\.)\s*(?P<m>\d{1,2})\s*(?:/|-|\.)\s*(?P<y>\d{4})(?!\d)"
    r"|(?:ngày|mùng)\s+(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})(?:\s+năm\s+(?P<y2>\d{4}))?"
    r"|(?:ngày|mùng)\s+(?P<d4>\d{1,2})\s*/\s*(?P<m4>\d{1,2})(?![\d/])"
    r"|(?:tháng\s+(?P<m3>\d{1,2})\s*(?:/|năm)\s*|năm\s+(?:học\s+)?)(?P<y3>(?:19|20)\d{2})"
    r"|(?<!\w)ngày\s+(?P<d5>\d{1,2})\s+(?:hằng|hàng|của|mỗi)\s+tháng"
)

_TIME = frozenset({Dimension.DURATION, Dimension.CALENDAR_MONTHS, Dimension.WORKING_DAYS})


@dataclass(frozen=True, slots=True)
class _Raw:
    """A number as printed with the words around it, before ranges are joined."""

    start: int
    end: int
    value: Fraction
    unit: str  # folded, "" where none was printed
    dimension: Dimension
    factor: Fraction


@lru_cache(maxsize=65_536)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every measured number of a text in order: value in base units, comparator, unit as printed; dates among them (Dimension.DATE).

    "không quá 30 ngày" is AT_MOST 720 hours; "từ 5.000.000 đồng đến 10.000.000 đồng" is one RANGE; "hai mươi lăm tháng" is 25 months; "ngày"
    and "ngày làm việc" have different dimensions. Numbers of articles, documents and forms are no quantities. A full date has its ordinal as
    value, a date without year (unit "ngày/tháng") month * 100 + day, a bare year (unit "năm") the year.
    """
    folded = fold(text)
    dates = _dates(folded)
    dates += _ordinals(folded)
    taken = [quantity.span for quantity in dates]
    raws: list[_Raw] = []
    for match in _PATTERN.finditer(folded):
        span = Span(match.start(), match.end())
        if any(span.overlaps(other) for other in taken):
            continue
        raw = _read(folded, match)
        if raw is not None:
            raws.append(raw)
    found = inherit_bounds(folded, [*dates, *_joined(folded, raws)])
    return tuple(sorted(found, key=lambda quantity: quantity.span))


def _dates(folded: str) -> list[Quantity]:
    found: list[Quantity] = []
    for match in _DATE.finditer(folded):
        day = match["d"] or match["d2"] or match["d4"] or match["d5"]
        month = match["m"] or match["m2"] or match["m3"] or match["m4"]
        year = match["y"] or match["y2"] or match["y3"]
        span = Span(match.start(), match.end())
        if day and month and year:
            try:
                value = Fraction(dt.date(int(year), int(month), int(day)).toordinal())
            except ValueError:  # "31/02/2024": malformed text is left alone
                continue
            unit = "ngày/tháng/năm"
        elif day and month:
            value, unit = Fraction(int(month) * 100 + int(day)), "ngày/tháng"
        elif day:
            value, unit = Fraction(int(day)), "ngày hằng tháng"
        elif month and year:
            value, unit = Fraction(int(year) * 12 + int(month)), "tháng/năm"
        else:
            value, unit = Fraction(int(year)), "năm"
        comparator = comparator_at(folded, span.start, span.end, time=True)
        if _DATE_LIMIT.search(folded[max(0, span.start - 12) : span.start]):
            comparator = Comparator.AT_MOST
        found.append(Quantity(span, value, None, comparator, Dimension.DATE, unit))
    return found


def _ordinals(folded: str) -> list[Quantity]:
    found: list[Quantity] = []
    for match in _NTH_DAY.finditer(folded):
        value = Fraction(match["digits"]) if match["digits"] else parse_words(match["words"])
        if value is None:
            continue
        unit = units()["ngày làm việc" if match["work"] or match["after"] else "ngày"]
        comparator = comparator_at(folded, match.start(), match.end(), time=True)
        span = Span(match.start(), match.end())
        found.append(Quantity(span, value * unit.factor, None, comparator, unit.dimension, unit.form))
    return found


def _read(folded: str, match: re.Match[str]) -> _Raw | None:
    start, end = match.start(), match.end()
    if match["alone"]:
        unit = units()[match["alone"]]
        return _Raw(start, end, unit.factor * Fraction(3, 2), unit.form, unit.dimension, unit.factor)
    if match["ratio"]:
        return _Raw(
            start, end, _RATIOS.get(match["ratio"]) or _spelled(match["ratio"]), "lần", Dimension.RATIO, Fraction(1)
        )
    value = _value(match)
    if value is None:
        return None
    before = folded[max(0, start - 40) : start]
    printed = match["unit"] or ""
    if (_NAME_BEFORE.search(before) and printed in {"", "m", "v", "l", "g", "điểm"}) or _LIST_BEFORE.search(before):
        return None
    if not printed and _DOCUMENT_AFTER.match(folded, end):
        return None
    if not printed and _large(match) and _NO_UNIT_AFTER.match(folded, end):
        per = re.match(r"(?:\s*/\s*[^\W\d_]+)*", folded[end:])
        return _Raw(
            start, end, value, "đồng" + (re.sub(r"\s+", "", per.group()) if per else ""), Dimension.MONEY, Fraction(1)
        )
    if printed:
        if match["words"] == "năm" and printed == "năm" and re.match(r"\s+\d{4}", folded[end:]):
            return None  # "hằng năm, năm 2025"
        unit = units()[" ".join(printed.split())]
        if printed == "đ" and value < _LEAST_MONEY:
            return None
        value = value * unit.factor
        if match["after_half"]:
            value += unit.factor / 2
        if unit.dimension is Dimension.CALENDAR_MONTHS and value == Fraction(1, 2):
            # "nửa tháng" is fifteen days (Điều 147 Bộ luật Dân sự 2015)
            return _Raw(start, end, Fraction(360), "ngày", Dimension.DURATION, Fraction(24))
        tail = re.sub(r"\s+", "", match["per"] or "")
        return _Raw(start, end, value, printed + tail, unit.dimension, unit.factor)
    noun = _COUNTED.match(folded, end)
    things = noun["noun"].split() if noun else []
    word = things[0] if things else ""
    if match["half"] and "/" not in match["half"] and word not in counted_nouns():
        return _Raw(start, end, value * 100, "phần", Dimension.PERCENT, Fraction(1))
    if match["words"]:
        if word not in counted_nouns():
            return None
    elif not word or word in no_nouns():
        return (
            _Raw(start, end, value, "", Dimension.OTHER, Fraction(1)) if match["digits"] and not match["half"] else None
        )
    if match["half"]:
        return _Raw(start, end, value * 100, "phần", Dimension.PERCENT, Fraction(1))
    things = things[:1] if things[1:] and things[1] in no_nouns() else things
    return _Raw(start, end, value, " ".join(things), Dimension.COUNT, Fraction(1))


_RATIOS = {"đôi": Fraction(2), "rưỡi": Fraction(3, 2)}
_LEAST_MONEY = 100  # đồng: "2 đ" is a point of a clause
# "đầu tư công", "vốn đầu tư năm 2025": these syllables end a numeral, they are none
_NEVER_ALONE = frozenset({"tư", "lăm", "nhăm", "mốt"})
_LARGE = re.compile(rf"(?<!\w)(?:{SCALE_WORDS})(?!\w)")


def _large(match: re.Match[str]) -> bool:
    """Whether the number is told in thousands or millions: without a unit it is money."""
    return bool((match["digits"] and match["scale"]) or (match["words"] and _LARGE.search(match["words"])))


def _spelled(word: str) -> Fraction:
    return parse_words(word) or Fraction(1)


def _value(match: re.Match[str]) -> Fraction | None:
    if match["half"]:
        return parse_half(" ".join(match["half"].split()))
    if match["words"]:
        words = match["words"].split()
        if (words == ["năm"] and not match["unit"]) or words[0] in _NEVER_ALONE:
            return None
        value = parse_words(" ".join(words))
    else:
        value = parse_digits(match["digits"])
        for scale in (match["scale"] or "").split():
            value *= _spelled(f"một {scale}")
        for part in re.finditer(r"(\d+)((?:\s+[^\W\d_]+)+)", match["more"] or ""):
            value += Fraction(part[1]) * prod(_spelled(f"một {scale}") for scale in part[2].split())
    if value is not None and match["rest"]:
        last = ([*match["words"].split()] if match["words"] else (match["scale"] or "").split())[-1:]
        value += (parse_words(f"một {last[0]}") or Fraction(1)) / 2 if last else Fraction(1, 2)
    return value


def _joined(folded: str, raws: list[_Raw]) -> list[Quantity]:
    found: list[Quantity] = []
    index = 0
    while index < len(raws):
        raw = raws[index]
        following = raws[index + 1] if index + 1 < len(raws) else None
        link = _RANGE_LINK.fullmatch(folded, _after_things(folded, raw), following.start) if following else None
        if following and link and _comparable(raw, following):
            low = raw.value
            if not raw.unit:
                low = raw.value * following.factor
                if following.dimension is Dimension.MONEY and low < 1_000 <= following.value:  # "5 đến 10 triệu đồng"
                    low = _scaled(raw.value, following.value)
            before = folded[max(0, raw.start - 8) : raw.start]
            found.append(
                Quantity(
                    Span(raw.start, following.end), low, following.value, Comparator.RANGE, following.dimension, following.unit,
                    includes_value=not re.search(r"(?:trên|hơn)\s*$", before),
                    includes_upper=not (link["strict"] or "").startswith("dưới"),
                )
            )  # fmt: skip
            index += 2
            continue
        comparator = comparator_at(folded, raw.start, raw.end, time=raw.dimension in _TIME)
        found.append(Quantity(Span(raw.start, raw.end), raw.value, None, comparator, raw.dimension, raw.unit))
        index += 1
    return found


def _after_things(folded: str, raw: _Raw) -> int:
    """Where a number ends with the things it counts: "10 người" in "từ 10 người đến 50 người"."""
    things = raw.unit.split()[:1] if raw.dimension is Dimension.COUNT else []
    printed = re.match(rf"\s+{re.escape(things[0])}(?!\w)", folded[raw.end :]) if things else None
    return raw.end + printed.end() if printed else raw.end


def _comparable(low: _Raw, high: _Raw) -> bool:
    same = low.dimension is high.dimension and (
        low.dimension is not Dimension.COUNT or not low.unit or low.unit.split()[0] == high.unit.split()[0]
    )
    return bool(high.unit) and (same or not low.unit or low.dimension is Dimension.OTHER)


def _scaled(low: Fraction, high: Fraction) -> Fraction:
    """`low` in the thousands or millions of `high`: "5 đến 10 triệu đồng"."""
    for power in (10**9, 10**6, 10**3):
        if high >= power and high / power < 1_000:
            return low * power
    return low


_START = folded_pattern(
    r"\s*,?\s*(?:(?:kể\s+|tính\s+)?từ\s+(?:khi|ngày|thời điểm|lúc|ngày kế tiếp)|kể từ|tính từ|sau khi|sau ngày|"
    r"trước khi|trước ngày|sau)\s+(?P<event>[^.;\n]{3,160})"
)
_EVENT_END = folded_pattern(r",| thì | phải | có trách nhiệm | xem xét|(?<!nhận) được ")


@lru_cache(maxsize=65_536)
def find_deadlines(text: str) -> tuple[Deadline, ...]:
    """The time limits of a text in order: bounded durations, and durations counted from an event ("kể từ ngày nhận đủ hồ sơ hợp lệ")."""
    folded = fold(text)
    found: list[Deadline] = []
    for quantity in find_quantities(text):
        if quantity.dimension not in _TIME:
            continue
        start = _START.match(folded, quantity.span.end)
        event = ""
        end = quantity.span.end
        if start:
            cut = _EVENT_END.search(folded, start.start("event"))
            end = min(start.end(), cut.start() if cut else start.end())
            event = text[start.start("event") : end].strip()
        if start or quantity.comparator is Comparator.AT_MOST:
            found.append(Deadline(Span(quantity.span.start, end), quantity, event))
    return tuple(found)

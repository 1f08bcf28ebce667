"""What a clause commands: who must, may or must not do what, when, how much, unless."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction  # noqa: TC003  (a field type, needed by dataclass users)
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlp.law.span import Span


class Modality(StrEnum):
    """The deontic force of a norm. Passive "được" ("được cấp giấy phép") is no permission."""

    OBLIGATION = "obligation"  # phải, có trách nhiệm, có nghĩa vụ
    PROHIBITION = "prohibition"  # không được, nghiêm cấm, cấm
    PERMISSION = "permission"  # được, được phép, có quyền, có thể
    RESTRICTION = "restriction"  # chỉ được, chỉ ... khi
    EXEMPTION = "exemption"  # không phải, không bắt buộc, miễn
    DEFINITION = "definition"  # ... là ...
    STATEMENT = "statement"  # no deontic word: competence, amount, procedure told in the indicative


class Comparator(StrEnum):
    """How a quantity bounds what it measures."""

    EXACT = "="
    AT_MOST = "<="  # không quá, tối đa
    LESS = "<"  # dưới
    AT_LEAST = ">="  # tối thiểu, ít nhất, từ ... trở lên
    MORE = ">"  # trên
    RANGE = ".."  # từ ... đến ...


class Dimension(StrEnum):
    """What a unit measures. Calendar days and working days are different dimensions: neither converts to the other."""

    MONEY = "money"  # đồng
    PERCENT = "percent"
    AREA = "area"  # m²
    LENGTH = "length"  # m
    MASS = "mass"  # kg
    VOLUME = "volume"  # lít
    DURATION = "duration"  # calendar: hours
    CALENDAR_MONTHS = "months"  # months and years: not a fixed number of days
    WORKING_DAYS = "working_days"
    AGE = "age"  # tuổi, in years
    COUNT = "count"  # of the things named by `unit`
    RATIO = "ratio"  # lần, hệ số
    POINTS = "points"  # điểm số
    TEMPERATURE = "temperature"
    DATE = "date"  # a calendar date, as ordinal
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with unit and comparator; `value` (and `upper` of a range) are exact in the dimension's base unit.

    Base units: đồng, percent, m², m, kg, litre, hours (DURATION), months (CALENDAR_MONTHS), working days, years (AGE), things (COUNT).
    `unit` is the printed unit, lower case; `role` is the noun it measures as printed nearby ("mức hỗ trợ"), "" if unknown.
    """

    span: Span
    value: Fraction
    upper: Fraction | None
    comparator: Comparator
    dimension: Dimension
    unit: str
    role: str = ""
    includes_value: bool = (
        True  # of RANGE: whether the lower bound itself is inside ("từ đủ", "từ") or not ("trên ... đến ...")
    )
    includes_upper: bool = True  # "đến" includes, "đến dưới" does not


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit: how long, counted from what ("kể từ ngày nhận đủ hồ sơ hợp lệ")."""

    span: Span
    quantity: Quantity
    start: str = ""  # event as printed, "" when not said


@dataclass(frozen=True, slots=True)
class Norm:
    """One norm of a clause or point; spans are over the text that was analysed, fields are as printed (empty when absent).

    `authority` is the body that decides, approves, grants or receives; `dossier` are the listed papers; `saving` are the printed saving
    clauses ("trừ trường hợp pháp luật có quy định khác", "theo quy định của Chính phủ"); `term` is the defined term of a definition.
    """

    span: Span
    bearer: str
    modality: Modality
    cue: Span | None  # the words that carry the modality
    action: str
    object: str = ""
    conditions: tuple[Span, ...] = ()
    exceptions: tuple[Span, ...] = ()
    saving: tuple[Span, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    authority: str = ""
    dossier: tuple[str, ...] = ()
    sanction: str = ""
    term: str = ""
    negated: bool = False

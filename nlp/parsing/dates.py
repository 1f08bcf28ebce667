"""Dates as legal texts print them."""

from __future__ import annotations

import datetime as dt
import re

# "ngày 16 tháng 9 năm 2022", broken over lines, "ngày 16/9/2022"; OCR leaves stops and dashes between
DATE = (
    r"ngày\s*(?P<day>\d{1,2})\s*(?:tháng\s*(?P<month>\d{1,2})\s*,?\s*năm\s*(?P<year>(?:19|20)\d\d)"
    r"|[/.\-–]\s*(?P<month2>\d{1,2})\s*[/.\-–]\s*(?P<year2>(?:19|20)\d\d))(?!\d)"
)
_DATE = re.compile(DATE, re.IGNORECASE)


def date_of(match: re.Match[str]) -> dt.date | None:
    """The date of a match of `DATE`, None for a day that no calendar has."""
    try:
        return dt.date(int(match["year"] or match["year2"]), int(match["month"] or match["month2"]), int(match["day"]))
    except ValueError:
        return None


def find_date(text: str, start: int = 0, end: int | None = None) -> dt.date | None:
    """The first date of `text[start:end]`, None without one."""
    match = _DATE.search(text, start, len(text) if end is None else end)
    return date_of(match) if match else None

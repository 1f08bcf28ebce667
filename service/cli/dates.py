"""Days on the command line."""

from __future__ import annotations

import datetime as dt

from nlp.errors import InputError


def day(text: str, option: str) -> dt.date | None:
    """The day that an option names, None for an empty one. Raises InputError that shows the right form."""
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    raise InputError(
        "bad_date",
        where=f"{option} {text}",
        what="Không phải một ngày.",
        remedy="Viết dạng 2026-11-23 hoặc 23/11/2026.",
        what_en="This is no date.",
        remedy_en="Write it like 2026-11-23.",
    )

"""The life of every document of a corpus, as its own closing articles and the changes made by others tell it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nlp.law.finding import Gravity
from nlp.law.link import Link, LinkKind, Resolution
from nlp.law.validity import LAW_2025, Validity
from nlp.links.findings import LinkFinding, LinkProblem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from nlp.links.amend import ChangeIndex
    from nlp.links.catalogue import Catalogue

RULE_2015 = "khoản 4 Điều 154 Luật số 80/2015/QH13"
RULE_2025 = "khoản 2 Điều 57 Luật số 64/2025/QH15"


def validities(catalogue: Catalogue, changes: ChangeIndex) -> dict[str, Validity]:
    """The life of each document by key: its dates, and one event per change whose day is known, in order of time."""
    return {
        entry.key: Validity(
            entry.issued,
            entry.effective,
            entry.expires,
            tuple(event for change in changes.of(entry.key) if (event := change.event()) is not None),
        )
        for entry in catalogue.entries
    }


def with_ends(catalogue: Catalogue, lives: Mapping[str, Validity]) -> Catalogue:
    """The catalogue with the day on which each document ended, so that a bare name ("Luật Đất đai") finds the law of its time."""
    return type(catalogue)(
        tuple(
            replace(entry, expires=_end(lives[entry.key]) if entry.key in lives else entry.expires)
            for entry in catalogue.entries
        )
    )


def _end(life: Validity) -> dt.date | None:
    ends = [
        event.on
        for event in life.events
        if event.path is None and event.kind.value in ("replaced", "repealed", "expired")
    ]
    return min([*ends, *([life.expires] if life.expires else [])], default=None)


def orphaned(
    links: Iterable[Link], lives: Mapping[str, Validity], changes: ChangeIndex, on: dt.date
) -> tuple[LinkFinding, ...]:
    """Documents whose legal basis ended after they were issued and before `on`, one finding per basis line, in order of document and place.

    A document that details another falls with it when that ended before 1 April 2025 (khoản 4 Điều 154 Luật 80/2015/QH13); since then it goes on where it
    is not contrary to the new one, until it is announced as expired (khoản 2 Điều 57 Luật 64/2025/QH15). Whether a local text is such a detail is for the
    reviewer: the finding asks for a review, it never says that the document has expired.
    """
    found = []
    for link in links:
        if link.kind is not LinkKind.LEGAL_BASIS or link.resolution is not Resolution.RESOLVED or link.target is None:
            continue
        basis, citing = str(link.target.document), lives.get(link.source_document)
        end = changes.end_of(basis)
        if end is None or end.on is None or citing is None or citing.issued is None or citing.in_force(on) is False:
            continue
        if not citing.issued < end.on <= on:
            continue
        old = end.on < LAW_2025
        rule = RULE_2015 if old else RULE_2025
        number = link.target.document.number
        effect_vi = (
            "văn bản quy định chi tiết hết hiệu lực cùng thời điểm"
            if old
            else "văn bản quy định chi tiết tiếp tục áp dụng nếu không trái với văn bản mới"
        )
        effect_en = (
            "implementing texts end with it" if old else "implementing texts go on where not contrary to the new text"
        )
        found.append(
            LinkFinding(
                LinkProblem.BASIS_ENDED_LATER,
                link.source_document,
                None,
                link.span,
                f"Căn cứ {number} hết hiệu lực từ ngày {end.on:%d/%m/%Y}, sau ngày ban hành: cần rà soát ({effect_vi}).",
                f"The legal basis {number} ended on {end.on:%d/%m/%Y}, after this document was issued: review it ({effect_en}).",
                Gravity.LOW,
                (rule, "Điều 39 Nghị định số 79/2025/NĐ-CP"),
                end.by,
                end.by_path,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.document, one.span)))

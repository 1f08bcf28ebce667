"""The four files of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.reports.html import html_report
from service.reports.wire import coverage_text, findings_text
from service.reports.xlsx import xlsx_report
from service.store.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from service.reports.report import Report


def write_report(report: Report, folder: Path) -> tuple[Path, ...]:
    """The files written into `folder` (made where needed), each whole: findings.jsonl, coverage.json, report.html, report.xlsx."""
    contents = {
        "findings.jsonl": findings_text(report).encode(),
        "coverage.json": coverage_text(report).encode(),
        "report.html": html_report(report).encode(),
        "report.xlsx": xlsx_report(report),
    }
    for name, content in contents.items():
        write_whole(folder / name, content)
    return tuple(folder / name for name in contents)

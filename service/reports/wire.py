"""Findings and coverage as JSON: contracts, described by the schemas in `service/schemas` and changed only with a new schema number."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nlp.law.finding import Prevailing

if TYPE_CHECKING:
    from nlp.law.finding import Evidence, Finding, Signal
    from nlp.law.span import PageRef
    from service.reports.report import Report

COVERAGE_SCHEMA = "rasoat/coverage/1"
_SIDES = {Prevailing.A: "left", Prevailing.B: "right"}
_DIGITS = 4  # of probabilities and weights
_BOX_DIGITS = 2  # hundredths of a point


def finding_json(finding: Finding) -> dict[str, object]:
    """One line of findings.jsonl."""
    return {
        "id": finding.id,
        "kind": finding.kind.value,
        "conflict_type": finding.conflict_type.value if finding.conflict_type else None,
        "probability": round(finding.probability, _DIGITS),
        "severity": finding.severity.value,
        "left": evidence_json(finding.left),
        "right": None if finding.right is None else evidence_json(finding.right),
        "signals": [signal_json(signal) for signal in finding.signals],
        "prevailing": _SIDES[finding.prevailing] if finding.prevailing else None,
        "handling": finding.handling,
        "handling_text": finding.handling_text,
        "grounds": list(finding.grounds),
        "why": finding.why,
    }


def signal_json(signal: Signal) -> dict[str, object]:
    """One reason, with its weight in log-odds of contradiction."""
    return {"rule": signal.rule, "weight": round(signal.weight, _DIGITS), "note": signal.note}


def evidence_json(evidence: Evidence) -> dict[str, object]:
    """One side: `boxes` are the places of the quote, in points from the top left of the page."""
    return {
        "file": evidence.file,
        "number": evidence.number,
        "provision": evidence.provision,
        "citation": evidence.citation,
        "quote": evidence.quote,
        "page": evidence.page,
        "boxes": [_box_json(place) for place in evidence.boxes if place.box is not None],
    }


def _box_json(place: PageRef) -> dict[str, object]:
    assert place.box is not None
    box = place.box
    return {"page": place.page, "box": [round(edge, _BOX_DIGITS) for edge in (box.x0, box.top, box.x1, box.bottom)]}


def coverage_json(report: Report) -> dict[str, object]:
    """The content of coverage.json: what was looked at, what was not and why, with which settings and models."""
    coverage = report.coverage
    return {
        "schema": COVERAGE_SCHEMA,
        "run": report.kind,
        "draft": report.draft or None,
        "as_of": report.as_of.isoformat(),
        "made_at": report.made_at.isoformat(timespec="seconds"),
        "files": [
            {
                "file": line.name,
                "status": "failed" if line.error else "read",
                "version": line.version,
                "pages": line.pages,
                "pages_unread": line.pages_unread,
                "error": line.error or None,
            }
            for line in report.files
        ],
        "counts": {
            "files": coverage.files,
            "files_failed": sum(1 for line in report.files if line.error),
            "pages": coverage.pages,
            "pages_unread": coverage.pages_unread,
            "documents": coverage.documents,
            "provisions": coverage.provisions,
            "candidates": coverage.candidates,
            "compared": coverage.compared,
            "abstained": coverage.abstained,
            "truncated": coverage.truncated,
            "findings": len(report.findings),
        },
        "skipped": [{"reason": reason, "count": count} for reason, count in coverage.skipped],
        "notes": list(coverage.notes),
        "settings": dict(report.settings),
        "fingerprints": dict(report.fingerprints),
    }


def findings_text(report: Report) -> str:
    """The content of findings.jsonl, in the order of the report."""
    return "".join(json.dumps(finding_json(finding), ensure_ascii=False) + "\n" for finding in report.findings)


def coverage_text(report: Report) -> str:
    """The text of coverage.json."""
    return json.dumps(coverage_json(report), ensure_ascii=False, indent=2) + "\n"

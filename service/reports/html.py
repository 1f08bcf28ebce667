"""report.html: one self-contained page, for the screen and for the printer."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from nlp.comparison.guide import signal_name
from nlp.errors import Language
from nlp.law.finding import FindingKind, Prevailing
from service.reports.labels import Labels

if TYPE_CHECKING:
    from nlp.law.finding import Evidence, Finding
    from service.reports.report import Report

_COUNTS = (
    "files", "pages", "pages_unread", "documents", "provisions", "candidates", "compared", "abstained",
)  # fmt: skip
# kinds in which a reader asks which side applies; two places that say the same need no answer
UNSETTLED = frozenset({FindingKind.CONTRADICTION, FindingKind.OVERLAP})


def html_report(report: Report) -> str:
    """The text of report.html; every word of the corpus in it is escaped."""
    labels = Labels(report.language)
    words = _Words(labels)
    environment = Environment(
        loader=DictLoader({"report.html": _asset("report.html")}), autoescape=True, undefined=StrictUndefined
    )
    kinds = labels.codes("kind")
    found = Counter(finding.kind.value for finding in report.findings)
    return environment.get_template("report.html").render(
        report=report,
        language=report.language.value,
        css=Markup(_asset("report.css")),  # noqa: S704  our own files, no input
        js=Markup(_asset("report.js")),  # noqa: S704
        kinds=kinds,
        unsettled=UNSETTLED,
        counts=[(code, found[code]) for code in kinds if found[code]],
        totals=[(name, getattr(report.coverage, name)) for name in _COUNTS],
        failed=[line for line in report.files if line.error],
        read=[line for line in report.files if not line.error],
        word=labels.word,
        label=labels.of,
        sides=_sides,
        prevailing=words.prevailing,
        percent=words.percent,
        signed=words.signed,
        signal_name=words.signal_name,
        thousands=words.thousands,
    )


def _asset(name: str) -> str:
    return files("service.reports").joinpath("templates", name).read_text(encoding="utf-8")


def _sides(finding: Finding) -> list[tuple[str, Evidence, str]]:
    sides = [("side_a", finding.left, Prevailing.A.value)]
    if finding.right is not None:
        sides.append(("side_b", finding.right, Prevailing.B.value))
    return sides


class _Words:
    """Numbers and sides in the writing of the language: "1.234", "87 %", "+1,20"."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._vietnamese = labels.language is Language.VI

    def prevailing(self, finding: Finding) -> str:
        """The side that prevails, by its citation."""
        if finding.prevailing is None or finding.right is None:
            return self._labels.word("prevailing_unknown")
        side, evidence = ("side_a", finding.left) if finding.prevailing is Prevailing.A else ("side_b", finding.right)
        return f"{self._labels.word(side)}: {evidence.citation or evidence.number or evidence.file}"

    def percent(self, probability: float) -> str:
        """A probability for people: never 100 %, since nothing here is certain."""
        return f"{min(round(probability * 100), 99)}%"

    def signal_name(self, code: str) -> str:
        """The name of a rule or another signal."""
        return signal_name(code, self._labels.language)

    def signed(self, weight: float) -> str:
        """A weight with its sign."""
        text = f"{weight:+.2f}".replace("-", "−")
        return text.replace(".", ",") if self._vietnamese else text

    def thousands(self, number: int) -> str:
        """A count with separators."""
        return f"{number:,}".replace(",", "." if self._vietnamese else ",")

"""Commands that judge."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nlp.errors import InputError, NotFoundError
from nlp.progress import Progress
from service.cli.corpus import error_line
from service.cli.dates import day
from service.cli.language import say, spoken, warn
from service.cli.output import print_json, print_line, print_table
from service.cli.progress import progress_bar
from service.reports.folder import write_report
from service.reports.labels import Labels
from service.reports.wire import coverage_json
from service.store.files import write_whole
from service.usecases.compare import FaultyLine, judgement_json, read_pairs
from service.wiring import open_rooms, pair_judge, today

if TYPE_CHECKING:
    from pathlib import Path

    from nlp.law.finding import Evidence, Finding
    from nlp.progress import OnProgress
    from service.reports.report import Report

_SHOWN_FINDINGS = 20  # rows of the table in the terminal
_SHOWN_QUOTE = 160  # characters of a quote in it


def audit(workspace: Path, as_of: str, out: Path, as_json: bool) -> None:
    """Audit the workspace and write the report."""
    when = day(as_of, "--as-of") or today()
    with open_rooms(workspace, spoken()) as rooms, progress_bar() as on_progress:
        report = rooms.reviewer.audit(when, on_progress)
        _write(report, out, on_progress)
    _tell(report, out, as_json)


def check(draft: Path, workspace: Path, as_of: str, out: Path, as_json: bool) -> None:
    """Check a draft against the workspace and write the report."""
    if not draft.is_file():
        raise NotFoundError(
            "no_such_file",
            where=str(draft),
            what="Không có tệp này.",
            remedy="Kiểm tra lại đường dẫn.",
            what_en="There is no such file.",
            remedy_en="Check the path.",
        )
    when = day(as_of, "--as-of") or today()
    with open_rooms(workspace, spoken()) as rooms, progress_bar() as on_progress:
        report = rooms.reviewer.check(draft, draft.name, when, on_progress)
        _write(report, out, on_progress)
    _tell(report, out, as_json)


def _write(report: Report, out: Path, on_progress: OnProgress) -> None:
    on_progress(Progress("report", 0, 1))
    write_report(report, out)
    on_progress(Progress("report", 1, 1))


def _tell(report: Report, out: Path, as_json: bool) -> None:
    if as_json:
        print_json(coverage_json(report))
        return
    labels = Labels(spoken())
    rows = [
        (
            f"{place}",
            _kind(each, labels),
            f"{min(round(each.probability * 100), 99)}%",
            _side(each.left),
            _side(each.right) if each.right else each.why,
        )
        for place, each in enumerate(report.findings[:_SHOWN_FINDINGS], start=1)
    ]
    word = labels.word
    if rows:
        columns = (word("number"), word("kind"), word("certainty"), word("side_a"), word("side_b"))
        print_table(columns, rows, title=word("title"))
    else:
        print_line(word("no_findings"))
    hidden = len(report.findings) - len(rows)
    if hidden > 0:
        print_line(say("… và {count} kết quả khác trong báo cáo.", count=hidden))
    coverage = report.coverage
    covered = "{findings} kết quả; {provisions} điều khoản, {compared} cặp đã so sánh, {abstained} cặp cần chuyên viên xem xét."
    print_line(
        say(
            covered,
            findings=len(report.findings),
            provisions=coverage.provisions,
            compared=coverage.compared,
            abstained=coverage.abstained,
        )
    )
    print_line(say("Báo cáo: {folder}", folder=out))


def _kind(finding: Finding, labels: Labels) -> str:
    kind = labels.of("kind", finding.kind.value)
    return f"{kind}\n({labels.of('conflict_type', finding.conflict_type.value)})" if finding.conflict_type else kind


def _side(evidence: Evidence) -> str:
    quote = " ".join(evidence.quote.split())
    shown = quote if len(quote) <= _SHOWN_QUOTE else quote[:_SHOWN_QUOTE].rsplit(" ", 1)[0] + "…"
    return f"{evidence.citation or evidence.file}\n“{shown}”"


def compare(pairs: Path, out: Path) -> bool:
    """Whether some lines were no pairs; the others are judged and written, whole."""
    try:
        lines = pairs.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(
            "pairs_unreadable",
            where=str(pairs),
            what=f"Không đọc được tệp cặp điều khoản ({problem}).",
            remedy="Kiểm tra đường dẫn; tệp phải là văn bản UTF-8, mỗi dòng một cặp.",
            what_en=f"The pair file cannot be read ({problem}).",
            remedy_en="Check the path; the file must be UTF-8 text, one pair a line.",
        ) from problem
    faulty = 0
    answers: list[str] = []
    judge = pair_judge(spoken())
    with progress_bar() as on_progress:
        for done, pair in enumerate(read_pairs(iter(lines), pairs.name, judge.gazetteer)):
            on_progress(Progress("compare", done, len(lines)))
            if isinstance(pair, FaultyLine):
                faulty += 1
                warn(error_line(pair.error))
                continue
            answers.append(json.dumps(judgement_json(pair, judge.judge(pair.a, pair.b)), ensure_ascii=False))
        on_progress(Progress("compare", len(lines), len(lines)))
    write_whole(out, "".join(f"{answer}\n" for answer in answers).encode())
    print_line(say("{count} cặp đã so sánh: {file}", count=len(answers), file=out))
    if faulty:
        warn(say("{count} dòng không phải là cặp điều khoản.", count=faulty))
    return bool(faulty)

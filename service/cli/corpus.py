"""Commands that fill and query a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.errors import Language, LegalTextError
from service.cli.language import say, spoken, warn
from service.cli.output import print_json, print_line
from service.cli.progress import progress_bar
from service.usecases.ingest import FileOutcome, Outcome, outcome_json
from service.wiring import open_rooms

if TYPE_CHECKING:
    from pathlib import Path

_SAID = {
    Outcome.NEW: "mới",
    Outcome.NEW_VERSION: "phiên bản mới",
    Outcome.UNCHANGED: "không đổi",
    Outcome.SKIPPED: "bỏ qua",
    Outcome.FAILED: "lỗi",
}


def ingest(paths: list[Path], workspace: Path, as_json: bool) -> bool:
    """Whether some files failed."""
    with open_rooms(workspace) as rooms:
        with progress_bar() as on_progress:
            outcomes = rooms.ingest(paths, on_progress)
        documents, provisions = rooms.store.counts()
    failed = [each for each in outcomes if each.outcome is Outcome.FAILED]
    if as_json:
        total = {"documents": documents, "provisions": provisions}
        print_json({"files": [outcome_json(each, spoken()) for each in outcomes], "total": total})
    for each in failed:
        if each.error is not None:
            warn(error_line(each.error))
    if not as_json:
        for each in outcomes:
            if each.outcome is not Outcome.FAILED:
                print_line(_outcome_line(each))
        print_line(
            say(
                "Không gian làm việc có {documents} văn bản, {provisions} điều khoản.",
                documents=documents,
                provisions=provisions,
            )
        )
    if failed:
        warn(say("{failed} trên {total} tệp không nạp được.", failed=len(failed), total=len(outcomes)))
    return bool(failed)


def error_line(error: LegalTextError) -> str:
    """The error as one line in the language in use."""
    title = error.title_en if spoken() is Language.EN else error.title_vi
    return f"{title}: {error.message(spoken())} [{error.code}]"


def _outcome_line(each: FileOutcome) -> str:
    what = say(_SAID[each.outcome])
    if each.same_as:
        return say("{name}: {what} (trùng nội dung với {other})", name=each.name, what=what, other=each.same_as)
    if not each.documents:
        return f"{each.name}: {what}"
    return say(
        "{name}: {what}, {documents} văn bản, {provisions} điều khoản",
        name=each.name,
        what=what,
        documents=each.documents,
        provisions=each.provisions,
    )

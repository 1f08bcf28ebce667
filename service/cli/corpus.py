"""Commands that fill and query a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.errors import InputError, Language, LegalTextError
from service.cli.dates import day
from service.cli.language import say, spoken, warn
from service.cli.output import print_json, print_json_lines, print_line, print_table
from service.cli.progress import progress_bar
from service.usecases.codification import convert_codification
from service.usecases.ingest import FileOutcome, Outcome, outcome_json
from service.usecases.queries import Question, read_questions
from service.usecases.search import Wanted, answer_json, filter_of
from service.usecases.show import ShownDocument, difference_text, show_documents, shown_json
from service.wiring import Rooms, open_rooms, today

if TYPE_CHECKING:
    from pathlib import Path

_SAID = {
    Outcome.NEW: "mới",
    Outcome.NEW_VERSION: "phiên bản mới",
    Outcome.UNCHANGED: "không đổi",
    Outcome.UNPACKED: "đã mở gói",
    Outcome.SKIPPED: "bỏ qua",
    Outcome.FAILED: "lỗi",
}


def ingest(paths: list[Path], workspace: Path, territory: Path | None, as_json: bool) -> bool:
    """Whether some files failed."""
    with open_rooms(workspace, spoken(), create=True) as rooms:
        if territory is not None:
            _take_territory(rooms, territory)
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
        held = "Không gian làm việc có {documents} văn bản, {provisions} điều khoản."
        print_line(say(held, documents=documents, provisions=provisions))
    if failed:
        warn(say("{failed} trên {total} tệp không nạp được.", failed=len(failed), total=len(outcomes)))
    return bool(failed)


def _take_territory(rooms: Rooms, territory: Path) -> None:
    """Keep the overlay in the workspace: every later command judges with it."""
    try:
        data = territory.read_bytes()
    except OSError as problem:
        raise InputError(
            "file_unreadable",
            where=str(territory),
            what=f"Không đọc được tệp ({problem.strerror}).",
            remedy="Kiểm tra lại đường dẫn và quyền đọc.",
            what_en=f"The file cannot be read ({problem.strerror}).",
            remedy_en="Check the path and the right to read it.",
        ) from problem
    rooms.keep_overlay(data)


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
    if not each.provisions:
        return say("{name}: {what}, không tìm thấy điều khoản nào", name=each.name, what=what)
    return say(
        "{name}: {what}, {documents} văn bản, {provisions} điều khoản",
        name=each.name,
        what=what,
        documents=each.documents,
        provisions=each.provisions,
    )


def search(text: str, workspace: Path, k: int, queries: Path | None, wanted: Wanted, as_json: bool) -> bool:
    """Whether some questions of a file could not be answered."""
    questions = [Question("", text)] if queries is None else list(read_questions(queries))
    with open_rooms(workspace, spoken()) as rooms:
        with progress_bar() as on_progress:
            index = rooms.fresh_index(on_progress)
        searcher, where = rooms.searcher(index), filter_of(wanted, index.entries())
        answers = searcher.search([question.text for question in questions], k, where)
    if queries is not None:
        pairs = zip(questions, answers, strict=True)
        print_json_lines(answer_json(question.id, found) for question, found in pairs)
        return False
    (found,) = answers
    if as_json:
        print_json(answer_json(text, found))
    elif not found:
        print_line(say("Không tìm thấy điều khoản nào."))
    else:
        rows = ((f"{place}", each.citation, each.quote) for place, each in enumerate(found, start=1))
        print_table(("", say("Vị trí"), say("Trích dẫn")), rows)
    return False


def show(number: str, workspace: Path, as_of: str, since: str, as_json: bool) -> None:
    """Print every document with this number as it stands on a day."""
    with open_rooms(workspace, spoken()) as rooms:
        shown = show_documents(
            rooms.store, rooms.gazetteer, number, day(as_of, "--as-of") or today(), day(since, "--since")
        )
    if as_json:
        print_json([shown_json(each) for each in shown])
        return
    for each in shown:
        _print_document(each)


def _print_document(shown: ShownDocument) -> None:
    document = shown.document
    facts = (
        (say("Văn bản"), f"{document.number} – {document.title}".strip(" –")),
        (say("Cơ quan ban hành"), document.issuer),
        (say("Ngày ban hành"), f"{document.issued:%d/%m/%Y}" if document.issued else ""),
        (say("Ngày có hiệu lực"), f"{document.effective:%d/%m/%Y}" if document.effective else ""),
        (say("Địa bàn"), document.territory),
        (say("Tình trạng"), shown.status),
        (say("Chấm dứt bởi"), shown.ended_by),
        (say("Tệp"), document.file),
    )
    for name, value in facts:
        if value:
            print_line(f"{name}: {value}")
    print_line()
    for unit in shown.units:
        note = f"  [{say('sửa đổi bởi')} {'; '.join(unit.changed_by)}]" if unit.changed_by else ""
        print_line(f"{unit.text}{note}")
    for difference in shown.differences:
        print_line()
        print_line(f"{say('Thay đổi tại')} {difference.path}: {difference_text(difference)}")
    for line in shown.open:
        warn(say("Chưa thực hiện được: {change}", change=line))
    print_line()


def import_codification(provisions: Path, documents: Path | None, out: Path) -> None:
    """Write the codification as a provision list."""
    done = convert_codification(provisions, documents, out)
    said = (
        "{name}: {provisions} điều khoản ({repeated} mã lặp lại được đánh số thêm, {bare} điều chỉ có tên, "
        "{unknown} điều không rõ văn bản)."
    )
    print_line(
        say(
            said,
            name=out.name,
            provisions=done.provisions,
            repeated=done.repeated_ids,
            bare=done.headings_as_text,
            unknown=done.without_document,
        )
    )

"""Commands on files, without a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.errors import LegalTextError, NotFoundError
from nlp.exchange import akn_text, document_text, plain_text
from nlp.parsing import parse as parse_source
from nlp.progress import Progress
from nlp.reading import draw_pages
from service.cli.corpus import error_line
from service.cli.language import say, warn
from service.cli.output import print_line
from service.cli.progress import progress_bar
from service.store.files import write_whole
from service.usecases.boundary import attempt
from service.wiring import open_rooms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from nlp.law.document import NormativeDocument
    from service.wiring import Rooms

_FORMS: Mapping[str, tuple[str, Callable[[NormativeDocument], bytes]]] = {
    "json": (".json", lambda document: document_text(document).encode()),
    "akn": (".xml", akn_text),
    "text": (".txt", lambda document: plain_text(document).encode()),
}


def parse(files: list[Path], out: Path, form: str, pages: Path | None) -> bool:
    """Whether some files could not be parsed; each of the others has its form in `out`."""
    suffix, render = _FORMS[form]
    failed = 0
    taken: set[str] = set()
    with open_rooms(out, create=True) as rooms, progress_bar() as on_progress:
        for done, file in enumerate(files):
            on_progress(Progress("read", done, len(files), file.name))
            target = out / _free_name(f"{file.name}{suffix}", taken)
            result = attempt(lambda file=file: _render(rooms, file, render, pages), file.name)  # type: ignore[misc]
            if isinstance(result, LegalTextError):
                failed += 1
                warn(error_line(result))
                continue
            write_whole(target, result)
            print_line(str(target))
        on_progress(Progress("read", len(files), len(files)))
    if failed:
        warn(say("{failed} trên {total} tệp không đọc được.", failed=failed, total=len(files)))
    return bool(failed)


def _render(rooms: Rooms, file: Path, render: Callable[[NormativeDocument], bytes], pages: Path | None) -> bytes:
    if not file.is_file():
        raise NotFoundError(
            "no_such_file",
            where=str(file),
            what="Không có tệp này.",
            remedy="Kiểm tra lại đường dẫn.",
            what_en="There is no such file.",
            remedy_en="Check the path.",
        )
    document = parse_source(rooms.read(file, file.name))
    if pages is not None:
        draw_pages(file.read_bytes(), document.source, pages / file.name)
    return render(document)


def _free_name(name: str, taken: set[str]) -> str:
    """`name`, numbered where two files of the batch have it."""
    stem, dot, suffix = name.rpartition(".")
    number = 1
    while name in taken:
        number += 1
        name = f"{stem} ({number}){dot}{suffix}"
    taken.add(name)
    return name

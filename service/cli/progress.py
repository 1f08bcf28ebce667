"""The progress bar: on stderr, only where a person looks."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nlp.progress import OnProgress, Progress, silent
from service.cli.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import TaskID

_STAGES = {
    "read": "Đọc văn bản",
    "parse": "Phân tích cấu trúc",
    "encode": "Mã hóa điều khoản",
    "index": "Lập chỉ mục",
    "candidates": "Tìm cặp ứng viên",
    "compare": "So sánh",
    "report": "Lập báo cáo",
    "train": "Huấn luyện",
}
_DETAIL_WIDTH = 40  # characters


@contextmanager
def progress_bar() -> Iterator[OnProgress]:
    """A callback that draws one bar a stage with the time left; it draws nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description:<20}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
        TextColumn("[dim]{task.fields[detail]}"),
    )
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def show(step: Progress) -> None:
            if step.stage not in tasks:
                title = say(_STAGES[step.stage]) if step.stage in _STAGES else step.stage
                tasks[step.stage] = bars.add_task(title, total=None, detail="")
            bars.update(
                tasks[step.stage], completed=step.done, total=step.total or None, detail=step.detail[-_DETAIL_WIDTH:]
            )

        yield show

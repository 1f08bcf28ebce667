"""The commands. Their bodies import the rest of the program when they run: `rasoat --help` must answer at once, also without torch or a database."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from nlp.errors import EXIT_PARTIAL, EXIT_USAGE, Language, LegalTextError
from service.cli.language import say, speak, spoken, take_language, warn
from service.cli.translation import USAGE_ERROR, command_line, usage_message

WorkspaceOption = Annotated[
    Path, typer.Option("--workspace", "-w", help="Thư mục không gian làm việc (được tạo nếu chưa có).", file_okay=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON ra stdout, cho máy đọc.")]
OutOption = Annotated[Path, typer.Option("--out", "-o", help="Thư mục ghi kết quả.", file_okay=False)]
AsOfOption = Annotated[
    str, typer.Option("--as-of", metavar="YYYY-MM-DD", help="Xét hiệu lực tại ngày này (mặc định: hôm nay).")
]

APP = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["--help", "-h"]},
)


@APP.callback()
def rasoat(
    _lang: Annotated[str, typer.Option("--lang", metavar="vi|en", help="Ngôn ngữ của thông báo và báo cáo.")] = "vi",
) -> None:
    """Rà soát văn bản quy phạm pháp luật: tìm quy định mâu thuẫn, chồng chéo, trùng lặp, không còn phù hợp."""


@APP.command()
def ingest(
    paths: Annotated[
        list[Path], typer.Argument(metavar="TỆP...", help="Tệp, thư mục hoặc danh sách điều khoản .jsonl[.gz].")
    ],
    workspace: WorkspaceOption = Path("workspace"),
    as_json: JsonOption = False,
) -> None:
    """Nạp văn bản vào không gian làm việc; nạp lại đúng nội dung cũ không làm thay đổi gì."""
    from service.cli.corpus import ingest as run

    _leave(run(paths, workspace, as_json))


def _leave(partial: bool) -> None:
    """End with EXIT_PARTIAL where a part of the batch failed."""
    if partial:
        raise typer.Exit(EXIT_PARTIAL)


def main() -> int:
    """The exit code (of `nlp.errors`) of this process's command line."""
    return run_command(sys.argv[1:])


def run_command(arguments: list[str]) -> int:
    """The exit code after running these arguments; messages go to stderr, results to stdout or files."""
    try:
        language, rest = take_language(arguments, os.environ)
    except ValueError:
        warn("--lang: vi | en")
        return EXIT_USAGE
    speak(language)
    try:
        code = command_line(APP, spoken()).main(rest, prog_name="rasoat", standalone_mode=False)
    except LegalTextError as error:
        title = error.title_en if spoken() is Language.EN else error.title_vi
        warn(f"{title}: {error.message(spoken())} [{error.code}]")
        return error.exit_code
    except typer.Exit as leave:
        return int(leave.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        warn(say("Đã dừng theo yêu cầu."))
        return 130  # 128 + SIGINT, the shell's convention
    except BrokenPipeError:
        # the reader of our output went away (| head): nothing is wrong, and nothing more can be said
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except USAGE_ERROR as error:
        warn(usage_message(error))
        return EXIT_USAGE
    return code if isinstance(code, int) else 0

"""The commands. Their bodies import the rest of the program when they run: `rasoat --help` must answer at once, also without torch or a database."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nlp.errors import EXIT_PARTIAL, EXIT_USAGE, Language, LegalTextError
from service.cli.language import say, speak, spoken, take_language, warn
from service.cli.translation import USAGE_ERROR, command_line, usage_message

if TYPE_CHECKING:
    from types import TracebackType

WorkspaceOption = Annotated[
    Path, typer.Option("--workspace", "-w", help="Thư mục không gian làm việc (được tạo nếu chưa có).", file_okay=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON ra stdout, cho máy đọc.")]
OutOption = Annotated[Path, typer.Option("--out", "-o", help="Thư mục ghi kết quả.", file_okay=False)]
AsOfOption = Annotated[
    str, typer.Option("--as-of", metavar="YYYY-MM-DD", help="Xét hiệu lực tại ngày này (mặc định: hôm nay).")
]
DEFAULT_WORKSPACE = Path("workspace")

APP = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["--help", "-h"]},
)
IMPORT = typer.Typer(no_args_is_help=True, help="Chuyển dữ liệu có sẵn thành danh sách điều khoản.")
EVAL = typer.Typer(no_args_is_help=True, help="Đo chất lượng trên dữ liệu có nhãn.")
TRAIN = typer.Typer(no_args_is_help=True, help="Huấn luyện mô hình (cần phần mở rộng train).")
APP.add_typer(IMPORT, name="import")
APP.add_typer(EVAL, name="eval")
APP.add_typer(TRAIN, name="train")


class Format(StrEnum):
    """The forms of a parsed document."""

    JSON = "json"
    AKN = "akn"
    TEXT = "text"


@APP.callback()
def rasoat(
    _lang: Annotated[str, typer.Option("--lang", metavar="vi|en", help="Ngôn ngữ của thông báo và báo cáo.")] = "vi",
) -> None:
    """Rà soát văn bản quy phạm pháp luật: tìm quy định mâu thuẫn, chồng chéo, trùng lặp, không còn phù hợp."""


@APP.command()
def parse(
    files: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp văn bản.")],
    out: OutOption,
    form: Annotated[Format, typer.Option("--format", help="Dạng kết quả.")] = Format.JSON,
    debug_pages: Annotated[
        Path | None,
        typer.Option("--debug-pages", help="Vẽ các khối văn bản lên ảnh trang vào thư mục này.", file_okay=False),
    ] = None,
) -> None:
    """Đọc và phân tích cấu trúc văn bản: phần, chương, điều, khoản, điểm, căn cứ, viện dẫn."""
    from service.cli.files import parse as run

    _leave(run(files, out, form.value, debug_pages))


@APP.command()
def ingest(
    paths: Annotated[
        list[Path], typer.Argument(metavar="TỆP...", help="Tệp, thư mục hoặc danh sách điều khoản .jsonl[.gz].")
    ],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    territory: Annotated[
        Path | None,
        typer.Option("--territory", help="Tệp TOML về đơn vị hành chính bổ sung, chép vào không gian làm việc."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Nạp văn bản vào không gian làm việc; nạp lại đúng nội dung cũ không làm thay đổi gì."""
    from service.cli.corpus import ingest as run

    _leave(run(paths, workspace, territory, as_json))


@APP.command()
def search(
    text: Annotated[str, typer.Argument(metavar="CÂU_HỎI", help="Câu hỏi hoặc viện dẫn cần tìm.")] = "",
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    k: Annotated[int, typer.Option("-k", help="Số kết quả cho mỗi câu hỏi.", min=1)] = 10,
    queries: Annotated[
        Path | None, typer.Option("--queries", help='Tệp câu hỏi .jsonl, mỗi dòng {"id", "text"}.', dir_okay=False)
    ] = None,
    in_force_on: Annotated[
        str, typer.Option("--in-force-on", metavar="YYYY-MM-DD", help="Chỉ tìm điều khoản có hiệu lực tại ngày này.")
    ] = "",
    issued_from: Annotated[str, typer.Option("--issued-from", metavar="YYYY-MM-DD", help="Ban hành từ ngày này.")] = "",
    issued_to: Annotated[str, typer.Option("--issued-to", metavar="YYYY-MM-DD", help="Ban hành đến ngày này.")] = "",
    kinds: Annotated[
        list[str] | None, typer.Option("--kind", help="Chỉ loại văn bản này, ví dụ “Nghị định”; lặp lại được.")
    ] = None,
    ranks: Annotated[
        list[int] | None, typer.Option("--rank", help="Chỉ bậc hiệu lực pháp lý này (1: Hiến pháp).")
    ] = None,
    issuers: Annotated[list[str] | None, typer.Option("--issuer", help="Chỉ cơ quan ban hành này.")] = None,
    territories: Annotated[list[str] | None, typer.Option("--territory", help="Chỉ địa bàn này.")] = None,
    fields: Annotated[
        list[str] | None, typer.Option("--field", help="Chỉ lĩnh vực (đề mục pháp điển) này, ví dụ “Đất đai”.")
    ] = None,
    numbers: Annotated[list[str] | None, typer.Option("--number", help="Chỉ văn bản có số, ký hiệu này.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Tìm điều khoản theo nội dung, số ký hiệu hoặc viện dẫn."""
    from service.cli.corpus import search as run
    from service.cli.dates import day
    from service.usecases.search import Wanted

    wanted = Wanted(
        kinds=tuple(kinds or ()),
        ranks=tuple(ranks or ()),
        issuers=tuple(issuers or ()),
        territories=tuple(territories or ()),
        fields=tuple(fields or ()),
        numbers=tuple(numbers or ()),
        in_force_on=day(in_force_on, "--in-force-on"),
        issued_from=day(issued_from, "--issued-from"),
        issued_to=day(issued_to, "--issued-to"),
    )
    _leave(run(text, workspace, k, queries, wanted, as_json))


@APP.command()
def show(
    number: Annotated[str, typer.Argument(metavar="SỐ_KÝ_HIỆU", help="Số, ký hiệu văn bản, ví dụ 12/2024/QĐ-UBND.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    as_of: AsOfOption = "",
    since: Annotated[
        str, typer.Option("--since", metavar="YYYY-MM-DD", help="Đánh dấu những gì đã thay đổi kể từ ngày này.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Xem văn bản tại một ngày: tình trạng hiệu lực và nội dung sau khi sửa đổi."""
    from service.cli.corpus import show as run

    run(number, workspace, as_of, since, as_json)


@APP.command()
def compare(
    pairs: Annotated[
        Path, typer.Option("--pairs", help='Tệp cặp điều khoản .jsonl, mỗi dòng {"id", "a", "b"}.', dir_okay=False)
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Tệp kết quả .jsonl.", dir_okay=False)],
) -> None:
    """So sánh từng cặp điều khoản: quan hệ, bằng chứng, bên được áp dụng, hướng xử lý."""
    from service.cli.review import compare as run

    _leave(run(pairs, out))


@APP.command()
def check(
    draft: Annotated[Path, typer.Argument(metavar="DỰ_THẢO", help="Tệp dự thảo văn bản.")],
    out: OutOption,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    as_of: AsOfOption = "",
    as_json: JsonOption = False,
) -> None:
    """Kiểm tra một dự thảo với các văn bản trong không gian làm việc; ghi findings.jsonl, coverage.json, report.html, report.xlsx."""
    from service.cli.review import check as run

    run(draft, workspace, as_of, out, as_json)


@APP.command()
def audit(
    out: OutOption,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    as_of: AsOfOption = "",
    as_json: JsonOption = False,
) -> None:
    """Rà soát toàn bộ không gian làm việc; ghi findings.jsonl, coverage.json, report.html, report.xlsx."""
    from service.cli.review import audit as run

    run(workspace, as_of, out, as_json)


@APP.command()
def serve(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    host: Annotated[str, typer.Option("--host", help="Địa chỉ lắng nghe (mặc định theo cấu hình).")] = "",
    port: Annotated[int, typer.Option("--port", help="Cổng (mặc định theo cấu hình).", min=0, max=65535)] = 0,
    worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Chạy kèm một tiến trình xử lý công việc nền.")
    ] = True,
) -> None:
    """Chạy giao diện HTTP (tài liệu tại /docs)."""
    from service.cli.server import serve as run

    run(workspace, host, port, worker)


@APP.command()
def work(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    name: Annotated[str, typer.Option("--name", help="Tên cố định của tiến trình xử lý này.")] = "worker",
) -> None:
    """Chạy tiến trình xử lý công việc nền (nạp, kiểm tra, rà soát) cho đến khi bị dừng."""
    from service.cli.server import work as run

    run(workspace, name)


@IMPORT.command("codification")
def import_codification(
    provisions: Annotated[Path, typer.Argument(metavar="TỆP", help="phapdien_provisions.jsonl[.gz]", dir_okay=False)],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Danh sách điều khoản sẽ ghi, .jsonl hoặc .jsonl.gz.", dir_okay=False)
    ],
    documents: Annotated[
        Path | None,
        typer.Option(
            "--documents", help="phapdien_documents.jsonl[.gz]: loại, cơ quan, ngày tháng của văn bản.", dir_okay=False
        ),
    ] = None,
) -> None:
    """Chuyển Bộ Pháp điển thành danh sách điều khoản để nạp."""
    from service.cli.corpus import import_codification as run

    run(provisions, documents, out)


@EVAL.command("pairs")
def eval_pairs(
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Cặp điều khoản có nhãn, .jsonl.", dir_okay=False)],
    as_json: JsonOption = False,
) -> None:
    """Đo phân loại cặp: macro-F1, từng quan hệ, hiệu chuẩn, lỗi nặng nhất."""
    from service.cli.quality import eval_pairs as run

    run(file, as_json)


@TRAIN.command("encoder")
def train_encoder(
    wheels: Annotated[
        Path, typer.Option("--wheels", help="Thư mục chứa các gói .whl của mô hình gốc.", file_okay=False)
    ],
    codification: Annotated[Path, typer.Option("--codification", help="Thư mục dữ liệu pháp điển.", file_okay=False)],
    models: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Thư mục models sẽ ghi (mặc định: của chương trình).", file_okay=False),
    ] = None,
    settings: Annotated[
        Path | None, typer.Option("--settings", help="Tệp TOML cấu hình huấn luyện.", dir_okay=False)
    ] = None,
    minutes: Annotated[
        float, typer.Option("--minutes", help="Số phút huấn luyện thân mô hình (mặc định theo cấu hình).")
    ] = -1,
) -> None:
    """Dựng và huấn luyện mô hình mã hóa điều khoản; giữ bản tốt hơn."""
    from service.cli.training import train_encoder as run

    run(wheels, codification, models, settings, minutes)


@TRAIN.command("fields")
def train_fields(
    codification: Annotated[Path, typer.Option("--codification", help="Thư mục dữ liệu pháp điển.", file_okay=False)],
    models: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Thư mục models sẽ ghi (mặc định: của chương trình).", file_okay=False),
    ] = None,
) -> None:
    """Huấn luyện mô hình đoán lĩnh vực theo đề mục pháp điển (khoảng một giờ)."""
    from service.cli.training import train_fields as run

    run(codification, models)


@TRAIN.command("pairs")
def train_pairs(
    files: Annotated[
        list[Path], typer.Argument(metavar="TỆP...", help="Cặp điều khoản có nhãn, .jsonl; tệp đầu gần thực tế nhất.")
    ],
    reader: Annotated[
        Path | None,
        typer.Option(
            "--reader", help="Điểm ngoài mẫu của mô hình đọc cặp (nlp.training.cross_encoder --oof).", dir_okay=False
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Thư mục mô hình so sánh cặp (mặc định: của chương trình).", file_okay=False),
    ] = None,
) -> None:
    """Huấn luyện mô hình chấm điểm cặp điều khoản."""
    from service.cli.training import train_pairs as run

    run(files, reader, out)


@APP.command()
def rules(
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Ghi thành trang .md hoặc .html.", dir_okay=False)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Liệt kê các quy tắc so sánh với ví dụ, căn cứ và độ chính xác đã đo."""
    from service.cli.quality import rules as run

    run(as_json, out)


@APP.command()
def version(
    settings: Annotated[bool, typer.Option("--settings", help="In cả cấu hình đang dùng.")] = False,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    as_json: JsonOption = False,
) -> None:
    """In phiên bản cùng dấu vân tay của mô hình, từ điển và quy tắc."""
    from service.cli.quality import version as run

    run(settings, workspace, as_json)


def _leave(partial: bool) -> None:
    """End with EXIT_PARTIAL where a part of the batch failed."""
    if partial:
        raise typer.Exit(EXIT_PARTIAL)


def main() -> int:
    """The exit code (of `nlp.errors`) of this process's command line."""
    sys.excepthook = _report_bug
    return run_command(sys.argv[1:])


def _report_bug(kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
    """A bug of ours: the traceback for the developers, a sentence for the reader; Python leaves with exit code 1."""
    sys.__excepthook__(kind, bug, trace)
    warn(say("Lỗi ngoài dự kiến của chương trình: gửi các dòng trên cho người phát triển."))


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

"""The command line: exit codes, messages on stderr, machine output on stdout, nothing half-written."""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from nlp.errors import EXIT_PARTIAL, EXIT_USAGE, InputError
from service.cli.app import run_command

SAMPLE = Path(__file__).resolve().parents[2] / "corpora" / "sample" / "documents"
DECREE = SAMPLE / "976_2024_ND-CP.pdf"
RESOLUTION = SAMPLE / "SaKhe_36_2025_NQ-HDND.docx"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "w"


def run(*arguments: object) -> int:
    return run_command([str(argument) for argument in arguments])


HELP = (sys.executable, "-m", "service.cli", "--help")
HELP_SECONDS = 0.5


def processor_seconds() -> float:
    """Of one `rasoat --help`: processor time, so that a busy machine does not fail the test."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(HELP, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_is_quick() -> None:
    assert min(processor_seconds() for _ in range(3)) < HELP_SECONDS


def test_help_is_vietnamese_and_loads_nothing_heavy() -> None:
    result = subprocess.run([HELP[0], "-X", "importtime", *HELP[1:]], capture_output=True, text=True, check=True)
    assert "Rà soát văn bản quy phạm pháp luật" in result.stdout
    assert "ingest" in result.stdout
    loaded = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    for heavy in ("numpy", "sqlalchemy", "torch", "fastapi", "onnxruntime", "faiss", "service.wiring"):
        assert heavy not in loaded


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nope"], "Dòng lệnh sai"),
        (["ingest"], "Thiếu"),
        (["ingest", "x", "--nope"], "Không có tùy chọn --nope."),
        (["search", "x", "-k", "many"], "Giá trị của"),
        (["--lang", "fr", "search"], "vi | en"),
        (["audit"], "--out"),
    ],
)
def test_a_wrong_command_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == EXIT_USAGE
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


def test_ingest_search_show(workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    assert (
        run("ingest", DECREE, tmp_path / "empty.pdf", tmp_path / "none.pdf", "-w", workspace, "--json") == EXIT_PARTIAL
    )
    captured = capsys.readouterr()
    outcomes = json.loads(captured.out)
    assert [each["outcome"] for each in outcomes["files"]] == ["new", "failed", "failed"]
    assert outcomes["total"]["documents"] == 1
    assert "empty.pdf: Tệp rỗng." in captured.err
    assert "2 trên 3 tệp không nạp được." in captured.err
    # the same again changes nothing and is no error
    assert run("ingest", DECREE, "-w", workspace) == 0
    assert "976_2024_ND-CP.pdf: không đổi" in capsys.readouterr().out

    questions = tmp_path / "q.jsonl"
    questions.write_text(
        '{"id": "q1", "text": "diện tích tối thiểu tách thửa"}\n{"id": 2, "text": "khoản 2 Điều 3 976/2024/NĐ-CP"}\n',
        encoding="utf-8",
    )
    assert run("search", "--queries", questions, "-w", workspace, "-k", 2) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["id"] for answer in answers] == ["q1", "2"]
    assert len(answers[0]["hits"]) == 2
    assert answers[1]["hits"][0]["citation"] == "khoản 2 Điều 3 Nghị định số 976/2024/NĐ-CP"

    assert run("show", "976/2024/NĐ-CP", "-w", workspace, "--as-of", "2024-07-31", "--json") == 0
    (shown,) = json.loads(capsys.readouterr().out)
    assert (shown["status"], shown["effective"]) == ("Chưa có hiệu lực", "2024-08-01")
    assert any("40 m² đối với đất ở tại phường" in unit["text"] for unit in shown["units"])
    assert run("show", "1/2024/NĐ-CP", "-w", workspace, "--lang", "en") == 4
    assert "Not found: 1/2024/NĐ-CP" in capsys.readouterr().err


def test_search_keeps_to_what_is_wanted(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ingest", DECREE, RESOLUTION, "-w", workspace) == 0
    capsys.readouterr()

    def numbers(*wanted: object) -> set[str]:
        assert run("search", "diện tích đất", "-k", 100, "-w", workspace, "--json", *wanted) == 0
        return {hit["number"] for hit in json.loads(capsys.readouterr().out)["hits"]}

    decree, resolution = "976/2024/NĐ-CP", "36/2025/NQ-HĐND"
    assert numbers() == {decree, resolution}
    assert numbers("--kind", "nghị quyết") == {resolution}
    assert numbers("--kind", "Nghị quyết", "--kind", "Nghị định") == {decree, resolution}
    assert numbers("--issuer", "chính phủ") == {decree}
    assert numbers("--issued-from", "2025-01-01") == {resolution}
    assert numbers("--issued-to", "2024-12-31", "--number", resolution) == set()
    assert numbers("--rank", 3) == set()
    assert run("search", "diện tích đất", "-w", workspace, "--field", "Thiên văn") == 3
    said, _, fields = capsys.readouterr().err.partition("Chọn một trong: ")
    assert "Không có lĩnh vực 'Thiên văn' trong chỉ mục." in said
    assert numbers("--field", fields.split(", ")[0])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["search", "x", "-w", "nowhere"], 4, "Chưa có không gian làm việc này."),
        (["audit", "-w", "nowhere", "--out", "o"], 4, "Chưa có không gian làm việc này."),
        (["check", "none.pdf", "-w", ".", "--out", "o"], 4, "Không có tệp này."),
        (["show", "1/2024/NĐ-CP", "-w", ".", "--as-of", "mai"], 3, "Không phải một ngày."),
        (["search", " ", "-w", "."], 3, "Câu hỏi trống."),
        (["search", "x", "-w", ".", "-k", "100000"], 3, "Số kết quả phải từ 1 đến"),
        (["search", "--queries", "none.jsonl", "-w", "."], 3, "Không đọc được câu hỏi"),
        (["compare", "--pairs", "none.jsonl", "--out", "o.jsonl"], 3, "Không đọc được tệp cặp điều khoản"),
        (["audit", "-w", ".", "--out", "o"], 5, "chưa có văn bản nào"),
        (["import", "codification", "none.jsonl", "--out", "o.jsonl"], 3, "Không đọc được dữ liệu pháp điển."),
    ],
)
def test_errors_have_their_exit_codes(
    workspace: Path, arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert workspace.parent.is_dir()
    assert run(*arguments) == code
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


def test_a_broken_settings_file_is_named(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("rasoat.toml").write_text("[retrieval]\nneighbors = 3\n")
    assert run("ingest", DECREE, "-w", workspace) == 7
    assert "rasoat.toml [retrieval]" in capsys.readouterr().err


def test_a_broken_territory_file_is_refused_before_anything_is_kept(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("t.toml").write_text('[[merger]]\nnew = "tỉnh A"\n', encoding="utf-8")
    assert run("ingest", DECREE, "-w", workspace, "--territory", "t.toml") == 7
    assert "[[merger]]" in capsys.readouterr().err
    assert not (workspace / "rasoat.sqlite").exists()


def test_parse_writes_the_documents_it_can(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.pdf").write_bytes(b"%PDF-1.7 cut")
    assert run("parse", DECREE, "bad.pdf", DECREE, "--out", "parsed") == EXIT_PARTIAL
    assert "bad.pdf" in capsys.readouterr().err
    assert sorted(path.name for path in Path("parsed").iterdir()) == [
        "976_2024_ND-CP.pdf (2).json",
        "976_2024_ND-CP.pdf.json",
    ]
    document = json.loads(Path("parsed/976_2024_ND-CP.pdf.json").read_text(encoding="utf-8"))
    assert (document["schema"], document["document"]["number"]) == ("rasoat/document/1", "976/2024/NĐ-CP")
    assert run("parse", RESOLUTION, "--out", "parsed", "--format", "text") == 0
    assert "Số: 36/2025/NQ-HĐND" in Path("parsed/SaKhe_36_2025_NQ-HDND.docx.txt").read_text(encoding="utf-8")
    assert run("parse", DECREE, "--out", "parsed", "--format", "akn") == 0
    assert b"akomaNtoso" in Path("parsed/976_2024_ND-CP.pdf.xml").read_bytes()
    assert not workspace.exists()


def test_the_codification_becomes_a_list(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {
            "anchor": "1",
            "heading": "Điều 36.3.NĐ.1.1. Phạm vi điều chỉnh",
            "source_note": "(Điều 1 Nghị định số 12/2011/NĐ-CP Về thanh niên, có hiệu lực thi hành kể từ ngày 26/03/2011)",
            "text": "Nghị định này quy định về thanh niên xung phong.",
            "so_hieu": "12/2011/NĐ-CP",
        },
        {
            "anchor": "1",
            "heading": "Điều 36.3.NĐ.1.2. Biểu mẫu",
            "source_note": "(Điều 2 Nghị định số 12/2011/NĐ-CP)",
            "text": "",
        },
    ]
    documents = [{"so_hieu": "12/2011/NĐ-CP", "loai": "Nghị định", "ten": "Về thanh niên", "co_quan": "Chính phủ",
                  "ngay_ban_hanh": "30/01/2011", "ngay_hieu_luc": "15/03/2011"}]  # fmt: skip
    for name, lines in (("p.jsonl.gz", rows), ("d.jsonl.gz", documents)):
        Path(name).write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    assert run("import", "codification", "p.jsonl.gz", "--documents", "d.jsonl.gz", "--out", "list.jsonl.gz") == 0
    first, second = (json.loads(line) for line in gzip.decompress(Path("list.jsonl.gz").read_bytes()).splitlines())
    assert first == {
        "id": "1",
        "number": "12/2011/NĐ-CP",
        "kind": "Nghị định",
        "issuer": "Chính phủ",
        "issued": "2011-01-30",
        "effective": "2011-03-26",
        "territory": "cả nước",
        "path": "Điều 1",
        "heading": "Phạm vi điều chỉnh",
        "title": "Về thanh niên",
        "text": "Nghị định này quy định về thanh niên xung phong.",
    }
    assert (second["id"], second["text"], second["number"], second["effective"]) == (
        "1~2",
        "Biểu mẫu",
        "12/2011/NĐ-CP",
        "2011-03-15",
    )
    assert run("ingest", "list.jsonl.gz", "-w", workspace) == 0
    assert "1 văn bản, 2 điều khoản" in capsys.readouterr().out


def test_version_names_everything_that_decides_findings(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("version", "--json", "--settings", "-w", workspace) == 0
    shown = json.loads(capsys.readouterr().out)
    assert set(shown["fingerprints"]) == {"rasoat", "encoder", "lexicons", "rules", "pair-scorer"}
    assert shown["settings"]["retrieval.neighbours"] == "20"


def test_rules_are_listed_from_the_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert {"modality", "number", "deadline"} <= {rule["rule"] for rule in listed}
    assert all(rule["sentence"] and rule["examples"] and rule["ground"] and rule["measured"] for rule in listed)


@pytest.mark.parametrize(("name", "start"), [("rules.md", "# Các quy tắc"), ("rules.html", "<!doctype html>")])
def test_rules_are_written_as_a_page(tmp_path: Path, name: str, start: str) -> None:
    assert run("rules", "--out", tmp_path / name) == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_the_page_of_rules_has_two_forms_only(tmp_path: Path) -> None:
    assert run("rules", "--out", tmp_path / "rules.pdf") == InputError.exit_code
    assert not (tmp_path / "rules.pdf").exists()

"""Files become kept documents: once, whole, or not at all; a bad file never stops the others."""

from __future__ import annotations

import gzip
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from nlp.progress import silent
from service.config import load_config
from service.store.files import FileFolder, write_whole
from service.usecases.ingest import Outcome, outcome_json
from service.wiring import Rooms

SAMPLE = Path(__file__).resolve().parents[2] / "corpora" / "sample" / "documents"
DECREE, RESOLUTION = SAMPLE / "976_2024_ND-CP.pdf", SAMPLE / "SaKhe_36_2025_NQ-HDND.docx"


@pytest.fixture
def rooms(tmp_path: Path) -> Rooms:
    return Rooms(load_config(tmp_path / "workspace", {"RASOAT_READING_OCR": "no"}))


def listed(*records: dict[str, str]) -> bytes:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


def everything_below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_mixed_batch(rooms: Rooms, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    shutil.copy(DECREE, folder / "sub" / "decree.pdf")
    shutil.copy(RESOLUTION, folder / "resolution.docx")
    shutil.copy(DECREE, folder / ".hidden" / "x.pdf")
    (folder / "list.jsonl.gz").write_bytes(gzip.compress(listed({"id": "a", "text": "Điều 1. Nội dung."})))
    (folder / "MANIFEST.csv").write_text("a,b")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "cut.pdf").write_bytes(DECREE.read_bytes()[:900])
    (folder / "double.jsonl").write_bytes(listed({"id": "b", "text": "x"}, {"id": "b", "text": "y"}))
    outcomes = {each.name: each for each in rooms.ingester.ingest([folder, tmp_path / "nowhere.pdf"])}
    assert {name: each.outcome for name, each in outcomes.items()} == {
        "MANIFEST.csv": Outcome.SKIPPED,
        "cut.pdf": Outcome.FAILED,
        "double.jsonl": Outcome.FAILED,
        "empty.pdf": Outcome.FAILED,
        "list.jsonl.gz": Outcome.NEW,
        "resolution.docx": Outcome.NEW,
        "sub/decree.pdf": Outcome.NEW,
        "nowhere.pdf": Outcome.FAILED,
    }
    decree = outcomes["sub/decree.pdf"]
    assert (decree.version, decree.documents, decree.pages) == (1, 1, 3)
    assert decree.provisions > 10
    # what failed is remembered for coverage, but a path that does not exist is no document
    failures = {each.name: each.code for each in rooms.store.failures()}
    assert set(failures) == {"cut.pdf", "double.jsonl", "empty.pdf"}
    assert (failures["double.jsonl"], failures["empty.pdf"]) == ("faulty_lines", "empty_file")
    assert {each.file for each in rooms.store.documents()} == {"list.jsonl.gz", "resolution.docx", "sub/decree.pdf"}
    # originals of the three, nothing of the failed ones
    assert len(everything_below(rooms.config.workspace / "files")) == 3


def test_the_same_bytes_change_nothing(rooms: Rooms, tmp_path: Path) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    shutil.copy(DECREE, first)
    shutil.copy(DECREE, second)
    rooms.ingester.ingest([first])
    before = (rooms.store.counts(), rooms.store.unit_keys(), everything_below(rooms.config.workspace / "files"))
    again, other = rooms.ingester.ingest([first, second])
    assert (again.outcome, again.version, again.same_as) == (Outcome.UNCHANGED, 1, "")
    assert (other.outcome, other.same_as) == (Outcome.UNCHANGED, "a.pdf")
    assert (rooms.store.counts(), rooms.store.unit_keys(), everything_below(rooms.config.workspace / "files")) == before


def test_a_changed_file_is_a_new_version(rooms: Rooms, tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    path.write_bytes(listed({"id": "a", "text": "Thời hạn là 05 ngày."}, {"id": "b", "text": "Giữ nguyên."}))
    rooms.ingester.ingest([path])
    path.write_bytes(listed({"id": "a", "text": "Thời hạn là 07 ngày."}))
    (outcome,) = rooms.ingester.ingest([path])
    assert (outcome.outcome, outcome.version) == (Outcome.NEW_VERSION, 2)
    assert [each.unit.side.text for each in rooms.store.all_provisions()] == ["Thời hạn là 07 ngày."]


def test_two_files_of_one_name_stay_apart(rooms: Rooms, tmp_path: Path) -> None:
    for folder, source in (("x", DECREE), ("y", SAMPLE / "918_2024_QH15.pdf")):
        (tmp_path / folder).mkdir()
        shutil.copy(source, tmp_path / folder / "vb.pdf")
    outcomes = rooms.ingester.ingest([tmp_path / "x", tmp_path / "y"])
    assert [(each.name, each.outcome, each.version) for each in outcomes] == [
        ("vb.pdf", Outcome.NEW, 1),
        ("vb.pdf (2)", Outcome.NEW, 1),
    ]
    assert [each.number for each in rooms.store.documents()] == ["976/2024/NĐ-CP", "918/2024/QH15"]
    assert {each.unit.file for each in rooms.store.all_provisions()} == {"vb.pdf", "vb.pdf (2)"}


def test_a_bug_in_one_file_is_a_failed_file(rooms: Rooms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    shutil.copy(DECREE, good)
    bad.write_bytes(b"%PDF-1.4 other")
    parse = rooms.parse

    def broken(path: Path, name: str) -> object:
        if name == "bad.pdf":
            raise ZeroDivisionError
        return parse(path, name)

    monkeypatch.setattr(rooms, "parse", broken)
    first, second = rooms.ingester.ingest([bad, good])
    assert (first.outcome, second.outcome) == (Outcome.FAILED, Outcome.NEW)
    assert first.error is not None
    assert first.error.code == "unexpected"


def test_too_large_a_file(tmp_path: Path) -> None:
    rooms = Rooms(load_config(tmp_path / "w", {"RASOAT_READING_MAX_FILE_BYTES": "1000"}))
    (outcome,) = rooms.ingester.ingest([DECREE])
    assert outcome.error is not None
    assert outcome.error.code == "file_too_large"
    assert outcome_json(outcome)["outcome"] == "failed"


def test_the_index_follows_the_corpus(rooms: Rooms, tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    path.write_bytes(
        listed(
            {"id": "a", "text": "Diện tích tối thiểu tách thửa là 50 m²."},
            {"id": "b", "text": "Phí chợ là 5.000 đồng."},
        )
    )
    rooms.ingest([path], silent)
    (hits,) = rooms.searcher(rooms.saved_index()).search(["phí chợ"], 5)
    assert [hit.id for hit in hits] == ["b", "a"]
    generation = rooms.index_generation()
    rooms.ingest([path], silent)
    assert rooms.index_generation() == generation
    path.write_bytes(listed({"id": "b", "text": "Phí chợ là 6.000 đồng."}))
    rooms.ingest([path], silent)
    (hits,) = rooms.searcher(rooms.saved_index()).search(["phí chợ"], 5)
    assert [(hit.id, hit.quote) for hit in hits] == [("b", "Phí chợ là 6.000 đồng.")]
    # of the two texts of the first version one is encoded again, none twice
    assert len(rooms.vectors) == 3


def test_an_archive_is_its_documents(rooms: Rooms, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bundle.zip", "w") as archive:
        archive.write(DECREE, "../up/decree.pdf")
        archive.writestr("cut.pdf", DECREE.read_bytes()[:900])
        archive.writestr("notes.xyz", "x")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 nonsense")
    outcomes = rooms.ingester.ingest([tmp_path / "bundle.zip", tmp_path / "broken.zip"])
    assert [(each.name, each.outcome) for each in outcomes] == [
        ("bundle.zip", Outcome.UNPACKED),
        ("bundle.zip/up/decree.pdf", Outcome.NEW),
        ("bundle.zip/cut.pdf", Outcome.FAILED),
        ("broken.zip", Outcome.FAILED),
    ]
    assert [each.file for each in rooms.store.documents()] == ["bundle.zip/up/decree.pdf"]
    again = rooms.ingester.ingest([tmp_path / "bundle.zip"])
    assert again[1].outcome is Outcome.UNCHANGED


def test_files_are_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "deep" / "x.bin"
    write_whole(target, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert everything_below(tmp_path) == ["deep/x.bin"]


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.pdf", ".pdf"),
        ("a.jsonl.gz", ".jsonl.gz"),
        ("Quyết định 12.PDF", ".pdf"),
        ("x", ""),
        ("../../etc/passwd", ""),
    ],
)
def test_original_names_never_become_paths(tmp_path: Path, name: str, suffix: str) -> None:
    assert FileFolder(tmp_path).path("ab" * 32, name) == tmp_path / "ab" / ("ab" * 32 + suffix)

"""Pairs made by controlled edits: what each change does to a clause, and what the generator promises of a whole set."""

from __future__ import annotations

import gzip
import json
from random import Random
from typing import TYPE_CHECKING

import pytest

from nlp.law.finding import ConflictType
from nlp.text.numerals import parse_words
from nlp.training import edit_changes as changes
from nlp.training import edit_disguises as disguises
from nlp.training.edits import document_numbers, main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nlp.training.edit_operations import Edit

    Operation = Callable[[str, Random], Edit | None]

DEADLINE = (
    "2. Trong thời hạn không quá 10 ngày kể từ ngày nhận đủ hồ sơ hợp lệ, Ủy ban nhân dân cấp huyện phải cấp giấy phép."
)


def edits_of(operation: Operation, text: str) -> list[Edit]:
    """What an operation makes of a text over some seeds."""
    drawn = (operation(text, Random(seed)) for seed in range(60))
    return [edit for edit in drawn if edit is not None]


def some(operation: Operation, text: str) -> Edit:
    """The first edit of a text."""
    found = edits_of(operation, text)
    assert found, f"nothing changed in {text!r}"
    return found[0]


def every(operation: Operation, text: str) -> set[str]:
    """All texts that an operation makes of one."""
    return {edit.text for edit in edits_of(operation, text)}


@pytest.mark.parametrize(
    ("operation", "text", "kind"),
    [
        (changes.other_number, "Mức hỗ trợ tối đa là 5.000.000 đồng một hộ.", ConflictType.NUMBER),
        (changes.other_sanction, "Phạt tiền từ 2.000.000 đồng đến 3.000.000 đồng đối với hành vi sau.", ConflictType.SANCTION),
        (changes.other_deadline, DEADLINE, ConflictType.DEADLINE),
        (changes.other_start, DEADLINE, ConflictType.DEADLINE),
        (changes.other_modality, "Chủ cơ sở phải niêm yết giá.", ConflictType.MODALITY),
        (changes.other_authority, DEADLINE, ConflictType.AUTHORITY),
        (changes.condition_added, "Người khuyết tật được miễn phí tham quan.", ConflictType.CONDITION),
        (changes.condition_dropped, "Hộ nghèo được vay vốn, trừ trường hợp đã vay từ nguồn khác.", ConflictType.CONDITION),
        (changes.other_connective, "Có bằng đại học hoặc chứng chỉ nghề.", ConflictType.CONDITION),
        (changes.other_addressee, "Tổ chức, cá nhân sử dụng đất nộp phí.", ConflictType.SCOPE),
        (changes.other_procedure, "Chủ đầu tư báo cáo trước khi khởi công.", ConflictType.PROCEDURE),
        (changes.other_definition, "1. Chợ tạm là nơi mua bán hàng hóa, không có công trình kiên cố.", ConflictType.DEFINITION),
    ],
)  # fmt: skip
def test_change_is_typed_and_says_what_differs(operation: Operation, text: str, kind: ConflictType) -> None:
    edit = some(operation, text)
    assert edit.conflict_type is kind
    assert edit.text != text
    assert edit.before in text
    assert edit.after in edit.text


@pytest.mark.parametrize(
    ("operation", "text"),
    [
        (changes.other_number, "Chủ cơ sở phải niêm yết giá."),
        (changes.other_sanction, "Mức hỗ trợ tối đa là 5.000.000 đồng một hộ."),
        (changes.other_modality, "Phí là khoản tiền nộp vào ngân sách."),
        (changes.other_authority, "Cơ sở cung cấp dịch vụ lưu trú."),
        (changes.condition_dropped, "Ban hành quy chế phù hợp với điều kiện phát triển kinh tế của địa phương."),
        (changes.other_definition, DEADLINE),
        (disguises.condition_moved, DEADLINE),
        (disguises.list_turned, "Gồm:\na) Đơn;\nb) Giấy nêu tại điểm a khoản này."),
        (disguises.number_in_words, "Mức đóng bằng 2% quỹ lương."),
    ],
)
def test_nothing_to_change(operation: Operation, text: str) -> None:
    assert not every(operation, text)


def test_maximum_is_only_raised_and_minimum_only_lowered() -> None:
    for text in every(changes.other_number, "Mức hỗ trợ tối đa là 10.000.000 đồng."):
        assert int(text.split(" là ")[1].split(" ")[0].replace(".", "")) > 10_000_000
    for text in every(changes.other_number, "Diện tích tối thiểu là 60 m²."):
        assert float(text.split(" là ")[1].split(" ")[0].replace(",", ".")) < 60


def test_figure_in_brackets_goes_with_its_figure() -> None:
    for text in every(changes.other_deadline, "Chậm nhất là 05 (năm) ngày phải trả lời."):
        assert "(năm)" not in text or "làm việc" in text


@pytest.mark.parametrize("number", [1, 5, 10, 15, 21, 24, 40, 55, 100, 105, 110, 115, 205, 999])
def test_number_in_words_is_read_back(number: int) -> None:
    assert parse_words(disguises.in_words(number)) == number


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Lưu giữ 24 giờ.", "Lưu giữ 01 ngày."),
        ("Có hiệu lực 24 tháng.", "Có hiệu lực 02 năm."),
        ("Hỗ trợ 3.000.000 đồng.", "Hỗ trợ 3 triệu đồng."),
        ("Rừng từ 5 ha.", "Rừng từ 50.000 m²."),
        ("Giảm 50% phí.", "Giảm 50 phần trăm phí."),
    ],
)
def test_equivalent_unit(text: str, same: str) -> None:
    assert every(disguises.equivalent_unit, text) == {same}


def test_points_keep_their_words_when_turned() -> None:
    text = "Hồ sơ gồm:\na) Đơn đề nghị;\nb) Bản vẽ;\nc) Giấy phép cũ."
    for turned in every(disguises.list_turned, text):
        assert sorted(turned.replace(".", ";").split()) == sorted(text.replace(".", ";").split())


def test_condition_moved_behind_the_command() -> None:
    moved = some(
        disguises.condition_moved, "2. Trường hợp hồ sơ thiếu giấy tờ thì cơ quan tiếp nhận báo cho người nộp."
    )
    assert moved.text == "Cơ quan tiếp nhận báo cho người nộp trong trường hợp hồ sơ thiếu giấy tờ."


def test_tones_move_there_and_back() -> None:
    moved = some(disguises.tone_moved, "Hòa giải viên nộp thủy lợi phí; quy hoạch.")
    assert moved.text == "Hoà giải viên nộp thuỷ lợi phí; quy hoạch."
    assert some(disguises.tone_moved, moved.text).text == "Hòa giải viên nộp thủy lợi phí; quy hoạch."


@pytest.fixture
def codification(tmp_path: Path) -> Path:
    """Forty articles of twenty documents in two topics, and their documents."""
    subjects = ("luật sư", "công chứng viên", "doanh nghiệp", "học sinh", "xăng dầu")
    articles, documents = [], []
    for at in range(40):
        number = f"{at // 2 + 1:02d}/2015/NĐ-CP"
        who = subjects[at % len(subjects)]
        text = (
            f"1. Trong thời hạn không quá {at + 5} ngày kể từ ngày nhận đủ hồ sơ, Ủy ban nhân dân cấp tỉnh phải cấp thẻ số {at} cho {who}, trừ "
            f"trường hợp đã bị thu hồi.\n2. Tổ chức, cá nhân quản lý {who} được hỗ trợ tối đa {at + 2}.000.000 đồng khi có đề nghị bằng văn bản. "
            f"Mức hỗ trợ phải được công khai trước khi chi trả."
        )
        note = f"(Điều {at + 1} Nghị định số {number} ngày 01/02/2015 của Chính phủ)"
        articles.append(
            {
                "anchor": f"{at:040d}",
                "demuc": f"1.{at % 2}",
                "heading": f"Điều 1.{at}. Cấp thẻ",
                "source_note": note,
                "text": text,
                "so_hieu": number,
            }
        )
        documents.append(
            {"so_hieu": number, "loai": "Nghị định", "ten": "x", "ngay_ban_hanh": "01/02/2015", "co_quan": "Chính phủ"}
        )
    for name, rows in (("provisions", articles), ("documents", documents)):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return tmp_path


def run(folder: Path, name: str, *more: str) -> list[dict[str, object]]:
    """The pairs that the command writes."""
    out = folder / name
    files = [str(folder / "provisions.jsonl.gz"), "--documents", str(folder / "documents.jsonl.gz"), "--out", str(out)]
    assert main([*files, "--count", "120", *more]) == 0
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_command_repeats_itself_balances_and_excludes(codification: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pairs = run(codification, "one.jsonl")
    report = json.loads(capsys.readouterr().out)
    assert pairs == run(codification, "two.jsonl")
    assert pairs != run(codification, "three.jsonl", "--seed", "5")
    assert {pair["relation"] for pair in pairs} == {"contradiction", "duplicate", "overlap", "consistent", "unrelated"}
    assert report["pairs"] == len(pairs)
    assert 0.3 < report["auc_of_contradiction"]["overlap"] < 0.7
    for pair in pairs:
        assert (pair["conflict_type"] is not None) == (pair["relation"] == "contradiction")
    excluded = codification / "pairs.jsonl"
    excluded.write_text(json.dumps({"a": {"number": "x"}, "b": {"number": "03/2015/NĐ-CP"}}), encoding="utf-8")
    assert document_numbers(excluded) == {"x", "03/2015/NĐ-CP"}
    assert "03/2015/NĐ-CP" in {pair["source"] for pair in pairs}
    assert "03/2015/NĐ-CP" not in {
        pair["source"] for pair in run(codification, "four.jsonl", "--exclude", str(excluded))
    }

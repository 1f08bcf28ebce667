"""Contrast pairs leave B's words out and find them again in the packs."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.training.contrast import CODIFIED, DOCUMENTS, KEPT_A, PROVINCIAL, join, main, provincial_anchor, strip

if TYPE_CHECKING:
    from nlp.training.contrast import Record

COMMITTED = Path(__file__).parents[2] / "corpora" / "contrast"
ARTICLE = "Người bán hàng rong phải:\n1. Giữ vệ sinh nơi bán.\n2. Dọn hàng trước 22 giờ."
PROVINCIAL_TEXT = "Lệ phí cấp giấy phép là 50.000 đồng."
LOOSE_TEXT = "LỆ PHÍ CHỢ Điều 3. Thu nộp 1. Thu ngày 5. Có biên lai. 2. Nộp tại khoản 1. Cho xã."  # as the packs write it: no line breaks
PROVINCE = {"id": "11/2020/NQ-HĐND", "ministry": "HỘI ĐỒNG NHÂN DÂN TỈNH LONG AN", "name": "Lệ phí"}
LICENCE = {**PROVINCE, "article": "Điều 2", "text": PROVINCIAL_TEXT}
MARKET = {**PROVINCE, "article": "Điều 3. Thu nộp", "text": LOOSE_TEXT}
NOTE = "(Điều 5 Nghị định số 12/2011/NĐ-CP Về bán hàng ngày 30/01/2011 của Chính phủ, có hiệu lực thi hành kể từ ngày 26/03/2011)"


def write_packs(folder: Path) -> None:
    codified = {
        "anchor": "4711",
        "heading": "Điều 36.3.NĐ.1.5. Trách nhiệm",
        "source_note": NOTE,
        "text": ARTICLE,
        "so_hieu": "12/2011/NĐ-CP",
    }
    document = {"so_hieu": "12/2011/NĐ-CP", "ngay_ban_hanh": "30/01/2011", "co_quan": "Chính phủ"}
    for name, records in ((CODIFIED, [codified]), (PROVINCIAL, [LICENCE, MARKET]), (DOCUMENTS, [document])):
        with gzip.open(folder / name, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def anchor(provision: dict[str, str]) -> str:
    return provincial_anchor(provision["id"], provision["article"], provision["text"])


def real_pair(a: str, a_path: str, b: str, b_path: str, a_text: str, b_text: str) -> Record:
    return {
        "id": "n-1", "group": b, "a": {"anchor": a, "number": "n", "path": a_path, "text": a_text},
        "b": {"anchor": b, "number": "n", "path": b_path, "text": b_text}, "relation": "contradiction",
        "conflict_type": "deadline", "evidence": {"a": a_text, "b": b_text}, "trap": None,
    }  # fmt: skip


def pair(group: str, path: str, text: str) -> Record:
    return {
        "id": "x-1", "group": group, "a": {"number": "1/2024/QĐ-UBND", "text": "Dọn hàng trước 23 giờ."},
        "b": {"number": "n", "path": path, "text": text}, "relation": "contradiction", "conflict_type": "deadline",
        "evidence": {"a": "trước 23 giờ", "b": "trước 22 giờ"}, "trap": None,
    }  # fmt: skip


def test_export_and_join_give_the_pair_back(tmp_path: Path) -> None:
    write_packs(tmp_path)
    cases = [
        ("4711", "khoản 2 Điều 5", "2. Dọn hàng trước 22 giờ."),
        ("4711", "Điều 5", "Người bán hàng rong phải:"),
        (anchor(LICENCE), "Điều 2", PROVINCIAL_TEXT),
    ]
    full, kept, back = (tmp_path / name for name in ("full.jsonl", "kept.jsonl", "back.jsonl"))
    full.write_text("".join(json.dumps(pair(*case), ensure_ascii=False) + "\n" for case in cases), encoding="utf-8")
    main(["export", str(full), "--out", str(kept)])
    assert "trước 22 giờ" not in kept.read_text(encoding="utf-8")
    assert PROVINCIAL_TEXT not in kept.read_text(encoding="utf-8")
    main(["join", str(kept), "--packs", str(tmp_path), "--out", str(back)])
    rows = [json.loads(line) for line in back.read_text(encoding="utf-8").splitlines()]
    assert [row["b"]["text"] for row in rows] == [text for _, _, text in cases]
    assert rows[0]["b"]["issuer"] == "Chính phủ"
    assert rows[0]["b"]["issued"] == "2011-01-30"
    assert rows[0]["b"]["heading"] == "Trách nhiệm"
    assert rows[0]["evidence"] == {"a": "trước 23 giờ"}


def test_pairs_of_two_real_provisions_keep_only_references(tmp_path: Path) -> None:
    write_packs(tmp_path)
    market = anchor(MARKET)
    # (A's anchor and path, B's anchor and path, their texts, their dates)
    cases = [
        (market, "khoản 2 Điều 3", "4711", "khoản 1 Điều 5", "2. Nộp tại khoản 1. Cho xã.", "1. Giữ vệ sinh nơi bán."),
        ("4711", "khoản 2 Điều 5", market, "Điều 3", "2. Dọn hàng trước 22 giờ.", LOOSE_TEXT.removeprefix("LỆ PHÍ CHỢ ")),
    ]  # fmt: skip
    full, kept, back = (tmp_path / name for name in ("full.jsonl", "kept.jsonl", "back.jsonl"))
    rows = [real_pair(*case) for case in cases]
    full.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    main(["export", str(full), "--out", str(kept)])
    assert "Dọn hàng" not in kept.read_text(encoding="utf-8")
    assert "Nộp tại" not in kept.read_text(encoding="utf-8")
    main(["join", str(kept), "--packs", str(tmp_path), "--out", str(back)])
    joined = [json.loads(line) for line in back.read_text(encoding="utf-8").splitlines()]
    assert [(row["a"]["text"], row["b"]["text"]) for row in joined] == [case[4:] for case in cases]
    assert [(row["a"]["issued"], row["b"]["issued"]) for row in joined] == [
        ("2020-07-01", "2011-01-30"),
        ("2011-01-30", "2020-07-01"),
    ]
    assert [row["evidence"] for row in joined] == [None, None]


def test_a_pair_whose_paragraph_is_gone_is_left_out() -> None:
    provisions: dict[str, Record] = {"4711": {"text": ARTICLE, "territory": "cả nước"}}
    assert join(strip(pair("4711", "khoản 3 Điều 5", "x")), provisions) is None
    assert join(strip(pair("4712", "khoản 2 Điều 5", "x")), provisions) is None


def test_committed_pairs_hold_no_text_of_others() -> None:
    files = sorted(COMMITTED.glob("*.jsonl"))
    assert files
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            assert set(record["b"]) <= {"anchor", "number", "path"}
            assert set(record["a"]) in ({"anchor", "number", "path"}, set(KEPT_A))
            assert isinstance(record["evidence"], str | None)
            assert record["evidence"] is None or "anchor" not in record["a"]

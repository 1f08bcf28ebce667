"""Contrast pairs leave B's words out and find them again in the packs."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.training.contrast import CODIFIED, DOCUMENTS, PROVINCIAL, join, main, provincial_anchor, strip

if TYPE_CHECKING:
    from nlp.training.contrast import Record

COMMITTED = Path(__file__).parents[2] / "corpora" / "contrast"
ARTICLE = "Người bán hàng rong phải:\n1. Giữ vệ sinh nơi bán.\n2. Dọn hàng trước 22 giờ."
PROVINCIAL_TEXT = "Lệ phí cấp giấy phép là 50.000 đồng."
NOTE = "(Điều 5 Nghị định số 12/2011/NĐ-CP Về bán hàng ngày 30/01/2011 của Chính phủ, có hiệu lực thi hành kể từ ngày 26/03/2011)"


def write_packs(folder: Path) -> str:
    codified = {
        "anchor": "4711",
        "heading": "Điều 36.3.NĐ.1.5. Trách nhiệm",
        "source_note": NOTE,
        "text": ARTICLE,
        "so_hieu": "12/2011/NĐ-CP",
    }
    provincial = {
        "id": "11/2020/NQ-HĐND",
        "article": "Điều 2",
        "text": PROVINCIAL_TEXT,
        "ministry": "HỘI ĐỒNG NHÂN DÂN TỈNH LONG AN",
        "name": "Lệ phí",
    }
    document = {"so_hieu": "12/2011/NĐ-CP", "ngay_ban_hanh": "30/01/2011", "co_quan": "Chính phủ"}
    for name, record in ((CODIFIED, codified), (PROVINCIAL, provincial), (DOCUMENTS, document)):
        with gzip.open(folder / name, "wt", encoding="utf-8") as file:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return provincial_anchor(provincial["id"], provincial["article"], provincial["text"])


def pair(anchor: str, path: str, text: str) -> Record:
    return {
        "id": "x-1", "group": anchor, "a": {"number": "1/2024/QĐ-UBND", "text": "Dọn hàng trước 23 giờ."},
        "b": {"number": "n", "path": path, "text": text}, "relation": "contradiction", "conflict_type": "deadline",
        "evidence": {"a": "trước 23 giờ", "b": "trước 22 giờ"}, "trap": None,
    }  # fmt: skip


def test_export_and_join_give_the_pair_back(tmp_path: Path) -> None:
    provincial = write_packs(tmp_path)
    cases = [
        ("4711", "khoản 2 Điều 5", "2. Dọn hàng trước 22 giờ."),
        ("4711", "Điều 5", "Người bán hàng rong phải:"),
        (provincial, "Điều 2", PROVINCIAL_TEXT),
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


def test_a_pair_whose_paragraph_is_gone_is_left_out() -> None:
    provisions: dict[str, Record] = {"4711": {"text": ARTICLE, "territory": "cả nước"}}
    assert join(strip(pair("4711", "khoản 3 Điều 5", "x")), provisions) is None
    assert join(strip(pair("4712", "khoản 2 Điều 5", "x")), provisions) is None


def test_committed_pairs_hold_no_text_of_b() -> None:
    files = sorted(COMMITTED.glob("*.jsonl"))
    assert files
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            assert set(record["b"]) == {"number", "path"}
            assert isinstance(record["evidence"], str | None)

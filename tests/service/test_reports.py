"""Reports say what the findings say, to people and to machines."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from openpyxl import load_workbook

import nlp.analyser
from nlp.comparison.rules import RULES
from nlp.errors import Language
from nlp.law.finding import ConflictType, FindingKind, Gravity
from service.reports.folder import write_report
from service.reports.html import html_report
from service.reports.labels import Labels
from service.reports.wire import coverage_json, finding_json
from service.reports.xlsx import xlsx_report
from tests.service.example_report import CONTRADICTION, DEAD_BASIS, HONG_SA, REPORT


def tree(text: str) -> Any:
    """The page as lxml sees it; its stubs know nothing of `text_content`."""
    return html.fromstring(text)


def test_a_finding_on_the_wire() -> None:
    wire = finding_json(CONTRADICTION)
    assert wire["kind"] == "contradiction"
    assert wire["probability"] == 0.9312
    assert wire["prevailing"] == "right"
    left = wire["left"]
    assert isinstance(left, dict)
    assert left["boxes"] == [{"page": 3, "box": [85.04, 310.5, 510.2, 338.75]}]
    assert left["quote"] == "1. Diện tích tối thiểu được tách thửa đối với đất ở tại phường là 50 m²."
    assert wire["signals"] == [
        {"rule": "number", "weight": 2.4, "note": "A cho phép 50 m², B đòi hỏi không thấp hơn 60 m²."},
        {"rule": "delegated_range", "weight": -0.5, "note": "B giao cho cấp tỉnh quy định trong giới hạn."},
    ]
    assert finding_json(DEAD_BASIS)["right"] is None
    assert finding_json(DEAD_BASIS)["prevailing"] is None


def test_coverage_accounts_for_every_file() -> None:
    wire = coverage_json(REPORT)
    assert [(line["file"], line["status"]) for line in wire["files"]] == [  # type: ignore[attr-defined]
        ("LamKhe_12_2024_QD-UBND.pdf", "read"),
        ("976_2024_ND-CP.pdf", "read"),
        ("hong.pdf", "failed"),
    ]
    assert wire["counts"] == {
        "files": 3,
        "files_failed": 1,
        "pages": 14,
        "pages_unread": 1,
        "documents": 2,
        "provisions": 1234,
        "candidates": 310,
        "compared": 280,
        "abstained": 12,
        "truncated": 7,
        "findings": 3,
    }
    assert wire["fingerprints"] == {"encoder": "e5-small-vi-1234"}


def test_the_page_shows_both_sides_of_every_finding() -> None:
    page = tree(html_report(REPORT))
    findings = page.xpath("//article[@class='finding']")
    assert [each.get("data-kind") for each in findings] == ["contradiction", "divergent", "dead_basis"]
    first = findings[0].text_content()
    for words in (
        CONTRADICTION.left.quote,
        CONTRADICTION.right.quote if CONTRADICTION.right else "",
        CONTRADICTION.left.citation,
        "trang 3",
        CONTRADICTION.why,
        CONTRADICTION.handling_text,
        "khoản 3 Điều 58 Luật số 64/2025/QH15; Điều 6 Nghị định số 79/2025/NĐ-CP",
        "Quy định B: khoản 2 Điều 6 Nghị định số 976/2024/NĐ-CP",
        "Độ chắc chắn 93%",
        "+2,40",
        "−0,50",
    ):
        assert words in first, words
    # nothing is certain
    assert "99%" in findings[2].text_content()
    buttons = [each.text_content() for each in page.xpath("//button[@data-filter]")]
    assert buttons == ["Tất cả3", "Mâu thuẫn1", "Khác nhau giữa các địa bàn cũ1", "Căn cứ không còn hiệu lực1"]
    text = page.text_content()
    assert "1.234" in text
    assert "hong.pdf: Tệp bị cắt ngắn." in text
    assert "a_new_reason" in text
    assert "Nội dung sửa đổi văn bản khác" in text


def test_words_of_documents_cannot_become_markup() -> None:
    text = html_report(REPORT)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_the_page_needs_nothing_from_elsewhere() -> None:
    text = html_report(REPORT)
    assert re.findall(r"(?:src|href)=[\"'](?!#)", text) == []
    assert "http" not in text
    assert "url(" not in text


def test_no_findings_is_said_with_its_limits() -> None:
    text = tree(html_report(replace(REPORT, findings=()))).text_content()
    assert "Không có phát hiện nào trong phạm vi đã so sánh." in text


def test_english() -> None:
    text = tree(html_report(replace(REPORT, language=Language.EN))).text_content()
    assert "Contradiction" in text
    assert "1,234" in text
    assert "Mâu thuẫn" not in text


def test_the_spreadsheet() -> None:
    book = load_workbook(io.BytesIO(xlsx_report(REPORT)))
    assert book.sheetnames == ["Kết quả", "Phạm vi", "Chú giải"]
    sheet = book["Kết quả"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:P4"
    row = [cell.value for cell in sheet[2]]
    assert row[:6] == [1, "Mâu thuẫn", "mức, số lượng, tỷ lệ", "Cao", 0.9312, CONTRADICTION.left.citation]
    assert row[6] == CONTRADICTION.left.quote
    # words that look like a formula stay words
    cell = sheet.cell(3, 9)
    assert (cell.value, cell.data_type) == (HONG_SA.quote, "s")
    assert sheet.cell(1, 1).font.bold
    assert sheet.cell(2, 7).alignment.wrap_text
    coverage = [[cell.value for cell in line] for line in book["Phạm vi"].iter_rows()]
    assert ["Cặp đã so sánh", 280] in [line[:2] for line in coverage]
    assert ["hong.pdf", 0, 0, "hong.pdf: Tệp bị cắt ngắn. Kiểm tra lại tệp gốc."] in coverage


def test_awkward_texts_fit_a_cell() -> None:
    awkward = replace(HONG_SA, quote="\x00\x0bĐiều 1\n" + "dài " * 20_000)
    book = load_workbook(io.BytesIO(xlsx_report(replace(REPORT, findings=(replace(CONTRADICTION, left=awkward),)))))
    value = book["Kết quả"].cell(2, 7).value
    assert isinstance(value, str)
    assert value.startswith("Điều 1\n")
    assert value.endswith("…")
    assert len(value) < 32_767


def test_four_files_are_written_and_agree(tmp_path: Path) -> None:
    paths = write_report(REPORT, tmp_path / "new" / "out")
    assert [path.name for path in paths] == ["findings.jsonl", "coverage.json", "report.html", "report.xlsx"]
    lines = (tmp_path / "new" / "out" / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [finding.id for finding in REPORT.findings]
    assert "Diện tích" in lines[0]


@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("kind", list(FindingKind)),
        ("kind_explained", list(FindingKind)),
        ("conflict_type", list(ConflictType)),
        ("severity", list(Gravity)),
    ],
)
def test_every_code_has_a_label_in_both_languages(section: str, codes: list[str]) -> None:
    for language in Language:
        labels = Labels(language)
        assert set(labels.codes(section)) == set(codes)
        assert all(labels.of(section, code) for code in codes)
    assert all(Labels(Language.VI).of(section, code) != code for code in codes)


def test_every_reason_of_the_analyser_has_a_label() -> None:
    """The reasons are words in the analyser's sources; a new one without a label would be shown as a bare code."""
    labels = Labels(Language.VI)
    analyser = Path(nlp.analyser.__file__).parent
    words = set(
        re.findall(
            r'"([a-z]+(?:_[a-z]+)+)"', "".join(path.read_text(encoding="utf-8") for path in analyser.glob("*.py"))
        )
    )
    reasons = {word for word in words if word.startswith(("not_", "too_", "same_", "disjoint_", "no_counter"))}
    assert {"too_short", "disjoint_territory"} <= reasons
    others = {"not_in_corpus"} | {rule.code for rule in RULES if rule.code != "disjoint_territory"}
    assert reasons - others <= set(labels.codes("skipped"))

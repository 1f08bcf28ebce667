"""Word files: what Word prints is what is read."""

from __future__ import annotations

import io
import zipfile

from nlp.law.source import FurnitureKind, SourceText
from nlp.reading import read
from tests.reading.packages import W, cell, docx, level, numbered, numbering, p, table


def body_of(source: SourceText) -> list[str]:
    cut = min((piece.span.start for piece in source.furniture), default=len(source.text))
    return [line for line in source.text[:cut].split("\n") if line]


def furniture_of(source: SourceText, kind: FurnitureKind) -> list[str]:
    return [piece.span.of(source.text) for piece in source.furniture if piece.kind is kind]


def test_printed_numbers_are_text() -> None:
    levels = numbering(
        level(0, "decimal", "Điều %1."),
        level(1, "decimal", "%2."),
        level(2, "lowerLetter", "%3)"),
        level(3, "upperRoman", "%1.%4"),
    )
    data = docx(
        numbered("Phạm vi")
        + numbered("Khoản một", 1)
        + numbered("Khoản hai", 1)
        + numbered("điểm", 2)
        + numbered("điểm", 2)
        + numbered("Đối tượng")
        + numbered("Khoản", 1)
        + numbered("La Mã", 3),
        numbering=levels,
    )
    assert body_of(read(data, "a.docx")) == [
        "Điều 1. Phạm vi",
        "1. Khoản một",
        "2. Khoản hai",
        "a) điểm",
        "b) điểm",
        "Điều 2. Đối tượng",
        "1. Khoản",
        "2.I La Mã",
    ]


def test_a_list_started_anew_counts_anew() -> None:
    again = '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    data = docx(
        numbered("một") + numbered("hai") + numbered("lại một", 0, 2) + numbered("ba"),
        numbering=numbering(level(0, "decimal", "%1."), extra=again),
    )
    assert body_of(read(data, "a.docx")) == ["1. một", "2. hai", "1. lại một", "3. ba"]


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    change = "<w:p><w:r><w:t>Thời hạn là </w:t></w:r><w:del><w:r><w:delText>15</w:delText></w:r></w:del><w:ins><w:r><w:t>10</w:t></w:r></w:ins><w:r><w:t> ngày.</w:t></w:r></w:p>"
    source = read(docx(change), "a.docx")
    assert body_of(source) == ["Thời hạn là 10 ngày."]
    assert [issue.code for issue in source.issues] == ["tracked_changes_accepted"]


def test_hidden_text_is_left_out_and_capitals_are_printed() -> None:
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:rPr><w:caps/></w:rPr><w:t>quyết định</w:t></w:r></w:p>"
    assert body_of(read(docx(hidden), "a.docx")) == ["QUYẾT ĐỊNH"]


def test_letterhead_table_is_two_columns_of_lines() -> None:
    head = table(
        cell("ỦY BAN NHÂN DÂN/ TỈNH LÂM KHÊ") + cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM/ Độc lập - Tự do - Hạnh phúc"),
        cell("Số: 5/2024/QĐ-UBND") + cell("Lâm Khê, ngày 5 tháng 5 năm 2024"),
    )
    assert body_of(read(docx(head + p("QUYẾT ĐỊNH")), "a.docx")) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH LÂM KHÊ",
        "Số: 5/2024/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Lâm Khê, ngày 5 tháng 5 năm 2024",
        "QUYẾT ĐỊNH",
    ]


def test_data_table_keeps_rows_and_merged_cells() -> None:
    data = docx(
        table(
            cell("STT") + cell("Loại đất") + cell("Giá"),
            cell("1") + cell("Đất ở/ đô thị", '<w:vMerge w:val="restart"/>') + cell("500"),
            cell("2") + cell("", "<w:vMerge/>") + cell("400"),
            cell("Tổng", '<w:gridSpan w:val="2"/>') + cell("900"),
        )
    )
    source = read(data, "a.docx")
    rows = source.tables[0]
    assert [row.of(source.text) for row in rows.rows] == [
        "STT | Loại đất | Giá",
        "1 | Đất ở đô thị | 500",
        "2 |  | 400",
        "Tổng | 900",
    ]
    assert rows.header_rows == 1
    spans = {(cell_.row, cell_.column): (cell_.row_span, cell_.column_span) for cell_ in rows.cells}
    assert spans[1, 1] == (2, 1)
    assert spans[3, 0] == (1, 2)


def test_footnotes_and_heads_are_furniture() -> None:
    notes = f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0">{p("---")}</w:footnote><w:footnote w:id="2">{p("Điều này được sửa đổi")}</w:footnote></w:footnotes>'
    text = '<w:p><w:r><w:t>Mẫu số 15</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    source = read(docx(text, footnotes=notes, header1=f"<w:hdr {W}>{p('DỰ THẢO')}</w:hdr>"), "a.docx")
    assert body_of(source) == ["Mẫu số 15"]
    assert furniture_of(source, FurnitureKind.FOOTNOTE) == ["[2] Điều này được sửa đổi"]
    assert furniture_of(source, FurnitureKind.RUNNING_HEAD) == ["DỰ THẢO"]


def test_old_codes_are_decoded_run_by_run_with_their_capitals() -> None:
    def old(text: str, font: str) -> str:
        return f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr><w:t>{text}</w:t></w:r>'

    data = docx(
        f"<w:p>{old('quyÕt ®Þnh', '.VnTimeH')}</w:p><w:p>{old('C¨n cø LuËt Tæ chøc ChÝnh phñ ngµy 25 th¸ng 12 n¨m 2001; ng', '.VnTime')}"
        f"<w:r><w:rPr><w:rFonts w:ascii='.VnTime'/></w:rPr><w:softHyphen/></w:r>{old('êi sö dông ®Êt', '.VnTime')}</w:p>"
    )
    source = read(data, "a.docx")
    assert body_of(source) == [
        "QUYẾT ĐỊNH",
        "Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001; người sử dụng đất",
    ]
    assert [issue.code for issue in source.issues] == ["text_recoded"]


def styled(text: str, style: str) -> str:
    return p(text, f'<w:pStyle w:val="{style}"/>')


def test_lists_come_through_styles_and_the_styles_they_are_based_on() -> None:
    styles = (
        f"<w:styles {W}>"
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="DieuMoi"><w:basedOn w:val="Dieu"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Khoan"><w:basedOn w:val="Dieu"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        "</w:styles>"
    )
    first = level(0, "decimal", "Điều %1.")
    second = level(1, "decimal", "%2.").replace("<w:start", '<w:pStyle w:val="Khoan"/><w:start')
    data = docx(
        styled("Phạm vi", "Dieu") + styled("Mức thu", "Khoan") + styled("Nộp phí", "Khoan") + styled("Hiệu lực", "DieuMoi"),
        numbering=numbering(first, second),
        styles=styles,
    )  # fmt: skip
    assert body_of(read(data, "a.docx")) == ["Điều 1. Phạm vi", "1. Mức thu", "2. Nộp phí", "Điều 2. Hiệu lực"]


def test_a_list_that_names_a_numbering_style_is_defined_there() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="DanhSo"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="8"><w:styleLink w:val="DanhSo"/>{level(0, "lowerLetter", "%1)")}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    data = docx(
        numbered("một", 0, 3) + numbered("hai", 0, 3), numbering=numbering(level(0, "decimal", "%1."), extra=linked)
    )
    assert body_of(read(data, "a.docx")) == ["a) một", "b) hai"]


def test_an_empty_numbered_paragraph_prints_its_number_and_a_bullet_does_not() -> None:
    data = docx(
        numbered("một") + numbered("") + numbered("ba") + numbered("", 1),
        numbering=numbering(level(0, "decimal", "%1."), level(1, "bullet", "o")),
    )
    assert [line for line in body_of(read(data, "a.docx")) if line] == ["1. một", "2.", "3. ba"]


def test_a_deleted_paragraph_mark_joins_what_it_parted_and_counts_no_number() -> None:
    gone = "<w:rPr><w:del w:id='1'/></w:rPr>"
    data = docx(
        numbered("một")
        + p("hai, ", f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>{gone}')
        + numbered("đi tiếp")
        + numbered("ba"),
        numbering=numbering(level(0, "decimal", "%1.")),
    )
    source = read(data, "a.docx")
    assert body_of(source) == ["1. một", "2. hai, đi tiếp", "3. ba"]
    assert [issue.code for issue in source.issues] == ["tracked_changes_accepted"]


def test_the_main_part_is_the_one_that_the_package_names() -> None:
    out = io.BytesIO()
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>'
    )
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("_rels/.rels", relations)
        package.writestr("word/document2.xml", f"<w:document {W}><w:body>{p('Điều 1. Phạm vi')}</w:body></w:document>")
    assert body_of(read(out.getvalue(), "a.docx")) == ["Điều 1. Phạm vi"]


def test_strict_open_xml_is_read_like_any_other() -> None:
    out = io.BytesIO()
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(
            "word/document.xml", f"<w:document {strict}><w:body>{p('Điều 1. Phạm vi')}</w:body></w:document>"
        )
    assert body_of(read(out.getvalue(), "a.docx")) == ["Điều 1. Phạm vi"]

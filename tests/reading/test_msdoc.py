"""Word 97-2003 files, read without another program."""

from __future__ import annotations

import shutil

import pytest

from nlp.errors import InputError, LegalTextError
from nlp.reading import read
from tests.reading.worddoc import DELETED, HIDDEN, IN_TABLE, ROW_END, compound, doc, font, in_list

FONTS = ("Times New Roman", ".VnTime", ".VnTimeH")


def tcvn3(text: str) -> str:
    """The text in the codes of TCVN3, shown as Latin-1: the table of the tests, not of the program."""
    pairs = "à\xb5 á\xb8 ạ\xb9 ả\xb6 ã\xb7 ă\xa8 â\xa9 ê\xaa ô\xab ơ\xac ư\xad đ\xae ấ\xca ậ\xcb ề\xd2 ế\xd5 ệ\xd6 ị\xde ố\xe8 ồ\xe5 ộ\xe9 ớ\xed ờ\xea ợ\xee ú\xf3 ụ\xf4 ủ\xf1 ứ\xf8 ữ\xf7 ỳ\xfa í\xdd ẩ\xc8"
    return text.translate({ord(pair[0]): pair[1] for pair in pairs.split()})


def test_old_codes_by_font_with_capitals_and_the_letter_of_the_soft_hyphen() -> None:
    data = doc(
        [
            (tcvn3("ủy ban nhân dân\r"), font(2)),
            (tcvn3("Căn cứ Luật Tổ chức, ".replace("ổ", "ố")), font(1)),
            (tcvn3("thị trường được hướng dẫn ").replace("ẫ", "\xc9"), font(1)),
            (tcvn3("của bộ tài chính và các cơ quan\r"), font(1)),
        ],
        [b"", b""],
        FONTS,
    )
    source = read(data, "cu.doc")
    assert source.text.splitlines()[0] == "ỦY BAN NHÂN DÂN"
    assert "thị trường được hướng" in source.text
    assert [issue.code for issue in source.issues] == ["text_recoded"]
    assert source.media_type == "application/msword"


def test_deleted_and_hidden_runs_and_codes_of_fields_are_no_text() -> None:
    data = doc(
        [
            ("Muc thu la ", b""),
            ("10.000", DELETED),
            ("15.000 dong", b""),
            (" ghi chu rieng", HIDDEN),
            (", theo \x13 REF a \\h \x14Phu luc I\x15.\r", b""),
        ],
        [b""],
    )
    source = read(data, "a.doc")
    assert source.text == "Muc thu la 15.000 dong, theo Phu luc I.\n"
    assert [issue.code for issue in source.issues] == ["tracked_changes_accepted"]


def test_printed_numbers_of_lists_are_text() -> None:
    data = doc([("Pham vi\rNoi dung\rDoi tuong\r", b"")], [in_list(1), b"", in_list(1)])
    assert read(data, "a.doc").text.splitlines() == ["Điều 1. Pham vi", "Noi dung", "Điều 2. Doi tuong"]


def test_a_table_is_rows_of_cells() -> None:
    rows = "STT\x07Ten phi\x07Muc thu\x07\x07" + "1\x07Phi tham\rdinh\x07250.000\x07\x07"
    cells = [IN_TABLE] * 3 + [ROW_END] + [IN_TABLE] * 4 + [ROW_END]
    source = read(doc([("Bieu phi\r" + rows + "Het.\r", b"")], [b"", *cells, b""]), "a.doc")
    assert source.text.splitlines() == ["Bieu phi", "STT | Ten phi | Muc thu", "1 | Phi tham dinh | 250.000", "Het."]
    (table,) = source.tables
    assert table.header_rows == 1


def test_a_password_is_told() -> None:
    with pytest.raises(InputError) as caught:
        read(doc([("a\r", b"")], [b""], flags=0x0100), "a.doc")
    assert caught.value.code == "archive_encrypted"


@pytest.mark.parametrize("cut", [600, 1500, 2100, 4000])
@pytest.mark.skipif(shutil.which("soffice") is not None, reason="LibreOffice may mend it")
def test_a_cut_file_is_an_error_and_never_garbage(cut: int) -> None:
    with pytest.raises(InputError) as caught:
        read(doc([("Dieu 1. Pham vi\r" * 12, b"")], [b""] * 12)[:cut], "a.doc")
    assert caught.value.code == "office_failed"


def test_a_chain_of_sectors_that_goes_round_ends() -> None:
    data = bytearray(compound({"WordDocument": bytes(5000)}))
    data[-512:] = bytes(512)  # every sector is followed by the first
    with pytest.raises(LegalTextError):
        read(bytes(data), "a.doc")

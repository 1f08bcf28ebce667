"""Files that cannot be read: a located Vietnamese error each, never anything else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from nlp.errors import InputError, LegalTextError, ResourceError
from nlp.reading import members, read
from nlp.settings import ReadingSettings
from tests.reading.packages import docx, p

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample" / "documents"
DIGITAL = SAMPLE / "LamKhe_12_2024_QD-UBND.pdf"


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def no_pages() -> bytes:
    out = io.BytesIO()
    pypdfium2.PdfDocument.new().save(out)
    return out.getvalue()


def encrypted() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("mật"[:1] + "khau", canPrint=0))
    canvas.drawString(100, 700, "Dieu 1")
    canvas.save()
    return out.getvalue()


def deep(depth: int) -> bytes:
    return docx("<w:sdt><w:sdtContent>" * depth + p("sâu") + "</w:sdtContent></w:sdt>" * depth)


SMALL = ReadingSettings(max_unpacked_bytes=1_000_000, max_archive_members=50, max_pages=1, ocr=False)
FAILURES = [
    ("a.pdf", b"", "file_empty", InputError),
    ("a.txt", b"\x00\x00\n ", "file_empty", InputError),
    ("a.pdf", encrypted(), "pdf_encrypted", InputError),
    ("a.pdf", b"%PDF-1.7\n1 0 obj\n<<", "pdf_damaged", InputError),
    ("a.pdf", DIGITAL.read_bytes()[:2000], "pdf_damaged", InputError),
    ("a.pdf", DIGITAL.read_bytes()[2000:], "pdf_damaged", InputError),
    ("a.pdf", no_pages(), "pdf_without_pages", InputError),
    ("a.docx", zipped(**{"word/document.xml": b"<w" + b" " * 2_000_000}), "archive_too_large", InputError),  # a bomb
    ("a.zip", zipped(**{f"{n}.txt": b"x" for n in range(60)}), "archive_too_many_members", InputError),
    ("a.docx", docx(p("a"))[:-60], "package_damaged", InputError),
    ("a.docx", docx(p("a" * 9000)).replace(b"\x00\x00word/document.xml", b"\x00\x00word/document.xml\xff\xff\xff", 1), "package_damaged", InputError),
    ("a.docx", zipped(**{"word/document.xml": b"<w:document"}), "package_damaged", InputError),
    ("a.docx", zipped(**{"word/other.xml": b"<a/>"}), "not_a_word_file", InputError),
    ("a.docx", deep(2000), "package_damaged", InputError),  # libxml2 stops at 256 levels
    ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "archive_encrypted", InputError),
    ("a.docx", b"\x01" + bytes(range(256)) * 8, "package_damaged", InputError),
    ("a.zip", zipped(**{"anh.exe": b"MZ"}), "archive_without_documents", InputError),
    ("a.zip", zipped(**{"a.txt": b"Dieu 1", "b.txt": b"Dieu 2"}), "archive_with_several", InputError),
    ("a.txt", bytes(range(128, 256)) * 20, "text_encoding_unknown", InputError),
    ("a", b"MZ\x90\x00" + bytes(range(256)) * 8, "text_encoding_unknown", InputError),
    ("a.txt", b"\xff\xfe\x00\xd8\x00", "text_encoding_unknown", InputError),
    ("a.png", b"\x89PNG\r\n\x1a\n broken", "ocr_off", ResourceError),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "code", "kind"), FAILURES, ids=[f"{name}-{code}" for name, _, code, _ in FAILURES]
)
def test_failure(name: str, data: bytes, code: str, kind: type[LegalTextError]) -> None:
    with pytest.raises(LegalTextError) as caught:
        read(data, name, SMALL)
    assert caught.value.code == code
    assert type(caught.value) is kind
    assert caught.value.where == name
    assert caught.value.what.endswith(".")
    assert caught.value.remedy.endswith(".")
    assert caught.value.what_en != caught.value.what


def test_too_many_pages() -> None:
    with pytest.raises(InputError, match="vượt giới hạn 1 trang"):
        read(DIGITAL.read_bytes(), "dai.pdf", SMALL)


def test_a_broken_picture() -> None:
    with pytest.raises(InputError) as caught:
        read(b"\xff\xd8\xff\xe0 not a picture", "anh.jpg", ReadingSettings())
    assert caught.value.code == "picture_damaged"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("quet.pdf", b"\xff\xd8\xff\xe0 JFIF", ("JPEG", "không phải PDF", ".jpg")),
        ("quet.pdf", b"\x89PNG\r\n\x1a\n", ("PNG", "không phải PDF", ".png")),
        ("tai-ve.pdf", b"<!DOCTYPE html><html><body>404</body></html>", ("HTML", "không phải PDF", ".html")),
        ("quyet-dinh.pdf", "Điều 1. Phạm vi điều chỉnh".encode(), ("văn bản thuần", "không phải PDF", ".txt")),
        ("quyet-dinh.docx", DIGITAL.read_bytes(), ("PDF", "không phải Word", ".pdf")),
        ("bieu.docx", zipped(**{"xl/workbook.xml": b"<a/>"}), ("Excel", "không phải Word", ".xlsx")),
    ],
)
def test_a_name_that_contradicts_the_bytes_is_a_mistake(name: str, data: bytes, words: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as caught:
        read(data, name)
    assert caught.value.code == "format_contradicts_name"
    message = caught.value.message()
    assert message.startswith(f"{name}: ")
    for word in words:
        assert word in message


def test_a_customary_other_suffix_is_read_and_told() -> None:
    source = read(docx(p("Điều 1. Phạm vi điều chỉnh")), "quyet-dinh.doc")
    assert source.text == "Điều 1. Phạm vi điều chỉnh\n"
    assert [issue.code for issue in source.issues] == ["format_differs_from_name"]


def test_members_of_an_archive_stay_inside() -> None:
    data = zipped(
        **{
            "../../etc/a.txt": b"Dieu 1",
            "__MACOSX/b.txt": b"x",
            "so/.an.txt": b"x",
            "so/c.docx": docx(p("c")),
            "d.zip": b"PK",
        }
    )
    assert [member.name for member in members(data, "a.zip", ReadingSettings())] == ["etc/a.txt", "so/c.docx"]


def test_external_entities_are_not_read() -> None:
    xml = b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>a&e;b</w:t></w:r></w:p></w:body></w:document>'
    assert Path("/etc/hostname").read_text().strip() not in read(zipped(**{"word/document.xml": xml}), "a.docx").text


def test_a_member_without_a_name_is_passed_over() -> None:
    data = zipped(**{"a.txt": "Điều 1. Phạm vi".encode(), "b": b"x"})
    at = data.rindex(b"PK\x01\x02")
    nameless = data[: at + 28] + b"\x00\x00" + data[at + 30 : at + 46] + data[at + 47 :]
    nameless = nameless[:-10] + (int.from_bytes(nameless[-10:-6], "little") - 1).to_bytes(4, "little") + nameless[-6:]
    assert read(nameless, "a.zip").text == "Điều 1. Phạm vi\n"


def test_files_attached_to_a_pdf_are_told() -> None:
    document, out = pypdfium2.PdfDocument(DIGITAL), io.BytesIO()
    document.new_attachment("phu-luc.xlsx").set_data(b"bang tinh")
    document.save(out)
    source = read(out.getvalue(), "a.pdf")
    assert [issue.code for issue in source.issues] == ["embedded_ignored"]
    assert "1 tệp đính kèm" in source.issues[0].note

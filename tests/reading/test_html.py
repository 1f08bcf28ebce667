"""HTML pages: the document without its site; plain text in its codes."""

from __future__ import annotations

import codecs
import quopri

import pytest

from nlp.law.source import FurnitureKind
from nlp.reading import read

LONG = "Điều 1. Quy định diện tích tối thiểu được tách thửa đối với từng loại đất trên địa bàn tỉnh Lâm Khê. " * 3
PAGE = f"""<html><head><title>Trang</title><script>var x = "Điều 9. Giả";</script></head><body><nav>Trang chủ | Liên hệ</nav>
<div id="toanvancontent">
<table><tr><td><p>ỦY BAN NHÂN DÂN</p><p>TỈNH LÂM KHÊ</p></td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p></td></tr></table>
<p align="center"><b>QUYẾT&nbsp;ĐỊNH</b></p>
<p>{LONG}</p>
<p>1. Thời hạn là <b>15</b> ngày<br>2. Mức thu</p><div style="display: none">ẩn</div>
<table border="1"><tr><th>STT</th><th>Mức</th></tr><tr><td rowspan="2">1</td><td>5.000 đồng</td></tr><tr><td>6.000
 đồng</td></tr></table>
<p>Nơi nhận:</p><p>- Như Điều 3;</p><p>- Lưu: VT.</p>
</div><footer>Bản quyền</footer></body></html>"""


def test_the_document_without_the_site() -> None:
    source = read(PAGE.encode(), "van-ban.html")
    cut = min(piece.span.start for piece in source.furniture)
    assert source.text[:cut].rstrip("\n").split("\n") == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH LÂM KHÊ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "QUYẾT ĐỊNH",
        LONG.strip(),
        "1. Thời hạn là 15 ngày",
        "2. Mức thu",
        "STT | Mức",
        "1 | 5.000 đồng",
        " | 6.000 đồng",
    ]
    assert [piece.kind for piece in source.furniture] == [FurnitureKind.RECIPIENTS]
    assert source.tables[0].cells[2].row_span == 2


TEXT = "Căn cứ Luật Tổ chức chính quyền địa phương;\nĐiều 1. Phạm vi điều chỉnh của Nghị quyết này\n"
TCVN3 = "C¨n cø LuËt Tæ chøc chÝnh quyÒn ®Þa ph\u00ad¬ng;\n§iÒu 1. Ph¹m vi ®iÒu chØnh cña NghÞ quyÕt nµy\n"
# Windows-1258 keeps the tones as combining marks: vowel letter, then tone
CP1258 = "Căn cư\u0301 Luâ\u0323t Tô\u0309 chư\u0301c chi\u0301nh quyê\u0300n đi\u0323a phương;\nĐiê\u0300u 1. Pha\u0323m vi điê\u0300u chi\u0309nh cu\u0309a Nghi\u0323 quyê\u0301t na\u0300y\n"
CODES = [
    (TEXT.encode("utf-8"), []),
    (codecs.BOM_UTF8 + TEXT.encode("utf-8"), []),
    (TEXT.encode("utf-16"), ["text_recoded"]),
    (TEXT.encode("utf-16-le"), ["text_recoded"]),
    (TCVN3.encode("latin-1"), ["text_recoded"]),
    (CP1258.encode("cp1258"), ["text_recoded"]),
]


@pytest.mark.parametrize(("data", "issues"), CODES)
def test_plain_text_in_its_code(data: bytes, issues: list[str]) -> None:
    source = read(data, "van-ban.txt")
    assert source.text == TEXT
    assert [issue.code for issue in source.issues] == issues


def test_a_page_saved_by_word_as_one_file() -> None:
    page = "<html><body><p>Điều 1. Phạm vi điều chỉnh</p><p>1. Mức thu là 15.000 đồng.</p></body></html>"
    encoded = quopri.encodestring(page.encode()).decode("ascii")
    data = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_A"\r\n\r\nWord\r\n\r\n'
        "------=_A\r\nContent-Location: file:///C:/a.htm\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f'Content-Type: text/html; charset="utf-8"\r\n\r\n{encoded}\r\n------=_A--\r\n'
    ).encode()
    source = read(data, "quyet-dinh.doc")
    assert source.text == "Điều 1. Phạm vi điều chỉnh\n1. Mức thu là 15.000 đồng.\n"
    assert [issue.code for issue in source.issues] == ["format_differs_from_name"]

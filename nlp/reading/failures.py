"""Every way in which reading can refuse a file: what is wrong, and what to do, in Vietnamese and English."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.errors import InputError, LegalTextError, ResourceError


@dataclass(frozen=True, slots=True)
class _Failure:
    """A row of the table: the error's class and its sentences; {names} are filled in by `failure`."""

    kind: type[LegalTextError]
    what: str
    remedy: str
    what_en: str
    remedy_en: str


def failure(code: str, where: str, **values: object) -> LegalTextError:
    """The error of a row, to be raised: `where` names the file as the reader knows it."""
    row = _FAILURES[code]
    what, remedy, what_en, remedy_en = (
        text.format(**values) for text in (row.what, row.remedy, row.what_en, row.remedy_en)
    )
    return row.kind(code, where=where, what=what, remedy=remedy, what_en=what_en, remedy_en=remedy_en)


_FAILURES: dict[str, _Failure] = {
    "archive_encrypted": _Failure(
        InputError,
        "Tệp nén hoặc tài liệu được bảo vệ bằng mật khẩu.",
        "Bỏ mật khẩu rồi nộp lại.",
        "The archive is protected by a password.",
        "Remove the password.",
    ),
    "archive_too_large": _Failure(
        InputError,
        "Nội dung bung ra từ tệp vượt giới hạn dung lượng cho phép.",
        "Kiểm tra lại tệp; nếu tệp hợp lệ, nâng giới hạn reading.max_unpacked_bytes.",
        "What the file unpacks to exceeds the size limit.",
        "Check the file, or raise reading.max_unpacked_bytes.",
    ),
    "archive_too_many_members": _Failure(
        InputError,
        "Tệp nén có {count} mục, vượt giới hạn {limit}.",
        "Chia nhỏ tệp nén rồi nộp lại.",
        "The archive has {count} members; the limit is {limit}.",
        "Split the archive.",
    ),
    "archive_with_several": _Failure(
        InputError,
        "Tệp nén có {count} văn bản; mỗi lần chỉ đọc được một.",
        "Giải nén rồi nộp từng tệp hoặc cả thư mục.",
        "The archive holds {count} documents.",
        "Unpack it and submit the files or the folder.",
    ),
    "archive_without_documents": _Failure(
        InputError,
        "Tệp nén không có văn bản nào đọc được.",
        "Nén lại các tệp .pdf, .docx, .doc, .html hoặc .txt.",
        "The archive holds no document.",
        "Put .pdf, .docx, .doc, .html or .txt files into it.",
    ),
    "cpu_limit": _Failure(
        ResourceError,
        "Đọc tệp cần hơn {seconds} giây xử lý nên đã dừng.",
        "Tách tệp hoặc nâng giới hạn reading.max_cpu_seconds.",
        "Reading took more than {seconds} s of processor time and was stopped.",
        "Split the file or raise reading.max_cpu_seconds.",
    ),
    "file_empty": _Failure(
        InputError,
        "Tệp rỗng, không có nội dung.",
        "Chọn lại tệp gốc rồi nộp lại.",
        "The file is empty.",
        "Choose the original file.",
    ),
    "file_too_large": _Failure(
        InputError,
        "Tệp lớn {size:.0f} MB, vượt giới hạn {limit:.0f} MB.",
        "Tách tệp hoặc nâng giới hạn reading.max_file_bytes.",
        "The file is larger than the limit.",
        "Split the file or raise reading.max_file_bytes.",
    ),
    "file_unreadable": _Failure(
        InputError,
        "Không đọc được tệp.",
        "Kiểm tra đường dẫn và quyền đọc.",
        "The file cannot be read.",
        "Check the path and the permissions.",
    ),
    "format_contradicts_name": _Failure(
        InputError,
        "Tệp có đuôi {old} nhưng nội dung là {found}, không phải {named}.",
        "Đổi đuôi tệp thành {suffix}, hoặc mở tệp rồi lưu lại đúng dạng {named}, sau đó nộp lại.",
        "The file is named {old} but holds {found}, not {named}.",
        "Rename it to {suffix}, or open it and save it as {named}, then submit it again.",
    ),
    "html_damaged": _Failure(
        InputError,
        "Trang HTML rỗng hoặc hỏng, không đọc được.",
        "Tải lại trang rồi nộp lại.",
        "The HTML page is empty or damaged.",
        "Download the page again.",
    ),
    "memory_limit": _Failure(
        ResourceError,
        "Đọc tệp cần nhiều bộ nhớ hơn giới hạn.",
        "Tách tệp hoặc nâng giới hạn reading.max_memory_bytes.",
        "Reading the file needs more memory than the limit.",
        "Split the file or raise reading.max_memory_bytes.",
    ),
    "nested_too_deep": _Failure(
        InputError,
        "Cấu trúc tệp lồng nhau quá sâu.",
        "Lưu lại tệp từ phần mềm soạn thảo rồi nộp lại.",
        "The file's structure is nested too deeply.",
        "Save the file again from its editor.",
    ),
    "not_a_word_file": _Failure(
        InputError,
        "Tệp nén không chứa văn bản Word (thiếu word/document.xml).",
        "Mở bằng Word rồi lưu lại dạng .docx.",
        "The package holds no Word document.",
        "Open it in Word and save as .docx.",
    ),
    "ocr_data_missing": _Failure(
        ResourceError,
        "Không tìm thấy dữ liệu nhận dạng tiếng Việt (vie.traineddata).",
        "Cài gói Debian tesseract-ocr-vie rồi chạy lại.",
        "Tesseract's Vietnamese data (vie.traineddata) was not found.",
        "Install the Debian package tesseract-ocr-vie and run again.",
    ),
    "ocr_off": _Failure(
        ResourceError,
        "Tệp là ảnh nhưng chức năng nhận dạng chữ đang tắt.",
        "Bật reading.ocr rồi đọc lại.",
        "The file is a picture and recognition is off.",
        "Turn reading.ocr on.",
    ),
    "office_failed": _Failure(
        InputError,
        "Không chuyển đổi được tệp Word cũ; tệp có thể bị hỏng hoặc có mật khẩu.",
        "Mở bằng Word, bỏ mật khẩu, lưu dạng .docx rồi nộp lại.",
        "The old Word file could not be converted; it may be damaged or protected.",
        "Open it in Word, remove the password and save as .docx.",
    ),
    "office_missing": _Failure(
        ResourceError,
        "Đọc tệp này (.rtf, hoặc .doc cũ hơn Word 97) cần LibreOffice nhưng máy chưa cài.",
        "Cài gói libreoffice-writer, hoặc lưu tệp dạng .docx rồi nộp lại.",
        "Reading this file (.rtf, or .doc older than Word 97) needs LibreOffice.",
        "Install libreoffice-writer, or save the file as .docx.",
    ),
    "office_timeout": _Failure(
        ResourceError,
        "LibreOffice chuyển đổi tệp quá {seconds} giây nên đã dừng.",
        "Lưu tệp dạng .docx rồi nộp lại.",
        "LibreOffice took too long.",
        "Save the file as .docx.",
    ),
    "package_damaged": _Failure(
        InputError,
        "Tệp bị hỏng hoặc bị cắt cụt, không mở được.",
        "Tải lại hoặc lưu lại tệp từ nguồn.",
        "The file is damaged or cut short and cannot be opened.",
        "Download or save the file again.",
    ),
    "pdf_damaged": _Failure(
        InputError,
        "Tệp PDF bị hỏng hoặc bị cắt cụt, không mở được.",
        "Tải lại hoặc xuất lại tệp từ nguồn.",
        "The PDF is damaged or cut short and cannot be opened.",
        "Download or export the file again.",
    ),
    "pdf_encrypted": _Failure(
        InputError,
        "Tệp PDF được bảo vệ bằng mật khẩu.",
        "Bỏ mật khẩu (in lại thành PDF) rồi nộp lại.",
        "The PDF is protected by a password.",
        "Remove the password and submit again.",
    ),
    "pdf_without_pages": _Failure(
        InputError,
        "Tệp PDF không có trang nào.",
        "Kiểm tra lại tệp gốc rồi nộp lại.",
        "The PDF has no pages.",
        "Check the original file.",
    ),
    "picture_damaged": _Failure(
        InputError,
        "Tệp ảnh bị hỏng, không mở được.",
        "Chụp hoặc quét lại rồi nộp lại.",
        "The picture is damaged.",
        "Scan it again.",
    ),
    "picture_too_large": _Failure(
        InputError,
        "Ảnh {width} x {height} điểm vượt giới hạn.",
        "Giảm độ phân giải ảnh rồi nộp lại.",
        "The picture has too many pixels.",
        "Reduce its resolution.",
    ),
    "reader_died": _Failure(
        ResourceError,
        "Tiến trình đọc tệp dừng đột ngột (trạng thái {cause}); tệp hỏng nặng hoặc vượt giới hạn bộ nhớ.",
        "Xuất lại tệp từ nguồn; nếu tệp hợp lệ, nâng giới hạn reading.max_memory_bytes.",
        "The reading process ended suddenly (status {cause}).",
        "Export the file again, or raise reading.max_memory_bytes.",
    ),
    "reading_failed": _Failure(
        InputError,
        "Cấu trúc tệp bất thường, không đọc được (lỗi {cause}).",
        "Mở bằng phần mềm soạn thảo rồi lưu hoặc in lại; nếu vẫn lỗi, gửi tệp và dòng báo lỗi này cho người phát triển.",
        "The file's structure is unusual and could not be read (error {cause}).",
        "Open it in its editor and save or print it again; if that does not help, send the file and this line to the developers.",
    ),
    "text_encoding_unknown": _Failure(
        InputError,
        "Không nhận ra định dạng hoặc bảng mã của tệp.",
        "Nếu là tệp văn bản, lưu lại ở dạng UTF-8; nếu không, nộp tệp PDF hoặc Word.",
        "The format or the encoding of the file is unknown.",
        "Save a text file as UTF-8; otherwise submit a PDF or Word file.",
    ),
    "time_limit": _Failure(
        ResourceError,
        "Đọc tệp quá {seconds} giây nên đã dừng.",
        "Tách tệp hoặc nâng giới hạn reading.max_seconds.",
        "Reading took longer than {seconds} s and was stopped.",
        "Split the file or raise reading.max_seconds.",
    ),
    "too_many_pages": _Failure(
        InputError,
        "Tệp có {count} trang, vượt giới hạn {limit} trang.",
        "Tách tệp hoặc nâng giới hạn reading.max_pages.",
        "The file has {count} pages; the limit is {limit}.",
        "Split the file or raise reading.max_pages.",
    ),
}

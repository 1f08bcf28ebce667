"""The English twins of everything the command line says. A test compares this table with the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    "Rà soát văn bản quy phạm pháp luật: tìm quy định mâu thuẫn, chồng chéo, trùng lặp, không còn phù hợp.": (
        "Review of Vietnamese normative documents: find contradicting, overlapping, repeated and outdated provisions."
    ),
    "[TÙY CHỌN]": "[OPTIONS]",
    "LỆNH [ĐỐI SỐ]...": "COMMAND [ARGS]...",
    "Hiện hướng dẫn này rồi thoát.": "Show this help and exit.",
    "Xem hướng dẫn: {command} --help": "For help: {command} --help",
    "Không có tùy chọn {name}.": "No such option: {name}.",
    "Thiếu {name}.": "Missing {name}.",
    "Giá trị của {name} không dùng được: {detail}": "The value of {name} cannot be used: {detail}",
    "Dòng lệnh sai: {detail}": "Wrong command line: {detail}",
    "Đã dừng theo yêu cầu.": "Stopped as asked.",
    "Thư mục không gian làm việc (được tạo nếu chưa có).": "Workspace folder (made if it does not exist).",
    "In kết quả dạng JSON ra stdout, cho máy đọc.": "Print the result as JSON on stdout, for machines.",
    "Thư mục ghi kết quả.": "Folder for the results.",
    "Xét hiệu lực tại ngày này (mặc định: hôm nay).": "Judge validity on this day (default: today).",
    "TỆP...": "FILE...",
    "Tệp, thư mục hoặc danh sách điều khoản .jsonl[.gz].": "Files, folders or provision lists .jsonl[.gz].",
    "Nạp văn bản vào không gian làm việc; nạp lại đúng nội dung cũ không làm thay đổi gì.": (
        "Ingest documents into the workspace; ingesting the same bytes again changes nothing."
    ),
    "Đọc văn bản": "Reading",
    "Phân tích cấu trúc": "Parsing",
    "Mã hóa điều khoản": "Encoding",
    "Lập chỉ mục": "Indexing",
    "Tìm cặp ứng viên": "Candidates",
    "So sánh": "Comparing",
    "Lập báo cáo": "Reporting",
    "Huấn luyện": "Training",
    "mới": "new",
    "phiên bản mới": "new version",
    "không đổi": "unchanged",
    "bỏ qua": "skipped",
    "lỗi": "failed",
    "Không gian làm việc có {documents} văn bản, {provisions} điều khoản.": (
        "The workspace holds {documents} documents, {provisions} provisions."
    ),
    "{failed} trên {total} tệp không nạp được.": "{failed} of {total} files could not be ingested.",
    "{name}: {what} (trùng nội dung với {other})": "{name}: {what} (same content as {other})",
    "{name}: {what}, {documents} văn bản, {provisions} điều khoản": "{name}: {what}, {documents} documents, {provisions} provisions",
    "Ngôn ngữ của thông báo và báo cáo.": "Language of messages and reports.",
}

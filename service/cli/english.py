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
    "{name}: {what}, {documents} văn bản, {provisions} điều khoản": (
        "{name}: {what}, {documents} documents, {provisions} provisions"
    ),
    "Ngôn ngữ của thông báo và báo cáo.": "Language of messages and reports.",
    "TỆP": "FILE",
    "CÂU_HỎI": "QUESTION",
    "SỐ_KÝ_HIỆU": "NUMBER",
    "DỰ_THẢO": "DRAFT",
    "Chuyển dữ liệu có sẵn thành danh sách điều khoản.": "Convert existing data into a provision list.",
    "Tệp văn bản.": "Document files.",
    "Dạng kết quả.": "Form of the result.",
    "Đọc và phân tích cấu trúc văn bản: phần, chương, điều, khoản, điểm, căn cứ, viện dẫn.": (
        "Read and parse documents: parts, chapters, articles, clauses, points, legal bases, citations."
    ),
    "Tệp TOML về đơn vị hành chính bổ sung, chép vào không gian làm việc.": (
        "TOML file of additional administrative units, copied into the workspace."
    ),
    "Câu hỏi hoặc viện dẫn cần tìm.": "Question or citation to look for.",
    "Số kết quả cho mỗi câu hỏi.": "Hits for each question.",
    'Tệp câu hỏi .jsonl, mỗi dòng {"id", "text"}.': 'Question file .jsonl, each line {"id", "text"}.',
    "Chỉ tìm điều khoản có hiệu lực tại ngày này.": "Only provisions in force on this day.",
    "Ban hành từ ngày này.": "Issued on or after this day.",
    "Ban hành đến ngày này.": "Issued on or before this day.",
    "Chỉ loại văn bản này, ví dụ “Nghị định”; lặp lại được.": "Only this kind of document; may be repeated.",
    "Chỉ bậc hiệu lực pháp lý này (1: Hiến pháp).": "Only this legal rank (1: Constitution).",
    "Chỉ cơ quan ban hành này.": "Only this issuer.",
    "Chỉ địa bàn này.": "Only this territory.",
    "Chỉ lĩnh vực (đề mục pháp điển) này, ví dụ “Đất đai”.": "Only this field of law (a topic of the codification).",
    "Chỉ văn bản có số, ký hiệu này.": "Only documents with this number.",
    "Tìm điều khoản theo nội dung, số ký hiệu hoặc viện dẫn.": "Find provisions by content, number or citation.",
    "Số, ký hiệu văn bản, ví dụ 12/2024/QĐ-UBND.": "Document number, for example 64/2025/QH15.",
    "Đánh dấu những gì đã thay đổi kể từ ngày này.": "Mark what has changed since this day.",
    "Xem văn bản tại một ngày: tình trạng hiệu lực và nội dung sau khi sửa đổi.": (
        "Show a document on a day: its status and its text as amended."
    ),
    'Tệp cặp điều khoản .jsonl, mỗi dòng {"id", "a", "b"}.': 'Pair file .jsonl, each line {"id", "a", "b"}.',
    "Tệp kết quả .jsonl.": "Result file .jsonl.",
    "So sánh từng cặp điều khoản: quan hệ, bằng chứng, bên được áp dụng, hướng xử lý.": (
        "Compare pairs of provisions: relation, evidence, prevailing side, handling."
    ),
    "Tệp dự thảo văn bản.": "Draft document.",
    "Kiểm tra một dự thảo với các văn bản trong không gian làm việc; ghi findings.jsonl, coverage.json, report.html, report.xlsx.": (
        "Check a draft against the documents of the workspace; writes findings.jsonl, coverage.json, report.html, report.xlsx."
    ),
    "Rà soát toàn bộ không gian làm việc; ghi findings.jsonl, coverage.json, report.html, report.xlsx.": (
        "Audit the whole workspace; writes findings.jsonl, coverage.json, report.html, report.xlsx."
    ),
    "Địa chỉ lắng nghe (mặc định theo cấu hình).": "Address to listen on (default: the settings).",
    "Cổng (mặc định theo cấu hình).": "Port (default: the settings).",
    "Chạy kèm một tiến trình xử lý công việc nền.": "Run a worker for background jobs beside it.",
    "Chạy giao diện HTTP (tài liệu tại /docs).": "Run the HTTP API (documentation at /docs).",
    "Tên cố định của tiến trình xử lý này.": "Fixed name of this worker.",
    "Chạy tiến trình xử lý công việc nền (nạp, kiểm tra, rà soát) cho đến khi bị dừng.": (
        "Run a worker for background jobs (ingest, check, audit) until stopped."
    ),
    "phapdien_provisions.jsonl[.gz]": "phapdien_provisions.jsonl[.gz]",
    "Danh sách điều khoản sẽ ghi, .jsonl hoặc .jsonl.gz.": "Provision list to write, .jsonl or .jsonl.gz.",
    "phapdien_documents.jsonl[.gz]: loại, cơ quan, ngày tháng của văn bản.": (
        "phapdien_documents.jsonl[.gz]: kinds, issuers and dates of the documents."
    ),
    "Chuyển Bộ Pháp điển thành danh sách điều khoản để nạp.": (
        "Convert the official codification into a provision list to ingest."
    ),
    "Đo chất lượng trên dữ liệu có nhãn.": "Measure quality on labelled data.",
    "Cặp điều khoản có nhãn, .jsonl.": "Labelled pairs, .jsonl.",
    "Đo phân loại cặp: macro-F1, từng quan hệ, hiệu chuẩn, lỗi nặng nhất.": (
        "Measure the judging of pairs: macro-F1, each relation, calibration, worst errors."
    ),
    "Liệt kê các quy tắc so sánh với ví dụ, căn cứ và độ chính xác đã đo.": (
        "List the comparison rules with examples, grounds and measured precision."
    ),
    "Căn cứ": "Ground",
    "Ghi thành trang .md hoặc .html.": "Write a .md or .html page.",
    "In cả cấu hình đang dùng.": "Print the settings in use too.",
    "In phiên bản cùng dấu vân tay của mô hình, từ điển và quy tắc.": (
        "Print the version with the fingerprints of model, lexicons and rules."
    ),
    "Không tìm thấy điều khoản nào.": "No provision found.",
    "Vị trí": "Citation",
    "Trích dẫn": "Quote",
    "Văn bản": "Document",
    "Cơ quan ban hành": "Issuer",
    "Ngày ban hành": "Issued",
    "Ngày có hiệu lực": "Effective",
    "Địa bàn": "Territory",
    "Tình trạng": "Status",
    "Chấm dứt bởi": "Ended by",
    "Tệp": "File",
    "sửa đổi bởi": "changed by",
    "Thay đổi tại": "Changed at",
    "Chưa thực hiện được: {change}": "Not carried out: {change}",
    "{name}: {provisions} điều khoản ({repeated} mã lặp lại được đánh số thêm, {bare} điều chỉ có tên, {unknown} điều không rõ văn bản).": (
        "{name}: {provisions} provisions ({repeated} repeated ids were numbered, {bare} articles have a heading only, {unknown} have no known document)."
    ),
    "… và {count} kết quả khác trong báo cáo.": "… and {count} more findings in the report.",
    "{findings} kết quả; {provisions} điều khoản, {compared} cặp đã so sánh, {abstained} cặp cần chuyên viên xem xét.": (
        "{findings} findings; {provisions} provisions, {compared} pairs compared, {abstained} pairs left to a reviewer."
    ),
    "Báo cáo: {folder}": "Report: {folder}",
    "{count} cặp đã so sánh: {file}": "{count} pairs compared: {file}",
    "{count} dòng không phải là cặp điều khoản.": "{count} lines are no pairs of provisions.",
    "Tài liệu: http://{host}:{port}/docs": "Documentation: http://{host}:{port}/docs",
    "{failed} trên {total} tệp không đọc được.": "{failed} of {total} files could not be read.",
    "Lỗi ngoài dự kiến của chương trình: gửi các dòng trên cho người phát triển.": (
        "An unexpected error of the program: send the lines above to the developers."
    ),
    "Huấn luyện mô hình (cần phần mở rộng train).": "Train models (needs the extra train).",
    "Thư mục chứa các gói .whl của mô hình gốc.": "Folder with the wheels of the start model.",
    "Thư mục dữ liệu pháp điển.": "Folder with the codification data.",
    "Thư mục models sẽ ghi (mặc định: của chương trình).": "Folder models to write to (default: the program's).",
    "Tệp TOML cấu hình huấn luyện.": "TOML file of training settings.",
    "Số phút huấn luyện thân mô hình (mặc định theo cấu hình).": (
        "Minutes of training of the model's body (default: the settings)."
    ),
    "Dựng và huấn luyện mô hình mã hóa điều khoản; giữ bản tốt hơn.": (
        "Build and train the encoder of provisions; keep the better one."
    ),
    "Điểm ngoài mẫu của mô hình đọc cặp (nlp.training.cross_encoder --oof).": (
        "Out-of-fold scores of the pair reader (nlp.training.cross_encoder --oof)."
    ),
    "Cặp điều khoản có nhãn, .jsonl; tệp đầu gần thực tế nhất.": (
        "Labelled pairs, .jsonl; the first file is nearest to real use."
    ),
    "Thư mục mô hình so sánh cặp (mặc định: của chương trình).": "Folder of the pair scorer (default: the program's).",
    "Huấn luyện mô hình chấm điểm cặp điều khoản.": "Train the scorer of pairs.",
    "Huấn luyện mô hình đoán lĩnh vực theo đề mục pháp điển (khoảng một giờ).": "Train the classifier of fields of law (about an hour).",
    "Đúng ngay {first}, đúng trong ba {three} ({queries} điều).": "First choice right {first}, one of three {three} ({queries} articles).",
    "Mô hình: {folder}": "Model: {folder}",
    "Giữ bản đã huấn luyện.": "The trained one is kept.",
    "Giữ bản ban đầu: bản đã huấn luyện không tốt hơn.": "The start is kept: the trained one is no better.",
    "{name}: {what}, không tìm thấy điều khoản nào": "{name}: {what}, no provision found",
    "đã mở gói": "unpacked",
    "Vẽ các khối văn bản lên ảnh trang vào thư mục này.": "Draw the text blocks over page images into this folder.",
}

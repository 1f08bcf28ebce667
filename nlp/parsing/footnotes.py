"""The footnotes of consolidated texts ("văn bản hợp nhất"): they tell who changed a unit and are no provisions.

Reading marks them where the page shows them; in plain text they stand between the lines: "12 Khoản này được sửa đổi, bổ sung theo quy định tại ...".
"""

from __future__ import annotations

import re

from nlp.law.span import Span

_SUBJECT = (
    r"(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Thông tư|Điều|Khoản|Điểm|Đoạn|Cụm từ|Từ|Nội dung|Mục|Tiểu mục|Chương|Phần|Phụ lục|Tên|Mẫu|"
    r"Biểu|Căn cứ|Tiêu đề|Gạch đầu dòng|Tiết|Các|Số thứ tự|Bảng|Quy định|Việc|Cụm|Câu|Danh mục|Dòng|Hiện)"
)
_START = re.compile(rf"^[ \t]*(?:\[\d{{1,3}}\]|\d{{1,3}})[ \t]*(?:\n[ \t]*)?{_SUBJECT}\b", re.MULTILINE)
_CHANGE = re.compile(
    r"(?:được|bị|đã)\s+(?:\w+\s+){0,2}?(?:sửa\s+đổi|bổ\s+sung|bãi\s+bỏ|thay\s+thế|bỏ|đổi|thay|đính\s+chính)|có\s+căn\s+cứ\s+ban\s+hành|quy\s+định\s+như\s+sau|"
    r"hết\s+hiệu\s+lực|có\s+hiệu\s+lực",
    re.IGNORECASE,
)
_LOOK_AHEAD = 700  # a note says what was changed within its first lines
_LONGEST_NOTE = 6_000
_QUOTE_BEGINS = re.compile(r"(?:như\s+sau|sau\s+đây)\s*:\s*[“\"]", re.IGNORECASE)
_QUOTE_ENDS = re.compile(r"[”\"]\s*[.;]?\s*\n")
_HEADING = re.compile(r"^[ \t]*(?:(?:Chương|CHƯƠNG)\s+[IVXLC\d]+|(?:Điều|ĐIỀU)\s+\d+[a-zđ]?\.)", re.MULTILINE)
_SENTENCE_ENDS = re.compile(r"[.;][ \t]*\n")


def find_footnotes(text: str) -> tuple[Span, ...]:
    """The spans of footnotes that stand between the lines of a consolidated text, in order, each with its line ends."""
    notes: list[Span] = []
    position = 0
    while match := _START.search(text, position):
        position = match.end()
        following = _START.search(text, match.end(), match.end() + _LOOK_AHEAD)
        head_end = following.start() if following else min(len(text), match.end() + _LOOK_AHEAD)
        change = _CHANGE.search(text, match.end(), head_end)
        if change is None:
            continue
        end = _note_end(text, match.end())
        notes.append(Span(match.start(), end))
        position = max(end, position)
    return tuple(notes)


def _note_end(text: str, start: int) -> int:
    """The end of the line with which a note ends: its closing quote, or the stop of its first sentence."""
    limit = min(len(text), start + _LONGEST_NOTE)
    sentence = _SENTENCE_ENDS.search(text, start, limit)
    quote = _QUOTE_BEGINS.search(text, start, limit)
    if quote is not None and (sentence is None or quote.start() < sentence.start()):
        following = _START.search(text, quote.end(), limit)
        closing = _QUOTE_ENDS.search(text, quote.end(), following.start() + 1 if following else limit)
        heading = _HEADING.search(text, quote.end(), limit)
        quotes_articles = _HEADING.match(text, quote.end()) is not None
        if heading is not None and not quotes_articles and (closing is None or heading.start() < closing.start()):
            return heading.start()  # a page broke the note: the rest of it cannot be told from the text
        if closing is not None:
            return closing.end()
    return sentence.end() if sentence is not None else limit

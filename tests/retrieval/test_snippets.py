from __future__ import annotations

import pytest

from nlp.retrieval.snippets import make_snippet

TEXT = "Cơ quan có thẩm quyền tiếp nhận hồ sơ. " * 6 + "Thời hạn giải quyết là 30 ngày làm việc."


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("thời hạn 30 ngày", ["Thời", "hạn", "30", "ngày"]),
        ("thoi han", ["Thời", "hạn"]),
        ("hàng hải", []),
    ],
)
def test_marks(query: str, marked: list[str]) -> None:
    snippet = make_snippet(TEXT, query, 12)
    assert [snippet.text[mark.start : mark.end] for mark in snippet.marks] == marked
    assert snippet.text.strip("…") in TEXT
    assert TEXT[snippet.start :].startswith(snippet.text.strip("…"))


def test_short_text_whole_and_cut_text_shown_as_cut() -> None:
    assert make_snippet("Phạm vi điều chỉnh.", "phạm vi").text == "Phạm vi điều chỉnh."
    assert make_snippet("", "a").text == ""
    assert make_snippet(TEXT, "thời hạn", 12).text.startswith("…")
    assert make_snippet(TEXT, "cơ quan", 5).text == "Cơ quan có thẩm quyền…"

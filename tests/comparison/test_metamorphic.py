"""What changes nothing in law changes no verdict: order of the sides, numbering, spelling, units, numerals, list order, and all of them together."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.comparison import judge, shipped_scorer
from nlp.comparison.canonical import canonical_text
from nlp.comparison.orient import turned
from nlp.comparison.rules import check_all
from nlp.comparison.view import see
from nlp.law.finding import Prevailing, ProvisionPair, Side
from nlp.text.segment import tokenize
from tests.comparison.edits import EDITS, in_words, long_units, reordered, spelled
from tests.comparison.sides import side
from tests.sample_corpus.source import CORPUS

if TYPE_CHECKING:
    from collections.abc import Callable

    from nlp.law.finding import Judgement

TABLES = Path(__file__).parents[1] / "rules"
MIRROR = {Prevailing.A: Prevailing.B, Prevailing.B: Prevailing.A, None: None}
MIN_SYLLABLES, MIN_SHARED = 12, 0.35  # of a paragraph of the sample corpus, and of two that are paired
LOW = side("Quyết định", "12/2024/QĐ-UBND", "Ủy ban nhân dân tỉnh Lạng Sơn", "2024-05-20")
HIGH = side("Nghị định", "10/2023/NĐ-CP", "Chính phủ", "2023-04-03")


# texts of several lines; every edit changes at least one of them
EXAMPLES = (
    "Điều 5. Thời hạn giải quyết thủ tục hòa giải\n1. Ủy ban nhân dân cấp xã trả kết quả trong 15 ngày.\n2. Phí là 5.000.000 đồng.",
    "Mức hỗ trợ 5 triệu đồng trong 02 năm:\na) Hộ nghèo ở xã đảo;\nb) Hộ cận nghèo có trẻ em.",
    "Người nộp hồ sơ phải có:\na) Đơn đề nghị;\nb) Bản sao giấy phép;\nc) Giấy ủy quyền có hiệu lực trong 06 tháng.",
)
CHANGES = (
    ("15 ngày", "10 ngày"),
    ("02 năm", "03 năm"),
    ("Bản sao", "Bản chính"),
    ("phải có", "không phải có"),
    ("cấp xã", "cấp tỉnh"),
)


@cache
def pairs() -> tuple[ProvisionPair, ...]:
    """The rows of all rule tables, and the paragraphs of the sample corpus with their likest counterparts in another document."""
    rows = [
        row
        for path in sorted(TABLES.glob("*.toml"))
        for rows in tomllib.loads(path.read_text("utf-8")).values()
        for row in rows
    ]
    found = [_pair(row["a"], row["b"]) for row in rows]
    found += [_pair(text.replace(*change), text) for text in EXAMPLES for change in (*CHANGES, ("", ""))]
    paragraphs = [
        (path.name, line)
        for path in sorted((CORPUS / "source").glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(tokenize(line)) >= MIN_SYLLABLES and re.match(r"\d{1,2}\. |[a-zđ]\) ", line)
    ]
    bags = [frozenset(token.form for token in tokenize(line)) for _, line in paragraphs]
    for index, (name, line) in enumerate(paragraphs):
        others = [
            (len(bags[index] & bag) / len(bags[index] | bag), at)
            for at, bag in enumerate(bags)
            if paragraphs[at][0] != name
        ]
        share, best = max(others)
        if share >= MIN_SHARED:
            found.append(_pair(line, paragraphs[best][1]))
    return tuple(found)


def _pair(a: str, b: str) -> ProvisionPair:
    return ProvisionPair(replace(LOW, text=a), replace(HIGH, text=b))


def _verdict(judgement: Judgement) -> tuple[object, ...]:
    return judgement.relation, judgement.conflict_type, judgement.abstained, judgement.prevailing, judgement.handling


def test_there_is_something_to_turn_and_edit() -> None:
    assert len(pairs()) > 300
    assert any("điểm" in pair.a.text or "Tại" in pair.a.text for pair in pairs())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_turning_the_sides_mirrors_the_judgement(data: st.DataObject) -> None:
    pair = data.draw(st.sampled_from(pairs()))
    if data.draw(st.booleans()):  # nothing known but the texts
        pair = ProvisionPair(Side(pair.a.text), Side(pair.b.text))
    one, other = judge(pair), judge(turned(pair))
    assert (one.relation, one.conflict_type, one.abstained) == (other.relation, other.conflict_type, other.abstained)
    assert dict(one.probabilities) == pytest.approx(dict(other.probabilities), abs=1e-5)
    assert one.prevailing is MIRROR[other.prevailing]
    assert (one.evidence_a, one.evidence_b) == (other.evidence_b, other.evidence_a)
    assert {(signal.rule, signal.a, signal.b) for signal in one.signals} == {
        (signal.rule, signal.b, signal.a) for signal in other.signals
    }
    assert (one.handling, one.grounds) == (other.handling, other.grounds)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_an_edit_that_changes_nothing_in_law_keeps_the_verdict(edit: Callable[[str], str], data: st.DataObject) -> None:
    chosen = data.draw(
        st.sampled_from(
            [pair for pair in pairs() if edit(pair.a.text) != pair.a.text or edit(pair.b.text) != pair.b.text]
            or pairs()
        )
    )
    of_a, of_b = data.draw(st.sampled_from([(True, False), (False, True), (True, True)]))
    edited = replace(
        chosen,
        a=replace(chosen.a, text=edit(chosen.a.text)) if of_a else chosen.a,
        b=replace(chosen.b, text=edit(chosen.b.text)) if of_b else chosen.b,
    )
    assert _verdict(judge(edited)) == _verdict(judge(chosen))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_edits_together_keep_the_verdict(data: st.DataObject) -> None:
    pair = data.draw(st.sampled_from(pairs()))
    edits = data.draw(st.lists(st.sampled_from(EDITS), min_size=2, max_size=4, unique=True))
    text = pair.a.text
    for edit in edits:
        text = edit(text)
    assert _verdict(judge(replace(pair, a=replace(pair.a, text=text)))) == _verdict(judge(pair))


@pytest.mark.parametrize("index", range(len(EXAMPLES)))
@pytest.mark.parametrize("change", [*CHANGES, ("", "")], ids=str)
def test_the_order_of_points_moves_no_rule(index: int, change: tuple[str, str]) -> None:
    pair = _pair(EXAMPLES[index].replace(*change), EXAMPLES[index])
    turned_list = replace(pair, a=replace(pair.a, text=reordered(pair.a.text)))
    space = shipped_scorer().space
    assert {hit.rule for hit in check_all(see(turned_list, space))} == {hit.rule for hit in check_all(see(pair, space))}


@pytest.mark.parametrize("edit", [*EDITS, reordered], ids=lambda edit: edit.__name__)
def test_every_edit_is_applied_somewhere(edit: Callable[[str], str]) -> None:
    applied = [edit(text) != text for text in EXAMPLES]
    assert any(applied)


def test_evidence_of_a_decomposed_text_points_into_that_text() -> None:
    low = "2. Trong thời hạn 45 ngày làm việc kể từ ngày nhận đủ hồ sơ, Sở Y tế cấp giấy phép hoạt động cho phòng khám."
    high = low.replace("45", "15")
    pair = _pair(low, high)
    decomposed = replace(pair, a=replace(pair.a, text=EDITS[2](low)))
    plain, moved = judge(pair), judge(decomposed)
    assert [canonical_text(span.of(decomposed.a.text))[0] for span in moved.evidence_a] == [
        span.of(low) for span in plain.evidence_a
    ]
    assert "45 ngày làm việc" in plain.evidence_a[0].of(low)


RESIDUAL = (
    "Các nội dung khác không quy định tại Quyết định này thực hiện theo quy định của pháp luật hiện hành.",
    "Những vấn đề chưa được quy định áp dụng theo các văn bản quy phạm pháp luật có liên quan.",
)


@pytest.mark.parametrize("residual", RESIDUAL)
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_residual_clause_says_nothing_of_the_matter(residual: str, data: st.DataObject) -> None:
    pair = data.draw(st.sampled_from(pairs()))
    longer = replace(pair, a=replace(pair.a, text=f"{pair.a.text}\n{residual}"))
    assert dict(judge(longer).probabilities) == pytest.approx(dict(judge(pair).probabilities), abs=1e-5)
    assert _verdict(judge(longer)) == _verdict(judge(pair))


CANONICAL = [
    ("Một  dòng\u00a0thừa \t trống \n\n\n", "Một dòng thừa trống"),
    ("THỜI HẠN GIẢI QUYẾT THỦ TỤC\n1. Sở Y tế", "Thời hạn giải quyết thủ tục\n1. Sở Y tế"),
    ("Điều 5. THỜI HẠN GIẢI QUYẾT\n1. A", "Điều 5. Thời hạn giải quyết\n1. A"),
    ("UBND tỉnh", "UBND tỉnh"),  # an abbreviation is no heading
    ("Số 12/2024/QĐ-UBND", "Số 12/2024/QĐ-UBND"),
    ("hoa\u0300", "hoà"),
    ("", ""),
    (
        "1. Phí là 5 đồng.\n2. Nội dung khác thực hiện theo quy định của pháp luật.\n3. Sở thu phí.",
        "1. Phí là 5 đồng.\n3. Sở thu phí.",
    ),
    (
        "Nội dung khác thực hiện theo quy định của pháp luật.",
        "Nội dung khác thực hiện theo quy định của pháp luật.",
    ),  # all there is
    (
        "Phí là 5 đồng. Việc thu phí thực hiện theo quy định của pháp luật.",
        "Phí là 5 đồng. Việc thu phí thực hiện theo quy định của pháp luật.",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CANONICAL)
def test_canonical_text(text: str, expected: str) -> None:
    assert canonical_text(text)[0] == expected


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="aàáâ\u0300\u0301 \u00a0\t\nĐđXÂM.1", max_size=60))
def test_canonical_text_is_idempotent_and_leads_back(text: str) -> None:
    once, offsets = canonical_text(text)
    assert canonical_text(once) == (once, None)
    if offsets is not None:
        assert offsets.derived[-1] == len(once)
        assert all(0 <= offsets.to_original(at) <= len(text) for at in range(len(once)))


@pytest.mark.parametrize(
    ("number", "words"),
    [(5, "năm"), (15, "mười lăm"), (21, "hai mươi mốt"), (105, "một trăm linh năm"), (30, "ba mươi")],
)
def test_numerals_of_the_edits(number: int, words: str) -> None:
    assert spelled(number) == words


def test_units_of_the_edits() -> None:
    assert long_units("trong 02 năm, cách 3 km, rộng 5 ha, 24 giờ, 3 triệu đồng") == (
        "trong 24 tháng, cách 3.000 m, rộng 50.000 m2, 1440 phút, 3.000.000 đồng"
    )
    assert in_words("ngày 15 tháng 6, trong 15 ngày") == "ngày 15 tháng 6, trong mười lăm ngày"
    assert dt.date(2024, 5, 20) == LOW.issued

"""A word that recognition doubted, from its printed run to the sentence that the reviewer reads."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from nlp.analyser.corpus import CorpusProvision, comparable
from nlp.analyser.findings import pair_finding, remark_finding
from nlp.analyser.judging import Verdict
from nlp.comparison import RULES
from nlp.errors import Language
from nlp.law.finding import ConflictType, FindingKind, Gravity, Judgement, Relation, Signal
from nlp.parsing import parse
from nlp.reading.assemble import TextBuilder, assemble
from nlp.reading.order import order_page
from nlp.settings import ComparisonSettings
from tests.reading.pages import page, run

if TYPE_CHECKING:
    from nlp.law.document import NormativeDocument

PRINTED = (
    "ỦY BAN NHÂN DÂN TỈNH HỒNG SA",
    "Số: 12/2024/QĐ-UBND",
    "QUYẾT ĐỊNH",
    "Điều 1. Hạn mức giao đất",
    "Hạn mức giao đất ở tại xã là 450 m2 cho mỗi hộ gia đình.",
    "Điều 2. Thời hạn giải quyết",
    "Thời hạn giải quyết hồ sơ giao đất là 15 ngày làm việc.",
)
UNSURE = "450"
SENTENCE = {
    Language.VI: "nhận dạng từ ảnh với độ tin cậy thấp",
    Language.EN: "recognised from an image with low confidence",
}
CONFLICT = Judgement(
    Relation.CONTRADICTION,
    ConflictType.NUMBER,
    tuple((relation, 0.9 if relation is Relation.CONTRADICTION else 0.02) for relation in Relation),
    (),
    (),
    (Signal(next(rule.code for rule in RULES if not rule.exonerates), 3.0, "450 và 500"),),
    None,
    "amend",
    "Sửa đổi.",
    (),
    "Hai quy định mâu thuẫn về mức.",
)


@pytest.fixture(scope="module")
def document() -> NormativeDocument:
    runs = [run(text, 80, 60 + 24 * index) for index, text in enumerate(PRINTED)]
    runs = [
        replace(one, uncertain=((one.text.index(UNSURE), one.text.index(UNSURE) + len(UNSURE)),))
        if UNSURE in one.text
        else one
        for one in runs
    ]
    builder = TextBuilder()
    pages = assemble([order_page(page(runs))], builder)
    return parse(builder.source("quet.pdf", "application/pdf", "0" * 64, pages))


def unit_of(document: NormativeDocument, path: str) -> CorpusProvision:
    return next(unit for unit in comparable(document, "quet.pdf") if unit.side.path == path)


@pytest.mark.parametrize("language", Language)
def test_a_conflict_that_rests_on_a_doubted_word_says_so(document: NormativeDocument, language: Language) -> None:
    doubted, sound = unit_of(document, "main/art_1"), unit_of(document, "main/art_2")
    other = replace(sound, id="other", side=replace(sound.side, document="other"))
    for left, expected in ((doubted, True), (sound, False)):
        finding = pair_finding(left, other, Verdict(CONFLICT, False), {}, ComparisonSettings(), language)
        assert finding is not None
        assert (SENTENCE[language] in finding.why) is expected


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("path", "expected"), [("main/art_1", True), ("main/art_2", False)])
def test_a_remark_on_a_doubted_word_says_so(
    document: NormativeDocument, path: str, expected: bool, language: Language
) -> None:
    finding = remark_finding(
        document, "quet.pdf", FindingKind.OUTDATED, None, path, probability=0.9, gravity=Gravity.LOW, note="Tên cũ.",
        grounds=(), handling="sua_doi_bo_sung", handling_text="Sửa đổi.", language=language,
    )  # fmt: skip
    assert (SENTENCE[language] in finding.why) is expected

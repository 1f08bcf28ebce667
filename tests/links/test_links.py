"""Resolution, changes, legal bases, broken and outdated references, validity, consolidated text: a small corpus with known answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from nlp.law.document import Operation
from nlp.law.finding import FindingKind, Gravity
from nlp.law.identifiers import DocumentNumber
from nlp.law.link import Link, LinkKind, Resolution
from nlp.law.rank import Kind
from nlp.law.source import SourceText
from nlp.law.validity import Status
from nlp.links import (
    Catalogue,
    PieceKind,
    check_bases,
    consolidate,
    diff_texts,
    entry_of,
    find_broken,
    find_outdated,
    orphaned,
    resolve,
    validities,
    word_diff,
)
from nlp.links.amend import outside_key
from nlp.parsing.parse import parse
from tests.links.corpus import TEXTS, catalogue, changes, document, gazetteer

TODAY = dt.date(2026, 11, 23)


def links(name: str) -> dict[str, Link]:
    """The citations of a document by their printed words, blanks collapsed; the last one of equal words."""
    text = document(name).text
    return {
        " ".join(one.span.of(text).split()): one
        for one in resolve(document(name), catalogue())
        if one.kind is LinkKind.CITES
    }


def test_provisions_are_resolved_across_the_corpus() -> None:
    found = links("sa_khe")
    assert str(found["Luật Vỉa hè"].target).endswith(
        "918/2024/QH15:2024-06-20#main"
    )  # the law in force on the day of issue
    assert found["Nghị định số 988/2024/NĐ-CP của Chính phủ"].resolution is Resolution.RESOLVED


def test_a_missing_point_keeps_the_unit_that_exists() -> None:
    one = links("sa_khe")["điểm d khoản 1 Điều 1 Nghị định số 988/2024/NĐ-CP"]
    assert one.resolution is Resolution.DOCUMENT_ONLY
    assert one.candidates == ("cp:decree:988/2024/NĐ-CP:2024-11-15#main/art_1/cl_1",)


def test_two_old_provinces_with_one_number() -> None:
    found = links("sa_khe")
    told = found["Quyết định số 12/2024/QĐ-UBND ngày 14 tháng 6 năm 2024 của Ủy ban nhân dân tỉnh Hồng Sa"]
    assert str(told.target).startswith("ubnd.hong-sa:")


def test_a_bare_local_number_of_a_merged_province_stays_ambiguous() -> None:
    names = {
        "Sa Khê": "Hưng Yên",
        "SA KHÊ": "HƯNG YÊN",
        "Hồng Sa": "Hưng Yên",
        "HỒNG SA": "HƯNG YÊN",
        "Lam Khê": "Thái Bình",
        "LAM KHÊ": "THÁI BÌNH",
    }
    documents = []
    for name in ("lam_khe", "hong_sa", "sa_khe"):
        text = TEXTS[name]
        for fictional, real in names.items():
            text = text.replace(fictional, real)
        documents.append(parse(SourceText(name, "text/plain", "0" * 64, text)))
    found = resolve(documents[2], Catalogue(tuple(map(entry_of, documents))))
    bare = next(
        one
        for one in found
        if one.mention.number is not None and str(one.mention.number) == "12/2024/QĐ-UBND" and one.mention.date is None
    )
    assert (bare.resolution, bare.target) == (Resolution.AMBIGUOUS, None)
    assert [key.split(":")[0] for key in bare.candidates] == ["ubnd.hung-yen", "ubnd.thai-binh"]


def test_a_document_outside_the_corpus_is_said_to_be() -> None:
    basis = [one for one in resolve(document("lam_khe"), catalogue()) if one.kind is LinkKind.LEGAL_BASIS]
    assert [one.resolution for one in basis] == [Resolution.RESOLVED, Resolution.NOT_IN_CORPUS]


def test_order_of_documents_does_not_matter() -> None:
    turned = Catalogue(tuple(reversed([entry_of(document(name)) for name in TEXTS])))
    plain = Catalogue(tuple(entry_of(document(name)) for name in TEXTS))
    assert [resolve(document(name), turned) for name in TEXTS] == [resolve(document(name), plain) for name in TEXTS]


def test_changes_know_who_does_what_when() -> None:
    index = changes()
    shown = [
        (one.operation, one.path, str(one.on), one.by.split(":")[2]) for one in index.of(str(document("sa_khe").key))
    ]
    assert shown == [
        (Operation.AMEND, "main/art_1/cl_2", "2026-01-01", "61/2025/QĐ-UBND"),
        (Operation.INSERT, "main/art_1a", "2026-01-01", "61/2025/QĐ-UBND"),
        (Operation.REPLACE_PHRASE, "main/art_2/cl_2", "2026-01-01", "61/2025/QĐ-UBND"),
        (Operation.REPEAL, "main/art_2/cl_1", "2026-01-01", "61/2025/QĐ-UBND"),
        (Operation.DELETE_PHRASE, "main/art_2", "2026-01-01", "61/2025/QĐ-UBND"),
    ]
    end = index.end_of(outside_key(DocumentNumber.parse("500/2014/NĐ-CP"), Kind.DECREE))
    assert end is not None
    assert (end.on, end.by_path) == (dt.date(2025, 1, 1), "main/art_2/cl_2")


STATUSES = [
    ("law_old", dt.date(2014, 6, 30), Status.NOT_YET),
    ("law_old", dt.date(2024, 12, 31), Status.IN_FORCE),
    ("law_old", dt.date(2025, 1, 1), Status.EXPIRED),
    ("hong_sa", dt.date(2025, 10, 4), Status.IN_FORCE),
    ("hong_sa", dt.date(2025, 10, 5), Status.EXPIRED),
    ("lam_khe", TODAY, Status.IN_FORCE),  # nobody repealed the other province's decision with the same number
    ("sa_khe", TODAY, Status.PARTLY_EXPIRED),
]


@pytest.mark.parametrize(("name", "on", "expected"), STATUSES)
def test_status_on_a_day(name: str, on: dt.date, expected: Status) -> None:
    assert validities(catalogue(), changes())[str(document(name).key)].status(on) is expected


def test_a_basis_that_was_dead_at_issue() -> None:
    found = check_bases(document("sa_khe"), catalogue(), changes())
    assert [(one.problem.value, one.basis, one.kind, one.related_path) for one in found] == [
        ("basis_dead_at_issue", 2, FindingKind.DEAD_BASIS, "main/art_2/cl_2")
    ]
    assert "01/01/2025" in found[0].note_vi
    assert "Điều 6 Nghị định số 79/2025/NĐ-CP" in found[0].grounds


def test_bases_in_force_at_issue_are_silent() -> None:
    assert check_bases(document("lam_khe"), catalogue(), changes()) == ()  # both ended only after it was issued
    assert (
        check_bases(document("decree"), catalogue(), changes()) == ()
    )  # adopted, and in force from the same day (Điều 6 NĐ 79)


def test_a_basis_that_ended_later_asks_for_review_only() -> None:
    every = [one for name in TEXTS for one in resolve(document(name), catalogue())]
    found = orphaned(every, validities(catalogue(), changes()), changes(), TODAY)
    assert [(one.document.split(":")[0], one.gravity) for one in found] == [("ubnd.lam-khe", Gravity.LOW)]
    assert found[0].grounds[0] == "khoản 4 Điều 154 Luật số 80/2015/QH13"  # it ended before 1 April 2025
    assert "cần rà soát" in found[0].note_vi


BROKEN = [
    ("sa_khe", [("main/art_1/cl_1", "điểm d khoản 1 Điều 1", "main/art_1/cl_1")]),
    (
        "lam_khe",
        [("main/art_2/cl_1", "Điều 9", None)],
    ),  # "khoản 2 Điều 1": that article has no numbered clauses, so nothing is said
    ("decree", []),
]


@pytest.mark.parametrize(("name", "expected"), BROKEN)
def test_broken_references(name: str, expected: list[tuple[str, str, str | None]]) -> None:
    found = find_broken(document(name), resolve(document(name), catalogue()), catalogue(), changes())
    assert [
        (one.path, one.note_vi.split(" nhưng")[0].removeprefix("Viện dẫn "), one.related_path) for one in found
    ] == expected


def test_an_extract_gives_no_broken_reference() -> None:
    entries = tuple(replace(entry, complete=False) for entry in catalogue().entries)
    extracts = Catalogue(entries)
    assert find_broken(document("sa_khe"), resolve(document("sa_khe"), extracts), extracts, changes()) == ()


OUTDATED = [
    ("lam_khe", TODAY, [("main/art_2/cl_1", "cấp huyện"), ("main/art_2/cl_2", "Sở Giao thông vận tải")]),
    ("lam_khe", dt.date(2025, 3, 15), [("main/art_2/cl_2", "Sở Giao thông vận tải")]),
    ("lam_khe", dt.date(2025, 2, 1), []),
    # the new province: an old province's department, and a department that a later amendment renamed
    (
        "sa_khe",
        dt.date(2025, 12, 1),
        [("main/art_2/cl_1", "tỉnh Hồng Sa"), ("main/art_2/cl_2", "Sở Giao thông vận tải")],
    ),
    ("sa_khe", TODAY, []),
    ("amending", TODAY, []),  # a phrase that is quoted to be replaced
]


@pytest.mark.parametrize(("name", "on", "expected"), OUTDATED)
def test_outdated_bodies(name: str, on: dt.date, expected: list[tuple[str, str]]) -> None:
    found = find_outdated(document(name), on, gazetteer(), changes())
    assert [(one.path, one.terms[0]) for one in found] == expected


def test_text_on_a_day() -> None:
    base, sources = document("sa_khe"), {str(document(name).key): document(name) for name in TEXTS}
    before = consolidate(base, changes().of(str(base.key)), sources, dt.date(2025, 12, 31))
    after = consolidate(base, changes().of(str(base.key)), sources, dt.date(2026, 1, 1))
    assert before.applied == ()
    assert [unit.path for unit in after.units] == [
        "main/art_1", "main/art_1/cl_1", "main/art_1/cl_2", "main/art_1a", "main/art_1a/cl_1", "main/art_1a/cl_2",
        "main/art_2", "main/art_2/cl_1", "main/art_2/cl_2", "main/art_3", "main/art_3/cl_1", "main/art_3/cl_2", "main/art_3/cl_3",
    ]  # fmt: skip
    unit = after.unit("main/art_1/cl_2")
    assert unit is not None
    assert unit.text == "2. Sở Xây dựng giải quyết trong 03 ngày làm việc."
    assert [change.by.split(":")[2] for change in unit.changes] == ["61/2025/QĐ-UBND"]
    repealed, renamed = after.unit("main/art_2/cl_1"), after.unit("main/art_2/cl_2")
    assert repealed is not None
    assert renamed is not None
    assert (repealed.text, repealed.repealed) == ("1. (được bãi bỏ)", True)
    assert renamed.text == "2. Sở Xây dựng kiểm tra."
    assert [reason for _, reason in after.open] == ["không tìm thấy cụm từ “không có cụm từ này”"]


def test_difference_between_two_days() -> None:
    base, sources = document("sa_khe"), {str(document(name).key): document(name) for name in TEXTS}
    index = changes().of(str(base.key))
    found = diff_texts(
        consolidate(base, index, sources, dt.date(2025, 12, 31)), consolidate(base, index, sources, TODAY)
    )
    assert [one.path for one in found] == [
        "main/art_1/cl_2", "main/art_1a", "main/art_1a/cl_1", "main/art_1a/cl_2", "main/art_2/cl_1", "main/art_2/cl_2",
    ]  # fmt: skip
    assert [(one.kind, one.text) for one in found[0].pieces if one.kind is not PieceKind.SAME] == [
        (PieceKind.DELETED, "05"),
        (PieceKind.INSERTED, "03"),
    ]


DIFFS = [
    ("", "", []),
    ("một hai ba", "một hai ba", [("same", "một hai ba")]),
    ("một hai ba", "một bốn ba", [("same", "một "), ("deleted", "hai"), ("inserted", "bốn"), ("same", " ba")]),
    ("", "mới", [("inserted", "mới")]),
]


@pytest.mark.parametrize(("old", "new", "expected"), DIFFS)
def test_word_diff(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    pieces = word_diff(old, new)
    assert [(piece.kind.value, piece.text) for piece in pieces] == expected
    assert "".join(piece.text for piece in pieces if piece.kind is not PieceKind.INSERTED) == old
    assert "".join(piece.text for piece in pieces if piece.kind is not PieceKind.DELETED) == new

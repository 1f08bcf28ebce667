"""The store keeps its promises on every database."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from nlp.errors import InputError, ResourceError, SettingsError, StateError
from service.store.database import open_database
from service.store.records import Failure, NewDocument, Run
from service.store.schema import METADATA
from service.store.store import Store, folded_number, unit_hash
from tests.service.example_documents import NOW, document, record

if TYPE_CHECKING:
    from collections.abc import Iterator

A, B = "Diện tích tối thiểu là 50 m².", "Người tách thửa phải có đăng ký thường trú."


@pytest.fixture
def store(engine: Engine) -> Store:
    return Store(engine)


def test_migrations_make_exactly_the_tables_of_the_schema(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_opening_twice_changes_nothing(url: str) -> None:
    first = open_database(url)
    Store(first).add_version(record("/a.pdf"), [document("a.pdf", (A,))], NOW)
    first.dispose()
    second = open_database(url)
    assert Store(second).counts() == (1, 1)
    second.dispose()


def test_a_newer_schema_is_refused(url: str) -> None:
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StateError) as caught:
        open_database(url)
    assert caught.value.code == "newer_schema"


def test_what_is_kept_comes_back_whole(store: Store) -> None:
    kept = document("a.pdf", (A, B), ids=("x1", "x2"))
    assert store.add_version(record("/d/a.pdf"), [kept], NOW) == 1
    assert tuple(each.unit for each in store.all_provisions()) == kept.provisions
    (shown,) = store.documents()
    assert (shown.key, shown.number, shown.issued, shown.effective, shown.has_body) == (
        "ubnd.thai-binh:decision:12/2024/QĐ-UBND:2024-05-20",
        "12/2024/QĐ-UBND",
        dt.date(2024, 5, 20),
        dt.date(2024, 6, 1),
        False,
    )
    (file,) = store.files()
    assert (file.name, file.version, file.pages, file.pages_unread) == ("a.pdf", 1, 3, 1)


def test_a_changed_file_makes_a_new_version_and_the_old_one_disappears(store: Store) -> None:
    store.add_version(record("/a.pdf", "a"), [document("a.pdf", (A,))], NOW)
    assert store.add_version(record("/a.pdf", "b"), [document("a.pdf", (A, B))], NOW) == 2
    assert store.counts() == (1, 2)
    assert [each.version for each in store.files()] == [2]
    # the old bytes are no longer current: ingesting them again is a third version
    assert store.same_bytes("a" * 64) is None
    assert store.add_version(record("/a.pdf", "a"), [document("a.pdf", (A,))], NOW) == 3


def test_same_bytes_are_found_under_any_name(store: Store) -> None:
    store.add_version(record("/a.pdf", "a"), [document("a.pdf", (A,))], NOW)
    found = store.same_bytes("a" * 64)
    assert found is not None
    assert found.name == "a.pdf"
    assert store.same_bytes("b" * 64) is None


def test_same_number_of_different_issuers_are_two_documents(store: Store) -> None:
    store.add_version(record("/a.pdf", "a"), [document("a.pdf", (A,))], NOW)
    other = document("b.pdf", (B,), issuer="Ủy ban nhân dân tỉnh Nam Định")
    store.add_version(record("/b.pdf", "b"), [other], NOW)
    # leading zeros and letter case of a question do not matter
    assert [each.issuer for each in store.find_documents("012/2024/qđ-ubnd")] == [
        "Ủy ban nhân dân tỉnh Thái Bình",
        "Ủy ban nhân dân tỉnh Nam Định",
    ]
    assert store.find_documents("13/2024/QĐ-UBND") == ()


def test_nothing_is_kept_when_a_document_fails_halfway(store: Store) -> None:
    def documents() -> Iterator[NewDocument]:
        yield document("a.pdf", (A,))
        raise InputError("broken", where="a.pdf", what="Hỏng.", remedy="Sửa.")

    with pytest.raises(InputError):
        store.add_version(record("/a.pdf"), documents(), NOW)
    assert store.counts() == (0, 0)
    assert store.files() == ()


def test_an_id_of_another_current_file_is_refused(store: Store) -> None:
    store.add_version(record("/a.jsonl", "a"), [document("a.jsonl", (A,), ids=("x1",))], NOW)
    with pytest.raises(InputError) as caught:
        store.add_version(record("/b.jsonl", "b"), [document("b.jsonl", (B,), ids=("x1",))], NOW)
    assert "x1" in caught.value.what
    assert "a.jsonl" in caught.value.what
    assert store.counts() == (1, 1)
    # but a new version of the same file may use it
    assert store.add_version(record("/a.jsonl", "c"), [document("a.jsonl", (B,), ids=("x1",))], NOW) == 2


def test_provisions_come_in_the_order_asked_without_old_ones(store: Store) -> None:
    store.add_version(record("/a.pdf", "a"), [document("a.pdf", (A, B))], NOW)
    first, second = (each.id for each in store.all_provisions())
    assert [each.id for each in store.provisions([second, first, 10**6])] == [second, first]
    store.add_version(record("/a.pdf", "b"), [document("a.pdf", (B,))], NOW)
    assert store.provisions([first, second]) == ()


def test_more_provisions_than_one_statement_holds(store: Store) -> None:
    texts = tuple(f"Khoản {number}" for number in range(1_203))
    store.add_version(record("/a.pdf"), [document("a.pdf", texts)], NOW)
    assert [each.unit.side.text for each in store.all_provisions()] == list(texts)
    keys = store.unit_keys()
    assert len(store.provisions([number for number, _ in keys])) == 1_203
    assert len(store.units([key for _, key in keys])) == 1_203


def test_units_are_keyed_by_what_is_encoded(store: Store) -> None:
    kept = document("a.pdf", (A,))
    store.add_version(record("/a.pdf"), [kept], NOW)
    ((_, key),) = store.unit_keys()
    passage = kept.provisions[0].passage
    assert passage.startswith("Quy định diện tích tối thiểu tách thửa. Diện tích tối thiểu. ")
    assert key == unit_hash(passage)
    assert store.units([key, "f" * 64]) == {key: passage}


def test_failures_are_remembered_until_the_file_can_be_read(store: Store) -> None:
    store.add_failure(Failure("/a.pdf", "a.pdf", "pdf_truncated", "Bị cắt."), NOW)
    store.add_failure(Failure("/a.pdf", "a.pdf", "pdf_encrypted", "Bị khóa."), NOW)
    assert [each.code for each in store.failures()] == ["pdf_encrypted"]
    store.add_version(record("/a.pdf"), [document("a.pdf", (A,))], NOW)
    assert store.failures() == ()


@pytest.mark.parametrize(
    ("origin", "wanted", "name"),
    [
        ("/x/a.pdf", "a.pdf", "a.pdf"),  # the source's own name stays
        ("/z/a.pdf", "a.pdf", "a.pdf (3)"),  # two others are shown as a.pdf and a.pdf (2)
        ("/z/b.pdf", "b.pdf", "b.pdf"),
    ],
)
def test_two_files_are_never_shown_under_one_name(store: Store, origin: str, wanted: str, name: str) -> None:
    store.add_version(record("/x/a.pdf", "a"), [], NOW)
    store.add_version(record("/y/a.pdf", "b", store.name_for("/y/a.pdf", "a.pdf")), [], NOW)
    assert store.name_for(origin, wanted) == name


def test_runs_are_kept(store: Store) -> None:
    store.add_run(Run("audit", dt.date(2026, 11, 23), NOW, '{"schema": "rasoat/coverage/1"}'))


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("05/2024/QĐ-TTg", "5/2024/QĐ-TTG"),
        ("5/2024/qđ-ttg", "5/2024/QĐ-TTG"),
        ("64/2025/QH15", "64/2025/QH15"),
        (" Hiến pháp ", "HIẾN PHÁP"),
    ],
)
def test_folded_numbers(printed: str, folded: str) -> None:
    assert folded_number(printed) == folded


@pytest.mark.parametrize(
    ("url", "error", "code"),
    [
        ("nonsense", SettingsError, "bad_database_url"),
        ("nosuch://x/y", SettingsError, "bad_database_url"),
        ("postgresql://rasoat@127.0.0.1:1/none", ResourceError, "database_unreachable"),
        ("sqlite:////nowhere/at/all.sqlite", StateError, "database_unusable"),
    ],
)
def test_unusable_databases_are_named(url: str, error: type[Exception], code: str) -> None:
    with pytest.raises(error) as caught:
        open_database(url)
    assert getattr(caught.value, "code", "") == code


def test_passwords_are_never_shown() -> None:
    with pytest.raises(ResourceError) as caught:
        open_database("postgresql://rasoat:geheim@127.0.0.1:1/none")
    assert "geheim" not in str(caught.value)

"""The databases on which the store must behave the same: SQLite always, PostgreSQL where RASOAT_TEST_POSTGRES_URL names a server."""

from __future__ import annotations

import os
import uuid
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from service.store.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VARIABLE = "RASOAT_TEST_POSTGRES_URL"
BACKENDS = ("sqlite", "postgresql")


def fresh_url(backend: str, folder: Path) -> Iterator[str]:
    """The URL of an empty database; skips with the reason where there is no server. Ends by dropping what it made."""
    if backend == "sqlite":
        yield f"sqlite:///{folder / 'store.sqlite'}"
        return
    server = os.environ.get(VARIABLE)
    if not server:
        pytest.skip(f"no PostgreSQL server: {VARIABLE} is not set (see .ci/postgres.sh)")
    schema = f"t_{uuid.uuid4().hex}"
    engine = create_engine(server)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        url = make_url(server).update_query_dict({"options": f"-csearch_path={schema}"})
        yield url.render_as_string(hide_password=False)
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        engine.dispose()


def fresh_engine(backend: str, folder: Path) -> Iterator[Engine]:
    """A migrated engine on an empty database."""
    for url in fresh_url(backend, folder):
        engine = open_database(url)
        yield engine
        engine.dispose()

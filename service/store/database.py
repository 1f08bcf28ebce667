"""The engine of a workspace, migrated to the newest schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from nlp.errors import ResourceError, SettingsError, StateError

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 60  # how long a writer waits for another one


def open_database(url: str) -> Engine:
    """An engine whose database has the newest schema; SQLite in WAL mode with foreign keys on.

    Raises SettingsError for an unusable URL, ResourceError when the server does not answer or the driver is missing, StateError when the file
    is no database or was written by a newer rasoat.
    """
    engine = _engine(url)
    try:
        _migrate(engine, url)
    except DatabaseError as problem:
        raise _unusable(url, problem) from problem
    return engine


def _engine(url: str) -> Engine:
    try:
        address = make_url(url)
        if address.get_backend_name() == "postgresql" and address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        if address.get_backend_name() != "sqlite":
            return create_engine(address, pool_pre_ping=True)
        engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS})
    except (ArgumentError, NoSuchModuleError) as problem:
        raise SettingsError(
            "bad_database_url",
            where=_shown(url),
            what="Địa chỉ cơ sở dữ liệu không đúng dạng.",
            remedy="Dùng sqlite:///đường/dẫn/tệp.sqlite hoặc postgresql://người-dùng@máy-chủ/tên.",
            what_en="The database address has the wrong form.",
            remedy_en="Use sqlite:///path/to/file.sqlite or postgresql://user@host/name.",
        ) from problem
    except ModuleNotFoundError as problem:
        raise ResourceError(
            "driver_missing",
            where=_shown(url),
            what=f"Thiếu trình điều khiển {problem.name}.",
            remedy='Cài thêm: pip install "rasoat[postgres]".',
            what_en=f"The driver {problem.name} is missing.",
            remedy_en='Install it: pip install "rasoat[postgres]".',
        ) from problem
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    # WAL: readers (the web) go on while a job writes; NORMAL is durable enough there, a power cut loses no consistency
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _migrate(engine: Engine, url: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    with engine.begin() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
        if present == scripts.get_current_head():
            return
        if present is not None and present not in {script.revision for script in scripts.walk_revisions()}:
            raise StateError(
                "newer_schema",
                where=_shown(url),
                what="Không gian làm việc do phiên bản rasoat mới hơn tạo ra.",
                remedy="Cập nhật rasoat rồi thử lại.",
                what_en="The workspace was written by a newer rasoat.",
                remedy_en="Update rasoat and try again.",
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _unusable(url: str, problem: DatabaseError) -> ResourceError | StateError:
    reason = str(problem.orig).strip().splitlines()[0] if problem.orig else str(problem)
    if url.startswith("sqlite"):
        return StateError(
            "database_unusable",
            where=_shown(url),
            what=f"Tệp cơ sở dữ liệu không dùng được ({reason}).",
            remedy="Khôi phục từ bản sao lưu, hoặc chọn thư mục làm việc khác.",
            what_en=f"The database file cannot be used ({reason}).",
            remedy_en="Restore it from a backup, or choose another workspace folder.",
        )
    return ResourceError(
        "database_unreachable",
        where=_shown(url),
        what=f"Không kết nối được cơ sở dữ liệu ({reason}).",
        remedy="Kiểm tra máy chủ, tên, mật khẩu và quyền.",
        what_en=f"The database cannot be reached ({reason}).",
        remedy_en="Check server, name, password and rights.",
    )


def _shown(url: str) -> str:
    """The address without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "database"

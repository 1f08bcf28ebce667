"""The tables. A change here needs a migration in `migrations/versions`; a test compares the two.

Nouns of the law are stored as packed JSON (`codec`); what is searched or filtered has a column of its own.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

# deterministic names, so that migrations can name what they change on both databases
METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# SQLite numbers rows by itself only for INTEGER keys
_KEY = BigInteger().with_variant(Integer, "sqlite")

SOURCE = Table(
    "source",
    METADATA,
    Column("id", _KEY, primary_key=True),
    Column("origin", Text, nullable=False, unique=True),  # absolute path, or "upload:NAME": what "the same file" means
    Column("name", Text, nullable=False),  # as shown: path below the folder that was given
)

VERSION = Table(
    "version",
    METADATA,
    Column("id", _KEY, primary_key=True),
    Column("source_id", _KEY, ForeignKey("source.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),  # 1, 2, ... within the source
    Column("current", Boolean, nullable=False, server_default=false()),
    Column("sha256", String(64), nullable=False, index=True),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),  # bytes
    Column("pages", Integer, nullable=False),
    Column("pages_unread", Integer, nullable=False),  # pages of which no text could be had
    Column("ingested_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("source_id", "number"),
)
# one current version per source, also when two processes ingest at once
Index(
    "uq_version_current",
    VERSION.c.source_id,
    unique=True,
    sqlite_where=text("current"),
    postgresql_where=text("current"),
)

DOCUMENT = Table(
    "document",
    METADATA,
    Column("id", _KEY, primary_key=True),
    Column("version_id", _KEY, ForeignKey("version.id"), nullable=False, index=True),
    Column("key", Text, nullable=False, index=True),  # DocumentKey as string: number alone is no key
    Column("number", Text, nullable=False),  # as printed, "" when unknown
    Column("folded_number", Text, nullable=False, index=True),  # for look-ups: "12/2024/QĐ-UBND"
    Column("kind", Text, nullable=False),
    Column("issuer", Text, nullable=False),  # as printed
    Column("issued", Date),
    Column("effective", Date),
    Column("expires", Date),
    Column("territory", Text, nullable=False),  # as printed
    Column("title", Text, nullable=False),
    Column("body", LargeBinary),  # packed NormativeDocument; null for documents known by provision lists only
)

PROVISION = Table(
    "provision",
    METADATA,
    Column("id", _KEY, primary_key=True),
    Column("document_id", _KEY, ForeignKey("document.id"), nullable=False, index=True),
    Column("external_id", Text, index=True),  # of a provision list
    Column("ordinal", Integer, nullable=False),  # in text order, from 0
    Column("path", Text, nullable=False),
    Column("unit_hash", String(64), nullable=False, index=True),  # of the words that are encoded: the key of its vector
    Column("unit", LargeBinary, nullable=False),  # packed CorpusProvision
)

FAILURE = Table(
    "failure",
    METADATA,
    Column("origin", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),  # Vietnamese
    Column("failed_at", DateTime(timezone=True), nullable=False),
)

RUN = Table(
    "run",
    METADATA,
    Column("id", _KEY, primary_key=True),
    Column("kind", Text, nullable=False),  # "audit", "check"
    Column("as_of", Date, nullable=False),
    Column("finished_at", DateTime(timezone=True), nullable=False),
    Column(
        "record", LargeBinary, nullable=False
    ),  # packed JSON text of coverage.json: settings, fingerprints, coverage
)

JOB = Table(
    "job",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("arguments", LargeBinary, nullable=False),  # packed JSON text
    Column("state", Text, nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("worker", Text, nullable=False),  # who runs or ran it, "" before
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("started_at", DateTime(timezone=True)),
    Column("heartbeat_at", DateTime(timezone=True)),
    Column("finished_at", DateTime(timezone=True)),
    Column("stage", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Column("result", LargeBinary),  # packed JSON text
    Column("error_code", Text, nullable=False),
    Column("error_message", Text, nullable=False),
)

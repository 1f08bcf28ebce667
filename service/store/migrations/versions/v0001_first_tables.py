"""The first tables: files and their versions, documents, provisions, failures, runs, jobs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "source",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("origin", name=op.f("uq_source_origin")),
    )
    op.create_table(
        "version",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("source_id", _KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("pages_unread", sa.Integer(), nullable=False),
        sa.Column("ingested_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_version_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("source_id", "number", name=op.f("uq_version_source_id_number")),
    )
    current = sa.text("current")
    op.create_index(op.f("ix_version_sha256"), "version", ["sha256"])
    op.create_index(op.f("ix_version_source_id"), "version", ["source_id"])
    op.create_index(
        "uq_version_current", "version", ["source_id"], unique=True, sqlite_where=current, postgresql_where=current
    )
    _create_document()
    _create_provision()
    _create_failure_and_run()
    _create_job()


def _create_document() -> None:
    op.create_table(
        "document",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("version_id", _KEY, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("key", "number", "folded_number", "kind", "issuer")),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("issued", "effective", "expires")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("territory", "title")),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_document_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    for name in ("version_id", "key", "folded_number"):
        op.create_index(op.f(f"ix_document_{name}"), "document", [name])


def _create_provision() -> None:
    op.create_table(
        "provision",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("document_id", _KEY, nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("unit_hash", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_provision_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provision")),
    )
    for name in ("document_id", "external_id", "unit_hash"):
        op.create_index(op.f(f"ix_provision_{name}"), "provision", [name])


def _create_failure_and_run() -> None:
    op.create_table(
        "failure",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("origin", "name", "code", "message")),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_failure")),
    )
    op.create_table(
        "run",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )


def _create_job() -> None:
    texts = ("stage", "detail", "error_code", "error_message")
    op.create_table(
        "job",
        sa.Column("id", sa.String(length=32), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "state", "worker")),
        sa.Column("arguments", sa.LargeBinary(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("attempts", "done", "total")),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(f"{name}_at", sa.DateTime(timezone=True)) for name in ("started", "heartbeat", "finished")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("result", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_state"), "job", ["state"])


def downgrade() -> None:
    """Back: everything goes."""
    for name in ("job", "run", "failure", "provision", "document", "version", "source"):
        op.drop_table(name)

"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for name in ("profiles", "vacancies", "needs", "trainings", "services"):
        _records(name)
    _changes()
    _taxonomy()
    _quarantine()
    _lists()
    _runs()
    _keys()


def _records(name: str) -> None:
    op.create_table(
        name,
        sa.Column("id", ID, primary_key=True),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("municipality", sa.String),
        sa.Column("owner", sa.String),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("expires", sa.Date),
        sa.Column("content_hash", sa.String, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
    op.create_index(f"ix_{name}_municipality", name, ["municipality"])
    op.create_index(f"ix_{name}_revision", name, ["revision"])


def _changes() -> None:
    op.create_table(
        "tombstones",
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("id", ID, primary_key=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("deleted_at", MOMENT, nullable=False),
    )
    op.create_index("ix_tombstones_revision", "tombstones", ["revision"])
    counters = op.create_table(
        "counters",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(counters, [{"name": "revision", "value": 0}])


def _taxonomy() -> None:
    op.create_table(
        "concepts",
        sa.Column("uri", ID, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("label_fi", sa.String, nullable=False),
        sa.Column("label_sv", sa.String, nullable=False),
        sa.Column("label_en", sa.String, nullable=False),
        sa.Column("alt", sa.JSON, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
    )
    op.create_table(
        "relations",
        sa.Column("occupation", ID, primary_key=True),
        sa.Column("skill", ID, primary_key=True),
        sa.Column("essential", sa.Boolean, nullable=False),
    )
    op.create_index("ix_relations_skill", "relations", ["skill"])
    op.create_table("taxonomies", sa.Column("version", sa.String, primary_key=True))


def _quarantine() -> None:
    op.create_table(
        "quarantine",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("format", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("file", sa.String, nullable=False),
        sa.Column("row", sa.String, nullable=False),
        sa.Column("field", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("remedy", sa.Text, nullable=False),
        sa.Column("raw", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("ix_quarantine_file_kind", "quarantine", ["file", "kind"])


def _lists() -> None:
    op.create_table(
        "lists",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("profile_id", ID, nullable=False),
        sa.Column("run_id", sa.String, nullable=False),
        sa.Column("snapshot", sa.String, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("offers", sa.JSON, nullable=False),
        sa.Column("entries", sa.Text, nullable=False),
    )
    op.create_index("ix_lists_created_at", "lists", ["created_at"])
    op.create_index("ix_lists_profile_id_run_id", "lists", ["profile_id", "run_id"], unique=True)


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.Column("report", sa.JSON, nullable=False),
    )
    op.create_index("ix_runs_started_at", "runs", ["started_at"])
    op.create_table(
        "run_steps",
        sa.Column("run_id", ID, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "locks",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("holder", sa.String, nullable=False),
        sa.Column("host", sa.String, nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("beat_at", MOMENT, nullable=False),
    )


def _keys() -> None:
    op.create_table(
        "keys",
        sa.Column("id", ID, primary_key=True),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("municipalities", sa.JSON, nullable=False),
        sa.Column("label", sa.String, nullable=False),
        sa.Column("secret_hash", sa.String, nullable=False, unique=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT),
    )

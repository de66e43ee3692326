"""Records as they were, and the records of lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "record_versions",
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("id", ID, primary_key=True),
        sa.Column("revision", sa.BigInteger, primary_key=True),
        sa.Column("profile_id", ID),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("municipality", sa.String),
        sa.Column("owner", sa.String),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("expires", sa.Date),
        sa.Column("content_hash", sa.String, nullable=False),
    )
    op.create_index("ix_record_versions_at", "record_versions", ["at"])
    op.create_index("ix_record_versions_kind_until", "record_versions", ["kind", "until"])
    op.create_table(
        "record_contents",
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("id", ID, primary_key=True),
        sa.Column("content_hash", sa.String, primary_key=True),
        sa.Column("profile_id", ID),
        sa.Column("payload", sa.Text, nullable=False),
    )
    for table in ("record_versions", "record_contents"):
        op.create_index(f"ix_{table}_profile_id", table, ["profile_id"])
    op.create_table(
        "decision_bases",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "decisions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("profile_id", ID, nullable=False),
        sa.Column("run_id", sa.String, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("basis", sa.String, nullable=False),
        sa.Column("terms", sa.Text, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("said", sa.BigInteger, nullable=False),
        sa.Column("ranked", sa.BigInteger, nullable=False),
        sa.Column("content_hash", sa.String, nullable=False),
        sa.Column("placed", sa.LargeBinary),
    )
    op.create_index("ix_decisions_made_at", "decisions", ["made_at"])
    op.create_index("ix_decisions_profile_id_run_id", "decisions", ["profile_id", "run_id"])

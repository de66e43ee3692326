"""Case files: what is noted of the work with each client."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "case_entries",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", ID, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("topic", sa.String, nullable=False),
        sa.Column("profile_id", ID),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("holder", sa.String),
        sa.Column("due", sa.Date),
        sa.Column("since", sa.Date),
        sa.Column("until", sa.Date),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_index("ix_case_entries_due", "case_entries", ["due"])
    op.create_index("ix_case_entries_id_version", "case_entries", ["id", "version"], unique=True)
    op.create_index("ix_case_entries_profile_id_topic", "case_entries", ["profile_id", "topic"])
    op.create_index("ix_case_entries_topic_current", "case_entries", ["topic", "current"])

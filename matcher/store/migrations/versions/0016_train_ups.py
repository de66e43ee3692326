"""Train-ups: which trainings open offers to each person, made by the night."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "train_ups",
        sa.Column("profile_id", ID, primary_key=True),
        sa.Column("snapshot", sa.String, nullable=False),
        sa.Column("ranker", sa.String, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )

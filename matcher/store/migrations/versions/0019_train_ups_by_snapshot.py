"""Train-ups beside those of other snapshots, as lists are: to go back to, and for legal holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("LOCK TABLE train_ups IN SHARE MODE")
    op.create_table(
        "new_train_ups",
        sa.Column("profile_id", ID, primary_key=True),
        sa.Column("snapshot", sa.String, primary_key=True),
        sa.Column("ranker", sa.String, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.execute(
        "INSERT INTO new_train_ups (profile_id, snapshot, ranker, made_at, payload) "
        "SELECT profile_id, snapshot, ranker, made_at, payload FROM train_ups"
    )
    op.drop_table("train_ups")
    op.rename_table("new_train_ups", "train_ups")

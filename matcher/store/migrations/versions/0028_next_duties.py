"""What the rules ask to be done first for each client, so that portfolios are ordered by it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    duties = op.create_table(
        "next_duties",
        sa.Column("profile_id", ID, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("late_from", sa.Date),
        sa.Column("rules", sa.String, nullable=False),
        sa.Column("doubts", sa.Integer, nullable=False),
        sa.Column("settled", sa.Integer, nullable=False),
    )
    op.create_index("ix_next_duties_due", "next_duties", ["due"])
    op.create_index("ix_next_duties_late_from", "next_duties", ["late_from"])
    op.create_index(
        "ix_next_duties_waiting",
        "next_duties",
        ["profile_id"],
        sqlite_where=sa.text("doubts != settled"),
        postgresql_where=sa.text("doubts != settled"),
    )
    situations = sa.table("situations", sa.column("profile_id", ID))
    # The next night, and until then whoever looks, asks the rules.
    waiting = sa.select(
        situations.c.profile_id,
        sa.literal(""),
        sa.literal(""),
        sa.literal(1),
        sa.literal(0),
    )
    names = ["profile_id", "kind", "rules", "doubts", "settled"]
    op.get_bind().execute(sa.insert(duties).from_select(names, waiting))

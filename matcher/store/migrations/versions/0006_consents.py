"""Requests for consent, and what has to be known before a person is shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "consent_events",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("request", ID, nullable=False),
        sa.Column("profile_id", ID, nullable=False),
        sa.Column("need_id", ID, nullable=False),
        sa.Column("pseudonym", sa.String, nullable=False),
        sa.Column("deadline", sa.Date, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("move", sa.String, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String, nullable=False),
    )
    for column in ("request", "profile_id", "need_id"):
        op.create_index(f"ix_consent_events_{column}", "consent_events", [column])
    op.create_table(
        "standings",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("profile_id", ID, nullable=False),
        sa.Column("follow_up_from", sa.Date),
        sa.Column("follow_up_to", sa.Date),
        sa.Column("protected", sa.Boolean),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String, nullable=False),
    )
    op.create_index("ix_standings_profile_id", "standings", ["profile_id"])

"""Transfers of clients from one unit to another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "transfers",
        sa.Column("id", ID, primary_key=True),
        sa.Column("area", sa.String, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
    )
    op.create_table(
        "transfer_moves",
        sa.Column(
            "plan_id", ID, sa.ForeignKey("transfers.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("profile_id", ID, primary_key=True),
        sa.Column("stage", sa.Integer, nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("municipality", sa.String, nullable=False),
        sa.Column("unit", sa.String, nullable=False),
        sa.Column("coach", sa.String, nullable=False),
        sa.Column("team", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("held", sa.JSON, nullable=False),
        sa.Column("search", sa.Date),
        sa.Column("done_at", MOMENT),
    )
    op.create_index("ix_transfer_moves_profile_id", "transfer_moves", ["profile_id"])
    op.create_index("ix_transfer_moves_plan_id_state", "transfer_moves", ["plan_id", "state"])

"""Decisions about the weights that rank."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "rankers",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("revision", ID),
        sa.Column("encoder", sa.String, nullable=False),
        sa.Column("weights", sa.JSON, nullable=False),
        sa.Column("decision", sa.String, nullable=False),
        sa.Column("figures", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String, nullable=False),
    )
    op.create_index("ix_rankers_revision", "rankers", ["revision"])

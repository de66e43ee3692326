"""Wordings of needs that somebody kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "wording_overrides",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("need_id", ID, nullable=False),
        sa.Column("grounds", sa.JSON, nullable=False),
        sa.Column("quotes", sa.JSON, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String, nullable=False),
    )
    op.create_index("ix_wording_overrides_need_id", "wording_overrides", ["need_id"])

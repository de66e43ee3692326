"""How employers have replied about people, and which count of it a list heeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "employer_replies",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("employer", ID, nullable=False),
        sa.Column("taken_up", sa.Integer, nullable=False),
        sa.Column("declined", sa.Integer, nullable=False),
        sa.Column("silent", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.add_column(
        "decisions", sa.Column("heard", sa.BigInteger, nullable=False, server_default="0")
    )

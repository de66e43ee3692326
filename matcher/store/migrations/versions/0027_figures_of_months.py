"""The figures of months as the night counted them, and by whom they are looked at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "month_figures",
        sa.Column("month", sa.Date, primary_key=True),
        sa.Column("scope", ID, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_table(
        "month_scopes",
        sa.Column("scope", ID, primary_key=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
    )

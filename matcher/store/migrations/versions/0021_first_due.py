"""An index over what is due of each client, which portfolios are ordered by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    is_current = "current = 1" if is_sqlite else '"current"'
    open_ones = sa.text(f"{is_current} AND due IS NOT NULL")
    op.create_index(
        "ix_case_entries_first_due",
        "case_entries",
        ["profile_id", "due"],
        sqlite_where=open_ones,
        postgresql_where=open_ones,
    )

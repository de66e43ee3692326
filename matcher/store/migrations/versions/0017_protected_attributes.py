"""What nobody is ranked by, in a table of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "protected_attributes",
        sa.Column("profile_id", ID, primary_key=True),
        sa.Column("birth_year", sa.Integer),
        sa.Column("sex", sa.String),
        sa.Column("first_language", sa.String),
        sa.Column("unemployed_since", sa.Date),
    )

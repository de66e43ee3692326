"""Lists are found by snapshot and by run; a lock says when its holder's process began."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_index("ix_lists_run_id_profile_id", "lists", ["run_id", "profile_id"], unique=True)
    op.create_index("ix_lists_profile_id_snapshot", "lists", ["profile_id", "snapshot"])
    op.drop_index("ix_lists_profile_id_run_id", "lists")
    op.add_column("locks", sa.Column("began", sa.Float))

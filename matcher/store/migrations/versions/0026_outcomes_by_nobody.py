"""Nothing asks any more how needs ended by who closed them."""

from __future__ import annotations

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.drop_index("ix_need_outcomes_by", "need_outcomes")

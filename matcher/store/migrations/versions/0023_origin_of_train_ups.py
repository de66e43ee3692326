"""Train-ups say what they were made from, so that the next night can take them over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("train_ups", sa.Column("origin", sa.String))

"""A list says what it was made from, so that the next night can take it over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("lists", sa.Column("origin", sa.String))

"""Corrections of profiles, proofs of erasures and legal holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("profile_id", ID, nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
    )
    op.create_index("ix_corrections_profile_id", "corrections", ["profile_id"])
    op.create_index("ix_corrections_at", "corrections", ["at"])
    op.create_table(
        "erasures",
        sa.Column("id", ID, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("ground", sa.String, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("archived_at", MOMENT),
    )
    op.create_index("ix_erasures_at", "erasures", ["at"])
    op.create_table(
        "holds",
        sa.Column("id", ID, primary_key=True),
        sa.Column("profile_id", ID),
        sa.Column("kind", sa.String),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("lifted_at", MOMENT),
    )
    op.create_index("ix_holds_profile_id", "holds", ["profile_id"])

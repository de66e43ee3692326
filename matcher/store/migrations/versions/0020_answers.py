"""What employers answer of the people shown to them, and how their needs end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "card_answers",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("request", ID, nullable=False),
        sa.Column("profile_id", ID, nullable=False),
        sa.Column("need_id", ID, nullable=False),
        sa.Column("answer", sa.String, nullable=False),
        sa.Column("reason", sa.String),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String, nullable=False),
    )
    op.create_index("ix_card_answers_profile_id", "card_answers", ["profile_id"])
    op.create_index("ix_card_answers_need_id", "card_answers", ["need_id"])
    op.create_table(
        "need_outcomes",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("need_id", ID, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String, nullable=False),
    )
    op.create_index("ix_need_outcomes_by", "need_outcomes", ["by"])

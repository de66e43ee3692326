"""Sessions, logins, revocations, links of people, shares, named staff and conflicts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for column in ("name", "organisation"):
        op.add_column("keys", sa.Column(column, sa.String, nullable=False, server_default=""))
    op.add_column(
        "situations", sa.Column("version", sa.Integer, nullable=False, server_default="1")
    )
    op.add_column("case_entries", sa.Column("place", sa.String))
    _people_who_come_in()
    _what_is_shared()
    _who_may_see()


def _people_who_come_in() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("secret_hash", sa.String, nullable=False),
        sa.Column("caller", ID, nullable=False),
        sa.Column("profile_id", ID),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT),
    )
    for column in ("caller", "profile_id", "expires_at"):
        op.create_index(f"ix_sessions_{column}", "sessions", [column])
    op.create_table(
        "logins",
        sa.Column("state_hash", sa.String, primary_key=True),
        sa.Column("browser_hash", sa.String, nullable=False),
        sa.Column("issuer", sa.String, nullable=False),
        sa.Column("nonce", sa.String, nullable=False),
        sa.Column("verifier", sa.String, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
    )
    op.create_index("ix_logins_expires_at", "logins", ["expires_at"])
    op.create_table(
        "revocations",
        sa.Column("value", ID, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "person_links",
        sa.Column("id", ID, primary_key=True),
        sa.Column("profile_id", ID, nullable=False),
        sa.Column("link_hash", sa.String, nullable=False),
        sa.Column("code_hash", sa.String, nullable=False),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT),
        sa.Column("by", sa.String, nullable=False),
    )
    op.create_index("ix_person_links_profile_id", "person_links", ["profile_id"])


def _what_is_shared() -> None:
    op.create_table(
        "shares",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", ID, nullable=False, unique=True),
        sa.Column("profile_id", ID, nullable=False),
        sa.Column("organisation", sa.String, nullable=False),
        sa.Column("key", ID, nullable=False),
        sa.Column("parts", sa.JSON, nullable=False),
        sa.Column("purpose", sa.String, nullable=False),
        sa.Column("agreed", sa.Date, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("revoked_at", MOMENT),
        sa.Column("revoked_by", sa.String),
    )
    op.create_table(
        "need_shares",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", ID, nullable=False, unique=True),
        sa.Column("need_id", ID, nullable=False),
        sa.Column("organisation", sa.String, nullable=False),
        sa.Column("key", ID, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("revoked_at", MOMENT),
        sa.Column("revoked_by", sa.String),
    )
    for table, column in (("shares", "profile_id"), ("need_shares", "need_id")):
        op.create_index(f"ix_{table}_{column}", table, [column])
        op.create_index(f"ix_{table}_key", table, ["key"])


def _who_may_see() -> None:
    op.create_table(
        "named_staff",
        sa.Column("profile_id", ID, primary_key=True),
        sa.Column("name", ID, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String, nullable=False),
    )
    op.create_table(
        "conflicts",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("caller", ID, nullable=False),
        sa.Column("organisation", sa.String, nullable=False),
        sa.Column("need_id", ID, nullable=False),
        sa.Column("profile_id", ID),
        sa.Column("operation", sa.String, nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("ix_conflicts_profile_id", "conflicts", ["profile_id"])
    op.create_index("ix_conflicts_caller_need_id_on", "conflicts", ["caller", "need_id", "on"])

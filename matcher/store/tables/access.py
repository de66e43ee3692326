"""Who may come in, and who may see whom."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Index, Integer, String, Table, Text

from matcher.store.tables.columns import ID, UtcDateTime, metadata

keys = Table(
    "keys",
    metadata,
    Column("id", ID, primary_key=True),
    Column("role", String, nullable=False),
    Column("municipalities", JSON, nullable=False),
    Column("name", String, nullable=False),
    Column("organisation", String, nullable=False),
    Column("label", String, nullable=False),
    Column("secret_hash", String, nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
)

#: Who has come in by a login or by a link, until it ends; only hashes of secrets.
sessions = Table(
    "sessions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("secret_hash", String, nullable=False),
    Column("caller", ID, nullable=False, index=True),
    Column("profile_id", ID, index=True),
    Column("payload", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
    Column("revoked_at", UtcDateTime),
)

#: Logins that have begun at an identity provider and not come back yet.
logins = Table(
    "logins",
    metadata,
    Column("state_hash", String, primary_key=True),
    Column("browser_hash", String, nullable=False),
    Column("issuer", String, nullable=False),
    Column("nonce", String, nullable=False),
    Column("verifier", String, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
)

#: Access tokens, by id, and callers, by id, that are refused though their issuer lets them in.
revocations = Table(
    "revocations",
    metadata,
    Column("value", ID, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

#: Links that let a person in together with a code; only hashes of both.
person_links = Table(
    "person_links",
    metadata,
    Column("id", ID, primary_key=True),
    Column("profile_id", ID, nullable=False, index=True),
    Column("link_hash", String, nullable=False),
    Column("code_hash", String, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("by", String, nullable=False),
)

#: What partners see of people. Organisations are compared by `key`.
shares = Table(
    "shares",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("profile_id", ID, nullable=False, index=True),
    Column("organisation", String, nullable=False),
    Column("key", ID, nullable=False, index=True),
    Column("parts", JSON, nullable=False),
    Column("purpose", String, nullable=False),
    Column("agreed", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("revoked_by", String),
)

#: Needs that other organisations may read.
need_shares = Table(
    "need_shares",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("need_id", ID, nullable=False, index=True),
    Column("organisation", String, nullable=False),
    Column("key", ID, nullable=False, index=True),
    Column("until", Date, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("revoked_by", String),
)

#: Who alone may see a person whose address is protected.
named_staff = Table(
    "named_staff",
    metadata,
    Column("profile_id", ID, primary_key=True),
    Column("name", ID, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
)

#: Staff who dealt with a need of the organisation that employs them.
conflicts = Table(
    "conflicts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("caller", ID, nullable=False),
    Column("organisation", String, nullable=False),
    Column("need_id", ID, nullable=False),
    Column("profile_id", ID, index=True),
    Column("operation", String, nullable=False),
    Column("on", Date, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_conflicts_caller_need_id_on", "caller", "need_id", "on"),
)

"""Who has used the data of whom."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, String, Table

from matcher.store.tables.columns import ID, UtcDateTime, metadata

#: Who has done what with the data of whom. Rows are added and never changed: triggers refuse
#: it. Whom they are about stands under a pseudonym.
audit_log = Table(
    "audit_log",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("event", String, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("who", String, nullable=False),
    Column("role", String, nullable=False),
    Column("deed", String, nullable=False),
    Column("operation", String, nullable=False),
    Column("ending", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("subject", String, index=True),
    Column("about", String, nullable=False),
    Column("hash", String, nullable=False),
)

#: One row: where the log ends, and up to where it was purged.
audit_heads = Table(
    "audit_heads",
    metadata,
    Column("name", String, primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("hash", String, nullable=False),
    Column("cut", BigInteger, nullable=False),
    Column("cut_hash", String, nullable=False),
)

#: What tells under which pseudonym the log has a person; destroyed with the person.
audit_keys = Table(
    "audit_keys",
    metadata,
    Column("profile_id", ID, primary_key=True),
    Column("key", String, nullable=False),
)

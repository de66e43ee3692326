"""What people asked for of their data."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Integer, String, Table, Text

from matcher.store.tables.columns import ID, UtcDateTime, metadata

#: Profiles as they were before they were rectified.
corrections = Table(
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("profile_id", ID, nullable=False, index=True),
    Column("fields", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("by", String, nullable=False),
    Column("before", Text, nullable=False),
)

#: Proofs of erasures; nothing here tells who was erased.
erasures = Table(
    "erasures",
    metadata,
    Column("id", ID, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("by", String, nullable=False),
    Column("ground", String, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("digest", String, nullable=False),
    Column("archived_at", UtcDateTime),
)

#: Legal holds, of a person or of a kind of record.
holds = Table(
    "holds",
    metadata,
    Column("id", ID, primary_key=True),
    Column("profile_id", ID, index=True),
    Column("kind", String),
    Column("reason", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
    Column("lifted_at", UtcDateTime),
)

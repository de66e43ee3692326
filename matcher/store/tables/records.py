"""Records, what remains of deleted ones, and what could not be read.

The five record tables have the same columns, so that one `Repository` serves them all.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Date, Index, Integer, String, Table, Text

from matcher.store.tables.columns import ID, UtcDateTime, metadata


def _records(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("id", ID, primary_key=True),
        Column("source", String, nullable=False),
        Column("municipality", String, index=True),
        Column("owner", String),
        Column("state", String, nullable=False),
        Column("expires", Date),
        Column("content_hash", String, nullable=False),
        Column("revision", BigInteger, nullable=False, index=True),
        Column("payload", Text, nullable=False),
        Column("created_at", UtcDateTime, nullable=False),
        Column("updated_at", UtcDateTime, nullable=False),
    )


profiles = _records("profiles")

#: What clients are found by, in one case; written with their profiles.
profile_words = Table(
    "profile_words",
    metadata,
    Column("profile_id", ID, primary_key=True),
    Column("words", Text, nullable=False),
)

vacancies = _records("vacancies")

needs = _records("needs")

trainings = _records("trainings")

services = _records("services")

#: What remains of a deleted record, so that readers learn that it is gone.
tombstones = Table(
    "tombstones",
    metadata,
    Column("kind", String, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("revision", BigInteger, nullable=False, index=True),
    Column("deleted_at", UtcDateTime, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

#: What records said from one revision to the next, but for their content.
record_versions = Table(
    "record_versions",
    metadata,
    Column("kind", String, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("revision", BigInteger, primary_key=True),
    Column("profile_id", ID, index=True),
    Column("until", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("source", String, nullable=False),
    Column("municipality", String),
    Column("owner", String),
    Column("state", String, nullable=False),
    Column("expires", Date),
    Column("content_hash", String, nullable=False),
    Index("ix_record_versions_kind_until", "kind", "until"),
)

#: What records said and no longer say, once for each content.
record_contents = Table(
    "record_contents",
    metadata,
    Column("kind", String, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("content_hash", String, primary_key=True),
    Column("profile_id", ID, index=True),
    Column("payload", Text, nullable=False),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("format", String, nullable=False),
    Column("source", String, nullable=False),
    Column("file", String, nullable=False),
    Column("row", String, nullable=False),
    Column("field", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_quarantine_file_kind", "file", "kind"),
)

#: Till when each feed has been fetched, and with which filters.
feeds = Table(
    "feeds",
    metadata,
    Column("source", ID, primary_key=True),
    Column("filters", JSON, nullable=False),
    Column("fetched_to", UtcDateTime, nullable=False),
    Column("snapshot_at", UtcDateTime, nullable=False),
)

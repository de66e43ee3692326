"""Lists, what they were made with, and what weighs them."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, LargeBinary, String, Table, Text

from matcher.store.tables.columns import ID, UtcDateTime, metadata

#: A profile has a list with each of the snapshots that one may serve or go back to.
lists = Table(
    "lists",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("profile_id", ID, nullable=False),
    Column("run_id", String, nullable=False),
    Column("snapshot", String, nullable=False),
    Column("ranker", String),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Column("entries", Text, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("origin", String),
    Index("ix_lists_run_id_profile_id", "run_id", "profile_id", unique=True),
    Index("ix_lists_profile_id_snapshot", "profile_id", "snapshot"),
)

#: Which trainings open offers to each person, made by the night with each snapshot.
train_ups = Table(
    "train_ups",
    metadata,
    Column("profile_id", ID, primary_key=True),
    Column("snapshot", String, primary_key=True),
    Column("ranker", String, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("payload", Text, nullable=False),
    Column("origin", String),
)

#: What lists were made with; many share one.
decision_bases = Table(
    "decision_bases",
    metadata,
    Column("id", String, primary_key=True),
    Column("document", Text, nullable=False),
)

#: The records of lists: from what each was made, and what it showed.
decisions = Table(
    "decisions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("profile_id", ID, nullable=False),
    Column("run_id", String, nullable=False),
    Column("made_at", UtcDateTime, nullable=False, index=True),
    Column("basis", String, nullable=False),
    Column("terms", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("said", BigInteger, nullable=False),
    Column("ranked", BigInteger, nullable=False),
    Column("heard", BigInteger, nullable=False, server_default="0"),
    Column("content_hash", String, nullable=False),
    Column("placed", LargeBinary),
    Index("ix_decisions_profile_id_run_id", "profile_id", "run_id"),
)

#: How each employer has replied about people; the newest row counts, and nobody is in it.
employer_replies = Table(
    "employer_replies",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("employer", ID, nullable=False),
    Column("taken_up", Integer, nullable=False),
    Column("declined", Integer, nullable=False),
    Column("silent", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

rankers = Table(
    "rankers",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("revision", ID, index=True),
    Column("encoder", String, nullable=False),
    Column("weights", JSON, nullable=False),
    Column("decision", String, nullable=False),
    Column("figures", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String, nullable=False),
)

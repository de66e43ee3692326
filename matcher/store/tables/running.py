"""Nights and other runs, and what excludes two of them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, ForeignKey, Integer, String, Table

from matcher.store.tables.columns import ID, UtcDateTime, metadata

runs = Table(
    "runs",
    metadata,
    Column("id", ID, primary_key=True),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("started_at", UtcDateTime, nullable=False, index=True),
    Column("finished_at", UtcDateTime),
    Column("report", JSON, nullable=False),
)

run_steps = Table(
    "run_steps",
    metadata,
    Column("run_id", ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("state", String, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

locks = Table(
    "locks",
    metadata,
    Column("name", String, primary_key=True),
    Column("holder", String, nullable=False),
    Column("host", String, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("began", Float),
    Column("since", UtcDateTime, nullable=False),
    Column("beat_at", UtcDateTime, nullable=False),
)

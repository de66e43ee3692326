"""Figures of months, small groups hidden, and for which municipalities somebody looks at them."""

from __future__ import annotations

from sqlalchemy import Column, Date, Table, Text

from matcher.store.tables.columns import ID, UtcDateTime, metadata

month_figures = Table(
    "month_figures",
    metadata,
    Column("month", Date, primary_key=True),
    Column("scope", ID, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("payload", Text, nullable=False),
)

month_scopes = Table(
    "month_scopes",
    metadata,
    Column("scope", ID, primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False),
)

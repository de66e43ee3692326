"""The taxonomy of occupations and skills."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, String, Table, Text

from matcher.store.tables.columns import ID, metadata

concepts = Table(
    "concepts",
    metadata,
    Column("uri", ID, primary_key=True),
    Column("kind", String, nullable=False),
    Column("code", String, nullable=False),
    Column("label_fi", String, nullable=False),
    Column("label_sv", String, nullable=False),
    Column("label_en", String, nullable=False),
    Column("alt", JSON, nullable=False),
    Column("description", Text, nullable=False),
)

relations = Table(
    "relations",
    metadata,
    Column("occupation", ID, primary_key=True),
    Column("skill", ID, primary_key=True, index=True),
    Column("essential", Boolean, nullable=False),
)

taxonomies = Table(
    "taxonomies",
    metadata,
    Column("version", String, primary_key=True),
)

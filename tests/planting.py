"""Rows about a person in whatever tables there are: the schema is asked, not a list."""

from __future__ import annotations

import zlib
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    Table,
    insert,
    select,
)
from sqlalchemy.types import JSON, TypeEngine

from matcher.store.schema import UtcDateTime

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
VALUES: tuple[tuple[type[TypeEngine[Any]], object], ...] = (
    (UtcDateTime, NOON),
    (Date, date(2026, 3, 1)),
    (Boolean, True),
    (Integer, 1),
    (LargeBinary, zlib.compress(b"[]")),
)


def plant(connection: Connection, table: Table, person: str) -> None:
    """Write a row about a person in which every text names them, and what it refers to."""
    for key in table.foreign_keys:
        referred = key.column.table
        there = select(referred).where(key.column == "plan")
        if connection.execute(there).first() is None:
            connection.execute(insert(referred).values(filled(referred, "plan")))
    row = filled(table, person)
    plan = {column.name: "plan" for column in table.columns if column.foreign_keys}
    connection.execute(insert(table).values(row | plan))


def filled(table: Table, text: str) -> dict[str, object]:
    """Return a value for every column of a table but a number that counts by itself."""
    return {
        column.name: value_for(column, text) for column in table.columns if column.name != "number"
    }


def value_for(column: Column[Any], text: str) -> object:
    if isinstance(column.type, JSON):
        return [text]
    return next((value for kind, value in VALUES if isinstance(column.type, kind)), text)

"""All that the tables hold of a person: found by the schema, so that no table is forgotten."""

from __future__ import annotations

import json
import zlib
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, String, Table, cast, func, select, update

from matcher.store.schema import metadata, profiles, run_steps, runs

#: Tables whose rows are about one person, with the column that says who it is.
OF_PEOPLE: Final = (
    (profiles, profiles.c.id),
    *((table, table.c.profile_id) for table in metadata.sorted_tables if "profile_id" in table.c),
)
#: What opens doors is not given away: keys, and hashes of links and codes.
_SECRET_TABLES: Final = frozenset({"audit_keys"})
_LEFT_OUT: Final = frozenset(
    {"number", "doubts", "settled", "secret_hash", "link_hash", "code_hash"}
)
#: Columns whose text is JSON.
_DOCUMENTS: Final = frozenset({"payload", "entries", "before", "terms"})
#: What stands in a journal where the id of somebody was who has been erased.
ERASED: Final = "[erased]"
_JOURNALS: Final = ((runs, "report"), (run_steps, "detail"))


def rows_about(connection: Connection, profile_id: str) -> dict[str, list[dict[str, Any]]]:
    """Return every row about a person as plain data, by table; tables without any are absent."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table, person in OF_PEOPLE:
        rows = connection.execute(select(table).where(person == profile_id)).all()
        if rows and table.name not in _SECRET_TABLES:
            found[str(table.name)] = [_plain(row._mapping) for row in rows]
    return found


def count_about(connection: Connection, profile_id: str) -> dict[str, int]:
    """Return how many rows are about a person, by table; tables without any are absent."""
    counts = {
        str(table.name): connection.execute(
            select(func.count()).select_from(table).where(person == profile_id)
        ).scalar_one()
        for table, person in OF_PEOPLE
    }
    return {name: count for name, count in counts.items() if count}


def redact_journals(connection: Connection, profile_id: str) -> int:
    """Take a person's id out of the journals of runs; return from how many entries.

    A step that failed wrote its error down, and errors quote the id that they are about.
    """
    # A quoted id cannot be a part of a longer one. JSON may write it with escapes.
    quoted = json.dumps(f"'{profile_id}'")[1:-1]
    redacted = 0
    for table, name in _JOURNALS:
        hits = cast(table.c[name], String).contains(quoted, autoescape=True)
        for row in connection.execute(select(table).where(hits)).all():
            text = json.dumps(getattr(row, name)).replace(quoted, f"'{ERASED}'")
            this = update(table).where(*_same(table, row))
            connection.execute(this.values({name: json.loads(text)}))
            redacted += 1
    return redacted


def _same(table: Table, row: Any) -> list[Any]:  # noqa: ANN401 - rows have no type of their own
    return [column == getattr(row, column.name) for column in table.primary_key]


def _plain(row: Any) -> dict[str, Any]:  # noqa: ANN401 - rows have no type of their own
    return {
        str(name): _written(name, value) for name, value in row.items() if name not in _LEFT_OUT
    }


def _written(name: str, value: object) -> object:
    """Return a value as JSON has it, with the documents in it opened, however deep."""
    if name in _DOCUMENTS and isinstance(value, str):
        return _written(name, json.loads(value))
    if isinstance(value, bytes):
        return json.loads(zlib.decompress(value))
    if isinstance(value, list):
        return [_written("", one) for one in value]
    if isinstance(value, dict):
        return {key: _written(key, one) for key, one in value.items()}
    return value.isoformat() if isinstance(value, date | datetime) else value

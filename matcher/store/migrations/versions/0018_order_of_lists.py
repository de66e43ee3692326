"""The order of a list apart from its matches, which are compressed.

Lists are copied into a new table: until the last moment readers have the old one.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
_AT_ONCE = 256
_COPIED = ("number", "profile_id", "run_id", "snapshot", "ranker", "created_at")


def upgrade() -> None:
    connection = op.get_bind()
    is_postgresql = connection.dialect.name == "postgresql"
    if is_postgresql:
        op.execute("LOCK TABLE lists IN SHARE MODE")
    new = op.create_table(
        "new_lists",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("profile_id", ID, nullable=False),
        sa.Column("run_id", sa.String, nullable=False),
        sa.Column("snapshot", sa.String, nullable=False),
        sa.Column("ranker", sa.String),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("entries", sa.Text, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
    )
    types = {"created_at": MOMENT}
    columns = (sa.column(name, types.get(name)) for name in (*_COPIED, "entries"))
    old = sa.table("lists", *columns)
    query, after = sa.select(old).order_by(old.c.number), -1
    while rows := connection.execute(query.where(old.c.number > after).limit(_AT_ONCE)).all():
        after = rows[-1].number
        connection.execute(sa.insert(new), [_parted(row._mapping) for row in rows])
    op.drop_table("lists")
    op.rename_table("new_lists", "lists")
    op.create_index("ix_lists_created_at", "lists", ["created_at"])
    op.create_index("ix_lists_run_id_profile_id", "lists", ["run_id", "profile_id"], unique=True)
    op.create_index("ix_lists_profile_id_snapshot", "lists", ["profile_id", "snapshot"])
    if is_postgresql and after >= 0:
        op.execute(f"SELECT setval(pg_get_serial_sequence('lists', 'number'), {after})")


def _parted(row: Mapping[Any, Any]) -> dict[str, object]:
    """Return a row with the matches of its entries in a column of their own."""
    entries = json.loads(row["entries"])
    matches = ",\n".join(str(entry.pop("payload")) for entry in entries)
    order = [{**entry, "number": number} for number, entry in enumerate(entries)]
    return {name: row[name] for name in _COPIED} | {
        "entries": json.dumps(order, ensure_ascii=False, separators=(",", ":")),
        "payload": zlib.compress(f"[{matches}]".encode(), 1),
    }

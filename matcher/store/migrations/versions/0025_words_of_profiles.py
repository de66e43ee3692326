"""The words by which clients are found, in one case and without names of fields."""

from __future__ import annotations

import json
from unicodedata import normalize

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_BATCH = 1_000


def upgrade() -> None:
    words = op.create_table(
        "profile_words",
        sa.Column("profile_id", ID, primary_key=True),
        sa.Column("words", sa.Text, nullable=False),
    )
    profiles = sa.table("profiles", sa.column("id", ID), sa.column("payload", sa.Text))
    query = sa.select(profiles).order_by(profiles.c.id).limit(_BATCH)
    connection, after = op.get_bind(), ""
    while rows := connection.execute(query.where(profiles.c.id > after)).all():
        after = rows[-1].id
        filled = [{"profile_id": row.id, "words": _words(row.payload)} for row in rows]
        connection.execute(sa.insert(words), filled)


def _words(payload: str) -> str:
    told = json.loads(payload)
    jobs = [*told.get("occupations_wanted", ()), *told.get("occupations_done", ())]
    said = [
        told["id"],
        *(one["name"] for one in told.get("competences", ())),
        *(one["title"] for one in jobs),
        told.get("education", ""),
        told.get("text", ""),
    ]
    # PostgreSQL keeps no NUL in a text.
    return normalize("NFC", normalize("NFC", "\n".join(said)).casefold()).replace("\0", " ")

"""Bring a database to the newest schema, also when two processes open it at once."""

from __future__ import annotations

from threading import Lock
from typing import Final

from sqlalchemy import Connection, column, func, inspect, select, table, text

from matcher.errors import StoreError
from matcher.store.database import Database
from matcher.store.schema import SCHEMA_VERSION

_VERSION: Final = table("alembic_version", column("version_num"))
_ADVISORY_LOCK: Final = 0x4B6F6874
#: A step that waits for a long reader makes all later readers wait behind it: rather than that,
#: it gives up, and somebody starts it again at a better moment.
LOCK_TIMEOUT: Final = "5s"

#: Alembic keeps its context in the module, so that threads would get in each other's way.
_ONE_AT_A_TIME: Final = Lock()


def migrate(database: Database) -> None:
    """Bring a database to the newest schema; a current one is only looked at.

    Raises
    ------
    StoreError
        If a newer program made it, or something else did.
    """
    with database.read() as connection:
        version = _version(connection)
    if version == SCHEMA_VERSION:
        return
    if version is not None and not (version.isdigit() and version < SCHEMA_VERSION):
        raise StoreError(
            f"The store {database.place} has schema version {version}; "
            f"this program knows versions up to {SCHEMA_VERSION}.",
            remedy="Update the program, or restore a copy of the store that it made.",
        )
    with database.write() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
            connection.execute(select(func.set_config("lock_timeout", LOCK_TIMEOUT, True)))
        if _version(connection) != SCHEMA_VERSION:
            upgrade_to(connection, SCHEMA_VERSION)


def upgrade_to(connection: Connection, version: str) -> None:
    """Bring the schema of a connection's database up to a version, in its transaction."""
    # Imported late: Alembic takes longer to load than a current store takes to open.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "matcher.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    with _ONE_AT_A_TIME:
        command.upgrade(config, version)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(select(_VERSION.c.version_num))

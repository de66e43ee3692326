"""An empty store on each kind of database, for the rules that both must keep."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy.engine import make_url

from matcher.store.chain import GENESIS
from matcher.store.schema import SCHEMA_VERSION, metadata
from matcher.store.store import Store

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgres_store(postgres_url: str) -> str:
    """URL of a database to empty for every test, which is quicker than to make it anew."""
    url = _create(postgres_url, "store")
    Store.open(url).close()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """URL of an empty store."""
    if request.param == "sqlite":
        return f"sqlite:///{request.getfixturevalue('store_file')}"
    url = str(request.getfixturevalue("postgres_store"))
    with psycopg.connect(url) as connection:
        # The audit log refuses to be emptied: here its triggers are passed over.
        connection.execute("SET session_replication_role = replica")
        for table in reversed(metadata.sorted_tables):
            connection.execute(SQL("DELETE FROM {}").format(Identifier(table.name)))
        connection.execute("INSERT INTO counters VALUES ('revision', 0)")
        connection.execute(
            "INSERT INTO audit_heads VALUES ('log', 0, %(none)s, 0, %(none)s)", {"none": GENESIS}
        )
        connection.execute("UPDATE alembic_version SET version_num = %s", [SCHEMA_VERSION])
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database in which nobody has made a store yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'deep' / 'folder' / 'store.sqlite'}"
    return _create(request.getfixturevalue("postgres_url"), f"bare_{next(_NUMBERS)}")


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store."""
    with Store.open(store_url) as opened:
        yield opened


def _create(server: str, name: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    return make_url(server).set(database=name).render_as_string(hide_password=False)

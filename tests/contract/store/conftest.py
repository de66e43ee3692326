"""An empty store on each kind of database, for the rules that both must keep."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from matcher.store.store import Store

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store to copy, which is quicker than to migrate anew for every test."""
    path = tmp_path_factory.mktemp("template") / "store.sqlite"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> str:
    """Name of a database with an empty store, likewise to copy."""
    _create(postgres_url, "empty_store", "template1")
    Store.open(_named(postgres_url, "empty_store")).close()
    return "empty_store"


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of an empty store."""
    if request.param == "sqlite":
        path = tmp_path / "store.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    server = str(request.getfixturevalue("postgres_url"))
    name = f"store_{next(_NUMBERS)}"
    _create(server, name, request.getfixturevalue("postgres_template"))
    return _named(server, name)


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database in which nobody has made a store yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'deep' / 'folder' / 'store.sqlite'}"
    server = str(request.getfixturevalue("postgres_url"))
    name = f"bare_{next(_NUMBERS)}"
    _create(server, name, "template1")
    return _named(server, name)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store."""
    with Store.open(store_url) as opened:
        yield opened


def _create(server: str, name: str, template: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def _named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)

"""What the service stands on goes away and comes back: 503 meanwhile, and no restart."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL
from sqlalchemy.engine import make_url
from starlette.testclient import TestClient

from api.app import create_app
from matcher.config import Settings
from matcher.store.store import Store
from tests.api.conftest import ENCODER, KEYS, NOW, fill, running
from tests.api.service import ApiUnderTest

NEW = {"text": "Olen hitsannut.", "municipality": "564"}
MATCHES = {"profile_id": "p-oulu", "k": 3}


def refuses(api: ApiUnderTest, method: str, path: str, body: object = None) -> bool:
    """Tell whether a request is answered with 503, when to come back, and no word of the cause."""
    response = api.call("admin", method, path, body)
    assert response.status_code == 503, response.text
    return (
        response.headers["retry-after"] == "10"
        and response.json()["type"] == "urn:kohtaanto:problem:unavailable"
        and str(api.settings.home) not in response.text
    )


@contextmanager
def closed(url: str, name: str) -> Iterator[None]:
    """Let nobody into a database, and turn out who is in it."""
    allow = SQL("ALTER DATABASE outage ALLOW_CONNECTIONS {}")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(allow.format(SQL("false")))
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        yield
        connection.execute(allow.format(SQL("true")))


def test_a_database_that_went_away_is_used_again_when_it_is_back(
    postgres_url: str, tmp_path: Path
) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE outage")
    url = make_url(postgres_url).set(database="outage").render_as_string(hide_password=False)
    settings = Settings(home=tmp_path, database_url=url)
    with Store.open(url) as store:
        for name, grant in KEYS.items():
            store.keys.create(grant, name, NOW, f"secret of {name}")
    fill(settings)
    app = create_app(settings, clock=lambda: NOW, load=lambda _: ENCODER)
    with TestClient(app, base_url="https://testserver") as client:
        api = ApiUnderTest(app, client, settings)
        api.json("admin", "GET", "/v1/profiles/p-oulu")
        with closed(postgres_url, "outage"):
            assert refuses(api, "GET", "/v1/profiles/p-oulu")
            assert refuses(api, "POST", "/v1/profiles", NEW)
        stored = api.json("admin", "POST", "/v1/profiles", NEW)
        assert api.json("admin", "GET", f"/v1/profiles/{stored['id']}")["text"] == NEW["text"]


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file of this process grow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_nothing_is_half_stored_on_a_full_disk_and_writing_goes_on_when_there_is_room(
    api: ApiUnderTest,
) -> None:
    before = api.json("admin", "GET", "/v1/profiles?limit=100")["items"]
    with full_disk():
        assert refuses(api, "POST", "/v1/profiles", NEW)
        # What cannot be written into the audit log is not shown either.
        assert refuses(api, "GET", "/v1/profiles/p-oulu")
    assert api.json("admin", "GET", "/v1/profiles?limit=100")["items"] == before
    api.json("admin", "POST", "/v1/profiles", NEW)


def test_an_open_index_outlives_its_folder(api: ApiUnderTest) -> None:
    before = api.json("admin", "POST", "/v1/matches", MATCHES)["lists"]
    snapshots = api.settings.snapshots
    snapshots.rename(snapshots.with_name("away"))
    assert api.json("admin", "POST", "/v1/matches", MATCHES)["lists"] == before
    snapshots.with_name("away").rename(snapshots)
    assert api.json("admin", "POST", "/v1/matches", MATCHES)["lists"] == before


@pytest.fixture
def hidden(region_home: Path, tmp_path: Path) -> Iterator[ApiUnderTest]:
    """A service that finds a damaged snapshot when it starts."""
    home = tmp_path / "damaged"
    shutil.copytree(region_home, home)
    for path in Settings(home=home).snapshots.glob("*/manifest.json"):
        path.rename(path.with_suffix(".away"))
    yield from running(home, tmp_path / "home")


def test_a_service_without_a_readable_index_becomes_ready_by_itself(hidden: ApiUnderTest) -> None:
    assert refuses(hidden, "POST", "/v1/matches", MATCHES)
    assert hidden.client.get("/health/ready").status_code == 503
    assert hidden.client.get("/health/live").status_code == 200
    hidden.json("admin", "GET", "/v1/profiles/p-oulu")
    for path in hidden.settings.snapshots.glob("*/manifest.away"):
        path.rename(path.with_suffix(".json"))
    assert hidden.client.get("/health/ready").status_code == 200
    assert hidden.json("admin", "POST", "/v1/matches", MATCHES)["lists"]

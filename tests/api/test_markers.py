"""Nothing that a profile says gets into any log: 200 planted markers are looked for in all."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from matcher.cli.app import app as command_line
from matcher.config import Settings
from matcher.domain.access import Grant, Role
from matcher.nightly.pipeline import run_night
from matcher.store.repository import Repository
from matcher.store.schema import audit_log, erasures, run_steps, runs, tombstones
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.nightly import samples

PEOPLE, EACH = 20, 10
MARKERS = [f"merkki{number:03d}q" for number in range(PEOPLE * EACH)]
#: What is written of runs and uses; nothing here may hold what a record says.
LOGS = (audit_log, runs, run_steps, tombstones, erasures)


def person(number: int) -> dict[str, object]:
    """A profile whose every text holds a marker."""
    mark = iter(MARKERS[number * EACH : (number + 1) * EACH])
    return {
        "id": f"m{number}",
        "municipality": "564",
        "text": f"Olen {next(mark)} ja osaan {next(mark)}.",
        "education": f"koulu {next(mark)}",
        "competences": [f"hitsaus {next(mark)}", f"trukki {next(mark)}", next(mark)],
        "occupations_wanted": [f"hitsaaja {next(mark)}"],
        "occupations_done": [f"kokki {next(mark)}", next(mark), next(mark)],
    }


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def imported(folder: Path) -> None:
    """Import everybody, and two rows that cannot be used."""
    rows = [person(number) for number in range(PEOPLE)]
    broken = [
        {**person(0), "id": "m-broken", "birth_date": MARKERS[1]},
        {**person(1), "id": "m-other", "municipality": MARKERS[11]},
    ]
    path = folder / "people.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in [*rows, *broken]), "utf-8")
    CliRunner().invoke(command_line, ["import", "profiles", str(path)])


def tour(client: TestClient, secret: str) -> Iterator[int]:
    """Read, list, match, change, get refused and erase; yield the statuses."""
    headers = {"Authorization": f"Bearer {secret}"}
    bad = {"text": MARKERS[3], "municipality": MARKERS[4], "competences": 7}
    requests: list[tuple[str, str, object]] = [
        ("GET", "/v1/profiles", None),
        ("POST", "/v1/matches", {"profile_id": "m2"}),
        (
            "POST",
            "/v1/matches",
            {"profile": {"text": f"Olen {MARKERS[5]}.", "municipality": "564"}},
        ),
        ("POST", "/v1/matches", {"profile": bad}),
        ("POST", "/v1/profiles", bad),
        ("PUT", "/v1/profiles/m3", bad),
        ("PUT", "/v1/profiles/m3", {"text": f"Nyt {MARKERS[6]}.", "municipality": "564"}),
        ("GET", f"/v1/profiles/{MARKERS[7]}", None),
        ("GET", f"/v1/profiles?after={MARKERS[8]}", None),
        ("DELETE", f"/v1/needs/{MARKERS[9]}", None),
        ("POST", "/v1/candidates", {"need": {"title": "Hitsaaja"}}),
        ("DELETE", "/v1/profiles/m4", None),
    ]
    requests += [
        ("GET", f"/v1/profiles/m{number}{path}", None)
        for number in range(5, PEOPLE)
        for path in ("", "/list")
    ]
    for method, path, body in requests:
        yield client.request(method, path, json=body, headers=headers).status_code


def test_no_log_holds_what_a_profile_says(
    home: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The test's own client writes down the addresses that it asks for.
    caplog.set_level(logging.WARNING, logger="httpx2")
    caplog.set_level(logging.INFO)
    settings = Settings(home=home)
    imported(tmp_path)
    with Store.open(settings.url) as store:
        samples.fill(store)
        run_night(samples.tools(home, store))
        key = store.keys.create(Grant(role=Role.ADMIN), "admin", samples.NOW, "secret")
    app = create_app(settings, clock=lambda: samples.NOW, load=lambda _: FakeEncoder())
    with TestClient(app, raise_server_exceptions=False) as client:
        statuses = list(tour(client, "secret"))
        assert {200, 204, 404, 422} <= set(statuses)
        assert 500 not in statuses

        def fails(*_: object) -> object:
            raise ValueError(MARKERS[20])

        with monkeypatch.context() as patched:
            patched.setattr(Repository, "get", fails)
            answer = client.get("/v1/profiles/m5", headers={"Authorization": "Bearer secret"})
        assert (answer.status_code, MARKERS[20] in answer.text) == (500, False)
    for words in (("feedback", "list", "m6"), ("plan", "m6"), ("person", "erase", "m7")):
        CliRunner().invoke(command_line, list(words))
    with Store.open(settings.url) as store:
        run_night(samples.tools(home, store, samples.NOW + timedelta(days=1)))
        with store._database.read() as connection:
            rows = [repr(tuple(row)) for table in LOGS for row in connection.execute(select(table))]
    logs = {
        "log": caplog.text,
        "tables": "\n".join(rows),
        **{path.name: path.read_text("utf-8") for path in sorted((home / "reports").iterdir())},
    }
    assert key.id in logs["tables"]
    assert "api.access" in logs["log"]
    found = [(name, mark) for name, text in logs.items() for mark in MARKERS if mark in text]
    assert found == []

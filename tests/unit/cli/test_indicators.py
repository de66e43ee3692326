from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner, Result

from matcher.cli.indicators import app
from matcher.config import load_settings
from matcher.domain.casework.placements import Assignment
from matcher.domain.profile import Profile
from matcher.errors import InputError
from matcher.store.casefiles import NewEntry
from matcher.store.store import Store

ANNA = Assignment(coach="Anna", start=date(2026, 1, 1))


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MATCHER_DATA", str(tmp_path / "nothing"))
    now = datetime(2026, 10, 1, tzinfo=UTC)
    people = [Profile(id=f"o{n}", municipality="564") for n in range(8)]
    people += [Profile(id=f"k{n}", municipality="244") for n in range(6)]
    with Store.open(load_settings().url) as store:
        store.profiles.upsert([*people, Profile(id="nobody", municipality="564")], now)
        store.cases.add_many([NewEntry(one.id, ANNA) for one in people], "lead", now)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def test_clients_of_the_month_are_counted_by_municipality() -> None:
    rows = orjson.loads(run("2026-10", "--format", "json").stdout)
    counts = {one["group"]: one["clients"] for one in rows[:3]}
    assert counts == {"all": 14.0, "Kempele": 6.0, "Oulu": 8.0}


def test_a_month_before_the_clients_is_empty() -> None:
    assert run("2025-12").stdout.splitlines()[1].startswith("all,all,…,")


def test_one_municipality_may_be_asked_for() -> None:
    lines = run("2026-10", "--municipality", "Oulu").stdout.splitlines()
    assert lines[1].startswith("all,all,8.0,")
    with pytest.raises(InputError, match="'Atlantis' is not a municipality"):
        run("2026-10", "--municipality", "Atlantis")


def test_the_page_is_in_the_language_asked_for() -> None:
    page = run("2026-10", "--format", "html", "--lang", "sv").stdout
    assert "<title>Sysselsättningstjänster, 2026-10</title>" in page


def test_a_month_that_is_none_is_refused() -> None:
    assert CliRunner().invoke(app, ["2026-13"]).exit_code == 2

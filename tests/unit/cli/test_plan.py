from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from matcher.cli.plan import app
from matcher.config import load_settings
from matcher.domain.casework.plans import Plan
from matcher.domain.profile import Profile
from matcher.errors import NotFoundError
from matcher.store.store import Store

NOW = datetime(2026, 11, 22, tzinfo=UTC)
PLAN = Plan(goal="Kokiksi", steps=(), agreed=date(2026, 11, 1), next_review=date(2027, 2, 1))


@pytest.fixture(autouse=True)
def _home(store_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_HOME", str(store_file.parent))
    with Store.open(load_settings().url) as store:
        store.profiles.upsert([Profile(id="p1"), Profile(id="p2")], NOW)
        entry = store.cases.add("p1", PLAN, "coach", NOW)
        store.cases.change(entry.id, 1, replace(PLAN, goal="Keittiömestariksi"), "coach", NOW)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def test_the_newest_version_is_printed() -> None:
    page = run("p1", "--tongue", "fi-simple").stdout
    assert '<p class="goal">Keittiömestariksi</p>' in page
    assert "<h1>Sinun suunnitelmasi</h1>" in page


@pytest.mark.parametrize(("id", "kind"), [("p2", "plan of"), ("p9", "profile")])
def test_who_has_no_plan_is_told_apart_from_who_is_unknown(id: str, kind: str) -> None:
    with pytest.raises(NotFoundError, match=f"no {kind} '{id}'"):
        run(id)

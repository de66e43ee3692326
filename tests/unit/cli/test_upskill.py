"""``matcher upskill``: what is printed, and the same as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner, Result

from matcher.cli.upskill import app
from matcher.encode.records import RecordEncoder
from matcher.errors import NotFoundError
from matcher.match import service
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.match.region import COOK, COOKING, WELDING, Region
from tests.unit.match.upskill.test_advice import BAKE, WELD


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    """A cook, two jobs, and a training that opens one of them."""
    home = tmp_path_factory.mktemp("home")
    with Store.open(f"sqlite:///{home}/store.sqlite") as store:
        region = Region(store, RecordEncoder(FakeEncoder(256)), home / "snapshots")
        region.add(COOK, WELDING, COOKING, WELD, BAKE)
        region.publish()
        yield region


@pytest.fixture(autouse=True)
def _settings(built: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_HOME", str(built.root.parent))
    monkeypatch.setattr(service, "load_encoder", lambda name: FakeEncoder(256))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_json_names_the_training_and_what_it_opens(built: Region) -> None:
    answer = run("cook", "--json", "--lang", "en")
    assert answer.exit_code == 0, answer.output
    shown = json.loads(answer.stdout)
    assert (shown["profile"], shown["snapshot"]) == ("cook", built.live().snapshot)
    assert shown["sequences"] == []
    [up] = shown["trainings"]
    assert (up["rank"], up["opens"]) == (1, 1)
    assert [step["id"] for step in up["steps"]] == ["t-weld"]
    [opened] = up["opened"]
    assert (opened["kind"], opened["id"], opened["title"]) == ("vacancy", "v-weld", "Hitsaaja")
    assert (opened["before"], opened["after"], opened["distance_km"]) == (None, "good", 0)


def test_the_table_says_what_opens_and_what_to_ask() -> None:
    answer = run("cook", "--lang", "en")
    assert answer.exit_code == 0, answer.output
    printed = " ".join(re.sub(r"[^\w\s→?:.,()“”-]", " ", answer.stdout).split())
    assert "Trainings that open jobs" in printed
    assert "Hitsauskurssi" in printed
    assert "Opens 1 job: “Hitsaaja”." in printed
    assert "not listed → good" in printed
    assert "Two trainings in a row: nothing found." in printed


def test_somebody_unknown_is_told_plainly() -> None:
    answer = run("nobody")
    assert isinstance(answer.exception, NotFoundError)
    assert "nobody" in str(answer.exception)

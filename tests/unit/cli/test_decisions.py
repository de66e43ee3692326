from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from matcher.cli import decisions as commands
from matcher.cli.decisions import DIFFERENT
from matcher.cli.match import app as match_app
from matcher.domain.audit import Deed
from matcher.encode.records import RecordEncoder
from matcher.errors import NotFoundError, StoreError
from matcher.match import service
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.match.region import COOK, COOKING, NEED, TRAINING, WELDER, WELDING, Region, profile


@pytest.fixture
def region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Region]:
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path))
    for module in (service, commands):
        monkeypatch.setattr(module, "load_encoder", lambda name: FakeEncoder(256))
    with Store.open(f"sqlite:///{tmp_path}/store.sqlite") as store:
        region = Region(store, RecordEncoder(FakeEncoder(256)), tmp_path / "snapshots")
        region.add(WELDER, COOK, WELDING, COOKING, NEED, TRAINING)
        region.publish()
        yield region


def matched(*arguments: str) -> Result:
    return CliRunner().invoke(match_app, ["match", *arguments])


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands.app, ["replay", *arguments])


def listed() -> str:
    return str(json.loads(matched("welder", "--json").stdout)["list"])


def test_a_list_is_written_down_before_it_is_shown(region: Region) -> None:
    list_id = listed()
    [entry] = region.store.audit.of("welder")
    assert (entry.happening.deed, entry.happening.about) == (Deed.LIST, list_id)
    assert region.store.decisions.get(list_id).profile_id == "welder"
    assert list_id not in matched("welder", "--lang", "en").stdout
    assert "This list is recorded as l-" in matched("welder", "--lang", "en").stdout


def test_no_list_is_shown_that_cannot_be_written_down(region: Region) -> None:
    with region.store._database.write() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER full BEFORE INSERT ON audit_log"
                " BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            )
        )
    answer = matched("welder", "--json")
    assert isinstance(answer.exception, StoreError)
    assert answer.stdout == ""


def test_a_list_made_again_is_equal_also_after_all_has_changed(region: Region) -> None:
    list_id = listed()
    region.add(profile("welder", "laulaminen"))
    region.publish()
    answer = run(list_id)
    assert (answer.exit_code, answer.stdout) == (0, f"{list_id}: equal\n")


def test_a_list_that_comes_out_otherwise_tells_how(region: Region) -> None:
    list_id = listed()
    with region.store._database.write() as connection:
        connection.execute(text("UPDATE vacancies SET state = 'closed' WHERE id = 'v-weld'"))
        connection.execute(text("UPDATE vacancies SET revision = revision + 100"))
    answer = run(list_id)
    assert answer.exit_code == DIFFERENT
    assert f"{list_id}: different" in answer.stdout


def test_the_comparison_is_told_as_data(region: Region) -> None:
    document = json.loads(run(listed(), "--json").stdout)
    assert (document["is_equal"], document["differences"], document["other"]) == (True, [], [])


def test_a_list_that_never_was_is_not_found(region: Region) -> None:
    assert isinstance(run("l-none").exception, NotFoundError)


def test_a_person_is_told_in_plain_words_how_the_list_came_about(region: Region) -> None:
    list_id = listed()
    told = run_explain(list_id, "--for", "person", "--lang", "fi-simple").stdout
    assert "Ohjelma ei päätä asioistasi." in told
    assert "1. Hitsaaja: sopii" in told
    assert [one.happening.operation for one in region.store.audit.of("welder")][-1] == "explain"


def test_who_checks_a_list_gets_its_record(region: Region) -> None:
    list_id = listed()
    document = json.loads(run_explain(list_id, "--for", "staff").stdout)
    assert (document["id"], document["profile_id"]) == (list_id, "welder")
    assert document["basis"]["encoder"] == FakeEncoder(256).revision
    assert "hitsauspiirustusten" not in json.dumps(document)


def run_explain(*arguments: str) -> Result:
    return CliRunner().invoke(commands.app, ["explain", *arguments])

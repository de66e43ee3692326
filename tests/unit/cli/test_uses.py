"""No command uses data of people without an entry in the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.core import TyperGroup
from typer.testing import CliRunner, Result

from matcher.cli.app import COMMANDS, app
from matcher.cli.uses import USES
from matcher.config import load_settings
from matcher.errors import NotFoundError, StoreError
from matcher.store.store import Store
from tests.contract.store.records import NOON, profile
from tests.test_surface import command, walk

#: Commands that touch nothing about people: offers, words, rules, keys, and counts of people.
IMPERSONAL = {
    *("fetch", "template", "generate", "link", "indicators", "serve", "need insight", "need check"),
    *("snapshots list", "snapshots verify", "snapshots use", "rankers list", "rankers use"),
    *(f"evaluate {name}" for name in ("linking", "statements", "matching", "titles", "skills")),
    *("evaluate robustness", "evaluate gates", "areas check", "areas list", "areas show"),
    *("retention list", "retention proofs", "audit verify", "fairness twins"),
    *(f"key {name}" for name in ("create", "revoke", "list", "allow")),
}


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path))
    with Store.open(load_settings().url) as store:
        store.profiles.upsert([profile("p1")], NOON)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(load_settings().url) as opened:
        yield opened


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def endings(store: Store) -> list[tuple[str, str]]:
    told = [entry.happening for entry in store.audit.of("p1")]
    return [(one.operation, one.ending.value) for one in told]


def test_every_command_has_its_deed_or_touches_nothing_about_people() -> None:
    leaves = {
        path
        for name in COMMANDS
        for path, found in walk(name, command(name))
        if not isinstance(found, TyperGroup)
    }
    assert set(USES) | IMPERSONAL == leaves
    assert set(USES) & IMPERSONAL == set()


def test_a_command_is_begun_in_the_log_and_ended(store: Store) -> None:
    assert run("case", "show", "p1").exit_code == 0
    assert endings(store) == [("case show", "begun"), ("case show", "done")]
    begun, done = store.audit.of("p1")
    assert begun.happening.event == done.happening.event
    assert begun.happening.role == "operator"


def test_a_command_that_fails_says_so(store: Store) -> None:
    assert isinstance(run("plan", "p1").exception, NotFoundError)
    assert endings(store) == [("plan", "begun"), ("plan", "failed")]


def test_a_command_does_nothing_when_the_log_cannot_be_written(store: Store) -> None:
    with store._database.write() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER full BEFORE INSERT ON audit_log"
                " BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            )
        )
    answer = run("feedback", "list", "p1")
    assert isinstance(answer.exception, StoreError)
    assert answer.stdout == ""


def test_commands_about_nobody_leave_no_entry(store: Store) -> None:
    assert run("key", "list").exit_code == 0
    assert list(store.audit.entries()) == []

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from matcher.cli.audit import BROKEN, app
from matcher.config import load_settings
from matcher.domain.audit import Deed, Ending, Happening, Purpose
from matcher.errors import InputError, NotFoundError
from matcher.store.store import Store
from tests.contract.store.records import NOON, profile

READ = Happening(
    event="e1",
    at=NOON,
    who="key-a",
    role="coach",
    deed=Deed.READ,
    operation="read_profile",
    ending=Ending.DONE,
    purpose=Purpose.GUIDANCE,
    origin="10.0.0.7",
    subject="p1",
)


@pytest.fixture(autouse=True)
def _home(store_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_HOME", str(store_file.parent))
    with Store.open(load_settings().url) as store:
        store.profiles.upsert([profile("p1"), profile("p2")], NOON)
        store.audit.append([READ, replace(READ, about="l-1", deed=Deed.LIST)])


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def head() -> str:
    return run("verify").stdout.split()[-1]


def test_a_whole_log_verifies_and_tells_its_head() -> None:
    answer = run("verify")
    assert answer.exit_code == 0
    assert answer.stdout.startswith("All 2 entries are as they were written.")
    with Store.open(load_settings().url) as store:
        last = store.audit.verify().head
    assert head() == f"{last.number}:{last.hash}"


def test_a_tampered_entry_is_named_and_the_status_tells() -> None:
    with Store.open(load_settings().url) as store, store._database.write() as connection:
        connection.execute(text("DROP TRIGGER audit_log_is_kept"))
        connection.execute(text("UPDATE audit_log SET who = 'key-b' WHERE number = 1"))
    answer = run("verify")
    assert (answer.exit_code, answer.stdout) == (
        BROKEN,
        "Entry 1 is not as it was written.\n",
    )


def test_a_head_noted_earlier_must_still_be_there() -> None:
    noted = head()
    with Store.open(load_settings().url) as store:
        store.audit.append([READ])
    assert run("verify", "--head", noted).exit_code == 0
    other = f"1:{noted.partition(':')[2]}"
    answer = run("verify", "--head", other)
    assert answer.exit_code == BROKEN
    assert "was written anew" in answer.stdout


def test_what_is_no_head_is_refused() -> None:
    assert isinstance(run("verify", "--head", "yesterday").exception, InputError)


def test_who_used_the_data_of_a_client_is_told() -> None:
    who = "2026-03-01 14:00:00 coach key-a from 10.0.0.7"
    lines = run("of", "p1").stdout.splitlines()
    assert lines == [
        f"1 {who}: read (read_profile) for guidance, done",
        f"2 {who}: list (read_profile) l-1 for guidance, done",
    ]
    assert run("of", "p2").stdout.startswith("Nobody has used the data of p2")
    assert isinstance(run("of", "p3").exception, NotFoundError)

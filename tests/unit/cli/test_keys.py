from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from matcher.cli.keys import app
from matcher.config import load_settings
from matcher.domain.access import Grant, Role
from matcher.domain.calendar import utc_now
from matcher.errors import InputError, NotFoundError
from matcher.store.store import Store


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_the_secret_alone_goes_to_stdout_and_opens_the_key() -> None:
    answer = run("create", "--role", "coach", "--municipality", "564, kempele", "--label", "Anna")
    with Store.open(load_settings().url) as store:
        key = store.keys.find(answer.stdout.strip())
    assert key is not None
    assert key.grant == Grant(role=Role.COACH, municipalities=("564", "244"))
    assert key.label == "Anna"
    assert f"Created {key.id}: coach of 564,244 (Anna)." in answer.stderr


def test_two_keys_have_different_secrets_of_256_bits() -> None:
    first, second = (run("create", "--role", "admin").stdout.strip() for _ in range(2))
    assert first != second
    assert len(first) == len(second) == 43


def test_a_revoked_key_opens_nothing_and_is_listed_as_revoked() -> None:
    secret = run("create", "--role", "indexer").stdout.strip()
    id = run("list").stdout.split(":")[0]
    assert run("revoke", id).stdout == f"Revoked {id}.\n"
    assert ", revoked 20" in run("list").stdout
    with Store.open(load_settings().url) as store:
        assert store.keys.find(secret) is None


def test_a_list_shows_no_secret() -> None:
    secret = run("create", "--role", "employer", "--municipality", "Oulu").stdout.strip()
    listed = run("list").stdout
    assert "employer of 564" in listed
    assert ", valid" in listed
    assert secret not in listed


def test_a_session_is_listed_and_revoked() -> None:
    assert run("sessions").stdout == "There are no sessions.\n"
    now = utc_now()
    with Store.open(load_settings().url) as store:
        grant = Grant(role=Role.ADMIN)
        one = store.sessions.open("oulu:aino", grant, "s", now=now, until=now + timedelta(hours=1))
    assert run("sessions").stdout.startswith(f"{one.id}: admin oulu:aino, until 20")
    assert run("revoke", one.id).stdout == f"Revoked {one.id}.\n"
    assert run("sessions").stdout == f"{one.id}: admin oulu:aino, revoked\n"
    with Store.open(load_settings().url) as store:
        assert store.sessions.find("s", now) is None


@pytest.mark.parametrize("id", ["oulu:aino", "token:oulu:3f2a"])
def test_a_user_and_a_token_are_revoked_and_allowed_again(id: str) -> None:
    run("revoke", id)
    with Store.open(load_settings().url) as store:
        assert store.revocations.any_of([id])
    assert run("allow", id).stdout == f"Allowed {id}.\n"
    with Store.open(load_settings().url) as store:
        assert not store.revocations.any_of([id])
    assert isinstance(run("allow", id).exception, NotFoundError)


def test_a_partners_key_names_its_organisation() -> None:
    assert isinstance(run("create", "--role", "partner").exception, InputError)
    run("create", "--role", "partner", "--organisation", "Opisto")
    run("create", "--role", "coach", "--municipality", "564", "--name", "Aino", "--label", "A")
    first, second = run("list").stdout.splitlines()
    assert ": partner (Opisto), created" in first
    assert ": coach of 564 (Aino, A), created" in second


def test_an_empty_list_says_how_to_create_a_key() -> None:
    assert run("list").stdout.startswith("There are no keys. Create one with")


@pytest.mark.parametrize(
    "arguments",
    [
        ("create", "--role", "coach"),
        ("create", "--role", "coach", "--municipality", "Atlantis"),
        ("create", "--role", "employer", "--municipality", ","),
    ],
)
def test_a_key_without_its_place_is_refused(arguments: tuple[str, ...]) -> None:
    answer = run(*arguments)
    assert isinstance(answer.exception, InputError)
    assert answer.stdout == ""
    assert run("list").stdout.startswith("There are no keys.")


def test_an_unknown_key_cannot_be_revoked() -> None:
    unknown = run("revoke", "key-000000000000").exception
    assert isinstance(unknown, NotFoundError)
    assert str(unknown) == ("There is no key 'key-000000000000'. `matcher key list` shows all.")

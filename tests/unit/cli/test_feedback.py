from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from matcher.cli.feedback import app
from matcher.config import load_settings
from matcher.domain.calendar import finnish_day, utc_now
from matcher.domain.offer import OfferKind
from matcher.errors import InputError, NotFoundError
from matcher.store.store import Store
from tests.unit.match.region import NOW, WELDER, WELDING


@pytest.fixture(autouse=True)
def _home(store_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_HOME", str(store_file.parent))
    with Store.open(load_settings().url) as store:
        store.profiles.upsert([WELDER], NOW)
        store.offers(OfferKind.VACANCY).upsert([WELDING], NOW)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def refuse() -> str:
    said = run("add", "welder", "v-weld", "--action", "not_suitable", "--reason", "pay")
    assert said.exit_code == 0, said.output
    return said.stdout.removeprefix("Noted as ").rstrip(".\n")


def test_what_is_noted_is_listed_in_words_and_as_json() -> None:
    id = refuse()
    assert ": not_suitable, palkka" in run("list", "welder").stdout
    assert ": not_suitable, lönen" in run("list", "welder", "--lang", "sv").stdout
    [event] = json.loads(run("list", "welder", "--json").stdout)
    assert (event["id"], event["reason"], event["by"]) == (id, "pay", "command line")


def test_a_wish_holds_until_it_is_withdrawn() -> None:
    id = refuse()
    today = finnish_day(utc_now())
    said = f"{id}: asiakkaan oma toive {today.day}.{today.month}.{today.year}: ei tätä\n"
    assert run("wishes", "welder").stdout == said
    assert run("withdraw", "welder", id).stdout == f"Withdrew {id}.\n"
    assert run("wishes", "welder").stdout == "No wish of welder holds.\n"


def test_a_client_without_feedback_is_told_so() -> None:
    assert run("list", "welder").stdout == "Nothing was said of offers for welder yet.\n"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("add", "nobody", "v-weld", "--action", "saved"), NotFoundError),
        (("add", "welder", "v-nothing", "--action", "saved"), NotFoundError),
        (("add", "welder", "v-weld", "--action", "not_suitable"), InputError),
        (("list", "nobody"), NotFoundError),
        (("wishes", "nobody"), NotFoundError),
        (("withdraw", "welder", "fb-0"), NotFoundError),
    ],
)
def test_what_cannot_be_noted_is_refused(
    arguments: tuple[str, ...], error: type[Exception]
) -> None:
    assert isinstance(run(*arguments).exception, error)

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from matcher.cli.consents import app
from matcher.config import load_settings
from matcher.domain.offer import OfferKind
from matcher.errors import InputError, NotFoundError
from matcher.store.store import Store
from tests.unit.match.region import NEED, NOW, WELDER

DATES = ("--deadline", "2099-01-01", "--until", "2099-12-31")


@pytest.fixture(autouse=True)
def _home(store_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_HOME", str(store_file.parent))
    with Store.open(load_settings().url) as store:
        store.profiles.upsert([WELDER], NOW)
        store.offers(OfferKind.NEED).upsert([NEED], NOW)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def asked() -> str:
    said = run("ask", "welder", "n-weld", *DATES).stdout
    found = re.fullmatch(r"Asked as (c-\w+); answers count until 2099-01-01\.\n", said)
    assert found
    return found[1]


def test_a_list_tells_what_is_lacking_until_nothing_is() -> None:
    id = asked()
    line = f"{id}: n-weld, asked, answers until 2099-01-01, holds until 2099-12-31"
    lacking = "follow_up unknown, consent unmet, no_protection_order unknown"
    assert run("list", "welder").stdout == f"{line}, not visible: {lacking}\n"
    assert run("answer", "welder", id, "yes").stdout == f"{id} is given.\n"
    known = ("--follow-up-from", "2026-01-01", "--protection-order", "no")
    assert run("standing", "welder", *known).stdout == "Noted for welder.\n"
    assert run("list", "welder").stdout == f"{line.replace('asked', 'given')}, visible\n"
    run("standing", "welder", "--follow-up-from", "2026-01-01", "--protection-order", "yes")
    assert run("list", "welder").stdout.endswith("not visible: no_protection_order unmet\n")


def test_who_was_never_asked_is_told_so() -> None:
    assert run("list", "welder").stdout == "Nobody has asked welder for consent yet.\n"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("ask", "nobody", "n-weld", *DATES), NotFoundError),
        (("ask", "welder", "n-nothing", *DATES), NotFoundError),
        (("ask", "welder", "n-weld", *DATES[:3], "2098-12-31"), InputError),
        (("answer", "welder", "c-none", "yes"), NotFoundError),
        (("standing", "nobody"), NotFoundError),
        (("list", "nobody"), NotFoundError),
    ],
)
def test_what_cannot_be_done_is_refused(arguments: tuple[str, ...], error: type[Exception]) -> None:
    assert isinstance(run(*arguments).exception, error)

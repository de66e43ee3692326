from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from matcher.cli.transfer import UNEVEN, app
from matcher.config import load_settings
from matcher.domain.casework.item import Responsible
from matcher.domain.casework.meetings import Task
from matcher.domain.profile import Profile
from matcher.domain.situation import Benefit, Period, Registration, Situation
from matcher.errors import InputError, NotFoundError
from matcher.store.store import Store

NOW = datetime(2022, 6, 1, tzinfo=UTC)
PEKKA = "name,team,unit,capacity\nPekka,Nuoret,Nokia,80\n"
SEEKING = Situation(
    registrations=(Registration(Period(date(2021, 12, 1))),),
    services=(),
    supported_work=(),
    benefit=Benefit.LABOUR_MARKET_SUBSIDY,
    earnings_related_right=False,
    integration=(),
    immigrant=False,
    first_language="fi",
)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path / "home"))
    people = [
        Profile(id="p1", municipality="536", birth_date=date(1980, 1, 1)),
        Profile(id="p2", municipality="536", birth_date=date(1980, 1, 1)),
        Profile(id="p3", municipality="536"),
    ]
    with Store.open(load_settings().url) as store:
        store.profiles.upsert(people, NOW)
        store.situations.put_many({"p1": SEEKING, "p2": SEEKING}, NOW)
        task = Task(text="Soita", responsible=Responsible.CLIENT, due=date(2022, 7, 1))
        store.cases.add("p1", task, "te", NOW)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def planned(tmp_path: Path, coaches: str = PEKKA, *more: str) -> Result:
    path = tmp_path / "coaches.csv"
    path.write_text(coaches, encoding="utf-8")
    options = ("--first", "2022-06-01", "--capacity", "1", "--every", "30", *more)
    return run("plan", "pirkanmaa-2021", "--coaches", str(path), *options)


def test_a_plan_tells_stages_and_who_is_to_be_asked(tmp_path: Path) -> None:
    lines = planned(tmp_path).stdout.splitlines()
    assert lines[1:5] == [
        "stage 1, 2022-06-01: Nokia 1 (planned 1)",
        "stage 2, 2022-07-01: Nokia 1 (planned 1)",
        "not in the target group: 0",
        "unclear, to be asked: 1",
    ]
    assert lines[5].startswith("  p3: ")


def test_stages_are_run_by_day_and_the_balance_is_even(tmp_path: Path) -> None:
    planned(tmp_path)
    assert run("run", "--on", "2022-06-01").stdout == "done: 1\n"
    assert run("run", "--on", "2022-06-01").stdout == "Nobody was to move.\n"
    assert "stage 1, 2022-06-01: Nokia 1 (done 1)" in run("status").stdout
    verified = run("verify")
    assert verified.exit_code == 0
    assert verified.stdout.splitlines() == [
        "moved: 1, held back: 0",
        "appointments, tasks, requests and running services kept: 1",
        "notice by letter: 1",
        "The balance is even.",
    ]


def test_what_is_lost_is_named_and_the_exit_status_tells(tmp_path: Path) -> None:
    planned(tmp_path)
    run("run", "--on", "2022-07-01")
    with Store.open(load_settings().url) as store:
        store.situations.put("p2", Situation(), NOW)
    verified = run("verify")
    assert verified.exit_code == UNEVEN
    assert verified.stdout.splitlines()[-2:] == ["job search lost: p2", "The balance is NOT even."]


@pytest.mark.parametrize(
    ("coaches", "message"),
    [
        ("name,team,unit\nPekka,N,Nokia\n", "Column 'capacity' is missing"),
        ("name,team,unit,capacity\nPekka,N,Nokia,many\n", "line 2, capacity: Input should be"),
        ("name,team,unit,capacity\nOlga,N,Tampere,9\n", "The unit 'Nokia' has no coach"),
    ],
)
def test_a_wrong_list_of_coaches_is_refused(coaches: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=message):
        planned(tmp_path, coaches)
    with pytest.raises(NotFoundError, match="matcher transfer plan"):
        run("status")


def test_an_unknown_plan_is_an_error(tmp_path: Path) -> None:
    planned(tmp_path)
    for command in ("run", "status", "verify"):
        with pytest.raises(NotFoundError, match="no transfer 't9'"):
            run(command, "t9")


def test_a_row_with_more_cells_than_columns_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 2: The row has more cells than the first line"):
        planned(tmp_path, "name,team,unit,capacity\nLassi, Pekka,Nokia,Nokia,5\n")

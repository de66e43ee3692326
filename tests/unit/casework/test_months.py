"""The night's figures are those that a reader would count, small groups hidden."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from matcher.casework.client_month import Month
from matcher.casework.indicators import Indicator, clients_of, indicators
from matcher.casework.months import HOLD_FOR, MonthTotals, count_months, stored_month
from matcher.domain.access import Grant, Role
from matcher.domain.profile import Profile
from matcher.store.months import StoredMonth
from matcher.store.store import Store
from tests.unit.pathways.people import registered, situation

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
OCTOBER, NOVEMBER = Month.of(2026, 10), Month.of(2026, 11)
OULU, KEMPELE = "564", "244"
HOMES = {OULU: 12, KEMPELE: 3}


def ignore(people: int) -> None:
    """Nobody waits for a test."""


@pytest.fixture
def store(store_file: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{store_file}") as opened:
        people = [
            Profile(id=f"{home}-{n}", municipality=home)
            for home, count in HOMES.items()
            for n in range(count)
        ]
        opened.profiles.upsert([*people, Profile(id="nowhere")], NOW)
        seeking = situation(registrations=(registered(date(2026, 11, 2)),))
        for one in people:
            opened.situations.put(one.id, seeking, NOW)
        yield opened


def give_key(store: Store, role: Role, *municipalities: str) -> str:
    return store.keys.create(Grant(role=role, municipalities=municipalities), "", NOW, f"{role}").id


def test_every_reader_finds_what_counting_now_would_tell(store: Store) -> None:
    give_key(store, Role.LEAD, OULU, KEMPELE)
    give_key(store, Role.INDICATORS, KEMPELE)
    give_key(store, Role.ADMIN)
    told: list[int] = []
    totals = count_months(store, NOW, told.append)
    assert totals == MonthTotals((OCTOBER.first, NOVEMBER.first), 3, 16)
    assert told == [16]
    for scope in (None, (OULU, KEMPELE), (KEMPELE,)):
        for month in (OCTOBER, NOVEMBER):
            found = stored_month(store, month, scope, NOW)
            assert found is not None
            assert list(found.rows) == indicators(list(clients_of(store, month, scope)))
            assert found.at == NOW


def test_no_row_tells_of_a_small_group(store: Store) -> None:
    give_key(store, Role.INDICATORS, KEMPELE)
    count_months(store, NOW, ignore)
    found = stored_month(store, NOVEMBER, (KEMPELE,), NOW)
    assert found is not None
    assert [row.figures[Indicator.CLIENTS].value for row in found.rows] == [None] * 5


def test_only_who_may_look_is_counted_for(store: Store) -> None:
    give_key(store, Role.COACH, OULU)
    store.keys.revoke(give_key(store, Role.LEAD, OULU), NOW)
    assert count_months(store, NOW, ignore) == MonthTotals((OCTOBER.first, NOVEMBER.first), 0, 0)


def test_who_has_no_key_is_counted_for_after_the_first_look(store: Store) -> None:
    store.months.want((OULU,), NOW)
    assert count_months(store, NOW, ignore).people == HOMES[OULU]
    assert stored_month(store, NOVEMBER, (OULU,), NOW) is not None


def test_figures_hold_for_a_day(store: Store) -> None:
    give_key(store, Role.ADMIN)
    count_months(store, NOW, ignore)
    assert stored_month(store, NOVEMBER, None, NOW + HOLD_FOR) is not None
    assert stored_month(store, NOVEMBER, None, NOW + HOLD_FOR + timedelta(seconds=1)) is None
    assert stored_month(store, Month.of(2026, 9), None, NOW) is None


@pytest.mark.parametrize(
    "figures", ['{"clients": {"value": 5.0}}', '{"an old figure": {"value": 5.0}}']
)
def test_figures_of_a_program_that_counted_other_things_are_counted_anew(
    store: Store, figures: str
) -> None:
    payload = f'{{"rows": [{{"dimension": "all", "group": "all", "figures": {figures}}}]}}'
    store.months.put_many([StoredMonth(NOVEMBER.first, None, NOW, payload)])
    assert stored_month(store, NOVEMBER, None, NOW) is None


def test_in_january_the_last_full_month_is_december(store: Store) -> None:
    totals = count_months(store, datetime(2026, 12, 31, 22, 30, tzinfo=UTC), ignore)
    assert totals.months == (date(2026, 12, 1), date(2027, 1, 1))


def test_who_was_erased_is_in_no_figure_after_the_next_count(store: Store) -> None:
    give_key(store, Role.LEAD, OULU)
    count_months(store, NOW, ignore)
    store.erase_profile(f"{OULU}-0", NOW)
    before = stored_month(store, NOVEMBER, (OULU,), NOW)
    count_months(store, NOW + timedelta(hours=23), ignore)
    after = stored_month(store, NOVEMBER, (OULU,), NOW + timedelta(hours=23))
    assert before is not None
    assert after is not None
    clients = [one.rows[0].figures[Indicator.CLIENTS].value for one in (before, after)]
    assert clients == [12.0, 11.0]

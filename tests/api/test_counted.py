"""Figures of months are counted anew after some minutes, on another day, and for other callers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from api.counted import AGE, ROOM, CountedMonths
from matcher.casework.client_month import Month
from matcher.casework.indicators import GroupRow
from matcher.casework.months import Counted

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
OCTOBER = Month.of(2026, 10)


def got(
    kept: CountedMonths,
    group: str,
    later: timedelta = timedelta(),
    *,
    month: Month = OCTOBER,
    of: tuple[str, ...] | None = ("564",),
    on: date = TODAY,
) -> Counted:
    return kept.get(month, of, lambda: [GroupRow("all", group, {})], on=on, now=NOW + later)


def test_what_is_young_is_given_again_and_tells_when_it_was_counted() -> None:
    kept = CountedMonths()
    assert got(kept, "first").at == NOW
    again = got(kept, "second", AGE)
    assert (again.rows[0].group, again.at) == ("first", NOW)
    anew = got(kept, "third", AGE + timedelta(seconds=1))
    assert (anew.rows[0].group, anew.at) == ("third", NOW + AGE + timedelta(seconds=1))


def test_another_month_day_or_scope_is_counted_apart() -> None:
    kept = CountedMonths()
    got(kept, "first")
    others = [
        got(kept, "other", month=Month.of(2026, 9)),
        got(kept, "other", of=("244", "564")),
        got(kept, "other", of=None),
        got(kept, "other", on=date(2026, 11, 23)),
    ]
    assert {one.rows[0].group for one in others} == {"other"}
    assert got(kept, "again", of=("564", "244")).rows[0].group == "other"


def test_the_oldest_goes_when_there_are_many() -> None:
    kept = CountedMonths()
    for n in range(ROOM + 1):
        got(kept, "first", of=(f"{n:03}",))
    assert got(kept, "again", of=("000",)).rows[0].group == "again"
    assert got(kept, "again", of=(f"{ROOM:03}",)).rows[0].group == "first"


def test_a_count_that_fails_keeps_nothing_and_holds_up_nobody() -> None:
    kept = CountedMonths()

    def failing() -> list[GroupRow]:
        raise OSError("the database is gone")

    with pytest.raises(OSError, match="gone"):
        kept.get(OCTOBER, None, failing, on=TODAY, now=NOW)
    assert got(kept, "counted", of=None).rows[0].group == "counted"

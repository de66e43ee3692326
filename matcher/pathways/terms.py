"""The calendar of a job search: counted time, interruptions, working days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from matcher.domain.situation import Period, Registration

_DAY = timedelta(days=1)
_WORKING_WEEK = 5


def add_months(day: date, months: int) -> date:
    """Return the same day some months later; a day that the month lacks becomes its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def working_days_after(day: date, count: int) -> date:
    """Return the working day that is `count` after a day, by the Finnish public holidays.

    Saturdays, Sundays, public holidays, Midsummer Eve and Christmas Eve are not counted.
    """
    while count:
        day += _DAY
        count -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Tell whether offices in Finland work on a day."""
    return day.weekday() < _WORKING_WEEK and day not in _finnish_holidays()


@cache
def _finnish_holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("FI")


def weekdays_between(start: date, end: date) -> int:
    """Return how many days from Monday to Friday lie after one day, up to another."""
    weeks, rest = divmod(max((end - start).days, 0), 7)
    extra = sum((start + i * _DAY).weekday() < _WORKING_WEEK for i in range(1, rest + 1))
    return weeks * _WORKING_WEEK + extra


def weekdays_after(day: date, count: int) -> date:
    """Return the day that is so many days from Monday to Friday after another."""
    weeks, rest = divmod(count, _WORKING_WEEK)
    day += timedelta(weeks=weeks)
    while rest:
        day += _DAY
        rest -= day.weekday() < _WORKING_WEEK
    return day


@dataclass(frozen=True, slots=True)
class JobSearch:
    """The time that counts as one unemployment: its first day and what is left out of it.

    Parameters
    ----------
    start
        First day that counts.
    end
        Last day; None while the search is in force.
    pauses
        Days between that do not count, in order and apart from each other.
    """

    start: date
    end: date | None
    pauses: tuple[Period, ...]

    def in_force(self, on: date) -> bool:
        """Tell whether the search is registered on a day, be it paused or not."""
        return self.start <= on and (self.end is None or on <= self.end)

    def runs(self, on: date) -> bool:
        """Tell whether a day counts as a day of unemployment."""
        return self.in_force(on) and not any(pause.holds(on) for pause in self.pauses)

    def months(self, on: date) -> int:
        """Return the full months counted up to a day; pauses stop the clock."""
        counted = on - self._paused_before(on)
        if self.end is not None:
            counted = min(counted, self.end - self._paused_before(self.end))
        months = (counted.year - self.start.year) * 12 + counted.month - self.start.month
        return max(months - (add_months(self.start, max(months, 0)) > counted), 0)

    def reaches(self, months: int) -> date | None:
        """Return the day on which so many months are full; None if a pause has no end."""
        day = add_months(self.start, months)
        for pause in self.pauses:
            if pause.start >= day:
                break
            if pause.end is None:
                return None
            day += pause.end - pause.start + _DAY
        return day

    def _paused_before(self, on: date) -> timedelta:
        """Return how many days before a day did not count."""
        return sum(
            (
                min(on, on if pause.end is None else pause.end + _DAY) - pause.start
                for pause in self.pauses
                if pause.start < on
            ),
            timedelta(),
        )


def current_search(
    registrations: Sequence[Registration], on: date, *, restarts_after: int
) -> JobSearch | None:
    """Join registrations to the job search of a day.

    A gap between two registrations is a pause if it is short; after a longer one the count
    begins anew, and what was before is left out.

    Parameters
    ----------
    registrations
        In any order; those after the day are not read.
    on
        The day.
    restarts_after
        Days without registration after which the count begins anew.

    Returns
    -------
    JobSearch or None
        None if nobody had registered by that day, or the last search ended too long ago.
    """
    known = sorted(
        (each for each in registrations if each.period.start <= on),
        key=lambda each: each.period.start,
    )
    if not known:
        return None
    start, end = known[0].period.start, known[0].period.end
    pauses = list(known[0].interruptions)
    for each in known[1:]:
        if end is None or each.period.start <= end + _DAY:
            end = _later(end, each.period.end)
        elif (each.period.start - end).days - 1 > restarts_after:
            start, end, pauses = each.period.start, each.period.end, []
        else:
            pauses.append(Period(end + _DAY, each.period.start - _DAY))
            end = each.period.end
        pauses += each.interruptions
    if end is not None and (on - end).days > restarts_after:
        return None
    return JobSearch(start, end, _joined(pauses))


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def _joined(pauses: Sequence[Period]) -> tuple[Period, ...]:
    """Return the pauses in order, those that touch made into one."""
    joined: list[Period] = []
    for pause in sorted(pauses, key=lambda each: each.start):
        last = joined[-1] if joined else None
        if last and (last.end is None or pause.start <= last.end + _DAY):
            joined[-1] = Period(last.start, _later(last.end, pause.end))
        else:
            joined.append(pause)
    return tuple(joined)

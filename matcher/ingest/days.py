"""Days and moments of records, within reach of every reckoning with them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, TypeVar

from pydantic import AfterValidator, AwareDatetime, PastDate

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199
D = TypeVar("D", bound=date)


def _within_reach(day: D) -> D:
    # Months are added to days, and moments moved between time zones: the calendar has an end.
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"the year {day.year} is not one from {_FIRST_YEAR} to {_LAST_YEAR}")
    return day


def check_order(start: date, end: date | None) -> None:
    """Refuse a period that ends before it starts.

    Raises
    ------
    ValueError
        With both days.
    """
    if end is not None and end < start:
        raise ValueError(f"the end {end} is before the start {start}")


Day = Annotated[date, AfterValidator(_within_reach)]
#: Of somebody who lives.
Birthday = Annotated[PastDate, AfterValidator(_within_reach)]
Moment = Annotated[AwareDatetime, AfterValidator(_within_reach)]

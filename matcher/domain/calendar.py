"""What time it is, and the day that dates such as an offer's last day are meant by."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

_FINLAND: Final = ZoneInfo("Europe/Helsinki")


def utc_now() -> datetime:
    """Return the time in UTC: the clock that every entry point passes on."""
    return datetime.now(UTC)


def finnish_time(now: datetime) -> datetime:
    """Return the time that clocks in Finland show at a moment."""
    return now.astimezone(_FINLAND)


def finnish_day(now: datetime) -> date:
    """Return the day in Finland at a moment, which must carry its time zone."""
    return now.astimezone(_FINLAND).date()

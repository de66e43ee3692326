"""The figures of months that the night counts, so that who looks at them does not wait.

Everybody is read once for all readers. What is stored are statistics in which small groups are
hidden already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from matcher.casework.client_month import ClientMonth, Month
from matcher.casework.indicators import GroupRow, Indicator, client_months, indicators
from matcher.domain.access import Role
from matcher.domain.calendar import finnish_day
from matcher.errors import StoreError
from matcher.store import codec
from matcher.store.months import Scope, StoredMonth, in_order
from matcher.store.store import Store

#: Who looks at the figures of months.
READERS: Final = frozenset({Role.LEAD, Role.INDICATORS, Role.ADMIN})
#: Older figures are counted anew by whoever looks at them.
HOLD_FOR: Final = timedelta(days=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of a month, and when they were counted."""

    rows: Sequence[GroupRow]
    at: datetime


@dataclass(frozen=True, slots=True)
class MonthTotals:
    """What a night counted.

    Parameters
    ----------
    months
        First days of the months.
    scopes
        For how many readers' municipalities.
    people
        How many people were looked at.
    """

    months: tuple[date, ...]
    scopes: int
    people: int


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a month as they are stored."""

    rows: tuple[GroupRow, ...]


def stored_month(
    store: Store, month: Month, scope: Sequence[str] | None, now: datetime
) -> Counted | None:
    """Return the stored figures of a month; None if there are none that can be used.

    Too old ones cannot, nor those of a program that has counted other things.

    Parameters
    ----------
    store
        Where the night stored them.
    month
        Which month.
    scope
        Municipalities whose people are counted; None means all.
    now
        The moment at which they are looked at.
    """
    found = store.months.find(month.first, scope)
    if found is None or now - found.at > HOLD_FOR:
        return None
    try:
        rows = codec.load(_Rows, found.payload).rows
    except StoreError:
        return None
    is_whole = all(row.figures.keys() == set(Indicator) for row in rows)
    return Counted(rows, found.at) if is_whole else None


def count_months(store: Store, now: datetime, progress: Callable[[int], None]) -> MonthTotals:
    """Count the last full month and the running one for everybody who looks at them.

    Readers are keys that are valid, and whoever else has looked at figures lately: users of
    identity providers have no key here.

    Parameters
    ----------
    store
        Read, and written at the end.
    now
        The moment of the count.
    progress
        Told how many people have been looked at.
    """
    months, scopes = _months(finnish_day(now)), _scopes(store)
    counted: dict[tuple[Scope, Month], list[ClientMonth]] = {
        (scope, month): [] for scope in scopes for month in months
    }
    people = 0
    for page in client_months(store, months, _all_of(scopes)):
        _sort_in(page, counted)
        people += len(page)
        progress(people)
    store.months.put_many(
        StoredMonth(month.first, scope, now, codec.dump(_Rows(tuple(indicators(clients)))))
        for (scope, month), clients in counted.items()
    )
    return MonthTotals(tuple(month.first for month in months), len(scopes), people)


def _sort_in(
    page: Sequence[tuple[str | None, Mapping[Month, ClientMonth]]],
    counted: Mapping[tuple[Scope, Month], list[ClientMonth]],
) -> None:
    for home, of_months in page:
        for (scope, month), clients in counted.items():
            if month in of_months and (scope is None or home in scope):
                clients.append(of_months[month])


def _months(today: date) -> tuple[Month, Month]:
    before = today.replace(day=1) - _DAY
    return Month.of(before.year, before.month), Month.of(today.year, today.month)


def _scopes(store: Store) -> list[Scope]:
    """Return the municipalities of each reader, each once and in order."""
    grants = [key.grant for key in store.keys.list() if key.revoked_at is None]
    of_keys = {in_order(one.scope) for one in grants if one.role in READERS}
    return sorted(of_keys | set(store.months.wanted()), key=lambda scope: scope or ())


def _all_of(scopes: Sequence[Scope]) -> Scope:
    """Return the municipalities of all scopes together."""
    if None in scopes:
        return None
    return tuple(sorted({code for scope in scopes for code in scope or ()}))

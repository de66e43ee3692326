"""The figures of months as pages show them: counted anew when they are some minutes old.

To count a month reads everybody in the caller's municipalities, seconds in a large region. The
night counts those that are looked at most (`matcher.casework.months`); these are the others.
`GET /v1/indicators` always counts.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Final

from matcher.casework.client_month import Month
from matcher.casework.indicators import GroupRow
from matcher.casework.months import Counted

#: How old figures may be.
AGE: Final = timedelta(minutes=15)
#: So many tables are kept, of a few kilobytes each; the oldest goes first.
ROOM: Final = 64

#: A month, the day on which it is looked at, and whose municipalities; None means all.
_Key = tuple[Month, date, tuple[str, ...] | None]


class CountedMonths:
    """Keeps the figures of months; safe across threads.

    One month is counted at a time; what is kept is given meanwhile.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, Counted] = OrderedDict()
        self._lock, self._counting = Lock(), Lock()

    def get(
        self,
        month: Month,
        municipalities: Sequence[str] | None,
        count: Callable[[], Sequence[GroupRow]],
        *,
        on: date,
        now: datetime,
    ) -> Counted:
        """Return figures that were counted on the same day and not long ago.

        Parameters
        ----------
        month
            Which month.
        municipalities
            Of whom; None means everybody. Each caller's are counted apart.
        count
            Counts it.
        on, now
            The day, and the time in UTC.
        """
        key = month, on, None if municipalities is None else tuple(sorted(municipalities))
        if known := self._young(key, now):
            return known
        with self._counting:
            if known := self._young(key, now):
                return known
            counted = Counted(tuple(count()), now)
            with self._lock:
                self._kept[key] = counted
                self._kept.move_to_end(key)
                while len(self._kept) > ROOM:
                    self._kept.popitem(last=False)
            return counted

    def _young(self, key: _Key, now: datetime) -> Counted | None:
        with self._lock:
            known = self._kept.get(key)
        return known if known and now - known.at <= AGE else None

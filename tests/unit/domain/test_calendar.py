from datetime import UTC, date, datetime

import pytest

from matcher.domain.calendar import finnish_day


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 1, 15, 21, 59, tzinfo=UTC), date(2026, 1, 15)),
        (datetime(2026, 1, 15, 22, 0, tzinfo=UTC), date(2026, 1, 16)),
        (datetime(2026, 7, 15, 20, 59, tzinfo=UTC), date(2026, 7, 15)),
        (datetime(2026, 7, 15, 21, 0, tzinfo=UTC), date(2026, 7, 16)),
    ],
)
def test_the_day_turns_at_midnight_in_finland_in_winter_and_summer(
    now: datetime, day: date
) -> None:
    assert finnish_day(now) == day

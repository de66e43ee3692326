"""How uses of a person's data are put into lines."""

from __future__ import annotations

from datetime import UTC, datetime

from api.schemas.decisions import SeenAnswer
from api.web.views.uses import Uses, in_rows


def use(hour: int, *, day: int = 2, account: str = "k1", what: str = "read") -> SeenAnswer:
    """Return a use of an hour of a day in November."""
    at = datetime(2026, 11, day, hour, tzinfo=UTC)
    return SeenAnswer(at=at, who="a coach", what=what, why="service", account=account)


def test_uses_alike_of_a_day_are_one_line_from_the_first_to_the_last() -> None:
    first, between, last = use(8), use(9, what="changed"), use(11)
    assert in_rows([last, use(10), between, first]) == [
        Uses(first.at, last.at, 3, "a coach", "read", "service"),
        Uses(between.at, between.at, 1, "a coach", "changed", "service"),
    ]


def test_another_day_account_or_deed_begins_a_line() -> None:
    seen = [use(8, day=3), use(12), use(11, account="k2"), use(10, what="changed")]
    assert [(line.first, line.times, line.what) for line in in_rows(seen)] == [
        (one.at, 1, one.what) for one in seen
    ]

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.offer import Training
from matcher.domain.parts import Availability
from matcher.match.upskill.order import can_follow, sooner


def training(
    id: str, start: date | None = None, months: float | None = None, end: date | None = None
) -> Training:
    return Training(id=id, availability=Availability(start, end), duration_months=months)


JANUARY, MARCH = date(2027, 1, 4), date(2027, 3, 1)


@pytest.mark.parametrize(
    ("first", "second", "possible"),
    [
        # 1 month after 4 January is 3 February; 3 months are 5 April.
        (training("a", JANUARY, 1), training("b", MARCH), True),
        (training("a", JANUARY, 3), training("b", MARCH), False),
        (training("a", JANUARY, 3, end=date(2027, 2, 1)), training("b", MARCH), True),
        (training("a", MARCH, 1), training("b", JANUARY), False),
        (training("a", JANUARY), training("b", MARCH), True),
        (training("a"), training("b", MARCH), True),
        (training("a", JANUARY, 3), training("b"), True),
    ],
)
def test_one_training_follows_another_unless_known_dates_forbid_it(
    first: Training, second: Training, possible: bool
) -> None:
    assert can_follow(first, second) is possible


def test_what_starts_first_comes_first_then_what_is_shorter_and_unknown_last() -> None:
    trainings = [
        training("f"),
        training("e", months=9),
        training("d", months=2),
        training("c", MARCH),
        training("b", JANUARY, 6),
        training("a", JANUARY, 1),
    ]
    assert [one.id for one in sorted(trainings, key=sooner)] == ["a", "b", "c", "d", "e", "f"]

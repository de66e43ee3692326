from __future__ import annotations

from api.rates import Attempts


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_last_minute_counts_wherever_it_began() -> None:
    clock = Clock()
    attempts = Attempts(2, clock)
    told = []
    for second in (0.0, 59.0, 59.5, 60.0, 61.0, 119.0):
        clock.now = 1000.0 + second
        told.append(attempts.allow("a"))
    assert told == [True, True, False, True, False, True]


def test_each_is_counted_alone_and_told_when_to_come_back() -> None:
    clock = Clock()
    attempts = Attempts(1, clock)
    assert [attempts.allow(who) for who in ("a", "b", "a")] == [True, True, False]
    clock.now += 12.5
    assert attempts.seconds("a") == 48
    clock.now += 47.5
    assert attempts.allow("a")


def test_who_has_not_tried_for_a_minute_is_forgotten() -> None:
    clock = Clock()
    attempts = Attempts(1, clock)
    for who in ("a", "b"):
        attempts.allow(who)
    clock.now += 60
    attempts.allow("c")
    assert set(attempts._made) == {"c"}

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from matcher.domain.casework.item import Channel
from matcher.errors import InputError
from matcher.pathways.transfer import CoachPlace, Mover, Timetable, plan_moves

FIRST = date(2021, 3, 1)
ANNA = CoachPlace("Anna", "Nuoret", "Oulu", 100)
PEKKA = CoachPlace("Pekka", "Aikuiset", "Oulu", 50)
MONTHLY = Timetable(FIRST, every_days=28, capacity=3)


def mover(id: str, municipality: str = "564", unit: str = "Oulu") -> Mover:
    return Mover(id, municipality, unit, Channel.LETTER)


def test_small_municipalities_come_first_and_large_ones_go_on_in_the_next_stage() -> None:
    movers = [mover(f"o{i}") for i in range(4)] + [mover(f"h{i}", "072") for i in range(2)]
    moves = plan_moves(movers, MONTHLY, [ANNA], {})
    assert [(m.mover.profile_id, m.stage, m.on) for m in moves] == [
        ("h0", 1, date(2021, 3, 1)),
        ("h1", 1, date(2021, 3, 1)),
        ("o0", 1, date(2021, 3, 1)),
        ("o1", 2, date(2021, 3, 29)),
        ("o2", 2, date(2021, 3, 29)),
        ("o3", 2, date(2021, 3, 29)),
    ]


def test_clients_are_shared_by_capacity() -> None:
    moves = plan_moves([mover(f"{i:02}") for i in range(30)], MONTHLY, [PEKKA, ANNA], {})
    assert Counter(m.coach.name for m in moves) == {"Anna": 20, "Pekka": 10}


def test_who_has_clients_already_gets_fewer_new_ones() -> None:
    coaches = [ANNA, replace(PEKKA, capacity=100)]
    moves = plan_moves([mover(str(i)) for i in range(4)], MONTHLY, coaches, {"Anna": 2})
    assert Counter(m.coach.name for m in moves) == {"Anna": 1, "Pekka": 3}


def test_clients_of_a_central_unit_go_to_its_coaches() -> None:
    central = CoachPlace("Olga", "Kotoutuminen", "Keskitetty yksikkö", 60)
    movers = [mover("a"), mover("b", unit="Keskitetty yksikkö")]
    moves = plan_moves(movers, MONTHLY, [ANNA, central], {})
    assert [m.coach.name for m in moves] == ["Anna", "Olga"]


def test_the_plan_does_not_depend_on_the_order_of_the_clients() -> None:
    movers = [mover(str(i), "564" if i % 3 else "072") for i in range(20)]
    shuffled = movers.copy()
    Random(1).shuffle(shuffled)
    assert plan_moves(movers, MONTHLY, [ANNA, PEKKA], {}) == plan_moves(
        shuffled, MONTHLY, [PEKKA, ANNA], {}
    )


@pytest.mark.parametrize(
    ("timetable", "coaches", "message"),
    [
        (MONTHLY, [], "The unit 'Oulu' has no coach"),
        (MONTHLY, [ANNA, ANNA], "'Anna' is in the list twice"),
        (MONTHLY, [replace(ANNA, capacity=0)], "capacity: The coach 'Anna' has the capacity 0"),
        (replace(MONTHLY, capacity=0), [ANNA], "capacity: A stage cannot take 0 clients"),
        (replace(MONTHLY, every_days=-1), [ANNA], "every: Stages cannot be -1 days apart"),
        (replace(MONTHLY, every_days=10**9), [ANNA], "Give a whole number from 1 to 366"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    timetable: Timetable, coaches: list[CoachPlace], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        plan_moves([mover("a")], timetable, coaches, {})

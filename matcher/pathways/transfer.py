"""Planning a transfer of clients (asiakassiirto): in which stage, to whom, told how.

Clients change to another unit without doing anything themselves (R12), in stages over
months by municipality and by how many the receiving side can take at a time (R13).
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from matcher.domain.casework.item import Channel
from matcher.errors import InputError

#: Most days from one stage to the next.
_MOST_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class Mover:
    """A client who is to be transferred.

    Parameters
    ----------
    profile_id
        Who.
    municipality
        Home: stages go municipality by municipality.
    unit
        Who will serve the client.
    channel
        How the client is told.
    """

    profile_id: str
    municipality: str
    unit: str
    channel: Channel


@dataclass(frozen=True, slots=True)
class CoachPlace:
    """A coach of a receiving unit, and how many clients are enough for one."""

    name: str
    team: str
    unit: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Timetable:
    """When stages are: the first day, days between them, clients in each at most."""

    first: date
    every_days: int
    capacity: int


@dataclass(frozen=True, slots=True)
class Move:
    """What will become of one client: stage from 1, first day, and the coach."""

    mover: Mover
    stage: int
    on: date
    coach: CoachPlace


def plan_moves(
    movers: Sequence[Mover],
    timetable: Timetable,
    coaches: Sequence[CoachPlace],
    loads: Mapping[str, int],
) -> list[Move]:
    """Plan who moves when and to which coach.

    Small municipalities come first, so that what goes wrong goes wrong for few; one that
    does not fit into a stage goes on in the next. Every client goes to the coach of the
    unit with the smallest share of the capacity in use.

    Parameters
    ----------
    movers
        In any order; the plan is the same.
    timetable
        Days and sizes of the stages.
    coaches
        Of all units.
    loads
        Clients that coaches have already, by name.

    Returns
    -------
    list of Move
        In the order of stages, municipalities and ids.

    Raises
    ------
    InputError
        If a unit has no coach, a coach is there twice, or a number makes no sense.
    """
    _check(timetable, coaches)
    teams = {
        unit: [(loads.get(one.name, 0) / one.capacity, one.name, one) for one in places]
        for unit, places in groupby(sorted(coaches, key=lambda c: c.unit), lambda c: c.unit)
    }
    for team in teams.values():
        heapq.heapify(team)
    moves = []
    for position, mover in enumerate(_in_order(movers)):
        number = position // timetable.capacity
        on = timetable.first + timedelta(days=number * timetable.every_days)
        moves.append(Move(mover, number + 1, on, _next_coach(teams.get(mover.unit), mover)))
    return moves


def _check(timetable: Timetable, coaches: Sequence[CoachPlace]) -> None:
    if timetable.capacity < 1:
        raise InputError(
            f"A stage cannot take {timetable.capacity} clients.",
            remedy="Give a whole number from 1.",
            field="capacity",
        )
    if not 1 <= timetable.every_days <= _MOST_DAYS:
        raise InputError(
            f"Stages cannot be {timetable.every_days} days apart.",
            remedy=f"Give a whole number from 1 to {_MOST_DAYS}.",
            field="every",
        )
    names = [one.name for one in coaches]
    for one in coaches:
        if names.count(one.name) > 1:
            raise InputError(
                f"The coach {one.name!r} is in the list twice.",
                remedy="Give each coach one row, with the unit where most of the work is.",
                field="name",
            )
        if one.capacity < 1:
            raise InputError(
                f"The coach {one.name!r} has the capacity {one.capacity}.",
                remedy="Give a whole number from 1, or leave the row out.",
                field="capacity",
            )


def _in_order(movers: Sequence[Mover]) -> list[Mover]:
    sizes: dict[str, int] = {}
    for mover in movers:
        sizes[mover.municipality] = sizes.get(mover.municipality, 0) + 1
    return sorted(movers, key=lambda m: (sizes[m.municipality], m.municipality, m.profile_id))


def _next_coach(team: list[tuple[float, str, CoachPlace]] | None, mover: Mover) -> CoachPlace:
    """Return the least busy coach of a unit, who is a little busier from now on."""
    if team is None:
        raise InputError(
            f"The unit {mover.unit!r} has no coach, but clients come to it.",
            remedy="Add a coach of that unit to the list.",
            field="unit",
        )
    share, name, coach = team[0]
    heapq.heapreplace(team, (share + 1 / coach.capacity, name, coach))
    return coach

"""Transfers over the store: who is to move, moving them, and proof that nothing got lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from matcher.domain.casework.contacts import ServiceWishes
from matcher.domain.casework.item import Channel
from matcher.domain.codes import municipalities
from matcher.domain.profile import Profile
from matcher.domain.situation import Situation
from matcher.errors import InputError
from matcher.pathways.area import Area
from matcher.pathways.factnames import FactName
from matcher.pathways.facts import search_of
from matcher.pathways.load import area_named
from matcher.pathways.standing import Standing, belongs, route
from matcher.pathways.transfer import CoachPlace, Move, Mover, Timetable, plan_moves
from matcher.pathways.truth import Truth
from matcher.store.store import Store
from matcher.store.transfer_moves import MoveState, StoredMove

#: Who writes the entries of a transfer.
BY: Final = "transfer"
_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan as it was made.

    Parameters
    ----------
    id
        Of the plan.
    moves
        Who moves when.
    staying
        How many are not of the area's target group.
    to_ask
        Who may be of it, with the facts that nobody knows: nobody is moved on a guess.
    """

    id: str
    moves: tuple[StoredMove, ...]
    staying: int
    to_ask: Mapping[str, tuple[FactName, ...]]


@dataclass(frozen=True, slots=True)
class Balance:
    """What clients had before and have after they moved; it must come to nothing.

    Parameters
    ----------
    moved, held_back
        How many clients.
    kept
        How many appointments, tasks, requests and running services came along.
    lost
        Entries that are gone, by client.
    broken
        Clients whose job search of then is no longer known.
    without_coach
        Moved clients who have no coach on the first day.
    notices
        How many are told by each channel.
    """

    moved: int
    held_back: int
    kept: int
    lost: Mapping[str, Sequence[str]]
    broken: tuple[str, ...]
    without_coach: tuple[str, ...]
    notices: Mapping[Channel, int]

    @property
    def is_even(self) -> bool:
        """Whether nobody has lost anything."""
        return not (self.lost or self.broken or self.without_coach)


def make_plan(
    store: Store, area: Area, timetable: Timetable, coaches: Sequence[CoachPlace], now: datetime
) -> Planned:
    """Plan the transfer of an area's target group, and store the plan.

    Raises
    ------
    InputError
        If the area has no rules for the first or last stage, or the plan cannot be made
        (`matcher.pathways.transfer.plan_moves`).
    """
    movers: list[Mover] = []
    to_ask: dict[str, tuple[FactName, ...]] = {}
    staying = 0
    online = _online(store)
    for profile, situation in _people(store, area):
        standing = Standing.of(profile, situation, area, timetable.first)
        ruling, way = belongs(standing), route(standing)
        if ruling.truth is Truth.NO:
            staying += 1
        elif ruling.missing or way.rule is None:
            to_ask[profile.id] = tuple(sorted({*ruling.missing, *way.missing}))
        else:
            home = str(profile.municipality)
            unit = way.rule.unit.fi or municipalities()[home].name.fi
            channel = Channel.ONLINE if profile.id in online else Channel.LETTER
            movers.append(Mover(profile.id, home, unit, channel))
    planned = plan_moves(movers, timetable, coaches, store.coaches.loads(timetable.first))
    _check_days(planned, area)
    moves = tuple(
        StoredMove(
            profile_id=move.mover.profile_id,
            municipality=move.mover.municipality,
            unit=move.mover.unit,
            coach=move.coach.name,
            team=move.coach.team,
            channel=move.mover.channel,
            stage=move.stage,
            on=move.on,
        )
        for move in planned
    )
    return Planned(store.transfers.save(area.name, moves, now), moves, staying, to_ask)


def carry_out(store: Store, plan_id: str, on: date, now: datetime) -> Counter[MoveState]:
    """Carry out every stage up to a day that has not been; return what became of whom.

    It may be killed at any moment and called again: each batch is one transaction, and
    who has moved is not moved twice.
    """
    area = area_named(store.transfers.area(plan_id))
    outcome: Counter[MoveState] = Counter()
    for batch in store.transfers.due(plan_id, on):
        profiles = store.profiles.get_many([move.profile_id for move in batch])
        situations = store.situations.get_many(list(profiles))
        checked = [
            _checked(move, profiles[move.profile_id], situations, area)
            for move in batch
            if move.profile_id in profiles
        ]
        store.transfers.settle(plan_id, checked, BY, now)
        outcome.update(
            MoveState.DONE if move.state is MoveState.PLANNED else move.state for move in checked
        )
    return outcome


def balance(store: Store, plan_id: str) -> Balance:
    """Hold what moved clients have now against what they had when they moved."""
    store.transfers.area(plan_id)  # an unknown plan is an error, not an even balance
    moves = store.transfers.moves(plan_id)
    moved = [move for move in moves if move.state is MoveState.DONE]
    situations = store.situations.get_many([move.profile_id for move in moved])
    lost = store.transfers.missing(plan_id)
    nobody = {day: set(store.coaches.unassigned(day)) for day in {move.on for move in moved}}
    return Balance(
        moved=len(moved),
        held_back=sum(move.state is MoveState.HELD_BACK for move in moves),
        kept=sum(len(move.held) for move in moved) - sum(map(len, lost.values())),
        lost=lost,
        broken=tuple(
            move.profile_id
            for move in moved
            if _has_lost_search(move, situations.get(move.profile_id, Situation()))
        ),
        without_coach=tuple(
            move.profile_id for move in moved if move.profile_id in nobody[move.on]
        ),
        notices=Counter(move.channel for move in moved),
    )


def _check_days(planned: Sequence[Move], area: Area) -> None:
    """Refuse stages on which the area has no rules any more: they could not be carried out."""
    last = max((move.on for move in planned), default=area.valid.start)
    if not area.valid.holds(last):
        raise InputError(
            f"The last stage would be on {last}; the rules of {area.name} end on {area.valid.end}.",
            remedy="Begin earlier, or take more clients in a stage.",
            field="capacity",
        )


def _people(store: Store, area: Area) -> Iterator[tuple[Profile, Situation]]:
    after = ""
    while True:
        page = store.profiles.page(after=after, limit=_PAGE, municipalities=area.municipalities)
        if not page:
            return
        known = store.situations.get_many([profile.id for profile in page])
        for profile in page:
            yield profile, known.get(profile.id, Situation())
        after = page[-1].id


def _online(store: Store) -> set[str]:
    """Return who may be told by e-service; whoever was not asked gets a letter."""
    return {
        entry.profile_id
        for batch in store.cases.batches(ServiceWishes)
        for entry in batch
        if entry.item.online and entry.profile_id is not None
    }


def _checked(
    move: StoredMove, profile: Profile, situations: Mapping[str, Situation], area: Area
) -> StoredMove:
    """Hold back who has moved house or surely or perhaps left the target group since planned."""
    if profile.municipality != move.municipality:
        return replace(move, state=MoveState.HELD_BACK, reason="has moved to another municipality")
    situation = situations.get(profile.id, Situation())
    ruling = belongs(Standing.of(profile, situation, area, move.on))
    if ruling.truth is Truth.NO:
        return replace(move, state=MoveState.HELD_BACK, reason="no longer in the target group")
    if ruling.missing:
        unknown = ", ".join(ruling.missing)
        return replace(move, state=MoveState.HELD_BACK, reason=f"not known any more: {unknown}")
    search = search_of(situation, area, move.on)
    in_force = search is not None and search.in_force(move.on)
    return replace(move, search=search.start if search and in_force else None)


def _has_lost_search(move: StoredMove, situation: Situation) -> bool:
    starts = {one.period.start for one in situation.registrations or ()}
    return move.search is not None and move.search not in starts

"""What the rules ask to be done first for each client: asked where something has changed.

A duty's day hangs on profile, situation, meetings and rules. As days go by it stays as it is and
becomes overdue by itself; what a day does change (a pause that begins or ends, rules that come into
force, days of benefit that nobody has counted) the next night finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from matcher.domain.casework.meetings import Meeting
from matcher.domain.profile import Profile
from matcher.domain.situation import Situation
from matcher.pathways.duties import Duty, DutyState, duties_of, held_meetings
from matcher.pathways.load import rules_digest
from matcher.pathways.pathway import home_standing
from matcher.store.duties import NextDuty, StoredDuty
from matcher.store.store import Store

#: People of whom the rules are asked at once.
AT_ONCE: Final = 500
_AHEAD: Final = (DutyState.OVERDUE, DutyState.UPCOMING)
_DAY: Final = timedelta(days=1)


def next_duty(
    profile: Profile, situation: Situation, meetings: Iterable[Meeting], on: date
) -> NextDuty:
    """Return what has to be done first for a client, and from when on something is late.

    Parameters
    ----------
    profile, situation, meetings
        Of the client.
    on
        The day on which the rules are asked.
    """
    standing = home_standing(profile, situation, on)
    if standing is None:
        return NextDuty()
    found = duties_of(standing, held_meetings(meetings))
    days = [
        (day, duty.rule.duty.value)
        for duty in found
        if duty.state in _AHEAD and (day := _day(duty, on)) is not None
    ]
    late = [day for duty in found if (day := _late_from(duty, on)) is not None]
    due, kind = min(days, default=(None, ""))
    return NextDuty(kind, due, min(late, default=None))


def settle_duties(store: Store, on: date, *, limit: int = AT_ONCE) -> int:
    """Ask the rules about clients of whom something has changed; return how many they were.

    Parameters
    ----------
    store
        Read and written.
    on
        The day on which the rules are asked.
    limit
        At most so many clients.
    """
    waiting = store.duties.waiting(limit)
    _settle(store, waiting, on)
    return len(waiting)


def renew_duties(store: Store, on: date, progress: Callable[[int], None]) -> int:
    """Ask the rules about everybody, and write down what differs; return how many people.

    Parameters
    ----------
    store, on
        As in `settle_duties`.
    progress
        Told how many people were asked about.
    """
    people, after = 0, ""
    while page := store.duties.page(after=after, limit=AT_ONCE):
        _settle(store, page, on)
        people, after = people + len(page), page[-1].profile_id
        progress(people)
    return people


def _settle(store: Store, rows: Sequence[StoredDuty], on: date) -> None:
    ids, rules = [row.profile_id for row in rows], rules_digest()
    people, situations = store.profiles.get_many(ids), store.situations.get_many(ids)
    meetings = store.cases.of_people(ids, Meeting)

    def asked(id: str) -> NextDuty:
        if id not in people or id not in situations:
            return NextDuty()
        return next_duty(people[id], situations[id], meetings.get(id, ()), on)

    now = [replace(row, next=asked(row.profile_id), rules=rules) for row in rows]
    pairs = zip(rows, now, strict=True)
    store.duties.settle([new for row, new in pairs if new != row or not row.is_settled])


def _day(duty: Duty, on: date) -> date | None:
    """Return the day by which a duty stands in order; what is late without a day stands today."""
    return on if duty.due is None and duty.state is DutyState.OVERDUE else duty.due


def _late_from(duty: Duty, on: date) -> date | None:
    if duty.state is DutyState.OVERDUE:
        return on if duty.due is None else min(duty.due + _DAY, on)
    # How many days of benefit are paid only a new count tells: no day makes such a duty late.
    by_benefit = duty.rule.at_benefit_days is not None and duty.held is None
    if duty.state is not DutyState.UPCOMING or by_benefit or duty.due is None:
        return None
    return duty.due + _DAY

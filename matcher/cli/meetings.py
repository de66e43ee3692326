"""Meetings with the clients of the built-in region, held as the rules of the area ask."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Final

from matcher.domain.calendar import finnish_day
from matcher.domain.casework.item import Channel
from matcher.domain.casework.meetings import Meeting, MeetingState
from matcher.domain.profile import Profile
from matcher.domain.situation import Situation
from matcher.pathways.duties import MEETINGS, DutyState, duties_of, held_meetings
from matcher.pathways.load import area_of
from matcher.pathways.standing import Standing
from matcher.store.casefiles import NewEntry
from matcher.store.store import Store

_KINDS: Final = {duty: kind for kind, duty in MEETINGS.items()}
_HOUR: Final = time(8, tzinfo=UTC)
#: With one client in so many the service is late.
_LATE: Final = 5


def hold_meetings(store: Store, now: datetime) -> int:
    """Write down the meetings that clients have had by a moment; return how many.

    Who has met somebody already gets no more, and every fifth client waits for the latest.
    """
    new: list[NewEntry] = []
    ids = store.profiles.ids()
    met = store.cases.of_people(ids, Meeting)
    told = store.situations.get_many(ids)
    people = store.profiles.get_many([id for id in ids if id in told and id not in met])
    for number, (id, person) in enumerate(sorted(people.items()), 1):
        held = meetings_of(person, told[id], now)
        new += [NewEntry(id, one) for one in (held[:-1] if number % _LATE == 0 else held)]
    return len(store.cases.add_many(new, "", now))


def meetings_of(profile: Profile, situation: Situation, now: datetime) -> list[Meeting]:
    """Return meetings, oldest first, such that none is overdue: each on its last day."""
    on, held = finnish_day(now), list[Meeting]()
    area = area_of(profile.municipality, on) if profile.municipality else None
    if area is None:
        return held
    standing = Standing.of(profile, situation, area, on)
    while True:
        late = [
            Meeting(
                begins=datetime.combine(duty.due, _HOUR),
                kind=_KINDS[duty.rule.duty],
                channel=Channel.VISIT,
                state=MeetingState.HELD,
            )
            for duty in duties_of(standing, held_meetings(held))
            if duty.state is DutyState.OVERDUE and duty.due and duty.rule.duty in _KINDS
        ]
        if not late:
            return sorted(held, key=lambda one: one.begins)
        held += late

"""Clients of the built-in region have met their coaches as the rules ask."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from matcher.cli.meetings import hold_meetings
from matcher.domain.calendar import finnish_day
from matcher.domain.casework.meetings import Meeting
from matcher.ingest.importer import import_files
from matcher.ingest.rows import ImportKind
from matcher.ingest.situations import read_situations
from matcher.pathways.duties import MEETINGS, DutyState, duties_of, held_meetings
from matcher.pathways.load import area_of
from matcher.pathways.standing import Standing
from matcher.region.files import region_files, situations_file
from matcher.store.store import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_one_client_in_five_waits_for_a_meeting_and_nobody_meets_twice(store_file: Path) -> None:
    with Store.open(f"sqlite:///{store_file}") as store:
        import_files(store, ImportKind.PROFILES, [region_files()["profiles"]], now=NOW)
        store.situations.put_many(read_situations(situations_file()), NOW)
        assert hold_meetings(store, NOW) > 0
        late = [id for id in store.profiles.ids() if _waits(store, id)]
        assert 0 < len(late) <= len(store.profiles.ids()) / 5
        met = store.cases.of_people(store.profiles.ids(), Meeting)
        assert all(one.begins <= NOW for meetings in met.values() for one in meetings)
        hold_meetings(store, NOW)
        assert store.cases.of_people(sorted(met), Meeting) == met


def _waits(store: Store, id: str) -> bool:
    person, on = store.profiles.get(id), finnish_day(NOW)
    area = area_of(person.municipality, on) if person.municipality else None
    if area is None:
        return False
    standing = Standing.of(person, store.situations.get(id), area, on)
    meetings = [one.item for one in store.cases.of_person(id, Meeting)]
    return any(
        duty.state is DutyState.OVERDUE and duty.rule.duty in MEETINGS.values()
        for duty in duties_of(standing, held_meetings(meetings))
    )

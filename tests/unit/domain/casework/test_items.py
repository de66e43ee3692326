from __future__ import annotations

from datetime import UTC, date, datetime

from matcher.domain.casework.item import Channel
from matcher.domain.casework.items import due_on
from matcher.domain.casework.meetings import Meeting, MeetingKind
from matcher.domain.casework.placements import Enrolment
from matcher.domain.offer import OfferKind


def test_a_meeting_is_due_on_its_day_in_finland() -> None:
    late = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
    meeting = Meeting(begins=late, kind=MeetingKind.DISCUSSION, channel=Channel.REMOTE)
    assert due_on(meeting) == date(2026, 3, 2)


def test_what_goes_on_by_itself_is_never_due() -> None:
    course = Enrolment(kind=OfferKind.TRAINING, title="Trukkikurssi", start=date(2026, 3, 1))
    assert due_on(course) is None

"""Meetings and agreed tasks as records."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from matcher.domain.casework.item import Channel, Responsible
from matcher.domain.casework.meetings import Meeting, MeetingKind, MeetingState, Task
from matcher.ingest.casework.base import CaseRecord, Name
from matcher.ingest.days import Day, Moment
from matcher.ingest.records import Id, Phrase, Text


class MeetingRecord(CaseRecord):
    """A meeting, planned or past."""

    domain = Meeting
    topic: Literal["meeting"]
    begins: Moment = Field(description="With its time zone, as in 2026-12-01T09:00+02:00")
    kind: MeetingKind
    channel: Channel
    state: MeetingState = MeetingState.PLANNED
    participants: tuple[Name, ...] = Field((), max_length=50, description="Beside the client")
    notes: Text = ""


class TaskRecord(CaseRecord):
    """Something agreed on (sovittu tehtävä)."""

    domain = Task
    topic: Literal["task"]
    text: Phrase
    responsible: Responsible
    due: Day
    done: Day | None = None
    meeting: Id | None = Field(None, description="Entry of the meeting at which it was agreed")

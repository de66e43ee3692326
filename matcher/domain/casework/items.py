"""All kinds of entries, and when each has to be attended to."""

from __future__ import annotations

from datetime import date
from typing import Final

from matcher.domain.calendar import finnish_day
from matcher.domain.casework.assessments import PartnerMapping, SelfAssessment, ServiceNeeds
from matcher.domain.casework.changes import ReportedChange
from matcher.domain.casework.contacts import ContactRequest, Idea, Notice, ServiceWishes
from matcher.domain.casework.item import CaseItem
from matcher.domain.casework.meetings import Meeting, MeetingState, Task
from matcher.domain.casework.placements import Assignment, Enrolment, Transfer
from matcher.domain.casework.plans import Plan

CASE_ITEMS: Final[tuple[type[CaseItem], ...]] = (
    Assignment,
    Meeting,
    Task,
    ContactRequest,
    ReportedChange,
    PartnerMapping,
    ServiceWishes,
    ServiceNeeds,
    Plan,
    SelfAssessment,
    Enrolment,
    Transfer,
    Notice,
    Idea,
)


def due_on(item: CaseItem) -> date | None:
    """Return the day on which something has to be done; None if nothing is open."""
    match item:
        case Task(due=due, done=None):
            return due
        case ContactRequest(due=due, answered=None):
            return due
        case ReportedChange(due=due, handled=None):
            return due
        case Plan(next_review=due):
            return due
        case Meeting(begins=begins, state=MeetingState.PLANNED):
            return finnish_day(begins)
        case _:
            return None

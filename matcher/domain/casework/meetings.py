"""Meetings with a client, and what is agreed at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from matcher.domain.casework.item import CaseItem, Channel, Responsible


class MeetingKind(StrEnum):
    """What a meeting is for.

    Alkuhaastattelu, työnhakukeskustelu, osaamiskartoitus, suunnitelman tarkistus,
    verkostotapaaminen; inledande intervju, jobbsökningssamtal, kompetenskartläggning,
    översyn av planen, nätverksmöte.
    """

    FIRST_INTERVIEW = "first_interview"
    DISCUSSION = "discussion"
    MAPPING = "mapping"
    PLAN_REVIEW = "plan_review"
    NETWORK = "network"


class MeetingState(StrEnum):
    """What became of a meeting."""

    PLANNED = "planned"
    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(CaseItem):
    """A meeting, planned or past.

    Parameters
    ----------
    begins
        When, with its time zone.
    kind, channel, state
        What for, how, and what became of it.
    participants
        Who takes part beside the client, by role or organisation.
    notes
        What was said, in words; health matters as little as the work needs.
    """

    begins: datetime
    kind: MeetingKind
    channel: Channel
    state: MeetingState = MeetingState.PLANNED
    participants: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(CaseItem):
    """Something agreed on (sovittu tehtävä, avtalad uppgift).

    Parameters
    ----------
    text
        What is to be done.
    responsible
        Who does it.
    due, done
        Last day for it, and the day on which it was done.
    meeting
        Id of the meeting at which it was agreed, if at one.
    """

    text: str
    responsible: Responsible
    due: date
    done: date | None = None
    meeting: str | None = None

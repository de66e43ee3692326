"""Reported changes as records."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from matcher.domain.casework.changes import ChangeKind, ReportedChange
from matcher.domain.casework.item import Channel
from matcher.ingest.casework.base import CaseRecord
from matcher.ingest.days import Day
from matcher.ingest.records import Text


class ReportedChangeRecord(CaseRecord):
    """A change in the situation that a client reports."""

    domain = ReportedChange
    topic: Literal["reported_change"]
    kind: ChangeKind
    text: Text
    since: Day
    channel: Channel
    due: Day = Field(description="Day by which a coach is to look at it")
    handled: Day | None = None

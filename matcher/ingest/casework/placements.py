"""Coaches, services taken part in and transfers as records."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from matcher.domain.casework.placements import Assignment, Enrolment, Transfer
from matcher.domain.offer import OfferKind
from matcher.ingest.casework.base import CaseRecord, Name
from matcher.ingest.days import Day, check_order
from matcher.ingest.records import Id, Phrase, Text


class LastingRecord(CaseRecord):
    """Base of entries that hold from a day on."""

    start: Day
    end: Day | None = Field(None, description="Last day; left out while it holds")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.start, self.end)
        return self


class AssignmentRecord(LastingRecord):
    """Which coach and team work with a client (omavalmentaja)."""

    domain = Assignment
    topic: Literal["assignment"]
    coach: Annotated[str, Field(min_length=1, max_length=200)]
    team: Name = ""
    reason: Text = ""


class EnrolmentRecord(LastingRecord):
    """A training or service that a client takes part in."""

    domain = Enrolment
    topic: Literal["enrolment"]
    kind: OfferKind
    title: Phrase
    offer_id: Id | None = Field(None, description="Left out for what is in no catalogue")
    monthly_cost_eur: float | None = Field(None, ge=0, le=1_000_000)


class TransferRecord(CaseRecord):
    """A client has come to another unit's service (asiakassiirto)."""

    domain = Transfer
    topic: Literal["transfer"]
    plan: Id
    stage: Annotated[int, Field(ge=1)]
    unit: Name
    on: Day

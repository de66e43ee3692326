"""Coaches, services taken part in and transfers as records."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from matcher.domain.casework.placements import Assignment, Enrolment, Transfer
from matcher.domain.offer import OfferKind
from matcher.ingest.casework.base import CaseRecord, Name
from matcher.ingest.records import Id, Phrase, Text


class AssignmentRecord(CaseRecord):
    """Which coach and team work with a client (omavalmentaja)."""

    domain = Assignment
    topic: Literal["assignment"]
    coach: Annotated[str, Field(min_length=1, max_length=200)]
    team: Name = ""
    start: date
    end: date | None = Field(None, description="Last day; left out while it holds")
    reason: Text = ""


class EnrolmentRecord(CaseRecord):
    """A training or service that a client takes part in."""

    domain = Enrolment
    topic: Literal["enrolment"]
    kind: OfferKind
    title: Phrase
    start: date
    end: date | None = None
    offer_id: Id | None = Field(None, description="Left out for what is in no catalogue")
    monthly_cost_eur: float | None = Field(None, ge=0, le=1_000_000)


class TransferRecord(CaseRecord):
    """A client has come to another unit's service (asiakassiirto)."""

    domain = Transfer
    topic: Literal["transfer"]
    plan: Id
    stage: Annotated[int, Field(ge=1)]
    unit: Name
    on: date

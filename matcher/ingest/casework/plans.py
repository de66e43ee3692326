"""Plans as records."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from matcher.domain.casework.item import Responsible
from matcher.domain.casework.plans import Plan
from matcher.domain.offer import OfferKind
from matcher.ingest.casework.base import CaseRecord
from matcher.ingest.days import Day
from matcher.ingest.records import Id, Phrase, Record


class PlanStepRecord(Record):
    """One step of a client's path."""

    text: Phrase
    responsible: Responsible
    start: Day | None = None
    due: Day | None = None
    done: Day | None = None
    kind: OfferKind | None = None
    offer_id: Id | None = Field(None, description="Of the offer it is about, with its kind")


class PlanRecord(CaseRecord):
    """The client's path to work, training or other services (suunnitelma)."""

    domain = Plan
    topic: Literal["plan"]
    goal: Annotated[str, Field(min_length=1, max_length=1000)]
    steps: Annotated[tuple[PlanStepRecord, ...], Field(max_length=50)]
    agreed: Day
    next_review: Day = Field(description="Day on which client and coach look at it again")

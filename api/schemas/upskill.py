"""Train-ups: trainings by the offers they open."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from api.schemas.offers import OfferSummary
from matcher.domain.match import Band


class OpenedOffer(BaseModel):
    """An offer that becomes at least good with the training."""

    offer: OfferSummary
    band_before: Band | None = Field(description="Null if it would not be listed at all")
    band_after: Band


class AdvisedTraining(BaseModel):
    """One training, and what it opens."""

    rank: int
    training: OfferSummary
    opens: int = Field(description="How many offers it opens, copies counted once")
    opened: list[OpenedOffer] = Field(description="The best of them that are still open")


class UpskillAnswer(BaseModel):
    """The trainings that open most to a person, most first."""

    list_id: str = Field(description="Under which the list is recorded")
    profile_id: str
    snapshot: str
    made_at: datetime | None = Field(description="Null if it was made for this request")
    note: str
    trainings: list[AdvisedTraining]

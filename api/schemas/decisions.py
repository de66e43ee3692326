"""Answers about the records of lists."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from matcher.domain.offer import OfferKind
from matcher.match.decisions.replay import Aspect, Replay


class ToldAnswer(BaseModel):
    """One part of an explanation."""

    title: str
    lines: list[str]


class DifferenceAnswer(BaseModel):
    """One thing that did not come out the same."""

    aspect: Aspect
    kind: OfferKind | None
    place: int | None = Field(description="Place by fit, from 1; null for the profile")
    recorded: str
    found: str


class ReplayAnswer(BaseModel):
    """What came of making a list again."""

    list_id: str
    is_equal: bool = Field(
        description="Order, bands, gates and reasons are equal, numbers after rounding to 1e-4"
    )
    differences: list[DifferenceAnswer]
    other: list[str] = Field(description="What is of another revision now, as in `ranker`")
    passed_over: int = Field(
        description="Of candidates: people between them who were not shown to whoever asked"
    )

    @classmethod
    def of(cls, replay: Replay) -> ReplayAnswer:
        """Return a comparison as it is answered."""
        return cls(
            list_id=replay.list_id,
            is_equal=replay.is_equal,
            differences=[
                DifferenceAnswer.model_validate(one, from_attributes=True)
                for one in replay.differences
            ],
            other=list(replay.other),
            passed_over=replay.passed_over,
        )


class SeenAnswer(BaseModel):
    """One use of the person's data, in words."""

    at: datetime
    who: str
    what: str
    why: str
    account: str = Field(description="Id of the key or account")

"""Who fits a need: people for a coach, counts for an employer."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, model_validator

from api.schemas.matches import Explained
from api.schemas.records import NeedDocument, ProfileSummary
from matcher.domain.match import Band
from matcher.domain.text import Lang
from matcher.match.employer.disclosure import SMALLEST

FEW: Final = "under 5"
Count = Annotated[int, Field(ge=SMALLEST)] | Literal["under 5"]


class CandidateRequest(BaseModel):
    """For which need."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    need_id: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        None, description="A stored need; either this or `need`"
    )
    need: NeedDocument | None = Field(
        None, description="A need to match without storing it; either this or `need_id`"
    )
    k: StrictInt = Field(10, ge=1, le=100, description="Length of the list; not read for counts")
    lang: Lang = Field(Lang.FI, description="Language of questions")

    @model_validator(mode="after")
    def _one_need(self) -> CandidateRequest:
        if (self.need_id is None) is (self.need is None):
            raise ValueError("give either need_id or need")
        return self


class ProfileMatch(Explained):
    """One person who may fit."""

    profile: ProfileSummary


class CandidateList(BaseModel):
    """People of the caller's municipalities who may fit, best first."""

    list_id: str | None = Field(
        description="Under which the list is recorded; null if nobody is in it"
    )
    need_id: str | None = Field(description="Null for a need that is not stored")
    snapshot: str
    note: str
    candidates: list[ProfileMatch]


class CandidateCounts(BaseModel):
    """How many people of the region may fit, by band."""

    need_id: str | None = Field(description="Null for a need that is not stored")
    snapshot: str
    note: str
    counts: dict[Band, Count]


def shown(count: int | None) -> Count:
    """Return a number of people as it is told."""
    return FEW if count is None else count
